"""Takes the bytes of a file apart: what kind it is, and its text."""

from __future__ import annotations

import re
from enum import StrEnum

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.charsets import decoded

MOST_BYTES = 20 * 1024 * 1024
MOST_CHARACTERS = 2_000_000  # research, "Size caps"
_SNIFFED = 1024
_SIGNATURES = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "ZIP, Word or EPUB",
    b"\xd0\xcf\x11\xe0": "old Office",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"RIFF": "media",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
    b"\x7fELF": "program",
    b"MZ": "program",
    b"SQLite format 3": "database",
    b"ID3": "sound",
    b"OggS": "sound",
}
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|meta|title)\b", re.I | re.S
)
_TAGS = re.compile(r"</?(?:p|div|span|a|h[1-6]|li|ul|table|br|article|section)\b[^>]*>", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class FileKind(StrEnum):
    """How a text is to be read."""

    HTML = "html"
    TEXT = "text"


def open_text(name: str, data: bytes, charset: str | None = None) -> tuple[FileKind, str]:
    """Decode a file and say how to read it.

    `charset` is what a server declared; a byte order mark and valid UTF-8 go before it. Raises
    `Refused` for what is empty, too large or no text.
    """
    if len(data) > MOST_BYTES:
        raise Refused(Code.TOO_LARGE, phrases.too_large(MOST_BYTES))
    if not data.strip(b" \t\r\n\x00"):
        raise Refused(Code.EMPTY, phrases.EMPTY_FILE)
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise Refused(Code.UNSUPPORTED, phrases.unsupported(kind))
    text = decoded(data, charset)
    if text is None:
        raise Refused(Code.UNSUPPORTED, phrases.BINARY)
    if len(text) > MOST_CHARACTERS:
        raise Refused(Code.TOO_LARGE, phrases.too_long(MOST_CHARACTERS))
    if len(_CONTROL.findall(text)) > max(8, len(text) // 50):
        raise Refused(Code.UNSUPPORTED, phrases.BINARY)
    text = _CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    if not any(char.isalnum() for char in text):
        raise Refused(Code.EMPTY, phrases.EMPTY_FILE)
    return _kind(name, text), text


def _kind(name: str, text: str) -> FileKind:
    ending = name.rsplit(".", 1)[-1].lower()
    if ending in ("html", "htm", "xhtml") or _HTML.match(text[:_SNIFFED]):
        return FileKind.HTML
    if ending in ("md", "markdown", "txt", "text"):
        return FileKind.TEXT
    return FileKind.HTML if len(_TAGS.findall(text[:20_000])) > 20 else FileKind.TEXT
