"""Routes about guilds and their members, and the files of the CDN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.discord import payloads
from tests.fakes.discord.errors import unknown
from tests.fakes.discord.rest import Call, route
from tests.fakes.discord.world import Guild

if TYPE_CHECKING:
    from tests.fakes.discord.town import Town

Json = dict[str, Any]


def _guild(fake: Town, call: Call) -> Guild:
    found = fake.world.guilds.get(call.id("guild"))
    if found is None or fake.bot.id not in found.members:
        raise unknown("Guild")
    return found


@route("GET", "/guilds/{guild}")
async def guild(fake: Town, call: Call) -> Json:
    return payloads.guild(_guild(fake, call))


@route("GET", "/guilds/{guild}/members/{member}")
async def member(fake: Town, call: Call) -> Json:
    found = _guild(fake, call).members.get(call.id("member"))
    if found is None:
        raise unknown("Member" if call.id("member") in fake.world.users else "User")
    return payloads.member(found)


async def download(fake: Town, request: web.Request) -> web.Response:
    """A file from the CDN, for whoever has its address."""
    file = fake.world.files.get(int(request.match_info["file"]))
    fake.downloads.append(request.path)
    fake.bell.ring()
    if file is None or file.name != request.match_info["name"]:
        return web.Response(status=404, text="This content is no longer available.")
    return web.Response(body=file.data, content_type=file.kind)
