"""Replies to what is said of an answer: its sources again, more, what to do if it is wrong."""

from __future__ import annotations

from collections.abc import Sequence

WORD_FOR_WORD = "Each quote stands there letter for letter."
ITS_BUTTON = (
    "Its button shows it in the text around. If it does not answer you, press 👎 below the answer"
    " and ask again in other words."
)
SAID_WRONG = "Sorry. Ask again in other words, with the name of what you mean."
VOTE_WRONG = (
    "Press 👎 below that answer and say what is wrong with it: the library's admins see it."
)
SAID_NOTHING = (
    "I answered nothing, as I found nothing. Ask again in other words, with the name of what you"
    " mean."
)
NOT_TRANSLATED = (
    "I show the articles' own words, so that each can be checked, and translate nothing. You may"
    " ask in your own language all the same."
)


def rests_on(question: str) -> str:
    return f"This is what the answer to “{question}” rests on:"


def no_source(question: str) -> str:
    return f"Nothing in the articles answers “{question}”: I showed only what came nearest to it."


def no_more(articles: Sequence[str]) -> str:
    return f"That is all that I find there about it. The whole text: {', '.join(articles)}."
