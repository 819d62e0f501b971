"""What a site's answer says before its body is read: no, not yet, elsewhere, or come in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import httpx2

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.reading.addresses import Target, target
from handlers.reading.inflate import ENCODINGS

REDIRECTS = frozenset({301, 302, 303, 307, 308})
FOR_GOOD = frozenset({301, 308})  # those of them that ask for the new address from now on
_WALLS = frozenset({401, 402, 403, 407, 451})
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?([0-9]{1,9})\b", re.IGNORECASE)
_BAD = re.compile(r"[\x00-\x1f\x7f\\]")


def check_status(answer: httpx2.Response, *, is_known: bool) -> None:
    """Raise `Refused` for an answer without a page; a 304 is good where its page `is_known`."""
    status = answer.status_code
    wait = seconds_until(answer.headers.get("retry-after", ""))
    if status in _WALLS:
        raise Refused(Code.WALL, phrases.WALL, status=status)
    if status == 429:
        raise Refused(Code.UNREACHABLE, phrases.too_often(wait), status=status, wait=wait)
    if status in (404, 410):
        raise Refused(Code.UNREACHABLE, phrases.GONE, status=status)
    if status >= 300 and not (status == 304 and is_known):
        raise Refused(Code.UNREACHABLE, phrases.bad_status(status), status=status, wait=wait)


def encoding(answer: httpx2.Response) -> str:
    """Say how a body is packed; raises `Refused` where otherwise than once with gzip or deflate.

    A bomb in a bomb inflates a million times, and before it gives one byte to count.
    """
    named: str = answer.headers.get("content-encoding", "").strip().lower()
    if named not in ENCODINGS:
        raise Refused(Code.BROKEN, phrases.BROKEN_PAGE)
    return named


def seconds_until(retry_after: str) -> int | None:
    """Read a Retry-After header: seconds, or a date; None where it says neither (RFC 9110)."""
    value = retry_after.strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return int(value)
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):  # the latter for a year or a zone of many digits
        return None
    zoned = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0, round((zoned - datetime.now(UTC)).total_seconds()))


def fresh_for(cache_control: str) -> int | None:
    """Read the seconds for which an answer stays good (max-age, RFC 9111); None where unsaid."""
    said = _MAX_AGE.search(cache_control)
    return int(said[1]) if said else None


def onward(wanted: Target, location: str) -> Target:
    """Read where a redirect leads, as strictly as the first link; raises `Refused`."""
    link = location.strip(" \t").replace(" ", "%20")
    if _BAD.search(link):
        raise Refused(Code.FORBIDDEN, phrases.BAD_LINK)
    if not _ABSOLUTE.match(link):
        link = _joined(wanted, link)
    leads = target(link)
    if wanted.scheme == "https" and leads.scheme == "http":
        raise Refused(Code.FORBIDDEN, phrases.DOWNGRADE)
    return leads


def _joined(wanted: Target, link: str) -> str:
    try:
        return urljoin(wanted.url, link)
    except ValueError as fault:  # brackets that are no IPv6 address
        raise Refused(Code.FORBIDDEN, phrases.BAD_LINK) from fault
