"""Reasoning that a model writes into its answer between tags, taken out of the stream."""

from __future__ import annotations

import re

_NAMES = ("think", "thinking", "thought", "reasoning")
_OPEN = re.compile(rf"<(?:{'|'.join(_NAMES)})>", re.IGNORECASE)
_CLOSE = re.compile(rf"</(?:{'|'.join(_NAMES)})>", re.IGNORECASE)
_LONGEST = max(map(len, _NAMES)) + len("</>")


class ReasoningFilter:
    """Passes on a growing answer without its reasoning; a tag may come in pieces.

    Reasoning that is never closed swallows the rest.
    """

    def __init__(self) -> None:
        self._held = ""
        self._inside = False

    def feed(self, piece: str) -> str:
        """Give what of the answer is certain after one more piece."""
        self._held += piece
        shown = []
        while tag := (_CLOSE if self._inside else _OPEN).search(self._held):
            if not self._inside:
                shown.append(self._held[: tag.start()])
            self._held = self._held[tag.end() :]
            self._inside = not self._inside
        certain = self._certain()
        if not self._inside:
            shown.append(self._held[:certain])
        self._held = self._held[certain:]
        return "".join(shown)

    def finish(self) -> str:
        """Give what was held back, once nothing more can come."""
        held, self._held = self._held, ""
        return "" if self._inside else held

    def _certain(self) -> int:
        """Tell how much of what is held cannot be the beginning of a tag."""
        at = self._held.rfind("<", max(0, len(self._held) - _LONGEST))
        return len(self._held) if at < 0 or ">" in self._held[at:] else at
