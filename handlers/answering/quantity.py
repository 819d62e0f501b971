"""A quantity, and whether two of them measure the same and agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ROUNDED = Decimal("0.05")  # by which two numbers may differ that are one number, rounded
LARGE = 100  # a number under that is seldom rounded where nothing says so
DATE, YEAR, COUNT = "date", "year", "count"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, in its readings, of a kind: a measure, `percent`, `count`, `year` or `date`.

    A date is its month × 100 + its day, which is 0 where none is given. `nouns` are stems of the
    words behind a count; `rough` means that it is not meant to the last digit.
    """

    kind: str
    values: frozenset[Decimal]
    nouns: frozenset[str] = frozenset()
    rough: bool = False

    def comparable(self, other: Quantity, asked: frozenset[str] = frozenset()) -> bool:
        """Say whether both measure the same; counts by their noun, or where one's is `asked`."""
        if self.kind != other.kind:
            return False
        if self.kind != COUNT or not (self.nouns and other.nouns):
            return True
        return bool(self.nouns & other.nouns or (self.nouns | other.nouns) & asked)

    def agrees(self, other: Quantity) -> bool:
        """Say whether both may be the same number, one of them rounded."""
        if self.kind == DATE:
            return any(_same_day(int(a), int(b)) for a in self.values for b in other.values)
        return any(
            self._near(a, b, self.rough or other.rough) for a in self.values for b in other.values
        )

    def _near(self, one: Decimal, other: Decimal, rough: bool) -> bool:
        if one == other or self.kind == YEAR:
            return one == other
        large = min(one, other) >= LARGE
        return (rough or (large and _round(one, other))) and abs(one - other) <= ROUNDED * max(
            one, other
        )


def _same_day(one: int, other: int) -> bool:
    """Say whether two dates may be one; a month is the same as any of its days."""
    same = one % 100 == other % 100 or not (one % 100 and other % 100)
    return one // 100 == other // 100 and same


def _round(one: Decimal, other: Decimal) -> bool:
    """Say whether one of two numbers is the other, given to fewer digits."""
    few, many = sorted((one, other), key=lambda each: len(each.normalize().as_tuple().digits))
    place = few.normalize().as_tuple().exponent
    return many.quantize(Decimal((0, (1,), int(place)))) == few
