"""Sentences that point back ("these pressures…"), and what they point to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from handlers.blocks import Block, Kind
from handlers.lexicon import Table, load, pattern
from handlers.sentences import Sentence, sentences

_CUES = load(Path(__file__).with_name("cues.toml"))["points"]
_OPENING = re.compile(r"\W*")
MOST_ITEMS = 4
MOST_SENTENCES = 3


def points_back(sentence: str, language: str = "") -> bool:
    """Say whether a sentence opens by pointing to what stands before it.

    By the words of `language` where the tables know it, else by those of all languages.
    """
    return _opens("back", sentence, language)


def names_none(sentence: str, language: str) -> bool:
    """Say whether a sentence opens with somebody or something that it does not name: "he"."""
    return language in _CUES["unnamed"] and _opens("unnamed", sentence, language)


def begins_inside(sentence: str) -> bool:
    """Say whether what stands here as a sentence is the rest of one: it begins in lower case."""
    return sentence[:1].islower()


def _opens(table: str, sentence: str, language: str) -> bool:
    opening = _OPENING.match(sentence)
    return bool(_phrases(table, language).match(sentence, opening.end() if opening else 0))


@cache
def _phrases(table: str, language: str) -> re.Pattern[str]:
    phrases: Table = _CUES[table]
    return pattern({language: phrases[language]} if language in phrases else phrases)


def antecedent(
    text: str, sentence: Sentence, all_blocks: Sequence[Block], language: str
) -> list[Sentence]:
    """Give what a sentence that points back points to: the list before it, or sentences.

    Inside a paragraph it is the sentence before, and the one before that where that one points back
    as well; at its beginning the items of the list that ends there, or the end of the paragraph
    before, of which several sentences count where it points to many things. A heading in between
    ends the search.
    """
    here = sentences(text, sentence.block, language)
    place = next((at for at, each in enumerate(here) if each.start == sentence.start), -1)
    if place < 0:  # a part of a long sentence
        return []
    many = _opens("many", sentence.of(text), language)
    if place > 0:
        before = here[place - 1].of(text)
        further = many or points_back(before, language) or names_none(before, language)
        return here[max(0, place - 2 if further else place - 1) : place]
    at = all_blocks.index(sentence.block)
    above = all_blocks[at - 1] if at else None
    if above is None or above.kind is Kind.HEADING or above.path != sentence.block.path:
        return []
    if above.kind is Kind.ITEM:
        return [_whole(block) for block in _list_ending_at(all_blocks, at)]
    there = sentences(text, above, language)
    return there[-MOST_SENTENCES if len(there) <= MOST_SENTENCES else -2 :] if many else there[-1:]


def sums_up(text: str, sentence: Sentence, all_blocks: Sequence[Block], language: str) -> bool:
    """Say whether a sentence points back to several things, or to a list that ends before it."""
    said = sentence.of(text)
    if _opens("many", said, language):
        return True
    if not points_back(said, language):
        return False
    found = antecedent(text, sentence, all_blocks, language)
    return bool(found) and found[0].block.kind is Kind.ITEM


def following(text: str, sentence: Sentence, language: str) -> list[Sentence]:
    """Give the sentence behind one in its own paragraph, if there is one."""
    here = sentences(text, sentence.block, language)
    return [each for each in here if each.start >= sentence.end][:1]


def items_after(sentence: Sentence, all_blocks: Sequence[Block]) -> list[Sentence]:
    """Give the items of the list that a block introduces, at most `MOST_ITEMS`."""
    at = all_blocks.index(sentence.block) + 1
    found: list[Sentence] = []
    while at < len(all_blocks) and all_blocks[at].kind is Kind.ITEM and len(found) < MOST_ITEMS:
        found.append(_whole(all_blocks[at]))
        at += 1
    return found


def led_to(
    text: str, sentence: Sentence, all_blocks: Sequence[Block], language: str
) -> list[Sentence]:
    """Give what a sentence that ends in a colon leads to: a list, or what is said next."""
    if items := items_after(sentence, all_blocks):
        return items
    if behind := following(text, sentence, language):
        return behind
    at = all_blocks.index(sentence.block) + 1
    if at == len(all_blocks) or all_blocks[at].kind is Kind.HEADING:
        return []
    return sentences(text, all_blocks[at], language)[:1]


def lead_in(
    text: str, sentence: Sentence, all_blocks: Sequence[Block], language: str
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


def _list_ending_at(all_blocks: Sequence[Block], end: int) -> Sequence[Block]:
    start = end
    while start and all_blocks[start - 1].kind is Kind.ITEM:
        start -= 1
    return all_blocks[start:end][-MOST_ITEMS:]


def _whole(block: Block) -> Sentence:
    return Sentence(block.start, block.end, block)
