"""Who may do what, in which library, how often."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import IntEnum

from handlers import phrases
from handlers.errors import NotAllowed, TooMany
from handlers.messages import Person, Place, Request
from handlers.pace import Pace
from storage.store import Store

TERMINAL = "terminal:"
TERMINAL_OWNER = "terminal:owner"
HOME = "main"  # the terminal's own library
CALLS_A_MINUTE = 20  # far more than anyone reads; a flood costs a person's own calls alone


class Role(IntEnum):
    """What a person is in a place; each may do all that those below may."""

    STRANGER = 0
    PERSON = 1
    ADMIN = 2
    OWNER = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a request leads, and as what its person goes there."""

    library: str
    role: Role


class Access:
    """Decides from owners, bindings and the default library; adapters say who is an admin."""

    def __init__(
        self,
        store: Store,
        *,
        owners: Collection[str] = (),
        default_library: str = "",
        calls_a_minute: int = CALLS_A_MINUTE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._owners = frozenset(owners) | {TERMINAL_OWNER}
        self._default = default_library
        self._pace = Pace(calls_a_minute, clock)

    async def admit(self, request: Request, least: Role) -> str:
        """Give the library that the request works in, or raise `NotAllowed` with the reason."""
        standing = await self.standing(request)
        if request.library and standing.role < Role.OWNER:
            raise NotAllowed(phrases.OWN_LIBRARY_ONLY)
        if standing.role < least:
            raise NotAllowed(_refusal(standing.role, least, request.person))
        if standing.role < Role.OWNER and not request.free:
            self._keep_pace(request.person.id)
        return standing.library

    def _keep_pace(self, person: str) -> None:
        if seconds := self._pace.wait(person):
            raise TooMany(phrases.too_many(seconds), again=self._pace.told(person))

    async def standing(self, request: Request) -> Standing:
        """Give the library of the place, unless one was named, and the person's role there."""
        bound = await self._store.bound(request.place.id)
        given = bound or self._default
        library = request.library or given or own_library(request.place)
        if request.person.id in self._owners:
            role = Role.OWNER
        elif request.place.private and not given:
            role = Role.STRANGER
        else:
            role = await self._given_role(request.person, request.place, library)
        return Standing(library, role)

    async def _given_role(self, person: Person, place: Place, library: str) -> Role:
        """Trust whom an owner appointed, and the platform's admins over their own chat's library.

        Over a library that another place uses too the platform's admins are nobody special.
        """
        if person.id in await self._store.admins(library):
            return Role.ADMIN
        alone = library == own_library(place) and not await self._shared(library, place)
        return Role.ADMIN if person.admin and alone else Role.PERSON

    async def _shared(self, library: str, place: Place) -> bool:
        others = [each for each in await self._store.places(library) if each != place.id]
        return bool(others) or library == self._default


def own_library(place: Place) -> str:
    """Give the name of the library that a place has for itself."""
    return HOME if place.id.startswith(TERMINAL) else place.id


def _refusal(role: Role, least: Role, person: Person) -> str:
    if role is Role.STRANGER:
        return phrases.NO_LIBRARY_HERE
    if person.nobody:
        return phrases.NOBODY_HERE
    return phrases.OWNERS_ONLY if least is Role.OWNER else phrases.ADMINS_ONLY
