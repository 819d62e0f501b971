"""Where the latest is asked for, the newest sentence about the same thing leads."""

from __future__ import annotations

import dataclasses

from handlers.answering.newest import newest_first
from handlers.answering.rank import Ranked
from handlers.blocks import Block, Kind
from handlers.sentences import Sentence
from tests.test_distinct import candidate

OLD = "The mill of Ostley employs 12 bakers."
NEW = "By now the mill of Ostley employs 31 bakers."
APART = "The ferry of Port Vane sails at night."
ASKED = "What is the latest on how many bakers the mill of Ostley employs?"


def ranked(number: int, text: str, day: str, score: float, meaning: float) -> Ranked:
    found = dataclasses.replace(candidate(number, text), published=day)
    block = Block(Kind.PARAGRAPH, 0, 0, len(text))
    return Ranked(found, Sentence(0, len(text), block), score, meaning, fits=True)


def order(question: str, *found: Ranked) -> list[str]:
    return [each.quote for each in newest_first(found, question)]


def test_the_newest_leads_though_the_ranking_is_sure_of_an_older_one() -> None:
    older = ranked(1, OLD, "2019-03-01", 0.93, 0.90)
    newer = ranked(2, NEW, "2024-05-02", 0.05, 0.89)
    assert order(ASKED, older, newer) == [NEW, OLD]
    assert order("How many bakers does the mill employ?", older, newer) == [OLD, NEW]


def test_what_is_about_something_else_or_hardly_likely_does_not_lead() -> None:
    older = ranked(1, OLD, "2019-03-01", 0.93, 0.90)
    assert order(ASKED, older, ranked(2, APART, "2024-05-02", 0.05, 0.89))[0] == OLD
    assert order(ASKED, older, ranked(2, NEW, "2024-05-02", 0.001, 0.89))[0] == OLD
    assert order(ASKED, older, ranked(2, NEW, "2024-05-02", 0.05, 0.80))[0] == OLD
