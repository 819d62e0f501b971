"""From a source to stored articles: whole receipts, clear refusals, nothing half-stored."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from handlers.errors import BadUsage, Code, Refused
from handlers.extract import extract
from handlers.ingest import ingest
from handlers.messages import Person, Place, Progress, Reading, Receipt, Request, Upload
from handlers.reading.fetch import Bounds, Fetcher
from handlers.reading.files import MOST_BYTES
from handlers.reading.read import Reader
from storage.store import Store
from tests.fakes.web import Answer, Web, web

STORY = """The Kiln at Marden

By Ada Quill
4 June 2024

image

The kiln at Marden was lit again on Monday, after the town had argued about it for nine years.

Read more
"""
LONG = (
    "Die Brücke über die Ache ist seit Montag für alle gesperrt. Die Gemeinde prüft, ob ein Träger"
    " gerissen ist, und hofft auf schönes Wetter für die Arbeiten im Frühjahr."
)
PAGE = f"""<html lang="en"><head><title>The Kiln at Marden | The Ostley Post</title>
<meta property="og:site_name" content="The Ostley Post"><meta name="author" content="Ada Quill">
<meta property="article:published_time" content="2024-06-04T08:00:00Z">
<link rel="canonical" href="https://post.example/kiln"></head><body><nav><a href="/">Home</a></nav>
<article><h1>The Kiln at Marden</h1><p>{"The kiln at Marden was lit again on Monday. " * 6}</p>
<h2>Why now</h2><p>{"The council found money for a new chimney at last. " * 5}</p></article>
</body></html>"""


def request(source: Upload | str, library: str = "main") -> Request:
    upload = source if isinstance(source, Upload) else None
    text = "" if upload else str(source)
    return Request(
        "ingest",
        text,
        Person("o"),
        Place("p"),
        uploads=(upload,) if upload else (),
        library=library,
    )


async def ingested(
    store: Store, source: Upload | str, sites: Web | None = None, library: str = "main"
) -> Receipt:
    bounds = Bounds(gap=0)
    fetcher = Fetcher(sites.resolve, sites.dial, bounds=bounds) if sites else Fetcher()
    try:
        replies = ingest(request(source, library), store=store, reader=Reader(fetcher), worker=None)
        *before, last = [reply async for reply in replies]
    finally:
        await fetcher.close()
    assert all(isinstance(each, Progress) for each in before)
    assert isinstance(last, Receipt)
    return last


async def test_a_file_becomes_an_article_and_the_receipt_says_what_was_cut(store: Store) -> None:
    receipt = await ingested(store, Upload("kiln.txt", STORY.encode()))
    (kept,) = receipt.articles
    assert (receipt.status, kept.status) == ("stored", "stored")
    article = kept.article
    assert (article.title, article.author, article.published) == (
        "The Kiln at Marden",
        "Ada Quill",
        "2024-06-04",
    )
    assert [(each.line, each.text) for each in receipt.removed] == [(6, "image"), (10, "Read more")]
    assert [(each.command, each.text) for each in receipt.actions] == [
        ("undo", f"{article.id}/1"),
        ("removed", f"{article.id} 1"),
    ]
    version = await store.version("main", article.id, 1)
    assert version is not None
    assert version.text.startswith("The kiln at Marden was lit")
    assert [each.text for each in await store.removed("main", article.id, 1)] == [
        "image",
        "Read more",
    ]


async def test_the_same_again_is_a_duplicate_and_offers_no_undo(store: Store) -> None:
    first = await ingested(store, Upload("kiln.txt", STORY.encode()))
    again = await ingested(store, STORY)
    assert (again.status, again.actions) == ("duplicate", ())
    assert again.articles[0].article.id == first.articles[0].article.id
    assert len(await store.articles("main")) == 1


async def test_a_link_keeps_what_its_page_says_and_new_text_becomes_a_new_version(
    store: Store,
) -> None:
    async with web({"post.example/kiln": Answer(PAGE.encode())}) as sites:
        first = await ingested(store, "http://post.example/kiln", sites)
        sites.pages["post.example/kiln"] = Answer(PAGE.replace("Monday", "Sunday").encode())
        second = await ingested(store, "http://post.example/kiln", sites)
    article = first.articles[0].article
    assert (article.title, article.author, article.site, article.published, article.url) == (
        "The Kiln at Marden",
        "Ada Quill",
        "The Ostley Post",
        "2024-06-04",
        "https://post.example/kiln",
    )
    assert second.status == "updated"
    assert second.articles[0].article.version == 2
    old = await store.version("main", article.id, 1)
    assert old is not None
    assert "Monday" in old.text
    assert "## Why now" in old.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.EMPTY),
        (b" \r\n\t ", Code.EMPTY),
        (b"--- *** ---", Code.EMPTY),
        ("😀😀".encode(), Code.EMPTY),
        (b"Hello", Code.EMPTY),
        (bytes(range(256)) * 40, Code.UNSUPPORTED),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), Code.UNSUPPORTED),
        (b"%PDF-1.7 ...", Code.BROKEN),
        (b"PK\x03\x04 ...", Code.BROKEN),
        (b"x" * (MOST_BYTES + 1), Code.TOO_LARGE),
        (b"word " * 500_000, Code.TOO_LARGE),
        (b"<html><body><p>Hi.</p></body></html>", Code.EMPTY),
        (b"<html><body>Please enable JavaScript to read on.</body></html>", Code.WALL),
        (b"<html", Code.BROKEN),
    ],
)
async def test_what_is_no_article_is_refused_with_a_reason_and_leaves_nothing(
    store: Store, data: bytes, code: Code
) -> None:
    with pytest.raises(Refused) as caught:
        await ingested(store, Upload("file", data))
    assert caught.value.code is code
    assert str(caught.value).endswith(".")
    assert await store.articles("main") == []


@pytest.mark.parametrize(
    ("data", "word"),
    [
        ("Die Brücke über die Ache ist seit Montag für alle gesperrt.".encode("utf-16"), "Brücke"),
        ("\ufeffDie Brücke über die Ache ist seit Montag gesperrt.".encode(), "Brücke"),
        (f"{LONG} {LONG}".encode("cp1252"), "Brücke"),
        ("云岭镇上周开始拆除一条只用了两年的索道，花了六千万元。".encode("gb18030"), "索道"),
    ],
)
async def test_charsets_are_read_right(store: Store, data: bytes, word: str) -> None:
    receipt = await ingested(store, Upload("brief.txt", data))
    version = await store.version("main", receipt.articles[0].article.id, 1)
    assert version is not None
    assert word in f"{receipt.articles[0].article.title} {version.text}"


async def test_a_dead_link_is_refused_and_an_empty_source_is_bad_usage(store: Store) -> None:
    async with web({}, {"gone.example": [["93.184.215.14"]]}) as sites:
        with pytest.raises(Refused) as caught:
            await ingested(store, "http://gone.example/a", sites)
    assert caught.value.code is Code.UNREACHABLE
    with pytest.raises(BadUsage):
        await ingested(store, "  ")


async def test_each_library_keeps_its_own(store: Store) -> None:
    one = await ingested(store, STORY, library="one")
    two = await ingested(store, STORY, library="two")
    assert (one.status, two.status) == ("stored", "stored")


async def test_extract_reads_and_stores_nothing(store: Store) -> None:
    fetcher = Fetcher()
    replies: AsyncIterator[object] = extract(request(STORY), reader=Reader(fetcher))
    last = [reply async for reply in replies][-1]
    assert isinstance(last, Reading)
    assert last.articles[0].title == "The Kiln at Marden"
    assert await store.libraries() == []
