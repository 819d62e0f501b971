"""The fake platforms as scenarios need them: who is there, what the bot said, what goes wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.app import App
from tests.fakes.discord import DiscordServer
from tests.fakes.telegram import Fake as TelegramServer
from tests.fakes.terminal import TerminalPerson
from tests.human import Human
from tests.scenarios.trouble import DiscordTrouble, TelegramTrouble
from tests.scenarios.wire import Said, said_on_discord, said_on_telegram

OWNER = "Olga Owner"


class World(Protocol):
    """A platform. The same name is the same person, the same title the same group."""

    name: str
    limit: int  # of a message
    trouble: Any
    fake: Any

    def settings(self) -> dict[str, Any]:
        """What the bot is told to find the platform."""
        ...

    async def ready(self, app: App) -> None:
        """Wait until the bot is connected."""
        ...

    def alone(self, name: str) -> Any:
        """Somebody in a direct message with the bot."""
        ...

    def together(self, name: str, *, admin: bool = False, chat: str = "Readers") -> Any:
        """Somebody in a group where the bot is; `admin` makes them one of the group's."""
        ...

    def place(self, person: Human) -> str:
        """The id of the place where somebody is, as handlers see it."""
        ...

    async def hand(self, person: Any, *files: tuple[str, bytes], words: str = "") -> str:
        """Send files into a chat, with some words beside them and no command."""
        ...

    @property
    def called(self) -> str:
        """How a message names the bot."""
        ...

    def said(self) -> list[Said]:
        """All that the bot sent and changed, in any chat, refused or not, oldest first."""
        ...


@dataclass
class TelegramWorld:
    fake: TelegramServer
    name: str = "telegram"
    limit: int = 4096
    rooms: dict[str, Any] = field(default_factory=dict)
    _people: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.trouble = TelegramTrouble(self.fake)

    def settings(self) -> dict[str, Any]:
        return {
            "telegram_bot_token": self.fake.token,
            "telegram_base_url": self.fake.base_url,
            "telegram_base_file_url": self.fake.base_file_url,
            "owners": self.alone(OWNER).id,
        }

    async def ready(self, app: App) -> None:
        before = len(self.fake.called("getUpdates"))
        await self.fake.until(lambda: len(self.fake.called("getUpdates")) > before)

    def alone(self, name: str) -> Any:
        if name not in self._people:
            self._people[name] = self.fake.private(name)
        return self.fake.private(self._people[name])

    def room(self, chat: str = "Readers") -> Any:
        if chat not in self.rooms:
            self.rooms[chat] = self.fake.group(chat)
        return self.rooms[chat]

    def together(self, name: str, *, admin: bool = False, chat: str = "Readers") -> Any:
        status = "administrator" if admin else "member"
        return self.room(chat).join(self.alone(name), status)

    def place(self, person: Human) -> str:
        return person.chat

    async def hand(self, person: Any, *files: tuple[str, bytes], words: str = "") -> str:
        return str(await person.upload(*files, caption=words))

    @property
    def called(self) -> str:
        return f"@{self.fake.world.bot.username}"

    def said(self) -> list[Said]:
        return said_on_telegram(self.fake)


@dataclass
class DiscordWorld:
    fake: DiscordServer
    name: str = "discord"
    limit: int = 2000
    rooms: dict[str, Any] = field(default_factory=dict)
    _people: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.trouble = DiscordTrouble(self.fake)

    def settings(self) -> dict[str, Any]:
        return {
            "discord_bot_token": self.fake.token,
            "discord_loopback": f"{self.fake.port},{self.fake.ca_file}",
            "owners": self.alone(OWNER).id,
        }

    async def ready(self, app: App) -> None:
        await self.fake.ready(20)

    def alone(self, name: str) -> Any:
        if name not in self._people:
            self._people[name] = self.fake.person(name)
        return self._people[name]

    def room(self, chat: str = "Readers") -> Any:
        if chat not in self.rooms:
            self.rooms[chat] = self.fake.channel(self.fake.guild(chat), "general")
        return self.rooms[chat]

    def together(self, name: str, *, admin: bool = False, chat: str = "Readers") -> Any:
        user, room = self.alone(name).user, self.room(chat)
        self.fake.join(room.guild, user)
        self.fake.manage(room.guild, user, admin)
        return self._people[name].at(room)

    def place(self, person: Any) -> str:
        guild = person.channel.guild
        return f"discord:{guild.id}" if guild else person.id

    async def hand(self, person: Any, *files: tuple[str, bytes], words: str = "") -> str:
        return str(await person.say(words, files=files))

    @property
    def called(self) -> str:
        return f"<@{self.fake.bot.id}>"

    def said(self) -> list[Said]:
        return said_on_discord(self.fake)


@dataclass
class TerminalWorld:
    """There is one person, the owner, in one place; nothing goes over a wire."""

    name: str = "terminal"
    limit: int = 1_000_000
    trouble: Any = None
    fake: Any = None
    _person: Any = None

    def settings(self) -> dict[str, Any]:
        return {}

    async def ready(self, app: App) -> None:
        self._person = TerminalPerson(app)

    def alone(self, name: str) -> Any:
        return self._person

    def together(self, name: str, *, admin: bool = False, chat: str = "Readers") -> Any:
        return self._person

    def place(self, person: Human) -> str:
        return person.chat

    async def hand(self, person: Any, *files: tuple[str, bytes], words: str = "") -> str:
        return str(await person.upload(*files))

    @property
    def called(self) -> str:
        return ""

    def said(self) -> list[Said]:
        return []
