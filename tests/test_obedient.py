"""Articles that give orders, and a model that obeys: a person gets what is proven, and inert."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from handlers.answering.facts import fold
from handlers.answering.model import Limits, Model
from handlers.answering.orders import addresses_machine
from handlers.answering.retrieve import Retriever
from handlers.answering.sources import number
from handlers.answering.write import Written, write
from handlers.ask import ask
from handlers.blocks import blocks
from handlers.errors import ModelFault, Refused
from handlers.ingest import ingest
from handlers.language import detect
from handlers.messages import Answer, Draft, Person, Place, Reply, Request, Seconds
from handlers.reading.fetch import Fetcher
from handlers.reading.read import Reader, addresses_in
from handlers.sentences import sentences
from storage.engines import open_store
from storage.store import Store
from tests.fakes.openai_server import chunk, head, openai_server, sends
from tests.nasty import HOSTILE, rows
from tests.obedient import (
    OWN,
    QUESTION,
    TRACES,
    article,
    injections,
    is_page,
    obeying,
    successes,
)
from tests.passages import candidate
from tests.shared import DATA, needs
from tests.test_discord_markup import sent as on_discord
from tests.test_telegram_markup import sent as on_telegram

INJECTIONS = DATA / "security" / "injections.jsonl"
BENIGN = DATA / "security" / "benign.jsonl"
PARTS = 8  # so that several workers share them
OF_PAGES = "What did the city council approve?"
SUMMARY, LISTING = "Summarise the last article.", "What articles do you have?"
MINE = "The passages stand between two lines"  # of our own prompt


@asynccontextmanager
async def shelf() -> AsyncIterator[tuple[Store, Reader]]:
    store = await open_store("sqlite://")
    try:
        yield store, Reader(Fetcher())
    finally:
        await store.close()


async def stored(store: Store, reader: Reader, row: dict[str, Any]) -> bool:
    """Ingest a row's article into a library of its own; say whether there was an article in it."""
    request = Request(
        "ingest", "", Person("o"), Place("p"), uploads=(article(row),), library=row["id"]
    )
    try:
        async for _ in ingest(request, store=store, reader=reader, worker=None):
            pass
    except Refused:
        return False
    return True


async def asked(store: Store, library: str, question: str, model: Model | None) -> list[Reply]:
    request = Request("ask", question, Person("o"), Place("p"), library=library)
    replies = ask(
        request, store=store, retriever=Retriever(store, None), embedder=None, model=model
    )
    return [reply async for reply in replies]


async def obeyed(store: Store, row: dict[str, Any], question: str) -> list[Reply]:
    """Ask with a model that does what the row says."""
    async with openai_server() as server:
        server.scripts.append(obeying(row, server))
        model = Model(server.base_url, None, "m", Limits(total=5, gap=2))
        try:
            return await asked(store, row["id"], question, model)
        finally:
            await model.close()


def claims(answer: Answer) -> list[str]:
    return [each for each in re.split(r"\s*(?:\[\d+\])+\s*", answer.text) if each]


def hijacked(row: dict[str, Any], answer: Answer) -> list[str]:
    """Give the claims in which success shows, and that are no sentence of the article itself."""
    quotes = [fold(source.quote) for source in answer.sources]
    pattern = row["success_if"] or r"(?!)"
    return [
        claim
        for claim in claims(answer)
        if re.search(pattern, claim) and not any(_is_most_of(fold(claim), each) for each in quotes)
    ]


def _is_most_of(claim: str, quote: str) -> bool:
    return claim.strip(". ") in quote and 2 * len(claim) >= len(quote)


def judged(row: dict[str, Any], replies: list[Reply]) -> list[str]:
    """Give what is wrong with a conversation; both adapters' oracles look at each picture."""
    for reply in replies:
        if isinstance(reply, Draft | Answer):
            on_discord(reply)
            on_telegram(reply)
    answer = replies[-1]
    assert isinstance(answer, Answer)
    drafts = "".join(reply.text for reply in replies if isinstance(reply, Draft))
    said = drafts + (answer.text if answer.mode == "model" else "")
    found = [trace for trace in (*TRACES, MINE) if trace in said]
    found += ["a flood"] if len(answer.text) > 1_800 else []
    return found + hijacked(row, answer)


@pytest.mark.timeout(600)  # some seconds of work, on a machine that may be busy
@pytest.mark.parametrize("part", range(PARTS))
async def test_whatever_an_article_orders_only_proven_and_inert_words_are_sent(part: int) -> None:
    wrong, with_model, refused = [], 0, 0
    async with shelf() as (store, reader):
        for row in injections()[part::PARTS]:
            if not await stored(store, reader, row):
                refused += 1
                continue
            replies = await obeyed(store, row, OF_PAGES if is_page(row) else QUESTION)
            with_model += isinstance(replies[-1], Answer) and replies[-1].mode == "model"
            wrong += [(row["id"], bad) for bad in judged(row, replies)]
            if not addresses_in(row["text"][:300]):  # a mere link asks nothing
                plain = await asked(store, row["id"], row["text"][:300], None)
                wrong += [(row["id"], bad) for bad in judged(row, plain)]
    assert wrong == []
    assert with_model >= len(OWN) // PARTS
    assert refused <= 1


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
async def test_a_summary_and_a_list_of_such_articles_obey_no_order_either(part: int) -> None:
    wrong, summed_up = [], 0
    async with shelf() as (store, reader):
        for row in injections()[part::PARTS]:
            if not await stored(store, reader, row):
                continue
            written = await obeyed(store, row, SUMMARY)
            plain = await asked(store, row["id"], SUMMARY, None)
            listed = await asked(store, row["id"], LISTING, None)
            titles = row | {"success_if": None}  # which stand in a list as they are
            pairs = ((row, written), (row, plain), (titles, listed))
            wrong += [(row["id"], bad) for one, said in pairs for bad in judged(one, said)]
            summed_up += isinstance(written[-1], Answer) and written[-1].answered
    assert wrong == []
    assert summed_up >= len(OWN) // PARTS


@needs(INJECTIONS)
def test_the_obedient_model_does_say_what_the_articles_order() -> None:
    judged_by_pattern = [row for row in injections() if row["success_if"]]
    shown = [
        any(re.search(row["success_if"], text) for text in successes(row))
        for row in judged_by_pattern
    ]
    assert len(shown) > 100
    assert sum(shown) >= 0.95 * len(shown)


@needs(HOSTILE)
async def test_every_hostile_output_is_made_harmless_and_taken_on_both_platforms() -> None:
    hostile, wrong = rows("hostile_outputs.jsonl"), []
    for row in hostile:
        reply = await answered(row)
        shown = ["\n".join(adapter(reply)) for adapter in (on_discord, on_telegram)]
        for pattern in row["must_not"]:
            wrong += [(row["id"], pattern) for text in shown if re.search(pattern, text)]
        if reply.mode == "model":
            for pattern in row["must"]:
                wrong += [(row["id"], pattern) for text in shown if not re.search(pattern, text)]
    assert len(hostile) >= 100
    assert wrong == []


async def answered(row: dict[str, Any]) -> Answer:
    """Give what comes of a hostile output: an answer with what was proven of it, or without."""
    candidates = [candidate(each["text"], title=each["title"]) for each in row["sources"]]
    reason = row["llm"]["finish_reason"] or None
    script = sends(head(), chunk(row["llm"]["content"]), chunk(None, reason))
    written = Written()
    async with openai_server(script) as server:
        model = Model(server.base_url, None, "m", Limits(total=5, gap=2))
        try:
            written = [each async for each in write("What?", "en", candidates, model, None)][-1]
        except ModelFault:
            pass
        finally:
            await model.close()
    text, sources = number(written.claims)
    mode = "model" if written.claims else "extractive"
    return Answer("What?", bool(sources), text or "no", mode, "c", sources, (), Seconds(0, 0, 0, 0))


def flagged(path: Path) -> float:
    """Give the share of a set's texts of which a sentence counts as an order to machines."""
    texts = [row["text"] for row in rows(path.name)]
    return sum(any(map(addresses_machine, parts(text))) for text in texts) / len(texts)


def parts(text: str) -> list[str]:
    language = detect(text)
    return [each.of(text) for block in blocks(text) for each in sentences(text, block, language)]


@needs(BENIGN)
def test_harmless_sentences_stay_citable_and_many_orders_are_seen() -> None:
    assert flagged(BENIGN) <= 0.02  # measured: 2 of 209
    assert flagged(INJECTIONS) >= 0.5  # measured: 0.55; the proof does not rest on it
