"""The fetcher: nobody inside is ever asked, nothing is too much, and each no says why."""

from __future__ import annotations

import ipaddress
import json
import shutil
from typing import Any
from urllib.parse import urljoin

import httpx2
import pytest

from handlers.errors import Code, Refused
from handlers.reading.addresses import is_public
from handlers.reading.fetch import Bounds, Fetcher, Page
from tests.fakes.web import Answer, Certificates, Web, certificates, web
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
    names = {"news.example": [["2606:4700::1111", PUBLIC]]}
    async with web({"news.example/a": STORY}, names) as sites:

        async def lame(
            address: str, port: int, seconds: float | None
        ) -> httpcore2.AsyncNetworkStream:
            if ":" in address:
                raise httpcore2.ConnectError("no route")
            return await sites.dial(address, port, seconds)

        made = Fetcher(sites.resolve, lame, bounds=QUICK)
        assert (await made.fetch("http://news.example/a")).body == STORY.body
        await made.close()


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


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(mute=True), Code.TIMEOUT),
        (Answer(b"x" * 1_000, pieces=1_000, gap=0.05), Code.TIMEOUT),
        (Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nshort"), Code.UNREACHABLE),
        (Answer(raw=b"not http at all\r\n\r\n"), Code.UNREACHABLE),
        (Answer(raw=b""), Code.UNREACHABLE),
        (Answer(raw=b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 300_000), Code.UNREACHABLE),
        (Answer(b"no gzip", headers={"Content-Encoding": "gzip"}), Code.UNREACHABLE),
        (Answer(b"??", headers={"Content-Encoding": "br"}), Code.BROKEN),
    ],
)
async def test_slow_and_broken_answers_are_refused(answer: Answer, code: Code) -> None:
    async with web({"news.example/a": answer}) as sites:
        assert (await refused(sites, "http://news.example/a", SHORT))[0] is code


async def test_a_host_that_takes_no_connection_is_slow_or_unreachable() -> None:
    async def silent(
        _address: str, _port: int, _seconds: float | None
    ) -> httpcore2.AsyncNetworkStream:
        await asyncio.Event().wait()
        raise AssertionError

    async with web({"news.example/a": STORY}) as sites:
        made = Fetcher(sites.resolve, silent, bounds=SHORT)
        with pytest.raises(Refused) as caught:
            await made.fetch("http://news.example/a")
        assert caught.value.code is Code.TIMEOUT
        assert "news.example" in str(caught.value)
        await made.close()
        links = [sites.ports[0]]
    made = Fetcher(sites.resolve, sites.dial, bounds=QUICK)  # nobody listens there any more
    with pytest.raises(Refused) as caught:
        await made.fetch("http://news.example/a")
    assert caught.value.code is Code.UNREACHABLE, links
    await made.close()


async def test_a_fetch_that_is_cancelled_ends_as_cancelled() -> None:
    async with web({"news.example/a": Answer(mute=True)}) as sites:
        made = fetcher(sites)
        task = asyncio.create_task(made.fetch("http://news.example/a"))
        while "http://news.example/a" not in sites.asked:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (await made.fetch("http://news.example/b")) if False else True
        await made.close()
