"""Two articles that differ are both shown, each with its date and proof; no winner is made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.compose import compose
from bot.json_lines import objects
from handlers.answering.embed import Embedder
from handlers.answering.extractive import extract
from handlers.answering.gather import gather
from handlers.answering.model import Limits, Model
from handlers.answering.retrieve import Retriever
from handlers.answering.sides import with_sides
from handlers.embedding import EmbeddingWorker
from handlers.messages import Answer
from storage.records import NewArticle
from storage.store import Store
from tests.asking import asked, new
from tests.fakes.openai_server import openai_server, says

BEFORE, AFTER = "2024-02-11", "2024-09-30"
COST = "How much will the tram line in Elmworth cost?"
TREASURER = """The tram line from Elmworth station to the harbour will cost 48 million crowns, the
treasurer told the council. Work begins next spring."""
RESIDENTS = """Elmworth heard on Monday what the tram line to the harbour will cost: 71 million
crowns, most of it borrowed. The council votes in June."""
REPRINT = """The tram line from Elmworth station to the harbour will cost 48 million crowns, the
treasurer told the council on Sunday. The digging starts next spring, he said."""
BAKERY = """The bakery in Elmworth sold 9,000 loaves last week, and its ovens cost 2 million crowns.
It opens at six."""


async def stored(store: Store, embedder: Embedder | None, *articles: NewArticle) -> None:
    await store.save("main", list(articles), [], source="test", by="test")
    if embedder:
        await EmbeddingWorker(store, embedder).drain()


def tram(text: str, published: str | None, title: str = "The tram") -> NewArticle:
    return new(title, text, "en", **({"published": published} if published else {}))


def shown(answer: Answer) -> dict[int, str]:
    return {source.n: source.quote for source in answer.sources}


@pytest.mark.parametrize("meaning", [True, False])
async def test_two_numbers_for_one_thing_are_both_shown_with_their_dates(
    store: Store, embedder: Embedder, meaning: bool
) -> None:
    by = embedder if meaning else None
    articles = tram(TREASURER, BEFORE), tram(RESIDENTS, AFTER), new("Bread", BAKERY, "en")
    await stored(store, by, *articles)
    answer = await asked(store, by, COST)
    assert answer.disagreement is not None
    earlier, later = answer.disagreement.sources
    assert "48 million" in shown(answer)[earlier]
    assert "71 million" in " ".join(shown(answer)[later].split())
    text = compose(answer).replace("\\", "")
    assert f"Sources differ: [{earlier}] ({BEFORE}) and [{later}] ({AFTER})." in text
    assert objects(answer)[0]["disagreement"] == [earlier, later]
    assert answer.as_of == AFTER


async def test_the_other_side_is_shown_however_sure_the_ranking_is_of_one(
    store: Store, embedder: Embedder
) -> None:
    await stored(store, embedder, tram(TREASURER, BEFORE), tram(RESIDENTS, AFTER))
    retriever = Retriever(store, embedder)
    found = await gather("main", COST, store=store, retriever=retriever, embedder=embedder)
    scores = [0.9996, *[0.0001] * (len(found.ranked) - 1)]
    sure = [replace(each, score=one) for each, one in zip(found.ranked, scores, strict=True)]
    claims = extract(sure, found.kind, found.versions)
    assert len(claims) == 1
    sides = await with_sides(COST, replace(found, ranked=sure), claims, embedder)
    told = " ".join(" ".join(claim.text for claim in sides.claims).split())
    assert "48 million" in told
    assert "71 million" in told


async def test_a_report_that_two_papers_print_is_no_disagreement(
    store: Store, embedder: Embedder
) -> None:
    await stored(store, embedder, tram(TREASURER, BEFORE), tram(REPRINT, AFTER, "Harbour tram"))
    answer = await asked(store, embedder, COST)
    assert answer.answered
    assert answer.disagreement is None
    assert "disagreement" not in objects(answer)[0]


async def test_what_is_said_of_two_things_is_no_disagreement(
    store: Store, embedder: Embedder
) -> None:
    roof = new("The bath", "The roof of the bath in Elmworth costs 2 million crowns.", "en")
    await stored(store, embedder, tram(TREASURER, BEFORE), roof)
    assert (await asked(store, embedder, COST)).disagreement is None


async def test_of_a_correction_the_later_one_comes_first_and_is_named_as_such(
    store: Store, embedder: Embedder
) -> None:
    first = "Forty people were hurt when two trams touched at the harbour of Elmworth."
    then = "Correction: twelve people, not forty, were hurt when two trams touched at Elmworth."
    await stored(store, embedder, tram(first, BEFORE), tram(then, AFTER))
    answer = await asked(store, embedder, "How many people were hurt when two trams touched?")
    assert answer.disagreement is not None
    assert answer.disagreement.corrected
    assert answer.sources[0].quote == then
    earlier, later = answer.disagreement.sources
    assert later == 1
    said = compose(answer).replace("\\", "")
    assert f"Corrected later: [1] ({AFTER}) takes back [{earlier}] ({BEFORE})." in said


async def test_an_undated_side_is_shown_as_that(store: Store, embedder: Embedder) -> None:
    await stored(store, embedder, tram(TREASURER, None), tram(RESIDENTS, AFTER))
    text = compose(await asked(store, embedder, COST)).replace("\\", "")
    assert "(undated)" in text
    assert f"({AFTER})" in text


async def test_what_a_model_left_out_of_two_sides_is_added_with_its_proof(
    store: Store, embedder: Embedder
) -> None:
    await stored(store, embedder, tram(TREASURER, BEFORE), tram(RESIDENTS, AFTER))
    for said in ("The tram line will cost 48 million crowns", "It will cost 71 million crowns"):
        script = says(f"{said} [1].", f" {said} [2].")
        async with openai_server(script) as server:
            model = Model(server.base_url, None, "tiny", Limits(total=5, gap=2))
            answer = await asked(store, embedder, COST, model=model)
            await model.close()
        assert answer.mode == "model"
        assert answer.disagreement is not None
        quotes = [shown(answer)[n] for n in answer.disagreement.sources]
        assert ["48 million" in quotes[0], "71 million" in " ".join(quotes[1].split())] == [
            True
        ] * 2
        assert all(f"[{n}]" in answer.text for n in shown(answer))


@pytest.mark.parametrize("wanted", ["latest", "current"])
async def test_the_latest_is_what_the_newest_article_says(
    store: Store, embedder: Embedder, wanted: str
) -> None:
    for day, price in (("2024-01-05", "nine"), ("2025-05-01", "fourteen"), ("2024-08-01", "ten")):
        text = f"A day ticket for the Aurora ferry costs {price} crowns, children travel free."
        await stored(store, embedder, new(f"Ferry news of {day}", text, "en", published=day))
    await stored(store, embedder, new("Bread", BAKERY, "en", published="2025-09-09"))
    question = f"What is the {wanted} price of a day ticket for the Aurora ferry?"
    answer = await asked(store, embedder, question)
    assert "fourteen" in answer.sources[0].quote
    assert answer.as_of == "2025-05-01"
