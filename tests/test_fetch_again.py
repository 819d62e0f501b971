"""What a fetch says to those who will ask again: unchanged, moved for good, later, gone."""

from __future__ import annotations

import pytest

from handlers.errors import Refused
from handlers.reading.answers import fresh_for
from handlers.reading.fetch import Fetcher
from tests.fakes.web import Answer, Web, web
from tests.test_fetch import QUICK, STORY, fetched


def to(path: str, status: int) -> Answer:
    return Answer(status=status, headers={"Location": path})


async def no(sites: Web, link: str) -> Refused:
    with pytest.raises(Refused) as caught:
        await fetched(sites, link)
    return caught.value


async def test_what_is_unchanged_says_so_behind_a_redirect_too() -> None:
    pages = {
        "news.example/a": to("/b", 302),
        "news.example/b": Answer(status=304, headers={"Cache-Control": "max-age=600"}),
    }
    async with web(pages) as sites:
        made = Fetcher(sites.resolve, sites.dial, bounds=QUICK)
        page = await made.fetch("http://news.example/a", etag='"1"')
        await made.close()
    assert (page.unchanged, page.body, page.url) == (True, b"", "http://news.example/b")
    assert (page.moved, page.fresh) == (None, 600)


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [((), False), ((301,), True), ((308, 301), True), ((302,), False), ((301, 307), False)],
)
async def test_a_page_has_moved_where_every_step_there_is_for_good(
    statuses: tuple[int, ...], moved: bool
) -> None:
    steps = {f"news.example/{at}": to(f"/{at + 1}", each) for at, each in enumerate(statuses)}
    end = f"news.example/{len(statuses)}"
    async with web({**steps, end: STORY}) as sites:
        page = await fetched(sites, "http://news.example/0")
    assert page.moved == (f"http://{end}" if moved else None)
    assert not page.unchanged


@pytest.mark.parametrize(
    ("answer", "status", "wait"),
    [
        (Answer(b"", 410, {}), 410, None),
        (Answer(b"", 429, {"Retry-After": "90"}), 429, 90),
        (Answer(b"", 503, {"Retry-After": "7200"}), 503, 7200),
        (Answer(b"", 403, {}), 403, None),
    ],
)
async def test_a_refusal_keeps_the_sites_number_and_its_wish(
    answer: Answer, status: int, wait: int | None
) -> None:
    async with web({"news.example/a": answer}) as sites:
        refusal = await no(sites, "http://news.example/a")
    assert (refusal.status, refusal.wait) == (status, wait)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("max-age=600", 600),
        ('public, MAX-AGE = "60"', 60),
        ("s-maxage=9, max-age=0", 0),
        ("s-maxage=9", None),
        ("no-store", None),
        ("max-age=-1", None),
        ("max-age=" + "9" * 30, None),
        ("", None),
    ],
)
def test_how_long_an_answer_stays_good_is_read(said: str, seconds: int | None) -> None:
    assert fresh_for(said) == seconds
