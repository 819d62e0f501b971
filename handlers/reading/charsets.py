"""Decodes the bytes of a page or file, whatever charset they claim to be in."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes
from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

BOMS = (  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
LOOKED_AT = 200_000  # bytes that a guess is made from
_META = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I
)
_PLAIN = re.compile(rb"<script.*?</script\s*>|<style.*?</style\s*>|<[^<>]*>", re.I | re.S)
_WESTERN = frozenset(["cp1252", "iso8859-15", "iso-8859-15"])
_PYTHON = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "euc_kr": "cp949"}
_PYTHON |= {"shift_jis": "cp932", "x-user-defined": "cp1252", "iso-8859-8-i": "iso-8859-8"}
MOST_WRONG = 0.005  # share of characters that a charset may fail at and still be the right one
MOST_HIGH = 0.35  # share of letters above ASCII in a western text


def decoded(data: bytes, declared: str | None = None) -> str | None:
    """Give the text of `data`; None where it is none in any charset.

    A byte order mark goes first, then zeros as UTF-16 has them, then UTF-8 where the bytes are
    valid; then what a server (`declared`) and the page itself say, unless the bytes belie it; then
    a guess.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    wide = _wide(data)
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    said = [name for name in (declared, *_in_page(data)) if name]
    for name in ("utf-8", *said):
        text = _as(data, name)
        if text is not None:
            return text
    return _guessed(data)


def _wide(data: bytes) -> str | None:
    """Say which UTF-16 bytes are that have a zero in nearly every other place."""
    sample = data[:4096]
    half = max(1, len(sample) // 2)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.6 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 and odd < 0.1 else None


def _in_page(data: bytes) -> list[str]:
    found = _META.search(data[:4096])
    return [found.group(1).decode("ascii", "replace")] if found else []


def _as(data: bytes, name: str) -> str | None:
    """Decode as `name` says, unless that is unknown or makes nonsense of the bytes."""
    label = (map_encoding_to_html5(name, fallback_utf8=False) or name).lower()
    try:
        text = data.decode(_PYTHON.get(label, label), "replace")
    except (LookupError, UnicodeError):
        return None
    if text.count("\ufffd") > MOST_WRONG * len(text):
        return None
    return None if label in _WESTERN and _high_share(data) > MOST_HIGH else text


def _high_share(data: bytes) -> float:
    plain = _PLAIN.sub(b" ", data[:LOOKED_AT])
    high = sum(byte >= 0xC0 for byte in plain)
    return high / max(1, high + sum(chr(byte).isalpha() for byte in plain if byte < 0x80))


def _guessed(data: bytes) -> str | None:
    plain = _PLAIN.sub(b" ", data[:LOOKED_AT])
    text = _as(data, detect_encoding(plain) or "")
    if text is not None:
        return text
    guess = from_bytes(plain).best()
    return data.decode(guess.encoding, "replace") if guess else None
