"""What a cosine is measured against comes from the search itself, with the bot's own embedder."""

from __future__ import annotations

import pytest

from handlers.answering.background import USUAL, backgrounds
from handlers.answering.embed import Embedder, why_not_local
from handlers.answering.gather import gather
from handlers.answering.retrieve import Retriever
from handlers.embedding import EmbeddingWorker
from handlers.reading.chunk import chunk
from storage.records import Hit, NewArticle
from storage.store import Store

pytestmark = pytest.mark.skipif(bool(why_not_local()), reason=why_not_local())

TEXTS = (
    "Die Fähre von Port Vane fährt seit Mai wieder nachts. Die Brücke wird bis Oktober gesperrt.",
    "Der Bäcker heizt seinen Ofen wieder mit Buchenholz. Der Strom war ihm zu teuer geworden.",
    "Im Moor brüten drei Paare von Kranichen. Der Wasserstand wurde im Winter angehoben.",
)


@pytest.fixture
async def library(store: Store, embedder: Embedder) -> Store:
    articles = [NewArticle("", text, "de", chunk(text, "de")) for text in TEXTS]
    await store.save("main", articles, [], source="test", by="test")
    await EmbeddingWorker(store, embedder).drain()
    return store


async def test_a_search_gives_more_of_the_nearest_than_it_proposes(
    library: Store, embedder: Embedder
) -> None:
    found = await Retriever(library, embedder).retrieve("main", "When is the bridge closed?", 1)
    assert len(found.candidates) == 1
    assert len(found.near) == len(TEXTS)
    assert {hit.language for hit in found.near} == {"de"}
    assert max(hit.cosine for hit in found.near) == pytest.approx(found.candidates[0].meaning)


@pytest.mark.parametrize(
    ("question", "abroad"),
    [
        ("Until when is the bridge at Port Vane closed?", True),
        ("Bis wann ist die Brücke von Port Vane gesperrt?", False),
    ],
)
async def test_only_between_languages_is_anything_taken_off_the_cosine_of_a_sentence(
    library: Store, embedder: Embedder, question: str, abroad: bool
) -> None:
    retriever = Retriever(library, embedder)
    got = await gather("main", question, store=library, retriever=retriever, embedder=embedder)
    changed = [each for each in got.ranked if each.freed != pytest.approx(each.meaning, abs=1e-4)]
    assert bool(changed) is abroad


def test_without_passages_around_the_usual_is_assumed() -> None:
    assert backgrounds((), ("de",)) == {"de": pytest.approx(USUAL)}
    many = tuple(Hit(place, 0.8, 0.8, "de") for place in range(30))
    assert USUAL < backgrounds(many, ("de",))["de"] < 0.8
