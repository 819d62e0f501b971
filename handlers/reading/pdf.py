"""Reads a PDF: the text that is to be seen on its pages, in reading order."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.documents import Document, day, field
from handlers.reading.layout import PageLine, laid_out
from handlers.reading.unseen import drop_unseen

MOST_PAGES = 1_500
MOST_CHARACTERS = 4_000_000
SCANNED = 3  # words a page: with fewer, the pages are pictures
# PDFium puts U+FFFE or U+0002 for a hyphen at the end of a line, and no break behind it.
_LINE = re.compile(r"[^\n\ufffe\x02]*(?:[\n\ufffe\x02]|$)")
_NO_TITLE = (".doc", ".docx", ".pdf", ".indd", ".qxd", ".tex", ".ppt", "untitled", "microsoft word")


def read_pdf(data: bytes) -> Document:
    """Give the text of a PDF; raises `Refused` where it is locked, broken or a scan."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as fault:
        locked = "password" in str(fault).lower()
        raise Refused(
            *((Code.ENCRYPTED, phrases.ENCRYPTED) if locked else (Code.BROKEN, phrases.BROKEN_FILE))
        ) from fault
    try:
        return _read(document)
    finally:
        document.close()


def _read(document: pdfium.PdfDocument) -> Document:
    count = min(len(document), MOST_PAGES)
    pages: list[list[PageLine]] = []
    size = pictures = 0
    for number in range(count):
        lines, has_picture = _page(document, number)
        pages.append(lines)
        pictures += has_picture
        size += sum(len(line.text) for line in lines)
        if size > MOST_CHARACTERS:
            raise Refused(Code.TOO_LARGE, phrases.too_long(MOST_CHARACTERS))
    words = sum(len(line.text.split()) for lines in pages for line in lines)
    if words < SCANNED * max(1, count) and (pictures or not words):
        raise Refused(Code.EMPTY, phrases.SCAN if pictures else phrases.EMPTY_FILE)
    title, text = laid_out(pages)
    said = {name: field(document.get_metadata_value(name)) for name in ("Title", "Author")}
    return Document(
        text,
        title=_title(said["Title"], title, text),
        author=said["Author"],
        published=day(document.get_metadata_value("CreationDate")),
    )


def _title(said: str | None, seen: str | None, text: str) -> str | None:
    """What stands large over the text, unless the file names a title that the text holds."""
    if said and any(part in said.lower() for part in _NO_TITLE):
        said = None
    return said if said and (not seen or said.lower() in text[:2000].lower()) else seen or said


def _page(document: pdfium.PdfDocument, number: int) -> tuple[list[PageLine], bool]:
    """Give the lines of a page, and whether it has a picture; a broken page has none."""
    try:
        page = document.get_page(number)
    except pdfium.PdfiumError:
        return [], False
    try:
        has_picture = drop_unseen(page)
        text = page.get_textpage()
        try:
            return list(_lines(text)), has_picture
        finally:
            text.close()
    except pdfium.PdfiumError:
        return [], False
    finally:
        page.close()


def _lines(page: pdfium.PdfTextPage) -> Iterator[PageLine]:
    """Give the lines as PDFium breaks them, with their places and the size of their letters."""
    count = page.count_chars()
    if count <= 0:
        return
    at = 0
    for match in _LINE.finditer(page.get_text_range()):
        line = match.group()
        words = line.strip()
        if words:
            first = at + len(line) - len(line.lstrip())
            yield _line(page, words, min(first, count - 1), min(at + len(line.rstrip()), count) - 1)
        at += len(line)


def _line(page: pdfium.PdfTextPage, words: str, first: int, last: int) -> PageLine:
    left, bottom, _, top = _box(page, first)
    _, _, right, _ = _box(page, max(first, last))
    size = raw.FPDFText_GetFontSize(page, first)
    tall = abs(top - bottom)
    return PageLine(" ".join(words.split()), left, right, bottom, max(size, tall * 0.8, 1.0))


def _box(page: pdfium.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(page, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value
