"""Measures reading on the sets beside the project, beside other libraries in the same run.

    python -m bench.reading [extraction] [metadata] [harm] [pasted] [speed] [long] [badfiles]

One JSON line for each figure; without an argument, all of them. `extraction`: shingles of four
words, mean precision and recall, F1 of the two, as the article-extraction benchmark has it; a
half of the pages taught the weights (bench/weights.py), the other half is given apart.
`sub_headings`: of the headings of a page whose words stand in its true text, the share that our
Markdown marks as headings. `metadata`: title exact, all authors right, same day. `harm`: lines that
cleaning cuts from texts that are clean already, and texts that it splits; and what it does with
our own messy texts (bench/own.py). `pasted`: whole pages copied with their menus. `long`: 2,000
pages through the child processes, and the memory they hold.
"""

from __future__ import annotations

import asyncio
import json
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bench.badfiles import outcomes
from bench.others import OTHERS, facts
from bench.own import ROOT, messy
from bench.pages import Page, is_learnt_from, pages
from handlers.errors import Refused
from handlers.messages import ReadArticle, Upload
from handlers.phrases import Cut
from handlers.reading.align import align
from handlers.reading.chunk import chunk
from handlers.reading.clean import clean
from handlers.reading.hidden import drop_hidden
from handlers.reading.lines import Mark
from handlers.reading.pieces import pieces_of, tokens_of
from handlers.reading.read import read_file
from handlers.reading.tree import tree_of, unfold
from handlers.reading.workers import Job, Workers
from storage.engines import open_store
from storage.records import NewArticle
from tests.documents import pdf

LONG = 2_000  # pages


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def overlap(got: str, truth: str) -> tuple[float, float]:
    """Give precision and recall of the shingles."""
    ours, true = shingles(got), shingles(truth)
    both = (ours & true).total()
    return both / max(1, ours.total()), both / max(1, true.total())


def f1(pairs: Sequence[tuple[float, float]]) -> dict[str, float]:
    precision = sum(pair[0] for pair in pairs) / max(1, len(pairs))
    recall = sum(pair[1] for pair in pairs) / max(1, len(pairs))
    both = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(both, 4)}


def ours(page: Page) -> ReadArticle | None:
    try:
        return read_file(Upload("page.html", page.raw)).articles[0]
    except Refused:
        return None


def our_text(page: Page) -> str:
    article = ours(page)
    return article.text if article else ""


def extraction(found: Sequence[Page]) -> Iterator[dict[str, object]]:
    readers: dict[str, Callable[[Page], str]] = {"ours": our_text, **OTHERS}
    for name in dict.fromkeys(page.set for page in found):
        chosen = [page for page in found if page.set == name]
        for reader, read in readers.items():
            began = time.process_time()
            pairs = [overlap(read(page), page.text) for page in chosen]
            spent = 1000 * (time.process_time() - began) / len(chosen)
            halves = {
                half: f1([pair for page, pair in zip(chosen, pairs, strict=True)
                          if is_learnt_from(page.id) == learnt])["f1"]
                for half, learnt in (("f1_learnt_half", True), ("f1_other_half", False))
            }  # fmt: skip
            told = {**f1(pairs), **halves, "empty": sum(pair[1] == 0 for pair in pairs)}
            yield {"set": name, "pages": len(chosen), "by": reader, **told, "ms": round(spent, 1)}


def sub_headings(found: Sequence[Page]) -> dict[str, object]:
    marked = there = as_lines = 0
    for page in found:
        pieces = pieces_of(tree_of(page.html))
        shares = align([piece.tokens for piece in pieces], page.text)
        text = our_text(page).split("\n")
        lines = {tokens_of(line) for line in text}
        heads = {tokens_of(line) for line in text if line.startswith("#")}
        for piece, share in zip(pieces, shares, strict=True):
            if piece.mark is Mark.HEADING and piece.level > 1 and share == 1.0:
                there += 1
                marked += piece.tokens in heads
                as_lines += piece.tokens in lines
    return {"sub_headings": there, "marked": round(marked / there, 3), "lines": as_lines}


def metadata(found: Sequence[Page]) -> Iterator[dict[str, object]]:
    chosen = [page for page in found if page.set == "multilingual"]
    for name, read in {"ours": _our_facts, **facts()}.items():
        told = [read(page) for page in chosen]
        right = [
            sum(_same(got[0], page.title) for got, page in zip(told, chosen, strict=True)),
            sum(set(got[1]) == set(page.authors) for got, page in zip(told, chosen, strict=True)),
            sum(got[2] == page.date for got, page in zip(told, chosen, strict=True)),
        ]
        shares = (round(each / len(chosen), 3) for each in right)
        yield {"by": name, **dict(zip(("title", "authors", "day"), shares, strict=True))}


def _same(got: str | None, wanted: str | None) -> bool:
    return " ".join((got or "").split()) == " ".join((wanted or "").split())


def _our_facts(page: Page) -> tuple[str | None, list[str], str | None]:
    article = ours(page)
    if article is None:
        return None, [], None
    return (
        article.title,
        [each for each in (article.author or "").split(", ") if each],
        (article.published),
    )


def harm(found: Sequence[Page]) -> dict[str, object]:
    lines, split, reasons = 0, 0, Counter[str]()
    for page in found:
        articles, removed = clean(page.text)
        lines += sum(bool(line.strip()) for line in page.text.split("\n"))
        split += len(articles) > 1
        reasons.update(each.reason for each in removed)
    cut = reasons.total() - reasons[Cut.RULE]
    return {
        "lines": lines,
        "cut": reasons.total(),
        "percent": round(100 * reasons.total() / lines, 2),
        "percent_without_rules": round(100 * cut / lines, 2),
        "split": split,
        "reasons": dict(reasons),
    }


def pasted(found: Sequence[Page]) -> Iterator[dict[str, object]]:
    """Clean whole pages as if they had been copied with their menus, and compare with the truth."""
    for half, learnt in (("learnt", True), ("other", False)):
        raw, ours = [], []
        for page in found:
            if page.set == "old-chinese" or is_learnt_from(page.id) != learnt:
                continue
            root = tree_of(page.html)
            drop_hidden(root)
            unfold(root)
            text = "\n".join(piece.text for piece in pieces_of(root))
            raw.append(overlap(text, page.text))
            ours.append(overlap("\n".join(each.text for each in clean(text)[0]), page.text))
        yield {"half": half, "pages": len(raw), "as_pasted": f1(raw), "cleaned": f1(ours)}


async def through_children(found: Sequence[Page], times: int) -> dict[str, object]:
    """Read pages in the child processes, both at work, and say how many a second."""
    workers = Workers()
    job = Job("page.html", b"", name="page.html")
    jobs = [replace(job, data=page.raw) for page in found]
    await asyncio.gather(*(_quiet(workers, each) for each in jobs[:4]))
    began, before, used = time.monotonic(), workers.memory, _children_used()
    for _ in range(times):
        await asyncio.gather(*(_quiet(workers, each) for each in jobs))
    spent = time.monotonic() - began
    told = {
        "pages": len(jobs) * times,
        "a_second": round(len(jobs) * times / spent, 1),
        "mib_before": [each // 1024 // 1024 for each in before],
        "mib_after": [each // 1024 // 1024 for each in workers.memory],
    }
    await workers.close()
    return told | {"cpu_ms_each": round(1000 * (_children_used() - used) / len(jobs) / times, 1)}


def _children_used() -> float:
    """Seconds of CPU of the children that have ended, their start included."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def _quiet(workers: Workers, job: Job) -> None:
    try:
        await workers.run(job)
    except Refused:
        return


async def long_pdf() -> dict[str, object]:
    """Read a PDF of 300 pages."""
    text = "The ferry between Ostley and Marden stopped running on Monday, the office said. " * 12
    made = pdf("A long report", {f"Part {at}": [f"{at}. {text}"] * 9 for at in range(240)})
    workers = Workers()
    began = time.monotonic()
    reading = await workers.run(Job("a.pdf", made, name="a.pdf"))
    spent = time.monotonic() - began
    await workers.close()
    words = len(reading.articles[0].text.split())
    return {"pdf_pages": made.count(b"/Type /Page\n"), "words": words, "seconds": round(spent, 2)}


async def stored(found: Sequence[Page]) -> dict[str, object]:
    """Chunk and store texts of about 20 passages, in CPU time that embedding has no part in."""
    texts = [page.text for page in found if page.set != "old-chinese"]
    whole = "\n\n".join(texts).split("\n\n")
    size = 45
    articles = ["\n\n".join(whole[at : at + size]) for at in range(0, len(whole) - size, size)]
    store = await open_store("sqlite://")
    began, passages, chunking = time.process_time(), 0, 0.0
    for at, text in enumerate(articles):
        before = time.process_time()
        spans = chunk(text, "en")
        chunking += time.process_time() - before
        passages += len(spans)
        await store.save(
            "main", [NewArticle(title=f"{at}", text=text, language="en", spans=spans)], (),
            source="bench", by="bench",
        )  # fmt: skip
    spent = time.process_time() - began
    await store.close()
    return {
        "stored": len(articles),
        "passages_each": round(passages / len(articles), 1),
        "ms_for_20_passages": round(20_000 * spent / passages, 2),
        "of_which_chunking": round(20_000 * chunking / passages, 2),
    }


def main(wanted: Sequence[str]) -> None:
    found = list(pages())

    def tell(name: str, told: object) -> None:
        print(json.dumps({name: told}, ensure_ascii=False), flush=True)

    if not wanted or "extraction" in wanted:
        for row in extraction(found):
            tell("extraction", row)
        tell("structure", sub_headings([each for each in found if each.set != "old-chinese"]))
    if not wanted or "metadata" in wanted:
        for row in metadata(found):
            tell("metadata", row)
    if not wanted or "harm" in wanted:
        tell("harm", harm(found))
        for name in ("first", "aside", "long/first", "long/aside", "wide/first", "wide/aside"):
            tell("own", {"texts_of": name, **messy(ROOT / "tests" / "messy" / name)})
    if not wanted or "pasted" in wanted:
        for row in pasted(found):
            tell("pasted", row)
    if not wanted or "speed" in wanted:
        tell("children", asyncio.run(through_children(found, 1)))
        tell("pdf", asyncio.run(long_pdf()))
        tell("store", asyncio.run(stored(found)))
    if not wanted or "long" in wanted:
        tell("memory", asyncio.run(through_children(found, LONG // len(found) + 1)))
    if not wanted or "badfiles" in wanted:
        rows = asyncio.run(outcomes())
        wrong = {row.name: row.faults for row in rows if row.faults}
        slowest = max(row.seconds for row in rows)
        tell("badfiles", {"files": len(rows), "wrong": wrong, "slowest_s": slowest})


if __name__ == "__main__":
    main(sys.argv[1:])
