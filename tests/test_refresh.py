"""Fetching an article again: what is new is stored, and what went wrong costs nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from handlers.errors import BadUsage, NotFound
from handlers.ingest import ingest
from handlers.messages import Failure, Notice, Person, Place, Receipt, Reply, Request, Upload
from handlers.reading.fetch import Bounds, Fetcher
from handlers.reading.read import Reader
from handlers.refresh import refresh
from handlers.removed import putback
from storage.store import Store
from tests.fakes.web import Answer, Web, web

LINK = "http://post.example/kiln"
SAID = [
    "The kiln at Marden was lit again on Monday, after nine years of argument about it.",
    "The council found 38,000 pounds for a new chimney, and nobody was left to say no.",
    "Birch from the estate is burned in it, and the clay comes from the pit by the lane.",
    "On Sundays the potters show their work, and children may try the wheel themselves.",
]


def page(*said: str, title: str = "The Kiln at Marden") -> Answer:
    text = "".join(f"<p>{each}</p>" for each in said)
    body = (
        f'<html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}'
        "</article></body></html>"
    )
    headers = {"Content-Type": "text/html", "ETag": f'"{len(body)}"'}
    return Answer(body.encode(), headers=headers)


class Visit:
    """A library and the web that its articles come from."""

    def __init__(self, store: Store, sites: Web) -> None:
        self.store, self.sites = store, sites
        self.reader = Reader(Fetcher(sites.resolve, sites.dial, bounds=Bounds(gap=0)))

    async def ingested(self, source: Upload | str) -> int:
        upload = (source,) if isinstance(source, Upload) else ()
        text = "" if upload else str(source)
        asked = Request("ingest", text, Person("o"), Place("p"), upload, library="main")
        replies = ingest(asked, store=self.store, reader=self.reader, worker=None)
        receipt = [each async for each in replies][-1]
        assert isinstance(receipt, Receipt)
        return receipt.articles[0].article.id

    async def refreshed(self, number: int) -> Reply:
        asked = Request("refresh", str(number), Person("o"), Place("p"), library="main")
        replies = refresh(asked, store=self.store, reader=self.reader, worker=None)
        return [each async for each in replies][-1]

    async def kept(self, number: int) -> None:
        """Fetch again; nothing may change, and a person is told what was kept and why."""
        before = await self.store.articles("main")
        reply = await self.refreshed(number)
        assert isinstance(reply, Failure)
        assert "stays as version 1 has it" in reply.text
        self.code, self.why = reply.code, reply.text
        assert await self.store.articles("main") == before


@pytest.fixture
async def visit(store: Store) -> AsyncIterator[Visit]:
    async with web({"post.example/kiln": page(*SAID)}) as sites:
        made = Visit(store, sites)
        yield made
        await made.reader._fetcher.close()


def detail(reply: Reply) -> dict[str, object]:
    assert isinstance(reply, Notice), reply
    return dict(reply.detail)


async def test_what_the_site_calls_unchanged_is_not_read_again(visit: Visit) -> None:
    number = await visit.ingested(LINK)
    etag = page(*SAID).headers["ETag"]
    visit.sites.pages["post.example/kiln"] = Answer(b"", 304, headers={"ETag": etag})
    reply = await visit.refreshed(number)
    assert detail(reply) == {"article": number, "version": 1, "status": "unchanged"}
    assert visit.sites.headers[-1]["if-none-match"] == etag


async def test_a_page_with_the_same_text_is_unchanged_and_its_new_mark_is_kept(
    visit: Visit,
) -> None:
    number = await visit.ingested(LINK)
    new = page(*SAID).headers | {"ETag": '"other"'}
    visit.sites.pages["post.example/kiln"] = Answer(page(*SAID).body, headers=new)
    assert detail(await visit.refreshed(number))["status"] == "unchanged"
    await visit.refreshed(number)
    assert visit.sites.headers[-1]["if-none-match"] == '"other"'


async def test_a_changed_page_is_a_new_version_and_says_what_changed(visit: Visit) -> None:
    number = await visit.ingested(LINK)
    later = [SAID[0], SAID[1].replace("38,000", "41,500"), *SAID[2:], "It closes in winter now."]
    visit.sites.pages["post.example/kiln"] = page(*later)
    reply = await visit.refreshed(number)
    assert detail(reply) == {"article": number, "version": 2, "status": "updated"}
    assert isinstance(reply, Notice)
    assert "1 new, 1 changed" in reply.text
    assert [(each.command, each.text) for each in reply.actions] == [
        ("diff", f"{number} 1 2"),
        ("undo", f"{number}/2"),
    ]
    old = await visit.store.version("main", number, 1)
    assert old is not None
    assert "38,000" in old.text


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(b"", 404), "unreachable"),
        (Answer(b"", 503), "unreachable"),
        (Answer(b"", 403), "wall"),
        (Answer(b"<html><body>Please enable JavaScript to go on.</body></html>"), "wall"),
        (Answer(b"<html><body><p>Nothing here.</p></body></html>"), "empty"),
        (page(SAID[0], "Subscribe to read on, and support our newsroom with it."), "shorter"),
        (page(*[f"Nobody knows what became of page {n}, sorry for that." for n in range(9)],
              title="Not found"), "another"),
    ],
)  # fmt: skip
async def test_what_is_no_better_does_not_take_the_place_of_what_is_stored(
    visit: Visit, answer: Answer, code: str
) -> None:
    number = await visit.ingested(LINK)
    visit.sites.pages["post.example/kiln"] = answer
    await visit.kept(number)
    assert visit.code == code


async def test_what_was_put_back_stays_while_the_page_says_the_same(visit: Visit) -> None:
    visit.sites.pages["post.example/kiln"] = page(*SAID[:2], "Advertisement", *SAID[2:])
    number = await visit.ingested(LINK)
    assert [each.text for each in await visit.store.removed("main", number, 1)] == ["Advertisement"]
    asked = Request("putback", f"{number} 1", Person("o"), Place("p"), library="main")
    replies = [each async for each in putback(asked, store=visit.store, worker=None)]
    assert detail(replies[-1])["put_back"] == ["Advertisement"]
    assert detail(await visit.refreshed(number)) == {
        "article": number,
        "version": 2,
        "status": "unchanged",
    }
    version = await visit.store.version("main", number, 2)
    assert version is not None
    assert version.text.split("\n\n") == [*SAID[:2], "Advertisement", *SAID[2:]]
    assert any("Advertisement" in each.text for each in version.passages)


async def test_a_file_has_no_page_to_fetch_again(visit: Visit) -> None:
    number = await visit.ingested(Upload("kiln.txt", "\n\n".join(SAID).encode()))
    with pytest.raises(BadUsage, match="did not come from a link"):
        await visit.refreshed(number)
    with pytest.raises(NotFound):
        await visit.refreshed(99)


async def test_of_two_who_fetch_at_once_one_stores_it(visit: Visit) -> None:
    number = await visit.ingested(LINK)
    visit.sites.pages["post.example/kiln"] = page(*SAID, "It closes in winter now.")
    done = await asyncio.gather(
        visit.refreshed(number), visit.refreshed(number), return_exceptions=True
    )
    assert sum(isinstance(each, Notice) for each in done) >= 1
    assert (await visit.store.articles("main"))[0].versions == 2
