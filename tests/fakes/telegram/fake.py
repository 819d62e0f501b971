"""All of the fake Telegram in one object: its world, its settings, and what the bot called."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from tests.fakes.telegram.faults import Fault, Faults, Flood, error
from tests.fakes.telegram.mail import Mail
from tests.fakes.telegram.methods.chats import member, status_of
from tests.fakes.telegram.presses import Press
from tests.fakes.telegram.privacy import meant_for_bot
from tests.fakes.telegram.webhook import Webhook
from tests.fakes.telegram.world import Chat, Json, Stored, User, World
from tests.oracle.telegram import Oracle

T = TypeVar("T")
TOKEN = "100200300:AAFakeFakeFakeFakeFakeFakeFakeFakeFake"


@dataclass
class Call:
    """A request of the bot's. `status` is 0 while it is open, and for a broken connection."""

    method: str
    params: dict[str, str]
    at: float
    status: int = 0
    result: Any = None
    description: str = ""


class Fake:
    """The state behind the server. People come from `rooms`, methods from `methods`."""

    def __init__(self, token: str, username: str) -> None:
        bot = User(int(token.partition(":")[0]), "Footnote", username=username, is_bot=True)
        self.token = token
        self.world = World(bot)
        self.mail = Mail(self.world)
        self.webhook = Webhook(self.world, self.mail)
        self.mail.hooked = lambda: bool(self.webhook.url)
        self.faults = Faults()
        self.flood = Flood()
        self.privacy = True
        self.press_lives = 30.0  # seconds
        self.presses: dict[str, Press] = {}
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.about: dict[tuple[str, str], str] = {}
        self.actions: list[tuple[str, int, str, float]] = []
        self.calls: list[Call] = []
        self.unhandled: list[str] = []
        self.complaints: list[str] = []
        self.oracle = Oracle()

    # what a test asks

    def called(self, method: str) -> list[Call]:
        """Give the calls of one method, the oldest first."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    def pending(self) -> list[Json]:
        """Give the updates that the bot has not confirmed."""
        return [letter.json for letter in self.mail.letters]

    def problems(self) -> list[str]:
        """Give all that is wrong so far: unknown methods, things silently dropped, bad shapes."""
        for call in self.calls:
            self.oracle.call(call.method, call.params, call.result, ok=call.status == 200)
        for update in self.mail.sent.values():
            self.oracle.update(update)
        unknown = [
            f"the bot called {name}, which this fake does not play" for name in self.unhandled
        ]
        return [*unknown, *self.complaints, *self.oracle.problems()]

    async def until(self, look: Callable[[], T], seconds: float = 10.0) -> T:
        """Wait until `look` sees something true; fail, with the last calls, when it does not."""
        seen = await self.world.bell.until(look, seconds)
        last = [f"{c.method} {c.params} → {c.status} {c.description}" for c in self.calls[-8:]]
        assert seen, "it did not happen; the last calls were:\n" + "\n".join(last)
        return seen

    def complain(self, what: str) -> None:
        self.complaints.append(what)

    # what a test breaks

    def fail(
        self,
        method: str,
        status: int = 500,
        description: str = "",
        *,
        times: int | None = 1,
        chat: int | None = None,
        retry_after: int = 0,
        raw: bytes | None = None,
        **parameters: Any,
    ) -> None:
        """Answer the next calls of a method ("*" for any) with an error, or with raw bytes."""
        fault = Fault(method, "answer", times, chat)
        fault.error = error(status, description, retry_after, **parameters)
        fault.raw = None if raw is None else (status, raw)
        self.faults.append(fault)

    def hang(self, method: str, *, times: int | None = 1, chat: int | None = None) -> None:
        """Never answer the next calls."""
        self.faults.append(Fault(method, "hang", times, chat))

    def drop(self, method: str, *, times: int | None = 1, chat: int | None = None) -> None:
        """Break the connection of the next calls off, nothing done."""
        self.faults.append(Fault(method, "drop", times, chat))

    def lose(self, method: str, *, times: int | None = 1, chat: int | None = None) -> None:
        """Do what the next calls ask, then break the connection off before the answer."""
        self.faults.append(Fault(method, "lose", times, chat))

    def heal(self) -> None:
        self.faults.clear()

    # what people's doings become

    def tell(self, chat: Chat, message: Stored, kind: str = "message") -> int:
        """Send the bot an update about a message if it may see it; give the update's id or 0."""
        gone = chat.bot_status in {"left", "kicked"} or (chat.user and chat.user.blocks)
        all_seen = chat.bot_status == "administrator" or not self.privacy or not chat.group
        if gone or not (all_seen or meant_for_bot(message.json, self.world.bot.username)):
            return 0
        return self.mail.post(kind, message.json)

    def bot_becomes(self, chat: Chat, status: str, by: User) -> None:
        """Change what the bot is in a chat, and tell it."""
        before = member(self.world.bot, chat.bot_status)
        if chat.user:
            before = member(self.world.bot, "kicked" if chat.user.blocks else "member")
            chat.user.blocks = status == "kicked"
        chat.bot_status = "member" if chat.user else status
        self._moved("my_chat_member", chat, by, before, member(self.world.bot, status))

    def person_becomes(self, chat: Chat, user: User, status: str, by: User) -> None:
        """Change what a person is in a group; the bot hears of it if it asked and is an admin."""
        before = member(user, status_of(self, chat, user))
        chat.members[user.id] = status
        if chat.bot_status == "administrator":
            self._moved("chat_member", chat, by, before, member(user, status))
        self.world.step()

    def _moved(self, kind: str, chat: Chat, by: User, before: Json, after: Json) -> None:
        known = {"chat": chat.json(), "from": by.json(), "date": int(time.time())}
        self.mail.post(kind, known | {"old_chat_member": before, "new_chat_member": after})
        self.world.step()
