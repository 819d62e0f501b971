"""The commands: help, their parameters as menus show them, one unknown, one that failed."""

from __future__ import annotations

from handlers.phrases.access import NO_LIBRARY_HERE

HELP_HEAD = "Ask me a question; I answer from this library's articles, each claim with its quote."
HELP_GROUP = (
    "Here I read only what begins with a command or names me, and replies to my answers. For"
    " example: my name and your question."
)
HELP_STORE = "To store an article, send its link, its text or a file here, or forward a post."
HELP_STORE_HERE = "To store an article: /ingest with its link, or with a file or folder."
HELP_STORE_GROUP = "To store an article: /ingest with its link or a file, or my name and its link."
HELP_STRANGER = "I answer questions from a library of articles. " + NO_LIBRARY_HERE


def you_are(person: str) -> str:
    return f"Your id here is {person}."


A_QUESTION = "What you want to know, in any language"
SOME_WORDS = "Words to look for, in any language"
ITS_NUMBER = "The article: its number, or choose by title"
A_VERSION = "An older version's number"
ANOTHER_VERSION = "The version's number; without it, the one before"
FROM_VERSION = "The older version's number"
TO_VERSION = "The newer version's number"
A_PAGE = "Which page of the list"
A_SOURCE = "A link, or the text itself"
A_FILE = "A PDF, Word, EPUB, mail, HTML, Markdown or text file"
A_FEED = "A feed's link; or pause, resume, poll, tell, hush, remove and its number"
A_PIN = "The question; to choose the words yourself: QUESTION | an article's own words"
A_CHANGE = "use NAME, own, appoint PERSON, dismiss PERSON; empty: only look"


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
