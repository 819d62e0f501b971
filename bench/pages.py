"""The pages with a known text that lie beside the project."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.reading.files import open_text
from tests.shared import DATA

EXTRACT = DATA / "extract"
BENCHMARK = EXTRACT / "article-extraction-benchmark"
NEWS = EXTRACT / "news-pages"


@dataclass(frozen=True, slots=True)
class Page:
    """A page and what is known of it. `set` is `benchmark`, `multilingual` or `old-chinese`."""

    set: str
    id: str
    raw: bytes
    url: str | None
    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None

    @property
    def html(self) -> str:
        return open_text("page.html", self.raw)[1]


def pages() -> Iterator[Page]:
    truths = json.loads((BENCHMARK / "ground-truth.json").read_text(encoding="utf-8"))
    for name, truth in truths.items():
        raw = gzip.decompress((BENCHMARK / "html" / f"{name}.html.gz").read_bytes())
        yield Page("benchmark", name, raw, truth.get("url"), truth["articleBody"])
    names = {"fundus": "multilingual", "zh": "old-chinese"}
    for line in (NEWS / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        raw = gzip.decompress((NEWS / row["html"]).read_bytes())
        yield Page(
            names[row["set"]], row["id"], raw, row.get("url"), row["text"], row.get("title"),
            tuple(row.get("authors") or ()), row.get("date"),
        )  # fmt: skip


def is_learnt_from(page_id: str) -> bool:
    """Say whether the weights of handlers/reading/choose.toml were learnt from this page."""
    return int(hashlib.sha256(page_id.encode()).hexdigest(), 16) % 2 == 0


def declared(raw: bytes) -> str:
    """Decode a page as its meta element says, as a plain reader would."""
    match = re.search(rb"charset=[\"']?([\w-]+)", raw[:4096])
    try:
        return raw.decode(match.group(1).decode() if match else "utf-8", "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")
