"""A library: its name, who uses it, who looks after it, what it holds."""

from __future__ import annotations

from handlers.phrases.counts import counted

THIS_CHAT = "This chat"
OWN = "this chat's own library"
LIBRARY_USAGE = (
    "To change it: `use NAME` or `own`, with `in telegram:123` behind it for another chat or"
    " person; `appoint discord:456` or `dismiss discord:456` for who may add articles. /help tells"
    " everybody their own id."
)
LIBRARY_NAME = "A library's name has 1 to 64 characters and no line ends. Choose another."


def named(library: str) -> str:
    return f"library “{library}”"


def status(library: str, articles: int, passages: int, embedded: int) -> str:
    waiting = passages - embedded
    later = f", {waiting} of them found by their words only so far" if waiting else ""
    held = f"{counted(articles, 'article')} in {counted(passages, 'passage')}"
    return f"{library[0].upper()}{library[1:]}: {held}{later}."


def library_here(library: str, others: int) -> str:
    shared = f", which {counted(others, 'other chat')} can use too" if others else ""
    return f"This chat uses {library}{shared}."


def library_admins(people: str) -> str:
    return f"Appointed to look after it: {people}."


def libraries(names: str) -> str:
    return f"There are: {names}."


def uses(place: str, library: str) -> str:
    return (
        f"{place} uses the library “{library}” from now on. The articles of the one before stay"
        " there; `/library own` goes back to the chat's own. Owners add articles, and whom they"
        " appoint."
    )


def uses_own(place: str) -> str:
    return f"{place} uses the default library again, or where there is none, its own."


def appointed(person: str, library: str) -> str:
    return f"{person} may add, refresh and remove articles of {library}."


def dismissed(person: str, library: str) -> str:
    return f"{person} is no admin of {library} any more."


def no_admin(person: str, library: str) -> str:
    return f"{person} was not appointed for {library}."
