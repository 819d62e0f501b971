"""Reads the broken and hostile files that lie beside the project, and says which come out wrong."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from handlers.errors import Code, Refused
from handlers.messages import Upload
from handlers.reading.fetch import Fetcher
from handlers.reading.read import Reader
from handlers.reading.workers import Workers
from tests.shared import DATA

MAKER = DATA / "security" / "make_bad_files.py"
SECONDS = 10.0
GOOD = Upload("good.txt", b"The council approved repairs to the old stone bridge on Tuesday.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file; `faults` is empty where it is as the manifest says."""

    name: str
    status: str
    seconds: float
    faults: tuple[str, ...]


def expected(folder: Path) -> Iterator[dict[str, str]]:
    made = [sys.executable, str(MAKER), str(folder), "--big"]
    subprocess.run(made, check=True, capture_output=True)
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


async def outcomes(names: str = "") -> list[Outcome]:
    """Read each file whose name holds `names`, and a good one behind every one that is refused."""
    workers = Workers(most=1)
    reader = Reader(Fetcher(), workers)
    with TemporaryDirectory() as folder:
        await reader.read(GOOD)
        rows = [row for row in expected(Path(folder)) if names in row["file"]]
        found = [await _outcome(reader, row, Path(folder)) for row in rows]
    await reader.close()
    return found


async def _outcome(reader: Reader, row: dict[str, str], folder: Path) -> Outcome:
    began = time.monotonic()
    text, status = "", "read"
    try:
        data = (folder / row["file"]).read_bytes()
        reading = await reader.read(Upload(row["upload_name"], data))
        text = "\n".join(f"{each.title}\n{each.text}" for each in reading.articles)
    except Refused as refusal:
        status = refusal.code
    seconds = time.monotonic() - began
    faults = list(_faults(row, status, text))
    if seconds > SECONDS:
        faults.append(f"took {seconds:.1f} s")
    if status in (Code.TIMEOUT, Code.BROKEN, Code.TOO_LARGE):
        try:
            await reader.read(GOOD)
        except Refused as refusal:
            faults.append(f"the next good file was refused: {refusal}")
    return Outcome(row["file"], status, round(seconds, 2), tuple(faults))


def _faults(row: dict[str, str], status: str, text: str) -> Iterator[str]:
    wanted = row["expect"]
    if wanted == "ok" and status != "read":
        yield f"refused ({status})"
    if wanted in ("refuse", "empty") and status == "read":
        yield f"read, and should be refused: {text[:80]!r}"
    must, never = row["must_contain"], row["must_not_contain"]
    if status == "read" and must and must not in text:
        yield f"lacks {must[:40]!r}: {text[:80]!r}"
    if never and never in text:
        yield f"holds {never!r}"


if __name__ == "__main__":
    rows = asyncio.run(outcomes(*sys.argv[1:2]))
    for each in rows:
        if each.faults:
            print(f"{each.name}: {'; '.join(each.faults)}")
    slowest = max(rows, key=lambda each: each.seconds)
    print(json.dumps({"files": len(rows), "wrong": sum(bool(each.faults) for each in rows)}))
    print(json.dumps({"slowest": slowest.name, "seconds": slowest.seconds}))
