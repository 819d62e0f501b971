"""The fetcher: nobody inside is ever asked, nothing is too much, and each no says why."""

from __future__ import annotations

import gzip
import ipaddress
import json
import tracemalloc
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.errors import Code, Refused, SettingsError
from handlers.reading.addresses import is_public, target
from handlers.reading.fetch import Bounds, Fetcher, Page, fetcher_from
from tests.fakes.web import Answer, Web, web
from tests.shared import DATA, needs

QUICK = Bounds(total=5, connect=2, silence=2, gap=0)
ROWS = DATA / "security" / "ssrf.jsonl"
STORY = Answer(b"<h1>Story</h1>")


def fetcher(sites: Web, bounds: Bounds = QUICK) -> Fetcher:
    return Fetcher(sites.resolve, sites.dial, bounds=bounds)


async def fetched(sites: Web, link: str, bounds: Bounds = QUICK) -> Page:
    made = fetcher(sites, bounds)
    try:
        return await made.fetch(link)
    finally:
        await made.close()


async def refused(sites: Web, link: str, bounds: Bounds = QUICK) -> Code:
    with pytest.raises(Refused) as caught:
        await fetched(sites, link, bounds)
    assert str(caught.value).endswith((".", "text."))
    return caught.value.code


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "169.254.169.254",
        "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.168.0.1", "198.18.0.1", "198.19.255.255",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16", "::", "::1", "::ffff:8.8.8.8",
        "2606:4700::5efe:8.8.8.8", "2606:4700::200:5efe:10.0.0.1",
        "::8.8.8.8", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1", "2001:20::1",
        "2001:db8::1", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254",
        "fe80::1", "fec0::1", "ff02::1", "fe80::1%eth0",
    ],
)  # fmt: skip
def test_addresses_of_no_public_host_are_known(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.1", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "223.255.255.255", "2001:200::1", "2001:4860:4860::8888",
        "2606:4700::1111", "2a00:1450::1", "2003::1",
    ],
)  # fmt: skip
def test_their_neighbours_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "link",
    [
        "ftp://news.example/", "file:///etc/passwd", "javascript:alert(1)", "http://2130706433/",
        "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://127.0.0.1./",
        "http://news.example:22/", "http://user@news.example/", "http://news.example\\@a.example/",
        "http://news.example%2f@a.example/", "http://localhost/", "http://printer/",
        "http://db.internal/", "http://a.b.local./", "http://[::1]/", "http://[fe80::1%25eth0]/",
        "http://news。example/", "http://ｎｅｗｓ.example/", "http://news.example/\r\nHost: a",
        "http:///news.example/", "//news.example/", "news.example", "http://a..example/", "",
        "http://-a.example/", f"http://{'a' * 64}.example/", "http://news.example:65536/",
    ],
)  # fmt: skip
def test_odd_links_are_refused_before_anything_is_asked(link: str) -> None:
    with pytest.raises(Refused) as caught:
        target(link)
    assert caught.value.code is Code.FORBIDDEN


def test_a_link_is_read_as_it_will_be_asked() -> None:
    assert (
        target("HTTPS://News.Example./a b".replace(" ", "%20")).url == "https://news.example/a%20b"
    )
    assert target("http://münchen.example/straße?q=ü#x").url == (
        "http://xn--mnchen-3ya.example/stra%C3%9Fe?q=%C3%BC"
    )
    assert target("https://news.example:8443").url == "https://news.example:8443/"


PIECES = st.sampled_from(
    ["http://", "https://", "//", "@", ":", "80", "[", "]", "::1", "127.0.0.1", ".", "0x7f", "%",
     "news.example", "localhost", "\\", "/", "?", "#", " ", "\t", "\x00", "。", "①", "xn--", "é"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60))
def test_any_text_is_refused_or_names_a_public_host(link: str) -> None:
    try:
        read = target(link)
    except Refused:
        return
    assert read.scheme in ("http", "https")
    try:
        assert is_public(ipaddress.ip_address(read.host))
    except ValueError:
        assert read.host.isascii()
        assert "." in read.host
    assert urlsplit(read.url).hostname == read.host


@needs(ROWS)
@pytest.mark.parametrize(
    "row",
    [json.loads(line) for line in ROWS.read_text(encoding="utf-8").splitlines()]
    if ROWS.exists()
    else [],
    ids=lambda row: row["id"],
)
async def test_every_row_of_the_set_ends_as_it_says(row: dict[str, Any]) -> None:
    fixture = row["fixture"]
    pages = {
        link.split("://", 1)[1]: Answer(
            body.encode(), status, {"Content-Type": "text/html", **head}
        )
        for link, (status, head, body) in fixture.get("http", {}).items()
    }
    names = {host: list(answers) for host, answers in fixture.get("dns", {}).items()}
    async with web(pages, names) as sites:
        code = await outcome(sites, row["url"])
        assert all(is_public(ipaddress.ip_address(each)) for each in sites.dialled)
    if row["stage"] in ("parse", "scheme", "port", "userinfo", "literal_ip", "name"):
        if row["verdict"] == "deny":
            assert (code, sites.resolved, sites.dialled) == (Code.FORBIDDEN, [], [])
    elif row["stage"] == "dns":
        assert code in (Code.FORBIDDEN, Code.UNREACHABLE)
        assert sites.dialled == []
    elif row["stage"] in ("redirect", "second_order"):
        inner = [each for each in sites.asked if not each.startswith("news.example")]
        assert inner == []
    elif row["verdict"] == "allow":
        assert code in (None, Code.UNREACHABLE)
        assert sites.dialled or row["url"].startswith("https")


async def outcome(sites: Web, link: str) -> Code | None:
    # the server speaks no TLS, so an https link ends as unreachable once it was dialled
    try:
        await fetched(sites, link)
    except Refused as no:
        return no.code
    return None


async def test_a_page_comes_with_what_is_known_of_it() -> None:
    head = {"Content-Type": "text/html; charset=latin-1", "ETag": '"7"'}
    async with web({"news.example/a": Answer(b"caf\xe9", headers=head)}) as sites:
        page = await fetched(sites, "http://news.example/a#part")
    assert (page.url, page.body, page.etag) == ("http://news.example/a", b"caf\xe9", '"7"')
    assert page.charset == "latin-1"
    assert sites.dialled == ["93.184.215.14"] * 2
    sent = sites.headers[-1]
    assert not sent.keys() & {"cookie", "referer", "authorization"}
    assert sent["user-agent"].startswith("footnotebot")


async def test_a_name_is_asked_for_once_a_connection_and_every_answer_counts() -> None:
    names = {"news.example": [["93.184.215.14"], ["127.0.0.1"]]}
    async with web({"news.example/a": STORY}, names) as sites:
        assert await refused(sites, "http://news.example/a") is Code.FORBIDDEN
    assert sites.dialled == ["93.184.215.14"]  # for robots.txt; the second answer is never dialled
    names = {"news.example": [["93.184.215.14", "10.0.0.1"]]}
    async with web({"news.example/a": STORY}, names) as sites:
        assert await refused(sites, "http://news.example/a") is Code.FORBIDDEN
        assert sites.dialled == []


async def test_redirects_are_followed_five_times_and_no_cookie_goes_along() -> None:
    pages = {
        f"news.example/{at}": Answer(
            status=302, headers={"Location": f"/{at + 1}", "Set-Cookie": "a=b"}
        )
        for at in range(5)
    }
    async with web({**pages, "news.example/5": STORY}) as sites:
        page = await fetched(sites, "http://news.example/0")
        assert page.url == "http://news.example/5"
        assert all("cookie" not in each for each in sites.headers)
    pages["news.example/5"] = Answer(status=302, headers={"Location": "/6"})
    async with web({**pages, "news.example/6": STORY}) as sites:
        assert await refused(sites, "http://news.example/0") is Code.UNREACHABLE


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, Code.WALL), (402, Code.WALL), (403, Code.WALL), (451, Code.WALL),
     (404, Code.UNREACHABLE), (410, Code.UNREACHABLE), (429, Code.UNREACHABLE),
     (500, Code.UNREACHABLE), (304, Code.UNREACHABLE)],
)  # fmt: skip
async def test_a_status_is_told_for_what_it_is(status: int, code: Code | None) -> None:
    async with web({"news.example/a": Answer(b"", status)}) as sites:
        assert await outcome(sites, "http://news.example/a") is code


async def test_a_bomb_is_stopped_while_it_inflates() -> None:
    packed = gzip.compress(bytes(256 * 1024 * 1024), 9)
    head = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    async with web({"news.example/a": Answer(packed, headers=head)}) as sites:
        tracemalloc.start()
        assert await refused(sites, "http://news.example/a") is Code.TOO_LARGE
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 40 * 1024 * 1024


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(b"x" * 1_000, pieces=1_000, gap=0.05), Code.TIMEOUT),
        (Answer(b"x" * 9_000), Code.TOO_LARGE),
        (Answer(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nshort"), Code.UNREACHABLE),
        (Answer(raw=b"not http at all\r\n\r\n"), Code.UNREACHABLE),
        (Answer(raw=b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 300_000), Code.UNREACHABLE),
    ],
)
async def test_slow_large_and_broken_answers_are_refused(answer: Answer, code: Code) -> None:
    bounds = Bounds(total=1, connect=1, silence=1, gap=0, html=8_000)
    async with web({"news.example/a": answer}) as sites:
        assert await refused(sites, "http://news.example/a", bounds) is code


async def test_what_robots_forbid_is_not_asked_for() -> None:
    rules = Answer(b"User-agent: *\nDisallow: /private", headers={"Content-Type": "text/plain"})
    pages = {
        "news.example/robots.txt": rules,
        "news.example/private": STORY,
        "news.example/a": STORY,
    }
    async with web(pages) as sites:
        made = fetcher(sites)
        with pytest.raises(Refused) as caught:
            await made.fetch("http://news.example/private")
        assert caught.value.code is Code.ROBOTS
        await made.fetch("http://news.example/a")
        await made.close()
    assert sites.asked == ["news.example/robots.txt", "news.example/a"]


async def test_a_site_whose_robots_fail_is_left_alone() -> None:
    pages = {"news.example/robots.txt": Answer(b"", 503), "news.example/a": STORY}
    async with web(pages) as sites:
        assert await refused(sites, "http://news.example/a") is Code.ROBOTS


def test_a_malformed_seam_names_its_setting(tmp_path: Path) -> None:
    names = tmp_path / "names.json"
    names.write_text('{"news.example": ["93.184.215.14"]}')
    fetcher_from(f"8000,,{names}")
    for seam in ("8000", "x,,y", f"x,,{names}", "1,2,3"):
        with pytest.raises(SettingsError, match="FETCH_LOOPBACK"):
            fetcher_from(seam)
