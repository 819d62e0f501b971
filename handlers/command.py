"""One row of the table of commands."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.access import Role
from handlers.messages import Handler


@dataclass(frozen=True, slots=True)
class Command:
    """What a platform offers under one name: `argument` shows what follows it in a menu."""

    name: str
    about: str
    handler: Handler
    role: Role = Role.PERSON
    argument: str = ""

    @property
    def usage(self) -> str:
        return f"/{self.name} {self.argument}".rstrip()
