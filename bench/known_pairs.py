"""Pairs of texts that tell the same story or do not, made of the pages with a known text."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from bench.others import OTHERS
from bench.pages import Page, pages
from handlers.language import detect
from handlers.sentences import spans

EXTRACTORS = ("trafilatura (text)", "readability-lxml")
SHARE = 0.6  # of a text that another outlet took over
CHANGED = 3  # sentences of an updated version that are new, and as many that are gone
LEAST_SENTENCES = 8  # fewer are no article: a caption, a teaser
_NUMBER = re.compile(r"\d+")
_AROUND = {
    "zh": (
        "本报记者综合报道，更多内容请关注我们的公众号。",
        "版权声明：本文转载自合作媒体，仅代表作者观点。",
    ),
    "ja": (
        "配信元の記事を編集部が再構成してお届けします。",
        "この記事に関するご意見は編集部までお寄せください。",
    ),
    "": (
        "This report was sent to our newsroom by a partner agency and was shortened here.",
        "Sign up for our morning letter to get the day's stories before anybody else does.",
    ),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A story as its first outlet has it, and as others have it, by how they came to it."""

    id: str
    site: str
    set: str
    text: str
    others: dict[str, str]


@cache
def stories() -> tuple[Told, ...]:
    """Give every page's story, in the order of the sets."""
    return tuple(_told(page) for page in pages() if _is_article(page))


def _is_article(page: Page) -> bool:
    return len(sentences_of(page.text, detect(page.text))) >= LEAST_SENTENCES


def _told(page: Page) -> Told:
    chance = random.Random(page.id)
    language = detect(page.text)
    sentences = sentences_of(page.text, language)
    others = {name: OTHERS[name](page) for name in EXTRACTORS}
    others["updated"] = _updated(sentences, language, chance)
    others["syndicated"] = _syndicated(sentences, language, chance)
    site = urlsplit(page.url or "").hostname or page.id
    return Told(page.id, site.removeprefix("www."), page.set, page.text, others)


def sentences_of(text: str, language: str) -> list[str]:
    """Give the sentences of a text, line by line."""
    lines = (line for line in text.splitlines() if line.strip())
    return [line[start:end] for line in lines for start, end in spans(line, language)]


def _updated(sentences: Sequence[str], language: str, chance: random.Random) -> str:
    """A later version: some sentences gone, some new, every third number another."""
    kept = list(sentences)
    for _ in range(CHANGED):
        kept.pop(chance.randrange(len(kept)))
        kept.insert(chance.randrange(len(kept)), _new(language, chance))
    return _joined([_NUMBER.sub(lambda m: _other(m[0], chance), each) for each in kept], language)


def _other(number: str, chance: random.Random) -> str:
    return str(int(number) + 1) if len(number) < 9 and chance.random() < 1 / 3 else number


def _new(language: str, chance: random.Random) -> str:
    """A sentence that no article has: words in no order."""
    before, after = _AROUND.get(language, _AROUND[""])
    parts = list(before + after) if language in _AROUND else (before + " " + after).split()
    chance.shuffle(parts)
    return ("" if language in _AROUND else " ").join(parts[:20]) + "."


def _syndicated(sentences: Sequence[str], language: str, chance: random.Random) -> str:
    """Three fifths in a row, under another head and foot."""
    size = max(1, round(SHARE * len(sentences)))
    begin = chance.randrange(len(sentences) - size + 1)
    before, after = _AROUND.get(language, _AROUND[""])
    return _joined([before, *sentences[begin : begin + size], after], language)


def _joined(sentences: Sequence[str], language: str) -> str:
    return ("" if language in ("zh", "ja") else " ").join(sentences)


def different(told: Sequence[Told]) -> Iterator[tuple[Told, Told]]:
    """Give every two stories that are not the same."""
    for at, one in enumerate(told):
        for other in told[at + 1 :]:
            yield one, other
