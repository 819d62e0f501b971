"""Reads an EPUB book (EPUB 3.3): its chapters in the order of its spine."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from lxml import etree

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.archive import Archive, xml_of
from handlers.reading.charsets import decoded
from handlers.reading.documents import Document, day, field, local_name
from handlers.reading.hidden import drop_hidden
from handlers.reading.pieces import pieces_of, written
from handlers.reading.tree import tree_of, unfold

MOST_CHARACTERS = 4_000_000
_CONTAINER = "META-INF/container.xml"
_LOCKS = "META-INF/encryption.xml"
_TEXTS = ("application/xhtml+xml", "text/html")
_FONTS = ("font", ".otf", ".ttf", ".woff")


def read_book(archive: Archive) -> Document:
    """Give the text of a book; raises `Refused` where it is locked or has none."""
    _check_locks(archive)
    package = _package(archive)
    root = xml_of(archive.read(package))
    chapters = []
    size = 0
    for name in _spine(root, posixpath.dirname(package), archive):
        text = _chapter(archive.read(name))
        size += len(text)
        if size > MOST_CHARACTERS:
            raise Refused(Code.TOO_LARGE, phrases.too_long(MOST_CHARACTERS))
        chapters.append(text)
    text = "\n\n".join(filter(None, chapters))
    if not text:
        raise Refused(Code.EMPTY, phrases.EMPTY_FILE)
    said = {local_name(each): each.text for each in root.iter("{*}*") if _is_dc(each)}
    return Document(
        text, field(said.get("title")), field(said.get("creator")), day(said.get("date"))
    )


def _is_dc(element: etree._Element) -> bool:
    return str(element.tag).startswith("{http://purl.org/dc/elements/1.1/}")


def _check_locks(archive: Archive) -> None:
    """A book may lock its fonts, but not its text."""
    if _LOCKS not in archive.names:
        return
    for element in xml_of(archive.read(_LOCKS)).iter("{*}CipherReference"):
        if not element.get("URI", "").lower().endswith(_FONTS):
            raise Refused(Code.ENCRYPTED, phrases.ENCRYPTED)


def _package(archive: Archive) -> str:
    for element in xml_of(archive.read(_CONTAINER)).iter("{*}rootfile"):
        if path := element.get("full-path"):
            return str(path)
    raise Refused(Code.BROKEN, phrases.BROKEN_FILE)


def _spine(root: etree._Element, folder: str, archive: Archive) -> list[str]:
    """Give the names of the chapters in order, each once; a name that leads outside is none."""
    parts = {
        item.get("id"): posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for item in root.iter("{*}item")
        if item.get("media-type") in _TEXTS
    }
    names = [parts.get(each.get("idref")) for each in root.iter("{*}itemref")]
    found = [name for name in dict.fromkeys(names) if name in archive.names]
    if not found:
        raise Refused(Code.BROKEN, phrases.BROKEN_FILE)
    return [name for name in found if name]


def _chapter(data: bytes) -> str:
    text = decoded(data)
    if not text or not text.strip():
        return ""
    root = tree_of(text)
    drop_hidden(root)
    unfold(root)
    return written(pieces_of(root))
