"""Buttons that people pressed, and what the bot answered."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes.telegram.world import now


@dataclass
class Press:
    """One callback query; it can be answered once, and not for ever."""

    id: str
    at: float
    done: bool = False
    text: str = ""
    alert: bool = False
    url: str = ""

    def too_old(self, lives: float) -> bool:
        return now() > self.at + lives

    def answer(self, text: str, *, alert: bool, url: str) -> None:
        self.done, self.text, self.alert, self.url = True, text, alert, url
