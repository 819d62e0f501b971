"""The real input that the project began with: a scrape with a second article at its end."""

from __future__ import annotations

import json

import pytest

from handlers.answering.embed import Embedder
from handlers.embedding import EmbeddingWorker
from handlers.messages import Answer
from handlers.reading.clean import clean
from storage.records import NewArticle
from storage.store import Store
from tests.asking import asked, new, quotes
from tests.messy_sets import bare
from tests.shared import DATA, needs

SEED = DATA / "seed"
TEXT = SEED / "000_61fdc06fbf95651a.txt"
pytestmark = needs(TEXT)


def test_lines_are_kept_and_cut_as_judged() -> None:
    articles, removed = clean(TEXT.read_text(encoding="utf-8"))
    cut = {each.line for each in removed}
    kept = [bare(f"{each.title} {each.author} {each.text}") for each in articles]
    lines = TEXT.read_text(encoding="utf-8").split("\n")
    wrong = []
    for row in json.loads((SEED / "lines.json").read_text(encoding="utf-8")):
        line, verdict = row["line"], row["verdict"]
        held = any(bare(lines[line - 1]) in each for each in kept)
        if verdict == "drop" and line not in cut:
            wrong.append(f"{line} was not cut")
        if verdict in ("keep", "title", "byline") and (line in cut or not held):
            wrong.append(f"{line} was lost")
    assert wrong == []


def test_it_becomes_the_two_documents_expected() -> None:
    articles, _ = clean(TEXT.read_text(encoding="utf-8"))
    expected = json.loads((SEED / "expected.json").read_text(encoding="utf-8"))
    assert [(each.title, each.author or "", each.language) for each in articles] == [
        (each["title"], each["byline"], each["lang"]) for each in expected
    ]
    for article, wanted in zip(articles, expected, strict=True):
        body = wanted["markdown"].split("\n\n", 1)[1]
        added = [part for part in article.text.split("\n\n") if part not in body.split("\n\n")]
        lost = [part for part in body.split("\n\n") if part not in article.text.split("\n\n")]
        assert (added, lost) in (([], []), (["Key Research Directions:"], []))


@pytest.fixture
async def library(store: Store, embedder: Embedder) -> Store:
    articles, removed = clean(TEXT.read_text(encoding="utf-8"))
    made: list[NewArticle] = [new(each.title, each.text, each.language) for each in articles]
    await store.save("main", made, removed, source="seed", by="test")
    await EmbeddingWorker(store, embedder).drain()
    return store


async def test_why_he_left_is_answered_with_the_causes_each_with_its_quote(
    library: Store, embedder: Embedder
) -> None:
    answer = await asked(library, embedder, "why did LeCun leave Meta?")
    assert answer.answered
    for cause in ("Scale AI", "publication policy", "These pressures"):
        assert [cause in source.quote for source in answer.sources].count(True) == 1


@pytest.mark.parametrize(
    ("question", "proof"),
    [
        ("when does LeCun leave Meta?", "end of the year"),
        ("who developed the R course?", "Carter Zenke"),
        ("how many AI positions were cut?", "~600 AI positions"),
        ("Warum verlässt LeCun Meta?", "These pressures"),
    ],
)
async def test_other_questions_find_their_proof(
    library: Store, embedder: Embedder, question: str, proof: str
) -> None:
    assert proof in quotes(await asked(library, embedder, question))


async def test_what_it_does_not_hold_gets_an_honest_no(library: Store, embedder: Embedder) -> None:
    answer: Answer = await asked(library, embedder, "Who won the 2018 World Cup?")
    assert not answer.answered
    assert answer.nearest
