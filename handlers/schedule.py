"""When a feed is read next: from how often it publishes, what it asks for, and its faults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

SOONEST = 15 * 60.0  # seconds between two readings of a feed
LATEST = 24 * 3600.0
UNKNOWN = 3600.0  # seconds for a feed whose entries have no dates
LOOKED_AT = 20  # newest entries that tell how often a feed publishes
WAITS = 0.5  # of the gap between two entries: one waits a quarter of it on average
JITTER = 0.1  # share by which readings are spread, so that feeds of one site drift apart
HOUR = 3600.0
MOST_HOURS = 7 * 24  # that are looked through for one in which a feed may be read


def interval(stamps: Iterable[float | None], now: float) -> float:
    """Give the seconds between two readings: half the gap between its newest entries.

    The silence since the last one counts as well, so a feed that has ended is read seldom.
    """
    past = sorted((each for each in stamps if each is not None and each <= now), reverse=True)
    newest = past[:LOOKED_AT]
    if not newest:
        return UNKNOWN
    gap = (now - newest[-1]) / len(newest)
    return min(max(gap * WAITS, SOONEST), LATEST)


def after_fault(usual: float, faults: int) -> float:
    """Give the seconds until the next try after so many faults in a row: each doubles them."""
    return float(min(max(usual, SOONEST) * 2.0 ** min(faults, 20), LATEST))


def spread(seconds: float, chance: float) -> float:
    """Spread a wait by `chance`, from 0 to 1; it stays within the shortest and the longest."""
    return min(max(seconds * (1 + JITTER * (2 * chance - 1)), SOONEST), LATEST)


def asked(seconds: float, *wishes: float | None) -> float:
    """Lengthen a wait to what a site asks for, a day at most; nothing shortens it."""
    return max(seconds, *(min(each or 0.0, LATEST) for each in wishes), 0.0)


def allowed(at: float, hours: Sequence[int], days: Sequence[int]) -> float:
    """Give the first time from `at` on that is in none of these hours (UTC) and days (Monday 0).

    All times are seconds since 1970. Where a feed leaves no hour at all, its wish is none.
    """
    time = at
    for _ in range(MOST_HOURS):
        moment = datetime.fromtimestamp(time, UTC)
        if moment.hour not in hours and moment.weekday() not in days:
            return time
        time = (time // HOUR + 1) * HOUR
    return at
