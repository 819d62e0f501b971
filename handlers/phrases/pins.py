"""Answers that an admin chose."""

from __future__ import annotations

WHICH_TO_PIN = (
    "Say for which question: /pin and the question. To choose the words yourself: the question, |"
    " and words exactly as an article has them (up to five times)."
)
PIN_OTHER_WORDS = "Other words: /pin with the question, | and words exactly as an article has them."
NOTHING_TO_PIN = "No article has anything near that question. Add one first with /ingest."
NOT_CITABLE = "These words give orders to a machine; such are never quoted. Choose others."
CHANGED_MEANWHILE = "That article has changed meanwhile. Call /pin again."
NO_SUCH_PIN = "That is not pinned (any more). /pins lists what is."
NOTHING_PINNED = "Nothing is pinned. /pin and a question lets you choose its answer."
PIN_CHANGED = "not served any more: an article of it has changed"
UNPIN = "Unpin"
CORRECT_IT = "Choose the answer"


def choose_for(question: str) -> str:
    return f"Which of these is the answer to “{question}”?"


def pin_button(n: int) -> str:
    return f"Pin {n}"


def unpin_button(number: int) -> str:
    return f"Unpin {number}"


def pinned(question: str, answer: str) -> str:
    return f"Pinned to “{question}”: {answer}"


def unpinned(question: str) -> str:
    return f"Unpinned: “{question}” is answered anew from now on."


def not_in_articles(words: str) -> str:
    return f"“{words}” stands in no article, letter for letter. Copy the words from /article."
