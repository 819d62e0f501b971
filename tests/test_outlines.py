"""What feeds, sitemaps and pages lead to, however they are written; no bytes break the reader."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.errors import Code, Refused
from handlers.reading.entries import seconds_of
from handlers.reading.outline import Leads, Outline, kind_of, outline_from
from handlers.reading.outlines import outline_of
from handlers.reading.workers import Job, Workers

HERE = "https://post.example/feeds/all"
NOON = 1_717_502_400.0  # 4 June 2024, 12:00 UTC
RSS = """<?xml version="1.0"?>
<?xml-stylesheet type="text/xsl" href="/look.xsl"?><!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>The Ostley Post</title><link>https://post.example/</link><ttl>90</ttl>
<skipHours><hour>2</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>
<item><title>Kiln &amp;amp; &lt;i&gt;oven&lt;/i&gt;</title><link>/kiln</link>
<guid isPermaLink="false">k1</guid><pubDate>Tue, 04 Jun 2024 12:00:00 GMT</pubDate>
<dc:creator>Ada Quill</dc:creator><description>Short.</description><media:content url="/k.jpg"/>
<content:encoded><![CDATA[<p>The kiln was lit.</p>]]></content:encoded></item>
<item><title>Bridge</title><guid>https://post.example/bridge</guid>
<pubDate>Tue, 04 Jun 2024 13:00:00 GMT</pubDate></item>
<item><description>No title, no link, no date.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://blog.example/2024/">
<title type="text">Ada's</title><entry><id>tag:blog.example,2024:1</id><title>Glaze</title>
<link rel="self" href="1.atom"/><link rel="alternate" href="glaze"/>
<author><name>Ada Quill</name></author><published>2024-06-04T12:00:00Z</published>
<updated>2024-06-04T15:00:00+02:00</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Blue.</p></div></content></entry>
</feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="/"><title>Old Post</title></channel>
<item rdf:about="/a"><title>A</title><link>https://old.example/a</link><dc:date>2024-06-04</dc:date>
</item></rdf:RDF>"""
MAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://post.example/a</loc><lastmod>2024-06-01</lastmod></url>
<url><loc> https://www.post.example/b </loc><lastmod>2024-06-04T12:00:00+00:00</lastmod>
<image:image><image:loc>https://cdn.example/b.png</image:loc></image:image></url>
<url><loc>https://other.example/c</loc><lastmod>2024-06-05</lastmod></url>
<url><loc>https://post.example/d</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://post.example/news.xml.gz</loc></sitemap></sitemapindex>"""


def outline(text: str, url: str = HERE) -> Outline:
    return outline_of(text.encode(), url)


def refused(data: bytes) -> Code:
    with pytest.raises(Refused) as caught:
        outline_of(data, HERE)
    assert str(caught.value).endswith(".")
    return caught.value.code


def test_rss_gives_its_entries_the_newest_first_and_what_it_asks_for() -> None:
    read = outline(RSS)
    assert (read.kind, read.title, read.total) == (Leads.FEED, "The Ostley Post", 3)
    assert (read.ttl, read.skip_hours, read.skip_days) == (90, (0, 2), (6,))
    bridge, kiln, bare = read.entries
    assert (bridge.key, bridge.link, bridge.stamp) == (bridge.link, bridge.key, NOON + 3600)
    assert (kiln.key, kiln.link, kiln.title) == ("k1", "https://post.example/kiln", "Kiln & oven")
    assert (kiln.author, kiln.stamp) == ("Ada Quill", NOON)
    assert kiln.text == "<p>The kiln was lit.</p>"
    assert (bare.link, bare.title, bare.stamp, len(bare.key)) == (None, "", None, 64)


def test_atom_gives_its_entries_by_its_own_base_and_when_they_changed() -> None:
    read = outline(ATOM)
    (glaze,) = read.entries
    assert (read.title, glaze.link) == ("Ada's", "https://blog.example/2024/glaze")
    assert (glaze.key, glaze.author) == ("tag:blog.example,2024:1", "Ada Quill")
    assert (glaze.published, glaze.updated, glaze.stamp) == (NOON, NOON + 3600, NOON + 3600)
    assert "<p>Blue.</p>" in glaze.text


def test_rss_of_1999_is_read_too() -> None:
    (entry,) = outline(RDF).entries
    assert (entry.link, entry.stamp) == ("https://old.example/a", NOON - 12 * 3600)


def test_an_entry_that_is_said_twice_is_one_in_its_newest_words() -> None:
    twice = ATOM.replace("</feed>", "") + ATOM[ATOM.index("<entry>") :].replace("15:00", "16:00")
    assert [each.updated for each in outline(twice).entries] == [NOON + 7200]


def test_a_feed_that_is_no_good_xml_gives_what_can_be_read() -> None:
    broken = RSS.replace("Short.", "Fish & chips &nbsp; <b>").replace("</channel></rss>", "")
    assert {each.title for each in outline(broken).entries} >= {"Bridge", "Kiln & oven"}


@pytest.mark.parametrize("charset", ["utf-16", "iso-8859-1"])
def test_a_feed_is_read_in_the_charset_that_it_names(charset: str) -> None:
    text = RSS.replace("Ostley", "Östley").replace('"1.0"?', f'"1.0" encoding="{charset}"?')
    assert outline_of(text.encode(charset), HERE).title == "The Östley Post"


def test_a_charset_that_the_server_names_counts_where_the_feed_names_none() -> None:
    data = RSS.replace("Ostley", "Östley").encode("latin-1")
    assert outline_of(data, HERE, "latin-1").title == "The Östley Post"
    assert outline_of(RSS.encode(), HERE, "x-none").title == "The Ostley Post"


def test_a_sitemap_gives_pages_of_its_own_site_the_newest_first() -> None:
    for data in (MAP.encode(), gzip.compress(MAP.encode())):
        assert kind_of(data) is Leads.SITEMAP
        read = outline_of(data, "https://post.example/sitemap.xml")
        assert [each.link for each in read.entries] == [
            "https://www.post.example/b", "https://post.example/a", "https://post.example/d",
        ]  # fmt: skip
        assert (read.kind, read.total, read.entries[0].updated) == (Leads.SITEMAP, 3, NOON)


def test_an_index_of_sitemaps_gives_the_sitemaps() -> None:
    assert kind_of(INDEX.encode()) is Leads.INDEX
    read = outline(INDEX)
    assert (read.kind, [each.link for each in read.entries]) == (
        Leads.INDEX,
        ["https://post.example/news.xml.gz"],
    )


def test_a_page_gives_the_feeds_that_its_head_names_those_of_comments_last() -> None:
    page = """<!doctype html><html><head><base href="/blog/">
    <link rel="alternate" type="application/rss+xml" title="Comments" href="comments/feed">
    <link rel="alternate" type="application/atom+xml; charset=utf-8" href="feed">
    <link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" href="x.css"></head>"""
    read = outline(page)
    assert (read.kind, read.feeds) == (
        Leads.PAGE,
        ("https://post.example/blog/feed", "https://post.example/blog/comments/feed"),
    )
    assert kind_of(page.encode()) is None


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html><body><p>No feed here.</p></body></html>", Code.UNSUPPORTED),
        (b"", Code.UNSUPPORTED),
        (b"Just words.", Code.UNSUPPORTED),
        (b'<!DOCTYPE rss SYSTEM "http://x.example/x"><rss/>', Code.BROKEN),
        (b'<!DOCTYPE rss [<!ENTITY a "b">]><rss>&a;</rss>', Code.UNSUPPORTED),
        ('<!DOCTYPE rss SYSTEM "http://x.example/"><rss/>'.encode("utf-16"), Code.BROKEN),
        (gzip.compress(MAP.encode())[:-12], Code.BROKEN),
        (gzip.compress(b"<urlset>" + bytes(60_000_000)), Code.TOO_LARGE),
    ],
)
def test_what_leads_nowhere_or_defines_entities_is_refused(data: bytes, code: Code) -> None:
    assert refused(data) is code


def test_entities_bring_nothing_of_this_machine_into_a_feed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("QUOKKA")
    for body in (
        f'<!ENTITY a SYSTEM "file://{secret}">',
        f'<!ENTITY % a SYSTEM "file://{secret}"> %a;',
        '<!ENTITY a "QUOKKA"><!ENTITY b "&a;&a;">',
    ):
        feed = RSS.replace("<rss", f"<!DOCTYPE rss [{body}]><rss", 1).replace("Short.", "&a;&b;")
        for data in (feed.encode(), feed.encode("utf-16")):
            with pytest.raises(Refused):
                outline_of(data, HERE)
    inclusion = RSS.replace(
        "Short.", f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{secret}"/>'
    )
    assert "QUOKKA" not in repr(outline(inclusion))


def test_dates_are_read_as_feeds_write_them() -> None:
    for date in (
        "2024-06-04T12:00:00Z", "2024-06-04T14:00:00.000+02:00", " 2024-06-04 12:00:00 ",
        "Tue, 04 Jun 2024 12:00:00 GMT", "Tue, 4 Jun 2024 07:00:00 -0500", "4 Jun 2024 12:00 UT",
    ):  # fmt: skip
        assert seconds_of(date) == NOON
    for junk in ("", "soon", "0001-01-01", "2024-13-01", "9999-12-31T23:59:59-14:00"):
        assert seconds_of(junk) is None


# fmt: off
WORDS = ["<", ">", "/", "rss", "feed", "item", "entry", "link", "guid", "pubDate", " href='", "'",
         "urlset", "url", "loc", "lastmod", "&amp;", "&x;", "<![CDATA[", "]]>", "<!--", "-->", "<?",
         "?>", "<!DOCTYPE", "[", "]", "http://[", "9" * 30, "\x00", "ö", "skipHours", "hour"]
# fmt: on
MIXED = st.lists(st.sampled_from(WORDS)).map(lambda parts: "".join(parts).encode())
IN_FEED = MIXED.map(lambda data: b"<rss><channel><item>" + data)
IN_MAP = MIXED.map(lambda data: b"<urlset><url>" + data)


@given(st.binary(max_size=300) | MIXED | IN_FEED | IN_MAP)
@example(b"\x1f\x8b")
@example(b"\xff\xfe<\x00")
@example(b"<rss><:")
@example(b"<rss><channel><item><link>http://[</link><guid>http://[</guid>")
@example(b"<feed xml:base='http://['><entry><link href='a'/>")
def test_any_bytes_give_an_outline_or_one_of_our_refusals(data: bytes) -> None:
    try:
        read = outline_of(data, HERE)
    except Refused:
        return
    for entry in read.entries:
        assert entry.key
        assert entry.link is None or entry.link.lower().startswith(("http://", "https://"))
    assert outline_from(json.loads(json.dumps(asdict(read)))) == read


@given(st.text(max_size=40))
def test_any_date_is_read_or_passed_over(text: str) -> None:
    seconds = seconds_of(text)
    assert seconds is None or seconds > 0


async def test_a_child_process_reads_it() -> None:
    workers = Workers(most=1)
    read = await workers.outline(Job("s", RSS.encode(), name=None, url=HERE))
    assert read == outline(RSS)
    with pytest.raises(Refused):
        await workers.outline(Job("s", b"words", name=None, url=HERE))
    await workers.close()
