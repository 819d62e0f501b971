"""The language model: at work, at rest, what it costs, whose share is used up."""

from __future__ import annotations

from handlers.phrases.counts import counted

MODEL_NONE = "Answers are the articles' own words: no language model is set."
MODEL_WORKS = "A language model writes the answers."
BUDGET_OF_PERSON = (
    "Your share of the language model is used up for today, so here are the articles' own words."
)
BUDGET_OF_CHAT = (
    "This chat's share of the language model is used up for today, so here are the articles' own"
    " words."
)


def model_rests(faults: int, seconds: int) -> str:
    again = f"in {seconds} s" if seconds else "with the next question"
    return (
        f"The language model rests after {faults} faults in a row and is tried again {again};"
        " until then answers are the articles' own words."
    )


def spent_today(answers: int, sent: int, received: int, *, estimated: bool) -> str:
    tokens = f"{sent:,} tokens sent and {received:,} received"
    return (
        f"Today: {counted(answers, 'answer')} by it, {tokens}{' (estimated)' if estimated else ''}"
    )


def cost_today(cost: float) -> str:
    return f", cost {cost:.4f} by the prices set"
