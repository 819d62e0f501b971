"""What changed between two texts, by sentences, and which numbers in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.blocks import blocks
from handlers.opcodes import opcodes
from handlers.sentences import sentences

LIKE = 0.5  # share of words in common, from which a sentence counts as changed, not as another
NEAR = 6  # sentences further on in which its new form is looked for
_UNSPACED = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"
# a number, a character of a script without spaces, a word, space, any other sign
_TOKEN = re.compile(rf"\d+(?:[.,:/-]\d+)*%?|[{_UNSPACED}]|[^\W\d_{_UNSPACED}]+|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence that changed; `before` is empty where it is new, `after` where it is gone."""

    before: str
    after: str

    @property
    def kind(self) -> str:
        """What became of it: `changed`, `added` or `removed`."""
        return "changed" if self.before and self.after else "added" if self.after else "removed"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence, and whether the other version has it too."""

    text: str
    same: bool


def units(text: str, language: str) -> list[str]:
    """Cut a text before each of its sentences; the parts joined are the text."""
    starts = [0]
    for block in blocks(text):
        found = [each.start for each in sentences(text, block, language)]
        starts += [block.line, *found[1:]]
    ends = [*starts[1:], len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True) if end > start]


def changes(old: str, new: str, language: str) -> list[Change]:
    """Give what changed from one text to another, in order; spacing alone is no change."""
    before, after = units(old, language), units(new, language)
    found: list[Change] = []
    for tag, a, b, c, d in opcodes(list(map(_bare, before)), list(map(_bare, after))):
        if tag != "equal":
            found += _paired(list(map(str.strip, before[a:b])), list(map(str.strip, after[c:d])))
    return [each for each in found if each.before or each.after]


def runs(change: Change) -> tuple[list[Run], list[Run]]:
    """Give a sentence's stretches as they were and as they are."""
    one, other = _TOKEN.findall(change.before), _TOKEN.findall(change.after)
    before, after = [], []
    for tag, a, b, c, d in opcodes(one, other):
        before.append(Run("".join(one[a:b]), tag == "equal"))
        after.append(Run("".join(other[c:d]), tag == "equal"))
    return [each for each in before if each.text], [each for each in after if each.text]


def numbers(change: Change) -> list[tuple[str, str]]:
    """Give the numbers and dates that changed in a sentence, as they were and as they are."""
    if change.kind != "changed":
        return []
    one, other = _TOKEN.findall(change.before), _TOKEN.findall(change.after)
    found = []
    for tag, a, b, c, d in opcodes(one, other):
        if tag == "replace":
            before, after = _dated(one, a, b), _dated(other, c, d)
            if _has_digit(before) and _has_digit(after):
                found.append((before, after))
    return found


def _dated(tokens: Sequence[str], start: int, end: int) -> str:
    """Give tokens with the number beside them: June is a date only as 4 June."""
    if not _has_digit("".join(tokens[start:end])):
        start -= 2 * (start > 1 and tokens[start - 1].isspace() and _has_digit(tokens[start - 2]))
        near = end + 1 < len(tokens) and tokens[end].isspace() and _has_digit(tokens[end + 1])
        end += 2 * near
    return "".join(tokens[start:end]).strip()


def _has_digit(text: str) -> bool:
    return any(each.isdigit() for each in text)


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Pair sentences with their new form where one follows soon that is much alike."""
    at = 0
    for old in before:
        ahead = range(at, min(at + NEAR, len(after)))
        twin = next((place for place in ahead if _like(old, after[place]) >= LIKE), None)
        if twin is None:
            yield Change(old, "")
            continue
        yield from (Change("", each) for each in after[at:twin])
        yield Change(old, after[twin])
        at = twin + 1
    yield from (Change("", each) for each in after[at:])


def _like(one: str, other: str) -> float:
    """Give the share of words in common (Dice's coefficient)."""
    mine, yours = _words(one), _words(other)
    total = mine.total() + yours.total()
    return 2 * (mine & yours).total() / total if total else 0.0


def _words(text: str) -> Counter[str]:
    return Counter(each for each in _TOKEN.findall(text.casefold()) if each[0].isalnum())


def _bare(text: str) -> str:
    return " ".join(text.split())
