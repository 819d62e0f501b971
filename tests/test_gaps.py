"""Questions without an answer: the same one once, by meaning or by words, never by a number."""

from __future__ import annotations

import pytest

from handlers.answering.alike import Alike
from handlers.answering.embed import LocalEmbedder
from handlers.gaps import PAGE, gaps
from handlers.messages import Gap, Gaps, Person, Place, Request
from storage.records import Question
from storage.store import Store

ASKED = (
    "When does the new bridge open?",
    "Who is the mayor of Ostley?",
    "when will the new bridge open",
    "When does the old bridge close?",
    "Who won the 2018 World Cup?",
    "Who won the 2022 World Cup?",
    "what's the name of the mayor of Ostley",
    "Wer ist der Bürgermeister von Ostley?",
)


async def together(alike: Alike, questions: tuple[str, ...] = ASKED) -> list[list[int]]:
    return await alike.clusters(questions)


async def test_by_meaning_questions_in_other_words_and_languages_come_together() -> None:
    embedder = LocalEmbedder()
    groups = await together(Alike(embedder))
    await embedder.close()
    assert groups == [[0, 2], [1, 6, 7], [3], [4], [5]]


async def test_by_words_those_in_nearly_the_same_words_come_together() -> None:
    assert await together(Alike(None)) == [[0, 2], [1, 6], [3], [4], [5], [7]]


async def listed(store: Store, text: str = "", *, paged: bool = True) -> Gaps:
    request = Request("gaps", text, Person("a"), Place("b", paged=paged), library="main")
    last = [each async for each in gaps(request, store=store, alike=Alike(None))][-1]
    assert isinstance(last, Gaps)
    return last


async def test_a_gap_says_how_many_asked_and_how_often_newest_first(store: Store) -> None:
    for person, text in (
        ("ben", "Who is the mayor of Ostley?"),
        ("ada", "When does the new bridge open?"),
        ("cora", "who is the MAYOR of Ostley"),
        ("ben", "Who is the mayor of Ostley?"),
    ):
        await store.log_question(Question("main", "c", person, text, False, "2026-01-02T03:04:05"))
    assert (await listed(store)).gaps == (
        Gap(
            "Who is the mayor of Ostley?",
            "2026-01-02T03:04:05",
            2,
            3,
            ("who is the MAYOR of Ostley",),
        ),
        Gap("When does the new bridge open?", "2026-01-02T03:04:05", 1, 1),
    )


async def test_gaps_come_in_pages_where_those_are_wanted(store: Store) -> None:
    for number in range(PAGE + 1):
        await store.log_question(Question("main", "c", "ben", f"What is {number}?", False))
    first = await listed(store)
    assert (len(first.gaps), first.page, first.pages) == (PAGE, 1, 2)
    assert [each.text for each in first.actions] == ["2"]
    assert [each.question for each in (await listed(store, "2")).gaps] == ["What is 0?"]
    assert len((await listed(store, paged=False)).gaps) == PAGE + 1


@pytest.mark.parametrize("paged", [True, False])
async def test_without_gaps_there_is_an_empty_page(store: Store, paged: bool) -> None:
    assert await listed(store, paged=paged) == Gaps(())
