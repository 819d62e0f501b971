"""Sentences that point back ("these pressures…"), and what they point to."""

from __future__ import annotations

import re
from pathlib import Path

from handlers.blocks import Block, Kind
from handlers.lexicon import load, pattern
from handlers.sentences import Sentence, sentences

_CUES = load(Path(__file__).with_name("cues.toml"))["points"]
_POINTS = pattern(_CUES["back"])
_POINTS_TO_MANY = pattern(_CUES["many"])
_OPENING = re.compile(r"\W*")
MOST_ITEMS = 4
MOST_SENTENCES = 3


def points_back(sentence: str) -> bool:
    """Say whether a sentence opens by pointing to what stands before it."""
    return _opens(_POINTS, sentence)


def _opens(phrases: re.Pattern[str], sentence: str) -> bool:
    opening = _OPENING.match(sentence)
    return bool(phrases.match(sentence, opening.end() if opening else 0))


def antecedent(
    text: str, sentence: Sentence, all_blocks: list[Block], language: str
) -> list[Sentence]:
    """Give what a sentence that points back points to: the list before it, or sentences.

    Inside a paragraph it is the sentence before; at its beginning the items of the list that
    ends there, or the end of the paragraph before, of which several sentences count where it
    points to many things. A heading in between ends the search.
    """
    here = sentences(text, sentence.block, language)
    place = next((at for at, each in enumerate(here) if each.start == sentence.start), 0)
    many = _opens(_POINTS_TO_MANY, sentence.of(text))
    if place > 0:
        return here[max(0, place - 2) : place] if many else [here[place - 1]]
    at = all_blocks.index(sentence.block)
    before = all_blocks[at - 1] if at else None
    if before is None or before.kind is Kind.HEADING or before.path != sentence.block.path:
        return []
    if before.kind is Kind.ITEM:
        return [_whole(block) for block in _list_ending_at(all_blocks, at)]
    there = sentences(text, before, language)
    return there[-MOST_SENTENCES if len(there) <= MOST_SENTENCES else -2 :] if many else there[-1:]


def following(text: str, sentence: Sentence, language: str) -> list[Sentence]:
    """Give the sentence behind one in its own paragraph, if there is one."""
    here = sentences(text, sentence.block, language)
    return [each for each in here if each.start >= sentence.end][:1]


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
