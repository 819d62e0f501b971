"""A link in a question stands for the article that came from it."""

from __future__ import annotations

import pytest

from handlers import phrases
from handlers.answering.embed import Embedder
from handlers.errors import NotFound
from handlers.linked import titled
from storage.store import Store
from tests.asking import asked, library, quotes

__all__ = ["library"]
MILL = "https://mill.example/a"
OTHER = "https://mill.example/other"


@pytest.mark.parametrize("link", [MILL, f"{MILL}/", f"{MILL}?utm_source=chat#top"])
async def test_a_link_is_read_as_the_title(library: Store, embedder: Embedder, link: str) -> None:
    answer = await asked(library, embedder, f"{link} why did it close?")
    assert "river froze" in quotes(answer)
    assert answer.head == ""


async def test_of_a_page_that_is_not_stored_it_is_said(library: Store, embedder: Embedder) -> None:
    answer = await asked(library, embedder, f"Why did the mill at Ostley close? see {OTHER}.")
    assert "river froze" in quotes(answer)
    assert answer.head == phrases.page_not_stored(OTHER)


async def test_the_link_of_such_a_page_alone_is_no_question(library: Store) -> None:
    with pytest.raises(NotFound, match="is not in this library"):
        await titled(library, "main", f"{OTHER}?")
