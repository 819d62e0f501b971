"""Measures what comes of a very small model's answers: the pipeline against its worst writer.

SMOKE_PYTHON=.venv/smoke/bin/python python -m bench.answers_small [--questions N] [--compared N]
[--skip N] [--words]

SmolLM2-135M-Instruct behind llama_cpp.server, its weights coded again from four to eight bits,
which halves the time. It is asked questions of XQuAD in three languages through the handler of
/ask; with --words they are found and proven by words alone. For some, two other ways are tried
too: quotes chosen by us before the model writes of them alone, or by the model itself in a call
before.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import subprocess
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field, replace

from bench.finding_quality import LIBRARY, fill_store
from bench.remembered import Remembered, where
from bot.beir import EvaluationSet, Query, load_set
from handlers.answering.candidates import Candidate
from handlers.answering.cite import Cited, complete
from handlers.answering.extractive import extract
from handlers.answering.facts import fold, numbers
from handlers.answering.gather import Evidence, gather
from handlers.answering.meter import Meter
from handlers.answering.model import Limits, Message, Model
from handlers.answering.prompts import prompt
from handlers.answering.quotes import Claim, Quote
from handlers.answering.retrieve import Retriever
from handlers.answering.write import Written, write
from handlers.ask import ask
from handlers.errors import ModelFault
from handlers.language import detect
from handlers.messages import Answer, Person, Place, Request
from handlers.reading.chunk import chunk
from storage.engines import open_store
from storage.records import NewArticle
from storage.store import Store
from tests.shared import DATA
from tests.smoke.test_small_model import SMOKE_PYTHON, WEIGHTS, free_port, serving

WAYS = ("write, then prove", "our quotes first", "the model's quotes first")
SETS = ("xquad-en", "xquad-de", "xquad-es")
# Patient with a busy machine, but not with an answer that never ends: so short a model never is.
LIMITS = Limits(total=600, gap=300, length=1_200)
# One core read 110 tokens a second from the wheel's own form (Q4_1), 220 from Q8_0 (ftype 7).
RECODE = (
    "import ctypes as c, llama_cpp as l, sys;"
    "how = l.llama_model_quantize_default_params();"
    "how.ftype, how.allow_requantize = 7, True;"
    "sys.exit(l.llama_model_quantize(*(each.encode() for each in sys.argv[1:]), c.byref(how)))"
)
CHOOSE = (
    "Copy the sentences of the passages that answer the question, word for word, one a line, each"
    ' as [number] "sentence". Copy at most three, and write nothing else.'
)


class Listening(Model):
    """A model of which the last answer can be read again."""

    said = ""

    async def stream(
        self, messages: Sequence[Message], meter: Meter | None = None
    ) -> AsyncGenerator[str]:
        """Yield what the model yields, and keep it."""
        self.said = ""
        async with aclosing(super().stream(messages, meter)) as pieces:
            async for piece in pieces:
                self.said += piece
                yield piece


@dataclass
class Tally:
    """What was seen of one way of asking."""

    counts: Counter[str] = field(default_factory=Counter)

    def saw(self, written: Written, said: str, query: Query) -> None:
        """Count one answer: its sentences, and whether what was asked for stands in it."""
        sentences = _sentences(said, query.text)
        self.counts["questions"] += 1
        self.counts["sentences written"] += len(sentences)
        self.counts["sentences that cite"] += sum(bool(each.numbers) for each in sentences)
        self.counts["sentences kept"] += len(written.claims)
        self.counts["declined"] += written.declined
        self.counts["answered by the model"] += bool(written.claims)
        answer = " ".join(claim.text for claim in written.claims)
        quotes = " ".join(quote.text for claim in written.claims for quote in claim.quotes)
        self.counts["gold in the answer"] += _holds(answer, query.answers)
        self.counts["gold in its quotes"] += _holds(quotes, query.answers)


def _sentences(said: str, question: str) -> list[Cited]:
    return complete(said, detect(question), final=True)[0]


def _holds(text: str, gold: Sequence[str]) -> bool:
    return any(fold(answer) in fold(text) for answer in gold)


def narrowed(quotes: Sequence[Quote]) -> list[Candidate]:
    """Give candidates that hold nothing but a quote each."""
    return [
        each.candidate.of(
            replace(each.candidate.passage, start=each.start, end=each.end, text=each.text)
        )
        for each in dict.fromkeys(quotes)
    ]


async def chosen(question: str, evidence: Evidence, model: Model) -> list[Quote]:
    """Let the model copy sentences, and give those that stand in the passage that it names."""
    candidates = evidence.found.candidates
    asked = prompt(question, evidence.found.language, candidates)
    system: Message = {"role": "system", "content": CHOOSE}
    user: Message = {
        "role": "user",
        "content": asked.messages[1]["content"].replace(asked.mark, " "),
    }
    text = "".join([piece async for piece in model.stream([system, user])])
    found = []
    for number, copied in re.findall(r"\[(\d{1,2})\]\s*[\"“„«]?([^\n\"”«»]{12,})", text):
        if 0 < int(number) <= len(candidates):
            passage = candidates[int(number) - 1].passage
            at = passage.text.find(copied.strip())
            if at >= 0:
                start = passage.start + at
                quote = Quote(candidates[int(number) - 1], start, start + len(copied.strip()))
                found.append(quote)
    return found


@dataclass
class Bench:
    """One library of one language, and what was seen of it."""

    store: Store
    embedder: Remembered | None
    model: Listening
    tallies: dict[str, Tally]
    wrong: list[str]

    async def asked(self, query: Query) -> None:
        """Ask through the handler, as a person would."""
        request = Request("ask", query.text, Person("o"), Place("p"), library=LIBRARY)
        self.model.said = ""
        replies = ask(
            request,
            store=self.store,
            retriever=Retriever(self.store, self.embedder),
            embedder=self.embedder,
            model=self.model,
        )
        answer = [reply async for reply in replies][-1]
        assert isinstance(answer, Answer)
        text = re.sub(r"\[\d+\]", "", answer.text)
        quotes = " ".join(source.quote for source in answer.sources)
        tally = self.tallies["/ask"].counts
        tally["questions"] += 1
        tally[f"{answer.mode}" if answer.answered else "an honest no"] += 1
        tally["model failed"] += bool(answer.note)
        tally["sentences written"] += len(_sentences(self.model.said, query.text))
        tally["sentences sent"] += len(re.findall(r"(?:\[\d+\])+", answer.text)) * (
            answer.mode == "model"
        )
        tally["gold in text or quotes"] += _holds(f"{text} {quotes}", query.answers)
        for source in answer.sources:
            version = await self.store.version(LIBRARY, source.article, source.version)
            if not version or version.text[source.start : source.end] != source.quote:
                self.wrong.append(f"no quote: {source.quote}")
            self.wrong += [f"a link from nowhere: {source.url}"] if source.url else []
        if answer.mode == "model":
            self.wrong += _live(text) + _unmet(text, quotes, detect(query.text))

    async def compared(self, query: Query) -> None:
        """Write in each way from the same evidence, and look at what is proven."""
        evidence = await gather(
            LIBRARY,
            query.text,
            store=self.store,
            retriever=Retriever(self.store, self.embedder),
            embedder=self.embedder,
        )
        for way in WAYS:
            written = Written()
            try:
                candidates = await self._candidates(way, query.text, evidence)
                async for each in write(
                    query.text, evidence.found.language, candidates, self.model, self.embedder
                ):
                    written = each
            except ModelFault as fault:
                self.tallies[way].counts[f"fault: {fault}"] += 1
                written = Written()
            self.tallies[way].saw(written, self.model.said, query)
            self.wrong += [bad for each in written.claims for bad in _wrong(each, evidence)]

    async def _candidates(self, way: str, question: str, evidence: Evidence) -> Sequence[Candidate]:
        if way == "write, then prove":
            return evidence.found.candidates
        if way == "our quotes first":
            claims = extract(evidence.ranked, evidence.kind, evidence.versions)
            return narrowed([quote for claim in claims for quote in claim.quotes])
        quotes = await chosen(question, evidence, self.model)
        self.tallies[way].counts["chose quotes that stand there"] += bool(quotes)
        return narrowed(quotes) or evidence.found.candidates


def _wrong(claim: Claim, evidence: Evidence) -> list[str]:
    """Give what must never be of a claim: a quote that is no slice, a number it lacks, a link."""
    found = [] if claim.quotes else [f"unproven: {claim.text}"]
    for quote in claim.quotes:
        stored = evidence.versions[quote.candidate.source].text
        if not quote.text or stored[quote.start : quote.end] != quote.text:
            found.append(f"no quote: {quote.text}")
    quotes = " ".join(quote.text for quote in claim.quotes)
    return found + _live(claim.text) + _unmet(claim.text, quotes, evidence.found.language)


def _live(text: str) -> list[str]:
    return [f"live: {text}"] if re.search(r"://|www\.|@\w|<", text) else []


def _unmet(text: str, quotes: str, language: str) -> list[str]:
    held = numbers(quotes, detect(quotes))
    return [
        f"a number of {text!r} is not in {quotes!r}"
        for number in numbers(text, language)
        if not any(number.met_by(each) for each in held)
    ]


async def _fill(store: Store, chosen_set: EvaluationSet, embedder: Remembered | None) -> None:
    if embedder:
        await fill_store(store, chosen_set, embedder)
        return
    for each in chosen_set.documents:
        language = detect(each.text)
        new = NewArticle(each.title, each.text, language, chunk(each.text, language))
        await store.save(LIBRARY, [new], [], source="bench", by="bench")


async def measured(
    address: str, most: int, compared: int, skip: int, embedder: Remembered | None
) -> None:
    """Ask the questions, evenly taken, the languages in turn; print what came of it as it grows."""
    wrong: list[str] = []
    tallies = {way: Tally() for way in ("/ask", *WAYS)}
    model = Listening(address, None, "smollm2", LIMITS)
    async with AsyncExitStack() as stack:
        if embedder:
            stack.push_async_callback(embedder.close)
        stack.push_async_callback(model.close)
        turns = []
        for name in SETS:
            chosen_set = load_set(DATA / "retrieval" / name, -(-most // len(SETS)))
            store = await open_store("sqlite://")
            stack.push_async_callback(store.close)
            await _fill(store, chosen_set, embedder)
            bench = Bench(store, embedder, model, tallies, wrong)
            turns.append([(bench, query) for query in chosen_set.queries])
        in_turn = [each for group in zip(*turns, strict=True) for each in group][:most]
        for at, (bench, query) in list(enumerate(in_turn))[skip:]:
            await bench.asked(query)
            if at * compared // most > (at - 1) * compared // most:
                await bench.compared(query)
            if at % 10 == 9 or at == most - 1:
                rows = [{"way": way, **tally.counts} for way, tally in tallies.items()]
                print(json.dumps({"ways": rows, "wrong": wrong}, ensure_ascii=False), flush=True)


def main() -> None:
    """Serve the model and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--compared", type=int, default=60)
    parser.add_argument("--skip", type=int, default=0, help="of the questions, those already asked")
    parser.add_argument("--words", action="store_true")
    wanted = parser.parse_args()
    packed = subprocess.check_output([SMOKE_PYTHON, "-c", WEIGHTS], text=True).strip()
    weights = str(where() / "small.gguf")
    subprocess.run([SMOKE_PYTHON, "-c", RECODE, packed, weights], check=True, capture_output=True)
    port = free_port()
    command = [SMOKE_PYTHON, "-m", "llama_cpp.server", "--model", weights, "--n_ctx", "6144"]
    # Several threads wait for each other by spinning: on a busy machine 20 tokens took 10 s of CPU
    # with two of them, and 0.3 s with one.
    command += ["--n_threads", "1", "--n_threads_batch", "1"]
    with serving([*command, "--host", "127.0.0.1", "--port", str(port)], port) as address:
        embedder = None if wanted.words else Remembered()
        asyncio.run(measured(address, wanted.questions, wanted.compared, wanted.skip, embedder))


if __name__ == "__main__":
    main()
