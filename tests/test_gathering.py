"""Ingest of a feed or a sitemap: its pages become articles of one receipt, within bounds."""

from __future__ import annotations

import gzip
from contextlib import suppress
from typing import Any

import pytest

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.gathering import MOST_MAPS, MOST_PAGES
from handlers.ingest import ingest
from handlers.messages import Person, Place, Progress, Receipt, Request
from handlers.reading.fetch import Bounds, Fetcher
from handlers.reading.read import Reader
from storage.store import Store
from tests.fakes.web import PUBLIC, Answer, Web, web
from tests.feeding import FEED, HOST, NOW, Item, asked, bench, page, site
from tests.shared import needs
from tests.test_fetch import FILE, ROWS

MAP = f"http://{HOST}/sitemap.xml"
SECOND = [row for row in ROWS if row["stage"] == "second_order"]
LONG = "<p>" + "The whole of the story stands in the feed, word for word. " * 8 + "</p>"


def urls(*paths: str, dated: bool = True, kind: str = "url") -> str:
    """A sitemap of these paths, the first the newest."""
    rows = [
        f"<{kind}><loc>http://{HOST}{path}</loc>"
        + (f"<lastmod>2025-06-{30 - at % 30:02}</lastmod>" if dated else "")
        + f"</{kind}>"
        for at, path in enumerate(paths)
    ]
    root = "urlset" if kind == "url" else "sitemapindex"
    return f"<?xml version='1.0'?><{root}>{''.join(rows)}</{root}>"


def maps(*paths: str) -> str:
    return urls(*paths, kind="sitemap")


def xml(text: str) -> Answer:
    return Answer(text.encode(), headers={"Content-Type": "application/xml"})


def pages(*names: str) -> dict[str, Answer]:
    return {f"{HOST}/{name}": page(name) for name in names}


async def pictures(store: Store, sites: Web, link: str, newest: int = 0) -> list[object]:
    fetcher = Fetcher(sites.resolve, sites.dial, bounds=Bounds(gap=0))
    request = Request("ingest", link, Person("o"), Place("p"), library="main", limit=newest)
    try:
        replies = ingest(request, store=store, reader=Reader(fetcher), worker=None)
        return [reply async for reply in replies]
    finally:
        await fetcher.close()


async def ingested(store: Store, sites: Web, link: str) -> Receipt:
    *_, last = await pictures(store, sites, link)
    assert isinstance(last, Receipt)
    return last


async def test_a_feed_is_a_source_whose_entries_are_stored_in_one_receipt(store: Store) -> None:
    items = [Item("bridge", NOW), Item("kiln", text=LONG), Item("gone")]
    walls = {f"{HOST}/kiln": Answer(b"", 403, {}), f"{HOST}/gone": Answer(b"", 404, {})}
    async with web({**site(items), **walls}) as sites:
        *before, receipt = await pictures(store, sites, FEED)
    assert [(each.done, each.total) for each in before if isinstance(each, Progress)][1:] == [
        (0, 3), (1, 3), (2, 3),
    ]  # fmt: skip
    assert isinstance(receipt, Receipt)
    assert (receipt.source, receipt.status) == (FEED, "stored")
    assert [each.article.title for each in receipt.articles] == ["Bridge", "Kiln"]
    assert receipt.articles[1].article.site == phrases.feeds_text("The Post")
    assert receipt.note.startswith("The Post: all 3 entries.")
    assert phrases.own_texts(1) in receipt.note
    assert f"Refused http://{HOST}/gone" in receipt.note
    undo, subscribe = receipt.actions
    assert len(undo.text.split()) == 2
    assert (subscribe.command, subscribe.text) == ("feed", FEED)
    assert await store.feeds("main") == []


async def test_pages_that_all_call_themselves_the_first_page_stay_apart(store: Store) -> None:
    items = [Item("bridge"), Item("kiln")]
    said = f'<link rel="canonical" href="http://{HOST}/">'.encode()
    named = {
        f"{HOST}/{each.name}": Answer(page(each.name).body.replace(b"<head>", b"<head>" + said))
        for each in items
    }
    async with web({**site(items), **named}) as sites:
        receipt = await ingested(store, sites, FEED)
    assert [(each.article.url, each.article.version) for each in receipt.articles] == [
        (f"http://{HOST}/bridge", 1),
        (f"http://{HOST}/kiln", 1),
    ]


async def test_entries_that_lead_nowhere_are_stored_by_what_they_say(store: Store) -> None:
    text = "The ferry to Ostley leaves at noon again from Monday on."
    async with web(site([Item("ferry", text=f"<p>{text}</p>", link="")])) as sites:
        receipt = await ingested(store, sites, FEED)
    (kept,) = receipt.articles
    version = await store.version("main", kept.article.id, 1)
    assert version is not None
    assert (kept.article.title, kept.article.url, version.text) == ("Ferry", None, text)


async def test_the_same_feed_again_is_a_duplicate(store: Store) -> None:
    async with web(site([Item("bridge")])) as sites:
        await ingested(store, sites, FEED)
        again = await ingested(store, sites, FEED)
    assert (again.status, len(again.articles)) == ("duplicate", 1)
    assert [each.command for each in again.actions] == ["feed"]


async def test_a_feed_of_which_nothing_can_be_stored_is_refused(store: Store) -> None:
    walls = {f"{HOST}/{name}": Answer(b"", 403, {}) for name in ("bridge", "kiln")}
    async with web({**site([Item("bridge"), Item("kiln")]), **walls}) as sites:
        with pytest.raises(Refused, match="None of 2 pages") as caught:
            await ingested(store, sites, FEED)
    assert caught.value.code is Code.WALL


@pytest.mark.parametrize("packed", [False, True])
async def test_the_pages_of_a_sitemap_are_stored(store: Store, packed: bool) -> None:
    text = urls("/bridge", "/kiln").encode()
    answer = Answer(gzip.compress(text) if packed else text)
    link = MAP + ".gz" * packed
    async with web({**pages("bridge", "kiln"), link.split("://")[1]: answer}) as sites:
        receipt = await ingested(store, sites, link)
    assert [each.article.title for each in receipt.articles] == ["Bridge", "Kiln"]
    assert receipt.note == f"{HOST}: all 2 entries."


async def test_of_a_large_sitemap_the_newest_pages_are_taken_and_the_receipt_says_so(
    store: Store,
) -> None:
    paths = [f"/story-{n}" for n in range(MOST_PAGES + 20)]
    listed = urls(*reversed(paths), dated=False).replace(
        f"{paths[-1]}</loc>", f"{paths[-1]}</loc><lastmod>2025-06-30</lastmod>"
    )
    async with web({f"{HOST}/sitemap.xml": xml(listed)}, elsewhere=page("same")) as sites:
        receipt = await ingested(store, sites, MAP)
    taken = asked(sites)[1:]
    assert (len(taken), taken[0]) == (MOST_PAGES, paths[-1])
    assert receipt.note.startswith(f"{HOST}: the {MOST_PAGES} newest of 70 entries")


async def test_how_many_pages_are_taken_can_be_said(store: Store) -> None:
    names = [f"story-{n}" for n in range(5)]
    listed = xml(urls(*(f"/{name}" for name in names)))
    async with web({f"{HOST}/sitemap.xml": listed, **pages(*names)}) as sites:
        receipt = (await pictures(store, sites, MAP, newest=2))[-1]
    assert isinstance(receipt, Receipt)
    assert [each.article.title for each in receipt.articles] == ["Story-0", "Story-1"]
    assert receipt.note.startswith(f"{HOST}: the 2 newest of 5 entries")


async def test_an_index_leads_two_deep_and_no_deeper_and_one_bad_map_spoils_nothing(
    store: Store,
) -> None:
    index = {
        f"{HOST}/sitemap.xml": xml(maps("/news.xml", "/more.xml", "/bad.xml")),
        f"{HOST}/news.xml": xml(urls("/bridge")),
        f"{HOST}/more.xml": xml(maps("/old.xml", "/deep.xml")),
        f"{HOST}/bad.xml": Answer(b"", 500, {}),
        f"{HOST}/old.xml": xml(urls("/kiln")),
        f"{HOST}/deep.xml": xml(maps("/deeper.xml")),
    }
    async with web({**index, **pages("bridge", "kiln")}) as sites:
        receipt = await ingested(store, sites, MAP)
    assert sorted(each.article.title for each in receipt.articles) == ["Bridge", "Kiln"]
    assert "/deeper.xml" not in asked(sites)


async def test_an_index_that_names_itself_or_thousands_ends(store: Store) -> None:
    itself = maps("/sitemap.xml", *(f"/{n}.xml" for n in range(1000)))
    async with web({f"{HOST}/sitemap.xml": xml(itself)}) as sites:
        with pytest.raises(Refused):
            await ingested(store, sites, MAP)
    assert len(asked(sites)) == 1 + MOST_MAPS


async def test_a_sitemap_leads_to_its_own_site_alone_and_never_inside(store: Store) -> None:
    text = urls("/bridge").replace(
        "</urlset>",
        "<url><loc>http://127.0.0.1/admin</loc></url><url><loc>http://other.example/a</loc></url>"
        "</urlset>",
    )
    async with web({f"{HOST}/sitemap.xml": xml(text), **pages("bridge")}) as sites:
        receipt = await ingested(store, sites, MAP)
    assert len(receipt.articles) == 1
    assert set(sites.dialled) == {PUBLIC}
    assert {each.split("/")[2] for each in sites.asked} == {HOST}


async def test_robots_are_obeyed_page_by_page_and_one_is_asked_at_a_time(store: Store) -> None:
    robots = {f"{HOST}/robots.txt": Answer(b"User-agent: *\nDisallow: /kiln")}
    listed = {f"{HOST}/sitemap.xml": xml(urls("/bridge", "/kiln"))}
    async with web({**robots, **listed, **pages("bridge", "kiln")}) as sites:
        receipt = await ingested(store, sites, MAP)
    assert [each.article.title for each in receipt.articles] == ["Bridge"]
    assert phrases.ROBOTS in receipt.note
    assert "/kiln" not in asked(sites)
    assert sites.most_at_once[HOST] == 1


@needs(FILE)
@pytest.mark.parametrize("row", SECOND, ids=lambda row: row["id"])
async def test_what_a_source_only_names_inside_is_never_asked(
    store: Store, row: dict[str, Any]
) -> None:
    answers = {
        link.split("://")[1]: Answer(body.encode(), status, head)
        for link, (status, head, body) in row["fixture"]["http"].items()
    }
    async with web(answers, row["fixture"]["dns"], elsewhere=page("inside")) as sites:
        with suppress(Refused):
            await ingested(store, sites, row["url"])
        async with bench(store, sites) as it:
            with suppress(Refused):
                await it.said(row["url"])
    assert {each.split("://")[1] for each in sites.asked} <= {
        *answers,
        f"{row_host(row)}/robots.txt",
    }
    assert set(sites.dialled) <= {PUBLIC}


def row_host(row: dict[str, Any]) -> str:
    return str(row["url"]).split("/")[2]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (xml("<urlset></urlset>"), Code.EMPTY),
        (xml("<urlset><url><loc>http://127.0.0.1/</loc></url></urlset>"), Code.EMPTY),
        (xml("<!DOCTYPE urlset SYSTEM 'http://x.example/'><urlset/>"), Code.BROKEN),
        (Answer(gzip.compress(b"no sitemap")), Code.UNSUPPORTED),
        (Answer(b"\x1f\x8bjunk"), Code.BROKEN),
    ],
)
async def test_a_sitemap_without_pages_or_that_is_none_is_refused(
    store: Store, answer: Answer, code: Code
) -> None:
    async with web({f"{HOST}/sitemap.xml": answer}) as sites:
        with pytest.raises(Refused) as caught:
            await ingested(store, sites, MAP)
    assert caught.value.code is code
