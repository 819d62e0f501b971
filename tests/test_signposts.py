"""A robots.txt is no article: it leads to the sitemaps that it names, or says what to send."""

from __future__ import annotations

import pytest

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.fetch import Bounds, Fetcher
from handlers.reading.read import Reader
from handlers.reading.signposts import maps_in
from storage.store import Store
from tests.fakes.web import Answer, Web, web
from tests.feeding import HOST, asked, bench
from tests.test_gathering import ingested, maps, pages, urls, xml

ROBOTS = f"{HOST}/robots.txt"
NAMED = f"User-agent: *\nDisallow: /private\n\nSitemap: http://{HOST}/news/map.xml\n"
SITE = {f"{HOST}/news/map.xml": xml(urls("/bridge", "/kiln")), **pages("bridge", "kiln")}


def text(body: str) -> Answer:
    return Answer(body.encode(), headers={"Content-Type": "text/plain"})


async def titles(store: Store, sites: Web, link: str) -> list[str]:
    receipt = await ingested(store, sites, link)
    return sorted(each.article.title for each in receipt.articles)


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/sitemap_index.xml"])
async def test_the_sitemap_that_a_robots_txt_names_is_found(store: Store, path: str) -> None:
    missing = {f"{HOST}{path}": Answer(b"", 404, {})} if path != "/robots.txt" else {}
    async with web({ROBOTS: text(NAMED), **SITE, **missing}) as sites:
        assert await titles(store, sites, f"http://{HOST}{path}") == ["Bridge", "Kiln"]


async def test_a_first_page_without_a_word_leads_to_the_sitemap(store: Store) -> None:
    first = {f"{HOST}/": Answer(b"<html><body><div id='app'></div></body></html>")}
    async with web({ROBOTS: text(NAMED), **SITE, **first}) as sites:
        assert await titles(store, sites, f"http://{HOST}/") == ["Bridge", "Kiln"]


async def test_an_index_that_a_robots_txt_names_is_followed(store: Store) -> None:
    index = {f"{HOST}/index.xml": xml(maps("/news/map.xml"))}
    robots = text(f"Sitemap: http://{HOST}/index.xml")
    async with web({ROBOTS: robots, **SITE, **index}) as sites:
        assert await titles(store, sites, f"http://{ROBOTS}") == ["Bridge", "Kiln"]


async def test_a_robots_txt_without_a_sitemap_is_no_article_and_says_what_to_send(
    store: Store,
) -> None:
    async with web({ROBOTS: text("User-agent: *\nDisallow: /private\n" * 9)}) as sites:
        with pytest.raises(Refused) as caught:
            await ingested(store, sites, f"http://{ROBOTS}")
    assert (caught.value.code, str(caught.value)) == (Code.UNSUPPORTED, phrases.ROBOTS_FILE)
    assert await store.articles("main") == []


async def test_no_other_way_to_read_a_page_takes_a_robots_txt(store: Store) -> None:
    async with web({ROBOTS: text(NAMED)}) as sites:
        fetcher = Fetcher(sites.resolve, sites.dial, bounds=Bounds(gap=0))
        with pytest.raises(Refused, match="robots"):
            await Reader(fetcher).read(f"http://{ROBOTS}")
        await fetcher.close()


async def test_who_asks_for_a_feed_where_a_sitemap_is_gets_its_link(store: Store) -> None:
    first = {f"{HOST}/": Answer(b"<html><body><p>Words.</p></body></html>")}
    async with web({ROBOTS: text(NAMED), **first}) as sites, bench(store, sites) as it:
        with pytest.raises(Refused) as caught:
            await it.subscribe(f"http://{HOST}/")
    assert str(caught.value) == phrases.only_a_map(f"http://{HOST}/news/map.xml")


async def test_a_missing_page_that_is_no_sitemap_is_just_missing(store: Store) -> None:
    missing = {f"{HOST}/story": Answer(b"", 404, {})}
    async with web({ROBOTS: text(NAMED), **SITE, **missing}) as sites:
        with pytest.raises(Refused) as caught:
            await ingested(store, sites, f"http://{HOST}/story")
        assert caught.value.code is Code.UNREACHABLE
        assert "/news/map.xml" not in asked(sites)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Sitemap: http://169.254.169.254/map.xml",
        b"Sitemap: http://other.example/map.xml",
        b"Sitemap: file:///etc/passwd",
        b"\xff\xfe\x00Sitemap",
    ],
)
def test_a_robots_txt_sends_nobody_to_another_site(body: bytes) -> None:
    assert maps_in(body, f"http://{ROBOTS}") is None


def test_sitemaps_are_named_once_and_by_any_spelling() -> None:
    body = b"\xef\xbb\xbfSITEMAP: /a.xml\nsitemap: /a.xml\nSitemap: http://www.post.example/b.xml"
    found = maps_in(body, f"http://{ROBOTS}")
    assert found is not None
    links = [each.link for each in found.entries]
    assert links == [f"http://{HOST}/a.xml", "http://www.post.example/b.xml"]
