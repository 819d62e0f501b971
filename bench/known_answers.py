"""Measures how often an answer says a sentence twice that two outlets have.

    python -m bench.known_answers

One JSON line for each way in which an outlet came to a story: every odd story of the benchmark is
stored as it is and as the other outlet has it; a sentence that both have is asked for, by words.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.known_pairs import Told, sentences_of, stories
from handlers.answering.retrieve import Retriever
from handlers.ask import ask
from handlers.messages import Answer, Person, Place, Request
from handlers.reading.chunk import chunk
from storage.engines import open_store
from storage.records import NewArticle
from storage.store import Store

KINDS = ("syndicated", "updated", "trafilatura (text)")
LEAST, MOST = 60, 250  # letters of a sentence that is asked for


async def measured(kind: str, told: Sequence[Told], path: Path) -> dict[str, object]:
    store = await open_store(str(path))
    for at, each in enumerate(told):
        for title, text in ((f"Story {at}", each.text), (f"Told {at}", each.others[kind])):
            await store.save("b", [_new(title, text)], [], source="s", by="b")
    asked = answered = twice = 0
    for at, each in enumerate(told):
        sentences = [one for one in sentences_of(each.text, "en") if one in each.others[kind]]
        fit = [one for one in sentences if LEAST < len(one) < MOST]
        if not fit:
            continue
        answer = await _asked(store, random.Random(at).choice(fit))
        quotes = [" ".join(source.quote.split()) for source in answer.sources]
        asked, answered = asked + 1, answered + answer.answered
        twice += len(set(quotes)) < len(quotes)
    await store.close()
    return {"told": kind, "asked": asked, "answered": answered, "twice": twice}


def _new(title: str, text: str) -> NewArticle:
    whole = "\n\n".join(text.splitlines())
    return NewArticle(title, whole, "en", chunk(whole, "en"))


async def _asked(store: Store, question: str) -> Answer:
    request = Request("ask", question, Person("b"), Place("b"), library="b")
    replies = ask(request, store=store, retriever=Retriever(store, None), embedder=None, model=None)
    answer = [each async for each in replies][-1]
    assert isinstance(answer, Answer)
    return answer


if __name__ == "__main__":
    odd = [each for each in stories()[1::2] if each.set == "benchmark"]
    for kind in KINDS:
        with TemporaryDirectory() as folder:
            result = asyncio.run(measured(kind, odd, Path(folder) / "b.db"))
        print(json.dumps({"measure": "shown once", **result}), flush=True)
