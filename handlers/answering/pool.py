"""The sentences of the passages found, each with its neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from handlers.answering.candidates import Candidate
from handlers.answering.orders import addresses_machine
from handlers.blocks import Block, Kind, blocks
from handlers.sentences import Sentence, sentences

# Characters of a sentence that is ranked in parts: whole it would leave room for no other.
LONG = 400
_CLAUSES = re.compile(r"[;；]\s*|[:：]\s+|[,，、،؛]\s*|\s(?=[–—(])")


@dataclass(frozen=True, slots=True)
class Pooled:
    """A sentence of a candidate, or a part of a long one.

    `before` and `after` are its neighbours' places in the pool, -1 where the passage ends.
    """

    candidate: Candidate
    sentence: Sentence
    text: str
    before: int = -1
    after: int = -1


@lru_cache(maxsize=16)
def blocks_of(text: str) -> tuple[Block, ...]:
    """Give the blocks of a text; those of the texts of one question are kept."""
    return tuple(blocks(text))


def pooled(candidates: Sequence[Candidate], texts: dict[tuple[int, int], str]) -> list[Pooled]:
    """Give the citable sentences of passages, in the order of the passages.

    `texts` holds the whole text of each (article, version) among the candidates.
    """
    found: list[Pooled] = []
    for candidate in candidates:
        text = texts[candidate.source]
        kept = [
            sentence
            for block in _inside(candidate, blocks_of(text))
            for sentence in _of_passage(candidate, text, block)
        ]
        first, last = len(found), len(found) + len(kept) - 1
        found += [
            Pooled(candidate, each, each.of(text), at - 1 if at > first else -1)
            for at, each in enumerate(kept, first)
        ]
        for at in range(first, last):
            found[at] = replace(found[at], after=at + 1)
    return found


def _inside(candidate: Candidate, every: Sequence[Block]) -> list[Block]:
    passage = candidate.passage
    return [
        block
        for block in every
        if block.kind is not Kind.HEADING
        and block.start < passage.end
        and passage.start < block.end
    ]


def _of_passage(candidate: Candidate, text: str, block: Block) -> list[Sentence]:
    passage = candidate.passage
    return [
        Sentence(start, end, block)
        for each in sentences(text, block, candidate.language)
        if each.start < passage.end
        and passage.start < each.end
        and not addresses_machine(each.of(text))
        for start, end in _parts(text, max(each.start, passage.start), min(each.end, passage.end))
    ]


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is long between two clauses, as near to its middle as it goes, and so on."""
    middle = (start + end) // 2
    ends = [match.end() for match in _CLAUSES.finditer(text, start, end)]
    cut = min((at for at in ends if start < at < end), key=lambda at: abs(at - middle), default=end)
    if end - start <= LONG or cut == end:
        yield start, start + len(text[start:end].rstrip())
        return
    yield from _parts(text, start, cut)
    yield from _parts(text, cut, end)
