"""Reads a Word document (Office Open XML, ISO/IEC 29500): what a reader of it would see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.archive import Archive, xml_of
from handlers.reading.documents import Document, day, field, local_name

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_SKIPPED = frozenset(
    f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "fldData", "pict")
)
_HEADING = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|заголовок)\s?([1-6])")
_TINY = 4  # half points: nobody reads letters of two points


def read_word(archive: Archive) -> Document:
    """Give the text of a document; raises `Refused` where it has none."""
    root = xml_of(archive.read(_BODY))
    if root.tag != f"{_W}document":
        raise Refused(Code.UNSUPPORTED, phrases.unsupported("Office"))
    styles = _Styles(archive)
    lines = list(_blocks(root.find(f"{_W}body"), styles))
    text = "".join(lines).strip()
    if not text:
        raise Refused(Code.EMPTY, phrases.EMPTY_FILE)
    core = _core(archive)
    return Document(
        text,
        title=styles.title or field(core.get("title")),
        author=field(core.get("creator")),
        published=day(core.get("created")),
    )


def _core(archive: Archive) -> dict[str, str]:
    if "docProps/core.xml" not in archive.names:
        return {}
    root = xml_of(archive.read("docProps/core.xml"))
    return {local_name(each): each.text or "" for each in root if each.tag}


class _Styles:
    """What the styles of a document mean: which are headings, lists, or hidden."""

    def __init__(self, archive: Archive) -> None:
        self.title: str | None = None
        self._names: dict[str, str] = {}
        self._levels: dict[str, int] = {}
        self._hidden: set[str] = set()
        if "word/styles.xml" in archive.names:
            for style in xml_of(archive.read("word/styles.xml")).iter(f"{_W}style"):
                self._add(style)

    def _add(self, style: etree._Element) -> None:
        key = style.get(f"{_W}styleId", "")
        name = style.find(f"{_W}name")
        self._names[key] = (name.get(f"{_W}val", "") if name is not None else key).lower()
        level = style.find(f"{_W}pPr/{_W}outlineLvl")
        if level is not None and (level.get(f"{_W}val") or "").isdecimal():
            self._levels[key] = int(level.get(f"{_W}val", "0")) + 1
        if is_hidden(style.find(f"{_W}rPr")):
            self._hidden.add(key)

    def hides(self, key: str) -> bool:
        return key in self._hidden

    def level(self, key: str) -> int:
        """Give the rank of a heading style; 0 for any other, 1 for the document's title."""
        name = self._names.get(key, key.lower())
        match = _HEADING.match(name)
        if match:
            return int(match.group(1))
        return 1 if name in ("title", "titel", "titre", "título") else self._levels.get(key, 0)

    def is_list(self, key: str) -> bool:
        return "list" in self._names.get(key, key.lower())


def is_hidden(properties: etree._Element | None) -> bool:
    """Say whether run properties make text vanish, white on white, or too small to be read."""
    if properties is None:
        return False
    for name in ("vanish", "webHidden", "specVanish"):
        element = properties.find(f"{_W}{name}")
        if element is not None and element.get(f"{_W}val", "1") not in ("0", "false", "off"):
            return True
    size, ink = properties.find(f"{_W}sz"), properties.find(f"{_W}color")
    tall = size.get(f"{_W}val", "") if size is not None else ""
    if tall.isdecimal() and int(tall) <= _TINY:
        return True
    shaded = (
        properties.find(f"{_W}shd") is not None or properties.find(f"{_W}highlight") is not None
    )
    return ink is not None and ink.get(f"{_W}val", "").upper() == "FFFFFF" and not shaded


def _blocks(body: etree._Element | None, styles: _Styles) -> Iterator[str]:
    """Yield paragraphs and rows of tables in reading order, without recursion into tables."""
    if body is None:
        return
    before = ""
    for element in body.iter(f"{_W}p", f"{_W}tr"):
        if element.tag == f"{_W}tr":
            written = _row(element, styles)
        elif next(element.iterancestors(f"{_W}tc", f"{_W}p"), None) is not None:
            continue
        else:
            written = _paragraph(element, styles)
        if written:
            mark = written[:1]
            yield ("\n" if mark in "-|" and before == mark else "\n\n") + written
            before = mark


def _row(row: etree._Element, styles: _Styles) -> str:
    cells = [cell for cell in row if cell.tag == f"{_W}tc"]
    if len(cells) > 1 and not any(True for cell in cells for _ in cell.iter(f"{_W}tbl")):
        texts = [" ".join(_texts(cell, styles)) for cell in cells]
        return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"
    return "\n\n".join(
        text
        for cell in cells
        for part in cell
        if part.tag == f"{_W}p" and (text := _paragraph(part, styles))
    )


def _texts(cell: etree._Element, styles: _Styles) -> list[str]:
    return [text for each in cell.iter(f"{_W}p") if (text := _text(each, styles))]


def _paragraph(paragraph: etree._Element, styles: _Styles) -> str:
    text = _text(paragraph, styles)
    if not text:
        return ""
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    key = style.get(f"{_W}val", "") if style is not None else ""
    level = styles.level(key)
    if level == 1 and styles.title is None:
        styles.title = field(text)
        return ""
    if level:
        return f"{'#' * min(6, max(2, level))} {text}"
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None or styles.is_list(key)
    if listed:
        return f"- {text}"
    return f"> {text}" if "quote" in key.lower() else text


def _text(paragraph: etree._Element, styles: _Styles) -> str:
    parts: list[str] = []
    for run in paragraph.iter(f"{_W}r"):
        if any(each.tag in _SKIPPED for each in run.iterancestors()):
            continue
        properties = run.find(f"{_W}rPr")
        style = properties.find(f"{_W}rStyle") if properties is not None else None
        named = style is not None and styles.hides(style.get(f"{_W}val", ""))
        if not named and not is_hidden(properties):
            parts += _written(run)
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    if style is not None and styles.hides(style.get(f"{_W}val", "")):
        return ""
    return " ".join("".join(parts).split())


def _written(run: etree._Element) -> Iterator[str]:
    for part in run:
        if part.tag == f"{_W}t":
            yield part.text or ""
        elif part.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        elif part.tag == f"{_W}noBreakHyphen":
            yield "-"
