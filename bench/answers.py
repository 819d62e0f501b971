"""Prints every figure of answering in one table: what `make bench-answers` runs.

python -m bench.answers [--data DIR] [--limit N] [--only PART ...]

Each part is a module of its own that prints a JSON object a line; the table here is made of those.
`small` needs an interpreter with a very small model (`make smoke` makes one) in SMOKE_PYTHON.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SETS = (
    "xquad-en", "xquad-de", "xquad-es", "xquad-ru", "xquad-ar", "xquad-zh", "jsquad-valid",
    "drcd-dev",
)  # fmt: skip


def parts(data: Path, limit: int) -> dict[str, list[str]]:
    """Give the arguments of each part by its name."""
    retrieval = [str(data / "retrieval" / name) for name in SETS]
    found = {
        "extractive": [*retrieval, "--limit", str(limit)],
        "no": ["--data", str(data), "--limit", str(limit)],
        "abroad": ["--data", str(data)],
        "proof": [],
        "talk": [],
    }
    return found | ({"small": []} if os.environ.get("SMOKE_PYTHON") else {})


def rows(part: str, arguments: list[str]) -> Iterator[dict[str, object]]:
    """Run a part, and give what it prints; what it says on stderr is shown as it comes."""
    command = [sys.executable, "-m", f"bench.answers_{part}", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("{"):
                yield json.loads(line)
    if process.returncode:
        print(f"bench.answers_{part} ended with {process.returncode}", file=sys.stderr)


def cells(row: dict[str, object]) -> tuple[str, str]:
    """Part a row into what was measured (its words) and the figures."""
    words = [str(value) for value in row.values() if isinstance(value, str)]
    figures = [f"{name} {value}" for name, value in row.items() if not isinstance(value, str)]
    return " ".join(words), ", ".join(figures)


def main() -> None:
    """Run the parts that were asked for, one after the other."""
    given = os.environ.get("FOOTNOTE_DATA", "../shared")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(given) / "data")
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--only", nargs="*", default=[])
    chosen = parser.parse_args()
    if not chosen.data.is_dir():
        sys.exit(f"no data in {chosen.data}: set FOOTNOTE_DATA")
    print("| part | what | figures |\n|---|---|---|")
    for part, arguments in parts(chosen.data, chosen.limit).items():
        if not chosen.only or part in chosen.only:
            for row in rows(part, arguments):
                what, figures = cells(row)
                print(f"| {part} | {what} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
