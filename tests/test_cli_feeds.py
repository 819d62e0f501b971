"""`footnote feed`, `feeds` and the ingest of feeds in a process of their own, over a fake web."""

from __future__ import annotations

import asyncio
import json
import ssl
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from handlers.polling import Poller
from handlers.reading.fetch import fetcher_from
from handlers.reading.read import Reader
from handlers.visits import LEASE
from storage.engines import open_store
from tests.fakes.web import PUBLIC, Answer, Web, web
from tests.feeding import HOST, Item, asked, page, rss
from tests.process import command, environment, footnote, lines

FEED = f"https://{HOST}/feed"
TWO = [Item(name, link=f"https://{HOST}/{name}") for name in ("bridge", "kiln")]


@pytest.fixture
async def sites() -> AsyncIterator[Web]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    pages = {f"{HOST}/{each.name}": page(each.name) for each in TWO}
    async with web({**pages, f"{HOST}/feed": rss(TWO, ETag='"1"')}, tls=context) as served:
        served.authority = authority  # type: ignore[attr-defined]
        yield served


def seam(folder: Path, sites: Web) -> str:
    sites.authority.cert_pem.write_to_path(folder / "ca.pem")  # type: ignore[attr-defined]
    (folder / "names.json").write_text(json.dumps({HOST: [PUBLIC]}))
    return f"{sites.ports[1]},{folder / 'ca.pem'},{folder / 'names.json'}"


async def called(folder: Path, sites: Web, *arguments: str) -> Any:
    where = seam(folder, sites)
    return await asyncio.to_thread(footnote, folder, *arguments, FETCH_LOOPBACK=where)


async def test_a_feed_is_added_listed_polled_and_removed(tmp_path: Path, sites: Web) -> None:
    (added,) = lines(await called(tmp_path, sites, "feed", "add", FEED, "--json"))
    assert (added["source"], added["status"]) == (FEED, "stored")
    assert [each["title"] for each in added["articles"]] == ["Bridge", "Kiln"]
    assert added["note"].startswith("Subscribed")
    (listed,) = lines(await called(tmp_path, sites, "feeds", "--json"))
    assert (listed["url"], listed["state"], listed["stored"]) == (FEED, "active", 2)
    assert listed["next"] > listed["last"]
    sites.pages[f"{HOST}/feed"] = Answer(b"", 304, {})
    (polled,) = lines(await called(tmp_path, sites, "feed", "poll", FEED, "--json"))
    assert (polled["articles"], polled["status"]) == ([], "duplicate")
    assert sites.headers[-1]["if-none-match"] == '"1"'
    removed = await called(tmp_path, sites, "feed", "remove", "1")
    assert "Its articles stay" in removed.stdout
    assert "footnote feed add" in removed.stdout


async def test_a_feed_is_a_source_of_ingest(tmp_path: Path, sites: Web) -> None:
    (told,) = lines(await called(tmp_path, sites, "ingest", FEED, "--json"))
    assert (told["source"], told["status"], len(told["articles"])) == (FEED, "stored", 2)
    assert told["note"] == "The Post: all 2 entries."
    assert asked(sites) == ["/feed", "/bridge", "/kiln"]


async def test_a_process_that_is_killed_while_it_subscribes_loses_and_doubles_nothing(
    tmp_path: Path, sites: Web
) -> None:
    sites.pages[f"{HOST}/kiln"] = Answer(mute=True)
    process = await asyncio.create_subprocess_exec(
        *command("feed", "add", FEED),
        cwd=tmp_path,
        env=environment(FETCH_LOOPBACK=seam(tmp_path, sites)),
        stdout=asyncio.subprocess.DEVNULL,
    )
    async with asyncio.timeout(60):
        while "/kiln" not in asked(sites):  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.02)
    process.kill()
    await process.wait()
    sites.pages[f"{HOST}/kiln"] = page("kiln")
    sites.pages[f"{HOST}/feed"] = Answer(b"", 304, {})
    store = await open_store(str(tmp_path / "data" / "library.db"))
    assert [each.title for each in await store.articles("main")] == ["Bridge"]
    (feed,) = await store.feeds("main")
    assert (feed.waiting, feed.stored) == (1, 1)
    assert await store.due_feeds(time.time()) == []
    (due,) = await store.due_feeds(time.time() + LEASE)
    fetcher = fetcher_from(seam(tmp_path, sites))
    poller = Poller(store, Reader(fetcher), None, clock=lambda: time.time() + LEASE, gap=0)
    await poller.step()
    assert [each.title for each in await store.articles("main")] == ["Kiln", "Bridge"]
    assert [asked(sites).count(path) for path in ("/feed", "/bridge", "/kiln")] == [2, 1, 2]
    assert due.id == feed.id
    await fetcher.close()
    await store.close()


async def test_what_is_no_feed_fails_in_one_line(tmp_path: Path, sites: Web) -> None:
    done = await called(tmp_path, sites, "feed", "add", f"https://{HOST}/bridge", "--json")
    (told,) = lines(done)
    assert (done.returncode, told["ok"]) == (1, False)
    assert len(done.stderr.splitlines()) == 1
    assert (await called(tmp_path, sites, "feed", "eat", "1")).returncode == 2
