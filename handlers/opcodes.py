"""How one sequence becomes another, in bounded time whatever the two hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Opcode = tuple[str, int, int, int, int]

MOST = 200_000  # pairs of equal items that are looked at; a plain text has one or two a sentence


def opcodes(one: Sequence[str], other: Sequence[str]) -> Iterator[Opcode]:
    """Give what `difflib` calls opcodes; what both begin and end with is set aside first.

    difflib takes time with the pairs of equal items, which are many in what repeats itself: then
    items that are more than one in a hundred only go along with others, as its own rule has it;
    where too many are left, the two are different as wholes.
    """
    begin = _common(one, other)
    end = _common(one[begin:][::-1], other[begin:][::-1])
    mine, yours = one[begin : len(one) - end], other[begin : len(other) - end]
    if begin:
        yield "equal", 0, begin, 0, begin
    for tag, a, b, c, d in _between(mine, yours):
        yield tag, a + begin, b + begin, c + begin, d + begin
    if end:
        yield "equal", len(one) - end, len(one), len(other) - end, len(other)


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the items that both begin with."""
    least = min(len(one), len(other))
    return next((at for at in range(least) if one[at] != other[at]), least)


def _between(one: Sequence[str], other: Sequence[str]) -> list[Opcode]:
    times = Counter(other)
    rare = len(other) // 100 + 1
    every = sum(times[each] for each in one)
    some = sum(times[each] for each in one if times[each] <= rare)
    if some > MOST:
        return [("replace", 0, len(one), 0, len(other))]
    matcher = SequenceMatcher(None, one, other, autojunk=every > MOST)
    return list(matcher.get_opcodes())
