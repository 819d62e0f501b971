"""Says what kind of file some bytes are, by what is in them before their name, and decodes them."""

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
    b"{\\rtf": "RTF",
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
    b"\x80\x04": "program",
    b"[InternetShortcut]": "link",
}
_SVG = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?(?:<!DOCTYPE\b.*?\]?>\s*)?<svg\b", re.S
)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype html|html|head|body|article|meta|title|frameset)\b",
    re.I | re.S,
)
_TAGS = re.compile(r"</?(?:p|div|span|a|h[1-6]|li|ul|table|br|article|section)\b[^>]*>", re.I)
_NESTED = re.compile(r"\s*[\[{](?:\s*[\[{]){50}|.{0,300}?\[{50}", re.S)
# Signs that a reader does not see: controls, byte order marks, joiners of words, marks of
# direction, fillers, variation selectors but the one for emoji, and tags (Unicode, Cf and others).
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_ESCAPES = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)?|[@-Z\\-_])"
)


class FileKind(StrEnum):
    """How bytes are to be read."""

    PDF = "PDF"
    ZIP = "ZIP"
    FEED = "feed"
    MAIL = "mail"
    HTML = "HTML"
    TEXT = "text"


def check_size(data: bytes) -> None:
    """Raise `Refused` for bytes that are too many or none."""
    if len(data) > MOST_BYTES:
        raise Refused(Code.TOO_LARGE, phrases.too_large(MOST_BYTES))
    if not data.strip(b" \t\r\n\x00"):
        raise Refused(Code.EMPTY, phrases.EMPTY_FILE)


def binary_kind(data: bytes) -> FileKind | None:
    """Give the kind of a file that is no plain text; raises `Refused` for one that is not read."""
    if b"%PDF-" in data[:_SNIFFED]:
        return FileKind.PDF
    if data.startswith(b"PK\x03\x04"):
        return FileKind.ZIP
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise Refused(Code.UNSUPPORTED, phrases.unsupported(kind))
    if _SVG.match(data[:4096]):
        raise Refused(Code.UNSUPPORTED, phrases.unsupported("drawing"))
    return None


def open_text(name: str, data: bytes, charset: str | None = None) -> tuple[FileKind, str]:
    """Decode a text and say how to read it: HTML or plain.

    `charset` is what a server declared. Raises `Refused` for what is empty, too large or no text.
    """
    check_size(data)
    text = decoded(data, charset)
    if text is None:
        raise Refused(Code.UNSUPPORTED, phrases.BINARY)
    if len(text) > MOST_CHARACTERS and not _HTML.match(text[:_SNIFFED]):
        raise Refused(Code.TOO_LARGE, phrases.too_long(MOST_CHARACTERS))
    text = _ESCAPES.sub("", text)
    if len(_CONTROL.findall(text)) > max(8, len(text) // 50):
        raise Refused(Code.UNSUPPORTED, phrases.BINARY)
    text = seen(text)
    if not any(char.isalnum() for char in text):
        raise Refused(Code.EMPTY, phrases.EMPTY_FILE)
    if name.lower().endswith(".json") and _NESTED.match(text):
        raise Refused(Code.UNSUPPORTED, phrases.unsupported("JSON"))
    return _kind(name, text), text


def seen(text: str) -> str:
    """Give a text without the signs that nobody sees, its lines ending in one way."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    return _UNSEEN.sub("", lines.replace("\u2028", "\n").replace("\u2029", "\n\n"))


def _kind(name: str, text: str) -> FileKind:
    ending = name.rsplit(".", 1)[-1].lower()
    if ending in ("html", "htm", "xhtml") or _HTML.match(text[:_SNIFFED]):
        return FileKind.HTML
    if ending in ("md", "markdown", "txt", "text"):
        return FileKind.TEXT
    return FileKind.HTML if len(_TAGS.findall(text[:20_000])) > 20 else FileKind.TEXT
