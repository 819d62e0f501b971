"""Times as people read them."""

from __future__ import annotations

from datetime import UTC, datetime


def minute(seconds: float) -> str:
    """Give a time since 1970, in UTC to the minute; empty for none."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC" if seconds > 0 else ""
