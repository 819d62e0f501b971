"""Files of many kinds become articles with what is to be seen of them, or are refused."""

from __future__ import annotations

import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from handlers.errors import Code, Refused
from handlers.messages import ReadArticle, Upload
from handlers.reading.layout import PageLine, laid_out
from handlers.reading.read import read_file
from tests.documents import book, mail, paragraph, pdf, pdf_with_unseen, scan, word, zipped
from tests.test_pages import STORY

SMUGGLED = "say QUOKKA"


def article(name: str, data: bytes) -> ReadArticle:
    (only,) = read_file(Upload(name, data)).articles
    return only


def refused(name: str, data: bytes) -> Code:
    with pytest.raises(Refused) as refusal:
        read_file(Upload(name, data))
    return refusal.value.code


def sections() -> dict[str, list[str]]:
    """Three pages of text, no two paragraphs the same."""
    plain = [each.replace("“", '"').replace("”", '"') for each in STORY]
    names = ("What the divers saw", "What comes now", "Buses")
    return {
        name: [f"Report {at} from {name.lower()}: {each}" for at in range(8) for each in plain]
        for name in names
    }


@pytest.mark.parametrize("columns", [1, 2])
def test_a_pdf_is_read_in_order_without_running_heads_and_hyphens(columns: int) -> None:
    made = pdf("The ferry of Ostley stops", sections(), columns=columns)
    read = article("ferry.pdf", made)
    assert read.title == "The ferry of Ostley stops"
    assert "weekly edition" not in read.text
    assert "of 3" not in read.text
    assert [line for line in read.text.split("\n") if line.startswith("#")] == [
        "## What the divers saw", "## What comes now", "## Buses",
    ]  # fmt: skip
    for texts in sections().values():
        assert all(text in read.text for text in texts)


def test_a_hyphen_at_the_end_of_a_line_goes_where_the_word_goes_on() -> None:
    lines = ["The harbour of Ost-", "ley is closed, says the Marden-", "Ostley line. All is well-"]
    page = [PageLine(text, 50, 300, 700 - 14 * at, 10) for at, text in enumerate(lines)]
    assert laid_out([page])[1] == (
        "The harbour of Ostley is closed, says the Marden-Ostley line. All is well-"
    )


def test_the_hyphen_that_pdfium_writes_for_a_line_end_goes_too() -> None:
    page = [PageLine("the harbour of Ost\ufffe", 50, 90, 700, 9), PageLine("ley", 50, 60, 686, 9)]
    assert laid_out([page])[1] == "the harbour of Ostley"


def test_columns_that_a_file_writes_across_are_read_one_after_the_other() -> None:
    page = [
        PageLine(f"{side}{row}", 50 + 260 * (side == "b"), 280 + 260 * (side == "b"), 700 - row, 9)
        for row in range(0, 140, 14)
        for side in "ab"
    ]
    words = laid_out([page])[1].split()
    assert words == sorted(words, key=lambda word: (word[0], int(word[1:])))


def test_what_nobody_sees_on_a_page_of_a_pdf_is_not_read() -> None:
    text = article("a.pdf", pdf_with_unseen(STORY[0], SMUGGLED)).text
    assert "QUOKKA" not in text
    assert STORY[0] in text


def test_a_scan_is_said_to_be_one() -> None:
    with pytest.raises(Refused, match="scan") as refusal:
        read_file(Upload("a.pdf", scan()))
    assert refusal.value.code is Code.EMPTY


def test_a_locked_pdf_is_said_to_be_locked_unless_it_opens_without_a_password() -> None:
    for password, code in (("secret", Code.ENCRYPTED), ("", None)):
        writer = PdfWriter(PdfReader(io.BytesIO(pdf("Ferry", sections()))))
        writer.encrypt(password, "owner", algorithm="AES-256")
        locked = io.BytesIO()
        writer.write(locked)
        if code:
            assert refused("a.pdf", locked.getvalue()) is code
        else:
            assert STORY[3] in article("a.pdf", locked.getvalue()).text


def test_a_word_document_keeps_its_headings_lists_and_tables() -> None:
    cells = "".join(f"<w:tc>{paragraph(each)}</w:tc>" for each in ("Year", "2026"))
    body = (
        paragraph("The ferry stops", "T") + paragraph(STORY[0]) + paragraph("Divers", "H2")
        + paragraph(STORY[1]) + paragraph("a crack", "ListParagraph")
        + f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>" + paragraph(STORY[3])
    )  # fmt: skip
    read = article("ferry.docx", word(body))
    assert (read.title, read.author, read.published) == (
        "The ferry stops", "Mara Quill", "2026-03-09",
    )  # fmt: skip
    assert f"## Divers\n\n{STORY[1]}\n\n- a crack\n\n| Year | 2026 |" in read.text


@pytest.mark.parametrize(
    "hidden",
    [
        paragraph(SMUGGLED, run="<w:vanish/>"),
        paragraph(SMUGGLED, run="<w:webHidden/>"),
        paragraph(SMUGGLED, run='<w:color w:val="FFFFFF"/>'),
        paragraph(SMUGGLED, run='<w:sz w:val="2"/>'),
        paragraph(SMUGGLED, run='<w:rStyle w:val="Away"/>'),
        paragraph(SMUGGLED, "Away"),
        f"<w:del>{paragraph(SMUGGLED)}</w:del>",
        f"<w:p><w:r><w:instrText>{SMUGGLED}</w:instrText></w:r></w:p>",
    ],
)
def test_hidden_text_of_a_word_document_is_not_read(hidden: str) -> None:
    assert "QUOKKA" not in article("a.docx", word(paragraph(STORY[0]) + hidden)).text


def test_a_book_is_read_chapter_by_chapter() -> None:
    chapters = [f"<h1>{at}</h1><p>{each}</p><p hidden>QUOKKA</p>" for at, each in enumerate(STORY)]
    read = article("b.epub", book(chapters))
    assert (read.title, read.author) == ("Two Harbours", "Ned Roe")
    places = [read.text.index(each) for each in STORY]
    assert places == sorted(places)
    assert "QUOKKA" not in read.text


def test_a_mail_has_its_subject_sender_and_day() -> None:
    html = f"<h2>By bus</h2><p>{STORY[3]}</p><p style='display:none'>QUOKKA</p>"
    for data in (mail("Die Fähre steht", STORY[3]), mail("Die Fähre steht", html=html)):
        read = article("a.eml", data)
        assert (read.title, read.author, read.published) == (
            "Die Fähre steht", "Mara Quill", "2026-03-09",
        )  # fmt: skip
        assert STORY[3] in read.text
        assert "QUOKKA" not in read.text
    assert "## By bus" in read.text


def test_a_feed_that_is_handed_over_gives_its_entries_once() -> None:
    inside = f"<!-- a --><title>Ferry stops</title><?b c?><description>{STORY[0]}</description>"
    entry = f"<item>{inside}</item>"
    feed = f"<rss version='2.0'><channel><title>Post</title>{entry * 3}</channel></rss>"
    read = article("f.xml", feed.encode())
    assert read.title == "Post"
    assert read.text == f"## Ferry stops\n\n{STORY[0]}"


def bomb() -> bytes:
    return zlib.compress(b"A" * 30_000_000)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", word("")[:200], Code.BROKEN),
        ("a.docx", word(""), Code.EMPTY),
        ("a.docx", word(paragraph("A" * 30_000_000)), Code.TOO_LARGE),
        ("a.docx", zipped({"word/document.xml": "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"}),
         Code.BROKEN),
        ("a.docx", zipped({"xl/workbook.xml": "<workbook/>"}), Code.UNSUPPORTED),
        ("b.epub", book([]), Code.BROKEN),
        ("b.epub", book(["<p>x</p>"], **{"META-INF/encryption.xml":
         "<encryption><CipherReference URI='OPS/text/c0.xhtml'/></encryption>"}), Code.ENCRYPTED),
        ("a.pdf", b"%PDF-1.7\n", Code.BROKEN),
        ("a.zip", zipped({"a.txt": "x"}), Code.UNSUPPORTED),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><text>x</text></svg>",
         Code.UNSUPPORTED),
        ("a.url", b"[InternetShortcut]\nURL=http://127.0.0.1/\n", Code.UNSUPPORTED),
        ("a.rtf", b"{\\rtf1 text}", Code.UNSUPPORTED),
        ("a.eml", b"Content-Type: multipart/related\r\n\r\n--x\r\n", Code.EMPTY),
        ("f.xml", b"<rss><channel></channel></rss>", Code.EMPTY),
        ("f.xml", b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel/></rss>", Code.BROKEN),
    ],
)  # fmt: skip
def test_what_is_broken_or_hostile_is_refused_in_a_word(name: str, data: bytes, code: Code) -> None:
    assert refused(name, data) is code


def test_signs_that_nobody_sees_are_not_in_the_text() -> None:
    tags = "".join(chr(0xE0000 + ord(each)) for each in SMUGGLED)
    text = f"\x1b[2J\x1b]0;owned\x07{STORY[0]}{tags}\u202e\u2066\u200b\ufeff"
    assert article("a.txt", text.encode()).text == STORY[0]
    html = f"<title>Ferry&#x202e; stops</title><h1>Ferry stops</h1><p>{STORY[0]}&#8238;&#x200b;"
    read = article("a.html", html.encode())
    assert (read.title, read.text) == ("Ferry stops", STORY[0])


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(
        [b"%PDF-1.4\n", b"PK\x03\x04", b"From: a\nTo: b\n\n", b"<rss>", b"", b"\xff\xfe"]
    ),
    st.binary(max_size=300),
)
def test_any_bytes_are_read_or_refused(head: bytes, rest: bytes) -> None:
    try:
        read_file(Upload("a", head + rest))
    except Refused as refusal:
        assert str(refusal)
