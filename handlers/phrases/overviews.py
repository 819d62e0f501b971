"""An article as a whole: which one is meant; what is new; what there is."""

from __future__ import annotations

from handlers.phrases.counts import counted

NEWS = "New in the library:"
NOTHING_NEW = "Nothing was added in that time. These are the newest:"


def which_one(newest: str) -> str:
    """The newest articles as examples, each with its number."""
    return f"Which article? Say what it is about, or its number. The newest: {newest}."


def numbered(number: int, title: str) -> str:
    return f"#{number} {title}"


def holds(articles: int, shown: int) -> str:
    """How many there are, before the titles of the newest."""
    if articles == 1:
        return "There is 1 article:"
    newest = "the newest first" if shown == articles else f"of which these {shown} are the newest"
    return f"There are {counted(articles, 'article')}, {newest}:"
