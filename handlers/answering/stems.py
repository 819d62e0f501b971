"""Word stems, so that a question's "leave" meets an article's "leaving"."""

from __future__ import annotations

from storage.stems import stems

__all__ = ["stems"]
