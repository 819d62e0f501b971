"""The fetcher: nobody inside is ever asked, nothing is too much, and each no says why."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import json
import shutil
import socket
import struct
import tomllib
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import httpcore2
import httpx2
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers import phrases
from handlers.errors import Code, Refused, SettingsError
from handlers.reading.addresses import Target, is_public, target
from handlers.reading.answers import seconds_until
from handlers.reading.dial import resolve
from handlers.reading.fetch import AGENT, Bounds, Fetcher, Page, fetcher_from
from handlers.reading.robots import MOST_BYTES as MOST_ROBOTS
from handlers.reading.robots import MOST_HELD, MOST_SITES, Robots
from handlers.reading.turns import Turns
from tests.fakes.web import PUBLIC, Answer, Certificates, Web, certificates, web
from tests.shared import DATA, needs

QUICK = Bounds(total=5, connect=2, silence=2, gap=0)
SHORT = Bounds(total=0.3, connect=0.3, silence=0.3, gap=0)
MIB = 1024 * 1024
STORY = Answer(b"<h1>Story</h1>")
TEXT = {"Content-Type": "text/plain"}
FILE = DATA / "security" / "ssrf.jsonl"
ROWS = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()] if FILE.exists() else []
TLS_NAMES = {"news.example", "www.news.example"} | {
    name for row in ROWS if row["verdict"] == "allow" for name in row["fixture"].get("dns", {})
}

no_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl command")


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("keys"), TLS_NAMES)


def fetcher(sites: Web, bounds: Bounds = QUICK, keys: Certificates | None = None) -> Fetcher:
    return Fetcher(sites.resolve, sites.dial, keys.trust if keys else None, bounds)


async def fetched(
    sites: Web, link: str, bounds: Bounds = QUICK, keys: Certificates | None = None
) -> Page:
    made = fetcher(sites, bounds, keys)
    try:
        return await made.fetch(link)
    finally:
        await made.close()


async def refused(sites: Web, link: str, bounds: Bounds = QUICK) -> tuple[Code, str]:
    with pytest.raises(Refused) as caught:
        await fetched(sites, link, bounds)
    return caught.value.code, str(caught.value)


def allowed(row: dict[str, Any]) -> list[str]:
    """What may be asked for, by the row alone: robots.txt of each site and each page on the way."""
    if row["verdict"] == "deny" and row["stage"] not in ("connect", "redirect", "second_order"):
        return []
    pages = row["fixture"].get("http", {})
    lookups = min((len(sets) for sets in row["fixture"].get("dns", {}).values()), default=1)
    link: str | None = str(httpx2.URL(row["url"]).copy_with(fragment=None))
    asked: list[str] = []
    while link and len([each for each in asked if not each.endswith("/robots.txt")]) < 6:
        robots = str(httpx2.URL(link).copy_with(raw_path=b"/robots.txt"))
        asked += [link] if robots in asked else [robots, link]
        status, head, _ = pages.get(link, (200, {}, ""))
        # a line end in a header is a header's end: what is left is a good link
        location, *split = head.get("Location", "").split("\r\n")
        onward = urljoin(link, location + "/" * bool(split)) if 300 < status < 309 else ""
        link = onward if onward in pages or split else None
    # each row with several sets of answers has a bad one second
    return asked[:1] if lookups > 1 else asked


def ends(row: dict[str, Any]) -> set[Code | None]:
    """How a row may end; None is a page."""
    if row["verdict"] == "allow" or row["stage"] == "second_order":
        return {None}
    if row["category"] == "redirect_html":
        return {None}
    if row["stage"] == "redirect":
        return {Code.FORBIDDEN, Code.UNREACHABLE} | ({None} if row["reason"] == "CRLF" else set())
    return {Code.FORBIDDEN} | ({Code.UNREACHABLE} if row["stage"] == "dns" else set())


@needs(FILE)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
@no_openssl
async def test_every_row_of_the_set_asks_for_what_it_may_and_no_more(
    row: dict[str, Any], keys: Certificates
) -> None:
    pages = {
        link: Answer(body.encode(), status, {"Content-Type": "text/html", **head})
        for link, (status, head, body) in row["fixture"].get("http", {}).items()
    }
    names = dict(row["fixture"].get("dns", {}))
    async with web(pages, names, elsewhere=STORY, tls=keys.server) as sites:
        no = None
        try:
            await fetched(sites, row["url"], QUICK, keys)
        except Refused as caught:
            no = caught.code
    assert all(is_public(ipaddress.ip_address(each)) for each in sites.dialled)
    if row["verdict"] == "policy":
        return
    assert sites.asked == allowed(row)
    assert len(sites.dialled) == len(sites.asked)
    assert no in ends(row)
    if row["stage"] in ("parse", "scheme", "port", "userinfo", "literal_ip", "name"):
        assert sites.resolved == []


async def test_a_page_comes_with_what_is_known_of_it() -> None:
    head = {"Content-Type": "text/html; charset=latin-1", "ETag": '"7"', "Last-Modified": "Monday"}
    async with web({"news.example/a": Answer(b"caf\xe9", headers=head)}) as sites:
        page = await fetched(sites, "http://news.example/a#part")
    assert page == Page(
        "http://news.example/a", 200, b"caf\xe9", head["Content-Type"], "latin-1", '"7"', "Monday"
    )
    assert sites.dialled == [PUBLIC] * 2
    for sent in sites.headers:
        assert not sent.keys() & {"cookie", "referer", "authorization", "proxy-authorization"}
        assert sent["user-agent"].startswith("footnotebot/0.1")
        assert "http" not in sent["user-agent"]


async def test_a_page_that_is_known_is_asked_for_only_if_it_changed() -> None:
    async with web({"news.example/a": Answer(status=304, headers={})}) as sites:
        made = fetcher(sites)
        page = await made.fetch("http://news.example/a", etag='"7"', modified="Monday")
        await made.close()
    assert (page.status, page.body) == (304, b"")
    assert sites.headers[-1]["if-none-match"] == '"7"'
    assert sites.headers[-1]["if-modified-since"] == "monday"


@pytest.mark.parametrize("odd", ['"é"', '"a\r\nHost: a"', "\x00", "\ud800", "\x7f"])
async def test_what_no_header_can_hold_is_not_sent_back_to_a_site(odd: str) -> None:
    async with web({"news.example/a": STORY}) as sites:
        made = fetcher(sites)
        page = await made.fetch("http://news.example/a", etag=odd, modified=odd)
        await made.close()
    assert page.body == STORY.body
    assert not sites.headers[-1].keys() & {"if-none-match", "if-modified-since"}


def test_the_bot_names_the_version_that_it_is() -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    version = ".".join(project["project"]["version"].split(".")[:2])
    assert AGENT.split()[0] == f"FootnoteBot/{version}"


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY"])
async def test_a_proxy_of_the_environment_is_not_used(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "http://127.0.0.1:9")
    async with web({"news.example/a": STORY}) as sites:
        assert (await fetched(sites, "http://news.example/a")).body == STORY.body


# addresses


async def test_a_name_whose_answer_changes_is_never_dialled_at_the_new_one() -> None:
    names = {"news.example": [[PUBLIC], ["127.0.0.1"]]}
    async with web({"news.example/a": STORY}, names) as sites:
        assert await refused(sites, "http://news.example/a") == (Code.FORBIDDEN, phrases.INSIDE)
    assert sites.dialled == [PUBLIC]  # for robots.txt
    assert sites.asked == ["http://news.example/robots.txt"]


@pytest.mark.parametrize("bad", ["10.0.0.1", "::1", "::ffff:10.0.0.1", "fe80::1%eth0", "junk"])
async def test_one_bad_answer_among_good_ones_is_enough(bad: str) -> None:
    async with web({"news.example/a": STORY}, {"news.example": [[PUBLIC, bad]]}) as sites:
        assert (await refused(sites, "http://news.example/a"))[0] is Code.FORBIDDEN
    assert sites.dialled == []


async def test_each_hop_is_looked_up_and_checked() -> None:
    pages = {"news.example/a": Answer(status=301, headers={"Location": "//www.news.example/b"})}
    names = {"www.news.example": [["192.168.0.1"]]}
    async with web(pages, names) as sites:
        assert (await refused(sites, "http://news.example/a"))[0] is Code.FORBIDDEN
    assert sites.resolved == ["news.example", "news.example", "www.news.example"]
    assert sites.dialled == [PUBLIC] * 2


async def test_an_address_is_asked_without_a_look_up() -> None:
    async with web({"1.1.1.1/a": STORY}) as sites:
        assert (await fetched(sites, "http://1.1.1.1/a")).body == STORY.body
    assert (sites.resolved, sites.dialled) == ([], ["1.1.1.1"] * 2)


async def test_the_next_address_is_dialled_where_one_does_not_answer() -> None:
    known = ["2606:4700::1111", "2606:4700::1112", PUBLIC, "1.1.1.1"]
    tried: list[str] = []
    async with web({"news.example/a": STORY}, {"news.example": [known]}) as sites:

        async def lame(
            address: str, port: int, seconds: float | None
        ) -> httpcore2.AsyncNetworkStream:
            tried.append(address)
            if ":" in address:
                raise httpcore2.ConnectError("no route")
            return await sites.dial(address, port, seconds)

        made = Fetcher(sites.resolve, lame, bounds=QUICK)
        assert (await made.fetch("http://news.example/a")).body == STORY.body
        await made.close()
    assert tried == known[:3] * 2  # for robots.txt and for the page


async def test_a_site_whose_name_nobody_can_look_up_now_is_unreachable() -> None:
    async def broken(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    async with web({}) as sites:
        made = Fetcher(broken, sites.dial, bounds=QUICK)
        with pytest.raises(Refused) as caught:
            await made.fetch("http://news.example/a")
        await made.close()
    no = (caught.value.code, str(caught.value))
    assert no == (Code.UNREACHABLE, phrases.unreachable("news.example"))


async def test_an_unknown_name_says_so() -> None:
    async with web({}) as sites:
        no = await refused(sites, "http://nowhere.example/")
    assert no == (Code.UNREACHABLE, phrases.NO_SUCH_HOST)


async def test_the_system_answers_for_this_machine_and_not_for_nobody() -> None:
    assert "127.0.0.1" in await resolve("127.0.0.1", 80)
    assert await resolve("a" * 64, 80) == []


# redirects


async def test_five_redirects_are_followed_and_no_cookie_goes_along() -> None:
    pages = {
        f"news.example/{at}": Answer(
            status=status, headers={"Location": f"/{at + 1}", "Set-Cookie": "a=b; Path=/"}
        )
        for at, status in enumerate((301, 302, 303, 307, 308))
    }
    async with web({**pages, "news.example/5": STORY}) as sites:
        page = await fetched(sites, "http://news.example/0")
        assert page.url == "http://news.example/5"
        assert not any("cookie" in each or "referer" in each for each in sites.headers)
    pages["news.example/5"] = Answer(status=302, headers={"Location": "/6"})
    async with web({**pages, "news.example/6": STORY}) as sites:
        no = await refused(sites, "http://news.example/0")
        assert no == (Code.UNREACHABLE, phrases.TOO_MANY_REDIRECTS)
        assert "http://news.example/6" not in sites.asked


# what sites say


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (401, Code.WALL, phrases.WALL),
        (402, Code.WALL, phrases.WALL),
        (403, Code.WALL, phrases.WALL),
        (451, Code.WALL, phrases.WALL),
        (404, Code.UNREACHABLE, phrases.GONE),
        (410, Code.UNREACHABLE, phrases.GONE),
        (429, Code.UNREACHABLE, phrases.too_often(None)),
        (500, Code.UNREACHABLE, phrases.bad_status(500)),
        (503, Code.UNREACHABLE, phrases.bad_status(503)),
        (300, Code.UNREACHABLE, phrases.bad_status(300)),
        (302, Code.UNREACHABLE, phrases.bad_status(302)),
        (304, Code.UNREACHABLE, phrases.bad_status(304)),
    ],
)
async def test_a_status_is_told_for_what_it_is(status: int, code: Code, sentence: str) -> None:
    async with web({"news.example/a": Answer(b"", status)}) as sites:
        assert await refused(sites, "http://news.example/a") == (code, sentence)


async def test_a_site_that_asks_for_patience_is_quoted() -> None:
    busy = Answer(b"", 429, {"Retry-After": "90"})
    async with web({"news.example/a": busy}) as sites:
        assert "in 90 s" in (await refused(sites, "http://news.example/a"))[1]
    assert "in 11 minutes" in phrases.too_often(600)


def test_retry_after_is_seconds_or_a_date() -> None:
    hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    assert seconds_until(" 120 ") == 120
    assert seconds_until(hour) in range(3500, 3601)
    assert seconds_until("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert seconds_until("Wed, 21 Oct 2015 07:28:00 -0000") == 0
    for junk in ("", "soon", "-1", "1.5", "٣", "9" * 30):
        assert seconds_until(junk) is None


@given(
    st.text(max_size=40) | st.from_regex(r"Wed, [0-9]{1,9} Oct [0-9]{1,25} [0-9:]{1,9} [+-]?\w*")
)
@example(f"Wed, 21 Oct {'9' * 20} 07:28:00 +0000")
@example(f"Wed, 21 Oct 2030 07:28:00 +{'9' * 20}")
@example("Fri, 31 Dec 9999 23:59:59 -2359")
@example("Mon, 01 Jan 0001 00:00:00 +2359")
def test_any_retry_after_is_read_or_passed_over(value: str) -> None:
    seconds = seconds_until(value)
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize(
    "answer",
    [Answer(mute=True), Answer(b"x" * 10_000, pieces=10_000, gap=0.05)],
    ids=["mute", "drop by drop"],
)
async def test_a_site_that_takes_too_long_is_left(answer: Answer) -> None:
    async with web({"news.example/a": answer}) as sites:
        no = await refused(sites, "http://news.example/a", SHORT)
    assert no == (Code.TIMEOUT, phrases.too_slow("news.example"))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nshort"), Code.UNREACHABLE),
        (Answer(raw=b"not http at all\r\n\r\n"), Code.UNREACHABLE),
        (Answer(raw=b""), Code.UNREACHABLE),
        (Answer(raw=b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 300_000), Code.UNREACHABLE),
        (Answer(b"no gzip", headers={"Content-Encoding": "gzip"}), Code.BROKEN),
        (
            Answer(gzip.compress(b"<p>" * 99)[:-9], headers={"Content-Encoding": "gzip"}),
            Code.BROKEN,
        ),
        (Answer(b"??", headers={"Content-Encoding": "br"}), Code.BROKEN),
    ],
)
async def test_a_broken_answer_is_refused(answer: Answer, code: Code) -> None:
    async with web({"news.example/a": answer}) as sites:
        assert (await refused(sites, "http://news.example/a"))[0] is code


async def test_a_host_that_answers_no_connection_is_slow() -> None:
    async def silent(
        _address: str, _port: int, _seconds: float | None
    ) -> httpcore2.AsyncNetworkStream:
        await asyncio.Event().wait()
        raise AssertionError

    async with web({"news.example/a": STORY}) as sites:
        made = Fetcher(sites.resolve, silent, bounds=SHORT)
        with pytest.raises(Refused) as caught:
            await made.fetch("http://news.example/a")
        await made.close()
    no = (caught.value.code, str(caught.value))
    assert no == (Code.TIMEOUT, phrases.too_slow("news.example"))


async def test_a_host_that_takes_no_connection_is_unreachable() -> None:
    async with web({"news.example/a": STORY}) as sites:
        pass  # now nobody listens there any more
    no = await refused(sites, "http://news.example/a")
    assert no == (Code.UNREACHABLE, phrases.unreachable("news.example"))


async def test_a_fetch_that_is_cancelled_ends_as_cancelled() -> None:
    asked = asyncio.Barrier(2)
    async with web({"news.example/a": Answer(mute=True, meet=asked)}) as sites:
        made = fetcher(sites)
        task = asyncio.create_task(made.fetch("http://news.example/a"))
        await asked.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await made.close()


# sizes


def bomb(mebibytes: int, *, raw: bool = False) -> bytes:
    """Give a gzip or deflate of so many MiB of zeros: a block, fully flushed, again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    if raw:
        return block * mebibytes + b"\x03\x00"
    check = zlib.crc32(b"")
    head = b"\x1f\x8b\x08\x00" + bytes(4) + b"\x02\xff"
    return head + block * mebibytes + b"\x03\x00" + struct.pack("<II", check, 0)


@pytest.mark.parametrize("kind", ["text/html", "application/pdf"])
@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate"])
async def test_a_bomb_is_stopped_while_it_inflates(kind: str, encoding: str) -> None:
    packed = bomb(1024, raw=encoding == "deflate")
    assert len(packed) < 2 * MIB
    head = {"Content-Type": kind, "Content-Encoding": encoding}
    async with web({"news.example/a": Answer(packed, headers=head)}) as sites:
        tracemalloc.start()
        try:
            no = await refused(sites, "http://news.example/a")
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    most = 5 if kind == "text/html" else 20
    assert no == (Code.TOO_LARGE, phrases.too_large(most * MIB))
    assert peak < 40 * MIB


@pytest.mark.parametrize("status", [200, 302, 404])
async def test_a_site_is_hung_up_on_where_the_rest_is_not_wanted(status: int) -> None:
    head = {"Content-Type": "text/html", "Location": "http://127.0.0.1/"}
    async with web({"news.example/a": Answer(bytes(32 * MIB), status, head)}) as sites:
        made = fetcher(sites)
        with pytest.raises(Refused):
            await made.fetch("http://news.example/a")
        async with asyncio.timeout(10):
            while sites.now["news.example"]:  # noqa: ASYNC110 - it still says the rest
                await asyncio.sleep(0.01)
        await made.close()


@pytest.mark.parametrize("encoding", ["gzip, gzip", "deflate,gzip", "gzip, gzip, gzip"])
async def test_a_bomb_in_a_bomb_is_not_unpacked(encoding: str) -> None:
    head = {"Content-Type": "text/html", "Content-Encoding": encoding}
    packed = gzip.compress(bomb(64))
    async with web({"news.example/a": Answer(packed, headers=head)}) as sites:
        no = await refused(sites, "http://news.example/a")
    assert no == (Code.BROKEN, phrases.BROKEN_PAGE)


@pytest.mark.parametrize(
    ("head", "most"),
    [({"Content-Type": "text/html"}, 100), ({"Content-Type": "Application/XHTML+xml"}, 100),
     ({}, 100), ({"Content-Type": "text/plain"}, 200)],
)  # fmt: skip
async def test_a_page_may_be_so_large_and_no_larger(head: dict[str, str], most: int) -> None:
    bounds = Bounds(gap=0, html=100, other=200)
    pages = {
        "news.example/fits": Answer(b"x" * most, headers=head),
        "news.example/not": Answer(b"x" * (most + 1), headers=head),
    }
    async with web(pages) as sites:
        assert len((await fetched(sites, "http://news.example/fits", bounds)).body) == most
        no = await refused(sites, "http://news.example/not", bounds)
    assert no == (Code.TOO_LARGE, phrases.too_large(most))


async def test_a_packed_page_is_unpacked() -> None:
    for encoding, pack in (
        ("gzip", gzip.compress), ("X-GZip", gzip.compress), ("deflate", zlib.compress),
    ):  # fmt: skip
        head = {"Content-Type": "text/html", "Content-Encoding": encoding}
        async with web({"news.example/a": Answer(pack(STORY.body), headers=head)}) as sites:
            assert (await fetched(sites, "http://news.example/a")).body == STORY.body


# robots.txt

PRIVATE = b"User-agent: *\nDisallow: /private"
FORBIDDEN = (Code.ROBOTS, phrases.ROBOTS)


async def test_what_robots_forbid_is_not_asked_for() -> None:
    robots = Answer(PRIVATE, headers=TEXT)
    async with web({"news.example/robots.txt": robots, "news.example/a": STORY}) as sites:
        for path in ("private", "private/a?b", "a/../private", "%2e/private"):
            assert await refused(sites, f"http://news.example/{path}") == FORBIDDEN
        await fetched(sites, "http://news.example/a")
    assert set(sites.asked) == {"http://news.example/robots.txt", "http://news.example/a"}


@pytest.mark.parametrize(
    ("group", "meant"),
    [("FootnoteBot", True), ("footnotebot", True), ("*", True), ("articles", False),
     ("Footnote", True), ("OtherBot", False)],
)  # fmt: skip
async def test_rules_are_read_for_our_name(group: str, meant: bool) -> None:
    robots = Answer(f"User-agent: {group}\nDisallow: /".encode(), headers=TEXT)
    async with web({"news.example/robots.txt": robots, "news.example/a": STORY}) as sites:
        if meant:
            assert await refused(sites, "http://news.example/a") == FORBIDDEN
        else:
            assert (await fetched(sites, "http://news.example/a")).body == STORY.body


@pytest.mark.parametrize(
    ("robots", "allows"),
    [
        (Answer(PRIVATE, 404), True),
        (Answer(b"", 403), True),
        (Answer(b"", 500), False),
        (Answer(b"", 503), False),
        (Answer(b"\xef\xbb\xbf" + b"User-agent: *\nDisallow: /", headers=TEXT), False),
        (Answer(b"\xff\xfe\x00 no rules", headers=TEXT), True),
        (Answer(b"#" * MOST_ROBOTS + b"\nUser-agent: *\nDisallow: /", headers=TEXT), True),
        (Answer(status=302, headers={"Location": "/rules"}), False),
        (Answer(status=302, headers={"Location": "/robots.txt"}), True),
        (Answer(status=302, headers={"Location": "http://127.0.0.1/robots.txt"}), False),
        (Answer(status=302, headers={"Location": "http://nowhere.example/"}), False),
    ],
    ids=[
        "absent", "forbidden", "broken", "busy", "with a mark", "binary", "too long", "elsewhere",
        "in circles", "inside", "to nobody",
    ],
)  # fmt: skip
async def test_robots_that_fail_forbid_and_robots_that_are_absent_allow(
    robots: Answer, allows: bool
) -> None:
    rules = Answer(b"User-agent: *\nDisallow: /", headers=TEXT)
    pages = {"news.example/robots.txt": robots, "news.example/rules": rules}
    async with web({**pages, "news.example/a": STORY}) as sites:
        if allows:
            assert (await fetched(sites, "http://news.example/a")).body == STORY.body
        else:
            assert await refused(sites, "http://news.example/a") == FORBIDDEN
    assert set(sites.dialled) == {PUBLIC}


async def test_robots_are_asked_for_once_a_site() -> None:
    async with web({f"news.example/{at}": STORY for at in range(5)}) as sites:
        made = fetcher(sites)
        links = [f"http://news.example/{at}" for at in range(5)]
        await asyncio.gather(*map(made.fetch, links))
        await made.close()
    assert sorted(sites.asked) == sorted([*links, "http://news.example/robots.txt"])


async def test_robots_are_remembered_within_bounds() -> None:
    robots = Robots("FootnoteBot")
    large = b"User-agent: *\nDisallow: /private\n" + b"#" * (MOST_ROBOTS - 100)
    asked: list[str] = []

    async def ask(wanted: Target) -> tuple[int, bytes]:
        asked.append(wanted.host)
        return 200, large if "large" in wanted.host else b""

    for at in range(9):
        await robots.check(target(f"http://{at}.large.example/"), ask)
    assert robots.held[1] <= MOST_HELD
    for at in range(MOST_SITES + 9):
        await robots.check(target(f"http://{at}.example/"), ask)
    assert robots.held[0] == MOST_SITES
    await robots.check(target(f"http://{MOST_SITES}.example/"), ask)
    assert asked.count(f"{MOST_SITES}.example") == 1
    with pytest.raises(Refused):
        await robots.check(target("http://0.large.example/private"), ask)
    assert asked.count("0.large.example") == 2


# one at a time


async def test_a_host_is_asked_one_thing_at_a_time_in_the_order_of_asking() -> None:
    page = Answer(b"<p>piece by piece</p>", pieces=5)
    async with web({f"news.example/{at}": page for at in range(5)}) as sites:
        made = fetcher(sites)
        await made.fetch("http://news.example/0")
        links = [f"http://news.example/{at}" for at in range(1, 5)]
        await asyncio.gather(*map(made.fetch, links))
        await made.close()
    assert sites.asked[2:] == links
    assert sites.most_at_once == {"news.example": 1}


async def test_two_hosts_are_asked_at_the_same_time() -> None:
    page = Answer(b"<p>both</p>", meet=asyncio.Barrier(2))  # neither answers until both are asked
    async with web({"one.example/": page, "two.example/": page}) as sites:
        made = fetcher(sites)
        await asyncio.gather(made.fetch("http://one.example/"), made.fetch("http://two.example/"))
        await made.close()


async def pass_through(turns: Turns, host: str) -> None:
    async with turns.of(host):
        pass


async def everything_else() -> None:
    """Let each task that can go on do so."""
    for _ in range(50):
        await asyncio.sleep(0)


async def test_a_host_is_left_in_peace_between_two_requests() -> None:
    turns = Turns(gap=3600)
    await pass_through(turns, "one.example")
    second = asyncio.create_task(pass_through(turns, "one.example"))
    await pass_through(turns, "two.example")
    await everything_else()
    assert not second.done()
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)


async def test_a_host_that_is_asked_or_rests_is_not_forgotten() -> None:
    turns = Turns(gap=0)
    async with turns.of("busy.example"):
        for at in range(1_200):
            await pass_through(turns, f"{at}.example")
        next_one = asyncio.create_task(pass_through(turns, "busy.example"))
        await everything_else()
        assert not next_one.done()
    await next_one
    resting = Turns(gap=3600)
    for at in range(1_200):
        await pass_through(resting, f"{at}.example")
    assert len(resting) == 1_200


async def test_hosts_that_nobody_waits_for_are_forgotten() -> None:
    turns = Turns(gap=0)
    for at in range(3_000):
        async with turns.of(f"{at}.example"):
            pass
    assert len(turns) <= 1_001


async def test_the_wait_for_a_turn_is_no_part_of_a_fetch() -> None:
    bounds = Bounds(total=1.5, connect=1, silence=1, gap=1.6)
    async with web({"news.example/a": STORY}) as sites:
        assert (await fetched(sites, "http://news.example/a", bounds)).body == STORY.body


# TLS and the seam


@no_openssl
async def test_a_certificate_must_be_of_the_host_and_of_a_known_root(keys: Certificates) -> None:
    names = {host: [[PUBLIC]] for host in ("news.example", "other.example")}
    async with web({"news.example/a": STORY}, names, elsewhere=STORY, tls=keys.server) as sites:
        page = await fetched(sites, "https://news.example/a", keys=keys)
        assert (page.url, page.body) == ("https://news.example/a", STORY.body)
        for link, trusts in (("https://other.example/", keys), ("https://news.example/a", None)):
            with pytest.raises(Refused) as caught:
                await fetched(sites, link, keys=trusts)
            assert caught.value.code is Code.UNREACHABLE
    assert {each.split("/")[2] for each in sites.asked} == {"news.example"}


@no_openssl
async def test_the_seam_answers_for_the_internet_and_still_checks_it(
    keys: Certificates, tmp_path: Path
) -> None:
    names = {
        "news.example": [PUBLIC], "inside.example": ["10.0.0.1"],
        "mixed.example": [PUBLIC, "::1"], "nobody.example": [],
    }  # fmt: skip
    file = tmp_path / "names.json"
    file.write_text(json.dumps(names))
    async with web({"news.example/a": STORY}, elsewhere=STORY, tls=keys.server) as sites:
        made = fetcher_from(f"{sites.ports[1]},{keys.ca},{file}")
        page = await made.fetch("https://news.example/a")
        assert page.body == STORY.body
        codes = []
        for host in ("inside.example", "mixed.example", "127.0.0.1", "nobody.example", "a.example"):
            with pytest.raises(Refused) as caught:
                await made.fetch(f"https://{host}/")
            codes.append(caught.value.code)
        await made.close()
    assert codes == [Code.FORBIDDEN] * 3 + [Code.UNREACHABLE] * 2
    assert sites.asked == ["https://news.example/robots.txt", "https://news.example/a"]


@pytest.mark.parametrize(
    "names",
    ["", "[]", '{"a.example": "1.1.1.1"}', '{"a.example": [1]}', '{"a.example": null}', "\xff{"],
)
def test_names_that_are_malformed_name_the_setting(names: str, tmp_path: Path) -> None:
    file = tmp_path / "names.json"
    file.write_bytes(names.encode("latin-1"))
    with pytest.raises(SettingsError, match=r"FETCH_LOOPBACK must be PORT,CA\.pem,NAMES\.json"):
        fetcher_from(f"8000,,{file}")


def test_a_malformed_seam_names_its_setting(tmp_path: Path) -> None:
    names = tmp_path / "names.json"
    names.write_text('{"news.example": ["93.184.215.14"]}')
    fetcher_from(f"8000,,{names}")
    fetcher_from(None)
    for seam in ("8000", "x,,y", f"x,,{names}", "1,2,3", f"0,,{names}", f"65536,,{names}",
                 f"8000,{names},{names}", f"8000,{tmp_path}/none.pem,{names}"):  # fmt: skip
        with pytest.raises(SettingsError, match="FETCH_LOOPBACK"):
            fetcher_from(seam)
