"""When passages are read closely: where the question is surely in another language."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from handlers.answering.e5.states import Tokens
from handlers.answering.embed import LocalEmbedder, why_not_local
from handlers.answering.gather import Evidence, gather
from handlers.answering.retrieve import Retriever
from handlers.embedding import EmbeddingWorker
from storage.records import NewArticle
from storage.store import Store
from tests.asking import new

pytestmark = pytest.mark.skipif(bool(why_not_local()), reason=why_not_local())

MILL = """Ilse Brandt ran the old mill at Ostrow for more than forty years. She sold it to a
cooperative in the spring of 1988. The new owners replaced the wooden wheel with a turbine.

The river froze every winter. Children walked to school across the ice. A ferry carried the flour
to the market town on the other bank."""
BRIDGE = """Die Brücke von Hallum wurde im Mai 1931 eingeweiht. Der Bau dauerte drei Jahre. Ein Gast
schenkte der Stadt eine Uhr."""


class Listening(LocalEmbedder):
    """The bot's own, which counts the passages that it was asked to read."""

    def __init__(self) -> None:
        super().__init__()
        self.read = 0

    async def tokens(self, task: str, parts: Sequence[str]) -> Tokens | None:
        self.read += task == "passage"
        return await super().tokens(task, parts)


async def told(store: Store, question: str, *others: NewArticle) -> tuple[Evidence, int]:
    """Give what is found for a question, and how many passages were read closely for it."""
    embedder = Listening()
    try:
        await store.save("main", [new("", MILL, "en"), *others], [], source="test", by="test")
        await EmbeddingWorker(store, embedder).drain()
        retriever = Retriever(store, embedder)
        found = await gather("main", question, store=store, retriever=retriever, embedder=embedder)
        return found, embedder.read
    finally:
        await embedder.close()


async def test_a_question_in_another_language_has_its_passages_read(store: Store) -> None:
    found, read = await told(store, "Womit wurde das Getreidemehl ans andere Ufer gebracht?")
    assert read
    assert "ferry" in found.ranked[0].quote
    assert sum(each.score for each in found.ranked) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    "question",
    [
        "Who carried what across the river to the other bank?",  # the passages' own language
        "Mühle verkauft?",  # too short to know
    ],
)
async def test_in_its_own_language_or_unsure_of_it_nothing_is_read(
    store: Store, question: str
) -> None:
    found, read = await told(store, question)
    assert found.ranked
    assert not read


@pytest.mark.parametrize(
    ("question", "answer", "closely"),
    [
        ("Womit kam das Mehl zum Markt auf der anderen Seite des Flusses?", "ferry", True),
        ("Wie viele Jahre dauerte der Bau der Brücke von Hallum?", "Brücke", False),
    ],
)
async def test_in_a_library_of_two_languages_passages_are_read_where_the_other_may_answer(
    store: Store, question: str, answer: str, closely: bool
) -> None:
    found, read = await told(store, question, new("", BRIDGE, "de"))
    assert {each.candidate.language for each in found.ranked} == {"de", "en"}
    assert bool(read) is closely
    assert answer in found.ranked[0].quote
