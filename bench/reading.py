"""Measures reading on the sets beside the project: one JSON line each.

    python -m bench.reading

`extraction`: shingles of four words, mean precision and recall, F1 of the two, as the
article-extraction benchmark has it; trafilatura's own Markdown in the same run beside it.
`harm`: lines that cleaning cuts from texts that are clean already, and texts that it splits.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from trafilatura import extract

from handlers.errors import Refused
from handlers.messages import Upload
from handlers.phrases import Cut
from handlers.reading.clean import clean
from handlers.reading.read import read_file
from tests.shared import DATA

BENCHMARK = DATA / "extract" / "article-extraction-benchmark"
NEWS = DATA / "extract" / "news-pages" / "truth.jsonl"


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)))


def overlap(got: str, truth: str) -> tuple[float, float]:
    """Give precision and recall of the shingles."""
    ours, true = shingles(got), shingles(truth)
    both = (ours & true).total()
    return both / max(1, ours.total()), both / max(1, true.total())


def f1(pairs: Sequence[tuple[float, float]]) -> dict[str, float]:
    precision = sum(pair[0] for pair in pairs) / len(pairs)
    recall = sum(pair[1] for pair in pairs) / len(pairs)
    both = 2 * precision * recall / (precision + recall)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(both, 4)}


def extraction() -> dict[str, object]:
    ours, theirs = [], []
    truths = json.loads((BENCHMARK / "ground-truth.json").read_text(encoding="utf-8"))
    for name, truth in truths.items():
        page = gzip.decompress((BENCHMARK / "html" / f"{name}.html.gz").read_bytes())
        try:
            text = read_file(Upload("page.html", page)).articles[0].text
        except Refused:
            text = ""
        ours.append(overlap(text, truth["articleBody"]))
        html = page.decode("utf-8", "replace")
        plain = extract(html, output_format="markdown", include_comments=False) or ""
        theirs.append(overlap(plain, truth["articleBody"]))
    return {"set": BENCHMARK.name, "pages": len(ours), "ours": f1(ours), "trafilatura": f1(theirs)}


def clean_texts() -> Iterator[str]:
    truths = json.loads((BENCHMARK / "ground-truth.json").read_text(encoding="utf-8"))
    yield from (truth["articleBody"] for truth in truths.values())
    for line in NEWS.read_text(encoding="utf-8").splitlines():
        if text := json.loads(line).get("text"):
            yield text


def harm() -> dict[str, object]:
    lines, split, reasons = 0, 0, Counter[str]()
    for text in clean_texts():
        articles, removed = clean(text)
        lines += sum(bool(line.strip()) for line in text.split("\n"))
        split += len(articles) > 1
        reasons.update(each.reason for each in removed)
    cut = reasons.total() - reasons[Cut.RULE]
    share = round(100 * cut / lines, 2)
    return {"lines": lines, "cut": cut, "percent": share, "split": split, "reasons": dict(reasons)}


if __name__ == "__main__":
    if not Path(BENCHMARK).exists():
        raise SystemExit(f"{BENCHMARK} is not there: set FOOTNOTE_DATA")
    print(json.dumps({"extraction": extraction()}))
    print(json.dumps({"harm": harm()}))
