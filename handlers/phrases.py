"""All that the bot says, by the room that says it: what went wrong, and what to do next."""

from __future__ import annotations

# access

NO_LIBRARY_HERE = (
    "This chat has no library. Ask an owner of this bot to let it use one, or ask in a group"
    " that the bot is in."
)
OWNERS_ONLY = "Only an owner of this bot may do that."
ADMINS_ONLY = (
    "Only this library's admins may do that. Its owner can do it, or tell you who its admins are."
)
OWN_LIBRARY_ONLY = "Only an owner may choose a library; leave it out to use this chat's own."


def too_many(seconds: int) -> str:
    return f"That is too many in one minute. Ask again in {seconds} s."


# dispatch


def unknown_command(name: str, near: str) -> str:
    hint = f"Did you mean /{near}?" if near else "/help lists what there is."
    return f"There is no command /{name}. {hint}"


def store_failed(why: str) -> str:
    return f"The library could not be used: {why}"


def broke(reference: str) -> str:
    return (
        "Something went wrong here, and it is not your fault. Try again; if it stays, give the"
        f" operator this reference: {reference}."
    )


# library

NOTHING_STORED = "The library is empty. Add an article with /ingest and a link, a file or a text."
WHICH_ARTICLE = "Say which article by its number, as /articles lists them: for example /{} 3."


def no_article(number: int) -> str:
    return f"There is no article {number} in this library. /articles lists those that there are."


def no_version(number: int, version: int, newest: int) -> str:
    return f"Article {number} has no version {version}: its versions are 1 to {newest}."


def forgot(title: str, number: int) -> str:
    return f"Forgot “{title}” (article {number}) and all that was stored of it."


def status(library: str, articles: int, passages: int, embedded: int) -> str:
    waiting = passages - embedded
    later = f", {waiting} of them found by their words only so far" if waiting else ""
    held = f"{_count(articles, 'article')} in {_count(passages, 'passage')}"
    return f"Library “{library}”: {held}{later}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


# help

HELP_HEAD = "Ask me a question; I answer from this library's articles, each claim with its quote."
HELP_STRANGER = "I answer questions from a library of articles. " + NO_LIBRARY_HERE
