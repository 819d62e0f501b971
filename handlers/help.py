"""/help: what the person who asks may do here, and nothing more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from handlers import phrases
from handlers.access import Access, Role
from handlers.command import Command
from handlers.markdown import escape
from handlers.messages import Notice, Place, Reply, Request


async def help_(
    request: Request, *, access: Access, table: Sequence[Command]
) -> AsyncIterator[Reply]:
    """List the commands that this person may use in this place."""
    role = (await access.standing(request)).role
    allowed = [command for command in table if role >= command.role and command.offered]
    lines = [f"- **{escape(command.usage, own=True)}** – {command.about}" for command in allowed]
    head = _head(role, request.place)
    yield Notice("\n".join([*head, *lines, "", phrases.you_are(escape(request.person.id))]))


def _head(role: Role, place: Place) -> list[str]:
    """Say how to ask here, and how to store where that is allowed, each with an empty line."""
    if role is Role.STRANGER:
        return [phrases.HELP_STRANGER, ""]
    head = [phrases.HELP_HEAD, ""]
    if not place.private:
        head += [phrases.HELP_GROUP, ""]
    if role >= Role.ADMIN:
        head += [_how_to_store(place), ""]
    return head


def _how_to_store(place: Place) -> str:
    if not place.private:
        return phrases.HELP_STORE_GROUP
    return phrases.HELP_STORE if place.paged else phrases.HELP_STORE_HERE
