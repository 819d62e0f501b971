"""The terminal as a place: who asks there, and the requests made there."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.access import TERMINAL_OWNER
from handlers.messages import Person, Place, Request, Upload

OWNER = Person(TERMINAL_OWNER, "owner")
TERMINAL = Place("terminal:here")


@dataclass(frozen=True, slots=True)
class Here:
    """What the command line chose: a database address and a library; empty means the default."""

    db: str = ""
    library: str = ""

    def request(
        self,
        command: str,
        text: str = "",
        upload: Upload | None = None,
        *,
        after: str = "",
        limit: int = 0,
        about: tuple[int, ...] = (),
    ) -> Request:
        """Make a request of the owner, who sits at the terminal."""
        uploads, library = (upload,) if upload else (), self.library
        return Request(command, text, OWNER, TERMINAL, uploads, library, after, limit, about=about)
