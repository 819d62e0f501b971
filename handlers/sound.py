"""Text that can be stored and sent."""

from __future__ import annotations


def sound(text: str) -> str:
    """Give the text with half characters, as broken clients and pages send them, as "?"."""
    return text.encode("utf-8", "replace").decode("utf-8")
