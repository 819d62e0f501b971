"""The one way in: a request finds its command, its library and its right, or a clear refusal."""

from __future__ import annotations

import difflib
import logging
import secrets
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from handlers import phrases
from handlers.access import Access
from handlers.closing import closing
from handlers.command import Command
from handlers.errors import NotFound, Refused, TooMany, UserError
from handlers.messages import Failure, Reply, Request
from handlers.sound import sound
from storage.store import StoreError

log = logging.getLogger(__name__)


class Dispatcher:
    """Answers requests from one table of commands. Whatever goes wrong becomes a `Failure`."""

    def __init__(self, commands: Sequence[Command], access: Access) -> None:
        self.commands = tuple(commands)
        self._by_name = {command.name: command for command in commands}
        self._access = access

    async def reply(self, request: Request) -> AsyncIterator[Reply]:
        """Yield the pictures of one reply. Closing this early closes the handler."""
        try:
            command = self._find(request.command)
            library = await self._access.admit(request, command.role)
            admitted = replace(request, text=sound(request.text), library=library)
            async with closing(command.handler(admitted)) as replies:
                async for picture in replies:
                    yield picture
        except Refused as refused:
            yield Failure(str(refused), refused.code, _source(request))
        except TooMany as fault:
            yield Failure(str(fault), again=fault.again)
        except UserError as fault:
            yield Failure(str(fault))
        except StoreError as fault:
            log.warning("store: %s", fault)
            yield Failure(phrases.store_failed(str(fault)))
        except Exception:
            reference = secrets.token_hex(3)
            log.exception("reference %s: /%s failed", reference, request.command)
            yield Failure(phrases.broke(reference), source=_source(request))

    async def library(self, request: Request) -> str:
        """Give the name of the library that a request works in. Raises `StoreError`."""
        return (await self._access.standing(request)).library

    def get(self, name: str) -> Command | None:
        """Give the row of a command's name."""
        return self._by_name.get(name.lower())

    def _find(self, name: str) -> Command:
        if command := self.get(name):
            return command
        offered = [command.name for command in self.commands if command.offered]
        near = difflib.get_close_matches(name.lower()[:50], offered, n=1)
        raise NotFound(phrases.unknown_command(name[:50], near[0] if near else ""))


def _source(request: Request) -> str:
    return request.uploads[0].name if request.uploads else request.text
