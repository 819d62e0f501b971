"""Sentences that point back ("these pressures…"), and what they point to."""

from __future__ import annotations

import re
from pathlib import Path

from handlers.blocks import Block, Kind
from handlers.lexicon import load, pattern
from handlers.sentences import Sentence, sentences

_POINTS = pattern(load(Path(__file__).with_name("cues.toml"))["points"]["back"])
_OPENING = re.compile(r"\W*")
MOST_ITEMS = 4


def points_back(sentence: str) -> bool:
    """Say whether a sentence opens by pointing to what stands before it."""
    opening = _OPENING.match(sentence)
    return bool(_POINTS.match(sentence, opening.end() if opening else 0))


def antecedent(
    text: str, sentence: Sentence, all_blocks: list[Block], language: str
) -> list[Sentence]:
    """Give what a sentence that points back points to: the list before it, or one sentence.

    Inside a paragraph it is the sentence before; at its beginning the items of the list that
    ends there, or the last sentence of the paragraph before. A heading in between ends the search.
    """
    here = sentences(text, sentence.block, language)
    place = next((at for at, each in enumerate(here) if each.start == sentence.start), 0)
    if place > 0:
        return [here[place - 1]]
    at = all_blocks.index(sentence.block)
    before = all_blocks[at - 1] if at else None
    if before is None or before.kind is Kind.HEADING or before.path != sentence.block.path:
        return []
    if before.kind is Kind.ITEM:
        return [_whole(block) for block in _list_ending_at(all_blocks, at)]
    return sentences(text, before, language)[-1:]


def items_after(sentence: Sentence, all_blocks: list[Block]) -> list[Sentence]:
    """Give the items of the list that a block introduces, at most `MOST_ITEMS`."""
    at = all_blocks.index(sentence.block) + 1
    found: list[Sentence] = []
    while at < len(all_blocks) and all_blocks[at].kind is Kind.ITEM and len(found) < MOST_ITEMS:
        found.append(_whole(all_blocks[at]))
        at += 1
    return found


def lead_in(
    text: str, sentence: Sentence, all_blocks: list[Block], language: str
) -> list[Sentence]:
    """Give the sentence that introduces the list that `sentence` is an item of, if one does."""
    if sentence.block.kind is not Kind.ITEM:
        return []
    at = all_blocks.index(sentence.block)
    while at and all_blocks[at].kind is Kind.ITEM:
        at -= 1
    lead = all_blocks[at]
    ends = lead.of(text).rstrip()[-1:]
    if lead.kind is not Kind.PARAGRAPH or ends not in (":", "："):
        return []
    return sentences(text, lead, language)[-1:]


def _list_ending_at(all_blocks: list[Block], end: int) -> list[Block]:
    start = end
    while start and all_blocks[start - 1].kind is Kind.ITEM:
        start -= 1
    return all_blocks[start:end][-MOST_ITEMS:]


def _whole(block: Block) -> Sentence:
    return Sentence(block.start, block.end, block)
