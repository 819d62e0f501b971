"""Measures whether what cleaning cut is put back where it stood.

    python -m bench.putting_back

Two JSON lines: the messy texts of the tests, and every fourth page with a known text as somebody
would copy it, menus and all. A piece is `right` where the nearest long line that was kept before it
in the source stands before it in the article too, and the nearest one behind it behind it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from resiliparse.extract.html2text import extract_plain_text

from bench.pages import pages
from handlers.reading.clean import clean
from handlers.reading.files import seen
from handlers.reading.lines import Line, lines_of
from handlers.reading.places import placed
from storage.records import Removed
from tests.messy_sets import bare

MESSY = Path(__file__).parents[1] / "tests" / "messy"
LONG = 25  # letters of a line that is told from others
EVERY = 4


def judged(text: str) -> Counter[str]:
    articles, cut = clean(seen(text))
    texts = [each.text for each in articles]
    lines = lines_of(seen(text))
    numbers = {each.line for each in cut}
    found: Counter[str] = Counter()
    for piece in placed(seen(text), texts, cut):
        if piece.place is None:
            found["unknown"] += 1
        elif bare(piece.text):
            found["right" if _is_right(piece, lines, numbers, texts) else "wrong"] += 1
    return found


def _is_right(
    piece: Removed, lines: Sequence[Line], cut: set[int | None], texts: Sequence[str]
) -> bool:
    own = texts[piece.article or 0]
    before, after = bare(own[: piece.place]), bare(own[piece.place :])
    behind = bare("".join(texts[(piece.article or 0) + 1 :]))
    ahead = bare("".join(texts[: piece.article or 0]))
    at = next(n for n, line in enumerate(lines) if piece.line in dict(line.parts))
    held = before + after + behind + ahead
    last = _long(lines[:at][::-1], cut, held)
    following = _long(lines[at + 1 :], cut, held)
    return last in before + ahead and following in after + behind


def _long(lines: Sequence[Line], cut: set[int | None], held: str) -> str:
    """Give the first long line that was kept and stands in an article; empty for none."""
    kept = (bare(line.text) for line in lines if line.number not in cut)
    return next((words for words in kept if len(words) >= LONG and words in held), "")


def sources() -> Iterator[tuple[str, list[str]]]:
    yield "messy texts", [path.read_text("utf-8") for path in sorted(MESSY.rglob("*.txt"))]
    chosen = list(pages())[::EVERY]
    yield "copied pages", [extract_plain_text(page.html, main_content=False) for page in chosen]


if __name__ == "__main__":
    for name, texts in sources():
        counts = sum((judged(text) for text in texts), Counter[str]())
        print(json.dumps({"measure": "put back", "of": name, **counts}), flush=True)
