"""Reads a mail, or a page saved with all its parts (MHTML): RFC 5322 and MIME."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.charsets import decoded
from handlers.reading.documents import Document, field
from handlers.reading.hidden import drop_hidden
from handlers.reading.pieces import pieces_of, written
from handlers.reading.tree import tree_of, unfold

MOST_PARTS = 200
_HEADER = re.compile(rb"(?:[A-Za-z][\w-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}\r?\n")
_TELLING = re.compile(rb"^(?:from|subject|mime-version|content-type|return-path):", re.I | re.M)


def is_mail(name: str, data: bytes) -> bool:
    """Say whether a file is a mail, by its name or its head."""
    if name.lower().endswith((".eml", ".mht", ".mhtml")):
        return True
    head = _HEADER.match(data[:65536])
    return head is not None and len(_TELLING.findall(head.group())) >= 2


def read_mail(data: bytes) -> Document:
    """Give the text of a mail with its subject, sender and day; attachments are left alone.

    A part of HTML goes before plain text where both are there: it has headings and lists.
    """
    try:
        mail = message_from_bytes(data, policy=policy.default)
        texts = _texts(mail)
    except (ValueError, LookupError, RecursionError, AttributeError, IndexError) as fault:
        raise Refused(Code.BROKEN, phrases.BROKEN_FILE) from fault
    text = texts.get("text/html") or texts.get("text/plain") or ""
    if not text.strip():
        raise Refused(Code.EMPTY, phrases.EMPTY_FILE)
    name, address = parseaddr(str(mail.get("from", "")))
    return Document(text, field(str(mail.get("subject", ""))), field(name or address), _day(mail))


def _day(mail: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(mail.get("date", ""))).date().isoformat()
    except (ValueError, TypeError):
        return None


def _texts(mail: EmailMessage) -> dict[str, str]:
    """Give the first part of each kind of text that is no attachment."""
    found: dict[str, str] = {}
    for count, part in enumerate(mail.walk()):
        if count >= MOST_PARTS:
            break
        kind = part.get_content_type()
        if kind in found or kind not in ("text/html", "text/plain") or part.is_attachment():
            continue
        payload = part.get_payload(decode=True)
        raw = decoded(payload, part.get_content_charset()) if isinstance(payload, bytes) else None
        if raw and raw.strip():
            found[kind] = _shown(raw) if kind == "text/html" else raw
    return found


def _shown(html: str) -> str:
    root = tree_of(html)
    drop_hidden(root)
    unfold(root)
    return written(pieces_of(root))
