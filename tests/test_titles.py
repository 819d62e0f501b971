"""An article is named by its number or by a part of its title."""

from __future__ import annotations

import pytest

from handlers.errors import BadUsage, NotFound
from handlers.messages import Person, Place, Request
from handlers.titles import numbered
from storage.records import NewArticle, Span
from storage.store import Store


@pytest.fixture
async def held(store: Store) -> Store:
    for title in ("The Mill", "The Mill at Ostley", "A ferry"):
        text = f"{title} stands."
        new = NewArticle(title, text, "en", (Span(0, len(text)),))
        await store.save("main", [new], [], source="text", by="x")
    return store


async def named(store: Store, text: str) -> str:
    request = Request("article", text, Person("x"), Place("main"), library="main")
    return (await numbered(request, store)).text


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ostley", "2"),
        ("“A Ferry”", "3"),
        ("the mill", "1"),
        ("2 1", "2 1"),
        ("#2", "#2"),
        ("", ""),
    ],
)
async def test_a_part_of_a_title_does_for_a_number(held: Store, text: str, number: str) -> None:
    assert await named(held, text) == number


async def test_what_fits_none_or_several_is_said_so(held: Store) -> None:
    with pytest.raises(NotFound, match="well"):
        await named(held, "well")
    with pytest.raises(BadUsage, match="#2 “The Mill at Ostley”, #1 “The Mill”"):
        await named(held, "mill")
