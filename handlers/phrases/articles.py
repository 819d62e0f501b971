"""The articles of a library: listed, shown, forgotten, taken back."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.phrases.counts import counted

NOTHING_STORED = "The library is empty. Add an article with /ingest and a link, a file or a text."
WHICH_ARTICLE = (
    "Say which article by its number, as /articles lists them: for example /{} 3. A part of its"
    " title does too."
)
WHICH_PAGE = "Say which page by its number: for example /{} 2."
UNTITLED = "Untitled"
PREVIOUS = "‹ Previous"
NEXT = "Next ›"


def no_article(number: int) -> str:
    return f"There is no article {number} in this library. /articles lists those that there are."


def no_title(words: str) -> str:
    return f"No article has “{words}” in its title. /articles lists those that there are."


def several_titles(titles: Sequence[str], more: int) -> str:
    rest = f", {and_more(more)}" if more > 0 else ""
    return f"Several articles have that in their titles. Give a number: {', '.join(titles)}{rest}."


def no_version(number: int, version: int, newest: int) -> str:
    return f"Article {number} has no version {version}: its versions are 1 to {newest}."


def version(number: int, versions: int) -> str:
    return f"version {number} of {versions}"


def passages(number: int) -> str:
    return counted(number, "passage")


def page(number: int, pages: int) -> str:
    return f"Page {number} of {pages}"


def and_more(number: int) -> str:
    return f"and {number} more"


FORGET_IT = "Forget it"
KEEP_IT = "Keep it"
UNDO = "Undo"
UNDO_WHAT = (
    "Press Undo below the receipt of what is to be taken back. What was stored last goes by"
    " `/undo last` too."
)
NOTHING_TO_UNDO = "There is nothing to undo: it was taken back or changed since."
NOTHING_STORED_YET = "There is nothing (more) to undo in this library."
LAST = "last"


def forget_it(title: str, number: int, passages_: int) -> str:
    held = passages(passages_)
    return f"Forget “{title}” (article {number}, {held}) for good, with all its versions?"


def forgot(title: str, number: int) -> str:
    return f"Forgot “{title}” (article {number}) and all that was stored of it."


def kept(title: str, number: int) -> str:
    return f"Kept “{title}” (article {number})."


def undone(titles: Sequence[str]) -> str:
    return f"Undone: {', '.join(titles)}."
