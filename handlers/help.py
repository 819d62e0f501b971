"""/help: what the person who asks may do here, and nothing more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from handlers import phrases
from handlers.access import Access
from handlers.command import Command
from handlers.markdown import escape
from handlers.messages import Notice, Reply, Request


async def help_(
    request: Request, *, access: Access, table: Sequence[Command]
) -> AsyncIterator[Reply]:
    """List the commands that this person may use in this place."""
    role = (await access.standing(request)).role
    allowed = [command for command in table if role >= command.role and command.offered]
    lines = [f"- **{escape(command.usage, own=True)}** – {command.about}" for command in allowed]
    head = phrases.HELP_HEAD if len(allowed) > 1 else phrases.HELP_STRANGER
    yield Notice("\n".join([head, "", *lines, "", phrases.you_are(escape(request.person.id))]))
