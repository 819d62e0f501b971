"""`footnote feed`, `feeds` and the ingest of feeds in a process of their own, over a fake web."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.fakes.web import PUBLIC, Answer, Web, web
from tests.feeding import HOST, Item, asked, page, rss
from tests.process import footnote, lines

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


async def called(folder: Path, sites: Web, *arguments: str) -> Any:
    sites.authority.cert_pem.write_to_path(folder / "ca.pem")  # type: ignore[attr-defined]
    (folder / "names.json").write_text(json.dumps({HOST: [PUBLIC]}))
    seam = f"{sites.ports[1]},{folder / 'ca.pem'},{folder / 'names.json'}"
    return await asyncio.to_thread(footnote, folder, *arguments, FETCH_LOOPBACK=seam)


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
    assert "/feed" in removed.stdout


async def test_a_feed_is_a_source_of_ingest(tmp_path: Path, sites: Web) -> None:
    (told,) = lines(await called(tmp_path, sites, "ingest", FEED, "--json"))
    assert (told["source"], told["status"], len(told["articles"])) == (FEED, "stored", 2)
    assert told["note"] == "The Post: all 2 entries."
    assert asked(sites) == ["/feed", "/bridge", "/kiln"]


async def test_what_is_no_feed_fails_in_one_line(tmp_path: Path, sites: Web) -> None:
    done = await called(tmp_path, sites, "feed", "add", f"https://{HOST}/bridge", "--json")
    (told,) = lines(done)
    assert (done.returncode, told["ok"]) == (1, False)
    assert len(done.stderr.splitlines()) == 1
    assert (await called(tmp_path, sites, "feed", "eat", "1")).returncode == 2
