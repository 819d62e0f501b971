"""One row of the table of commands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.access import Role
from handlers.messages import Handler


class Kind(StrEnum):
    """What a parameter takes, so that a platform can offer the right thing."""

    TEXT = "text"
    NUMBER = "number"
    ARTICLE = "article"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may follow a command's name; the words of all, in order, are the request's text."""

    name: str
    about: str
    kind: Kind = Kind.TEXT
    required: bool = True


@dataclass(frozen=True, slots=True)
class Command:
    """What a platform offers under one name.

    `offered` means that it stands in menus and helps; `quiet` that its reply concerns only the
    person who asked; `weighs` that it says different things to admins.
    """

    name: str
    about: str
    handler: Handler
    role: Role = Role.PERSON
    parameters: tuple[Parameter, ...] = ()
    offered: bool = True
    quiet: bool = False
    weighs: bool = False

    @property
    def usage(self) -> str:
        """The command as a help shows it: /ask QUESTION, optional words in brackets."""
        shown = (each for each in self.parameters if each.kind is not Kind.FILES)
        forms = (each.name.upper() if each.required else f"[{each.name.upper()}]" for each in shown)
        return " ".join([f"/{self.name}", *forms])
