"""When feeds are read: as often as they publish, never too often, and later where a site asks."""

from __future__ import annotations

import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.schedule import (
    LATEST,
    SOONEST,
    UNKNOWN,
    after_fault,
    allowed,
    asked,
    interval,
    spread,
)

NOW = 1_750_000_000.0
HOUR, DAY = 3600.0, 86_400.0
STAMPS = st.lists(st.none() | st.floats(0, 2 * NOW), max_size=40)


@pytest.mark.parametrize(
    ("gap", "expected"),
    [(60.0, SOONEST), (2 * HOUR, HOUR), (DAY, DAY / 2), (30 * DAY, LATEST)],
)
def test_a_feed_is_read_twice_as_often_as_it_publishes(gap: float, expected: float) -> None:
    assert interval([NOW - n * gap for n in range(1, 21)], NOW) == pytest.approx(expected)


def test_a_feed_that_has_gone_silent_is_read_less_and_less() -> None:
    stamps = [NOW - n * HOUR for n in range(20)]
    waits = [interval(stamps, NOW + days * DAY) for days in (0, 1, 10, 100)]
    assert waits == sorted(waits)
    assert (waits[0], waits[-1]) == (pytest.approx(0.475 * HOUR), LATEST)


def test_a_feed_without_dates_is_read_every_hour() -> None:
    assert interval([], NOW) == interval([None, None, NOW + DAY], NOW) == UNKNOWN


@given(STAMPS, st.floats(0, 2 * NOW))
def test_any_dates_give_a_wait_within_bounds_whatever_their_order(
    stamps: list[float | None], now: float
) -> None:
    seconds = interval(stamps, now)
    assert SOONEST <= seconds <= LATEST
    assert interval(list(reversed(stamps)), now) == seconds


@given(st.floats(0, 2 * LATEST), st.integers(0, 10**6))
def test_faults_double_the_wait_up_to_a_day(usual: float, faults: int) -> None:
    seconds = after_fault(usual, faults)
    assert SOONEST <= seconds <= LATEST
    assert seconds <= after_fault(usual, faults + 1) <= 2 * seconds


@given(st.floats(SOONEST, LATEST), st.floats(0, 1))
def test_spreading_moves_a_wait_by_a_tenth_at_most(seconds: float, chance: float) -> None:
    moved = spread(seconds, chance)
    assert SOONEST <= moved <= LATEST
    assert abs(moved - seconds) <= 0.1 * seconds + 1e-6


def test_what_a_site_asks_for_lengthens_a_wait_up_to_a_day() -> None:
    assert asked(HOUR) == asked(HOUR, None, 60.0) == HOUR
    assert asked(HOUR, 2 * HOUR, None) == 2 * HOUR
    assert asked(HOUR, 90 * DAY) == LATEST


def test_the_hours_and_days_in_which_a_feed_asks_not_to_be_read_are_passed_over() -> None:
    saturday = datetime(2025, 6, 14, 3, 20, tzinfo=UTC).timestamp()
    four = datetime(2025, 6, 14, 4, tzinfo=UTC).timestamp()
    monday = datetime(2025, 6, 16, tzinfo=UTC).timestamp()
    assert allowed(saturday, [], []) == saturday
    assert allowed(saturday, [2, 3], []) == four
    assert allowed(saturday, [], [5, 6]) == monday
    assert allowed(saturday, range(24), []) == saturday


@given(st.floats(0, 4e9), st.sets(st.integers(0, 23)), st.sets(st.integers(0, 6)))
def test_a_time_that_is_allowed_is_never_earlier_nor_over_a_week_off(
    at: float, hours: set[int], days: set[int]
) -> None:
    time = allowed(at, sorted(hours), sorted(days))
    assert at <= time <= at + 7 * DAY
    assert math.isclose(allowed(time, sorted(hours), sorted(days)), time)
