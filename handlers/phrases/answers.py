"""An answer: asked for, not found, its quotes, its sources that differ, votes on it."""

from __future__ import annotations

from enum import StrEnum

WHICH_QUESTION = "Ask something: /ask and your question."
WHICH_WORDS = "Say what to search for."
SEARCHING = "Looking through the articles…"
NO_ANSWER = "The articles in this library don't answer that."
SUMMARY_OFF = "The language model can't be reached, so here are the articles' own words."


def not_told(question: str) -> str:
    return f"The articles don't say: {question}"


NEAREST = "Nearest passages – they do not answer the question:"
FOUND_NOTHING = "No passage holds any of these words or comes near their meaning."


def page_not_stored(link: str) -> str:
    return f"{link} is not in this library. An admin stores it with /ingest and the link."


MEANT_TO_STORE = "If that was a text to be stored: /ingest and the text."
PINNED = "An admin of this library chose this answer."


def quote_button(n: int) -> str:
    return f"Quote {n}"


def as_of(date: str) -> str:
    return f"As of {date}."


UNDATED = "undated"


def dated_source(number: int, published: str | None) -> str:
    return f"[{number}] ({published or UNDATED})"


def sources_differ(earlier: str, later: str) -> str:
    """Each side as it is named: its number, and its date if it has one."""
    return f"Sources differ: {earlier} and {later}."


def corrected_later(earlier: str, later: str) -> str:
    return f"Corrected later: {later} takes back {earlier}."


GOOD = "👍"
BAD = "👎"
THANKS = "Thank you: noted as a good answer."
WHAT_WAS_WRONG = "Noted as a bad answer. What was wrong with it?"
VOTE_BY_BUTTON = "Press 👍 or 👎 below an answer to vote on it."
VOTE_YOURSELF = "These buttons are for the person who voted. Press 👎 below the answer yourself."
NO_SUCH_ANSWER = "That answer is not kept any more. Ask again."


class Fault(StrEnum):
    """What can be wrong with an answer, as buttons say it."""

    WRONG = "Wrong"
    ABSENT = "Not in the article"
    INCOMPLETE = "Incomplete"
    OLD = "Out of date"
    OTHER = "Something else"


def noted(fault: Fault) -> str:
    return f"Thank you. Noted as a bad answer: {fault.value.lower()}. The library's admins see it."
