"""Long lists, a page at a time: what a page shows, and the buttons to the pages beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from handlers import phrases
from handlers.messages import Action

T = TypeVar("T")


def page_of(every: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """Give what a page shows, its number, and how many pages there are, one at least.

    A number that is too small or too large is taken for that of the first page or the last.
    """
    pages = max(1, -(-len(every) // max(1, size)))
    page = min(max(page, 1), pages)
    return every[(page - 1) * size : page * size], page, pages


def turns(command: str, page: int, pages: int, before: str = "") -> tuple[Action, ...]:
    """Give the buttons that lead to the page before and the page after."""
    found = []
    if page > 1:
        found.append(Action(phrases.PREVIOUS, command, f"{before}{page - 1}"))
    if page < pages:
        found.append(Action(phrases.NEXT, command, f"{before}{page + 1}"))
    return tuple(found)
