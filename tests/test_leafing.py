"""Extract of a feed or a sitemap: its pages are read, and nothing is stored."""

from __future__ import annotations

import pytest

from handlers.errors import Refused
from handlers.extract import extract
from handlers.messages import Person, Place, Progress, Reading, Reply, Request
from handlers.reading.fetch import Bounds, Fetcher
from handlers.reading.read import Reader
from tests.fakes.web import Answer, Web, web
from tests.feeding import HOST, Item, page, rss
from tests.test_gathering import maps, pages, urls, xml


async def read(served: Web, path: str) -> list[Reply]:
    fetcher = Fetcher(served.resolve, served.dial, bounds=Bounds(gap=0))
    request = Request("extract", f"http://{HOST}{path}", Person("o"), Place("p"), library="main")
    return [reply async for reply in extract(request, reader=Reader(fetcher))]


async def test_a_feeds_pages_are_its_articles() -> None:
    items = [Item(name, link=f"http://{HOST}/{name}") for name in ("bridge", "kiln")]
    async with web({f"{HOST}/feed": rss(items), **pages("bridge", "kiln")}) as served:
        *progress, reading = await read(served, "/feed")
    assert isinstance(reading, Reading)
    assert [each.title for each in reading.articles] == ["Bridge", "Kiln"]
    assert any(isinstance(each, Progress) and each.total == 2 for each in progress)


async def test_a_page_that_is_refused_does_not_keep_the_others_from_being_read() -> None:
    found = {f"{HOST}/maps": xml(maps("/map")), f"{HOST}/map": xml(urls("/gone", "/kiln"))}
    async with web({**found, f"{HOST}/kiln": page("kiln")}) as served:
        *_, reading = await read(served, "/maps")
    assert isinstance(reading, Reading)
    assert [each.title for each in reading.articles] == ["Kiln"]


async def test_a_map_none_of_whose_pages_can_be_read_is_refused() -> None:
    async with web({f"{HOST}/map": xml(urls("/a", "/b"))}, elsewhere=Answer(b"", 404)) as served:
        with pytest.raises(Refused, match="None of 2 pages"):
            await read(served, "/map")
