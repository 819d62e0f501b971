"""People, chats, messages and files of the fake Telegram, and the counting of ids."""

from __future__ import annotations

import asyncio
import mimetypes
import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.fakes.bell import Bell

Json = dict[str, Any]
DRAFT_LIVES = 30.0  # seconds
RIGHTS = (
    "can_manage_chat",
    "can_send_welcome_messages",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
)


@dataclass
class User:
    """Somebody with an account; `blocks` is about the bot, `started` whether it may write first."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "en"
    is_bot: bool = False
    blocks: bool = False
    started: bool = False

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def json(self) -> Json:
        known: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for name in ("last_name", "username"):
            if getattr(self, name):
                known[name] = getattr(self, name)
        return known if self.is_bot else known | {"language_code": self.language_code}


@dataclass
class Stored:
    """A message in a chat: `json` as the Bot API gives it, `raw` as its sender wrote it."""

    json: Json
    raw: str
    turn: int
    times: list[float]
    by_bot: bool = False
    deleted: bool = False
    reactions: dict[int, list[str]] = field(default_factory=dict)

    @property
    def id(self) -> int:
        return int(self.json["message_id"])

    @property
    def text(self) -> str:
        return str(self.json.get("text", self.json.get("caption", "")))

    @property
    def entities(self) -> list[Json]:
        return list(self.json.get("entities") or self.json.get("caption_entities") or [])


@dataclass
class Draft:
    """A message still being written."""

    text: str
    entities: list[Json]
    raw: str
    times: list[float]


@dataclass
class Chat:
    """A place. `members` are statuses by user id; `topics` are names by thread id."""

    id: int
    type: str
    title: str = ""
    username: str = ""
    user: User | None = None
    is_forum: bool = False
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    closed: set[int] = field(default_factory=set)
    messages: dict[int, Stored] = field(default_factory=dict)
    drafts: dict[tuple[int, int], Draft] = field(default_factory=dict)
    toasts: list[tuple[float, int, str]] = field(default_factory=list)
    bot_status: str = "member"
    bot_may_write: bool = True
    migrated_to: int = 0
    linked: int = 0
    ids: count[int] = field(default_factory=lambda: count(1))

    @property
    def private(self) -> bool:
        return self.type == "private"

    @property
    def group(self) -> bool:
        return self.type in {"group", "supergroup"}

    def json(self) -> Json:
        known: Json = {"id": self.id, "type": self.type}
        if self.user:
            known["first_name"] = self.user.first_name
            known |= {"last_name": self.user.last_name} if self.user.last_name else {}
        else:
            known["title"] = self.title
        if username := self.username or (self.user.username if self.user else ""):
            known["username"] = username
        return known | ({"is_forum": True} if self.is_forum else {})

    def alive(self, message: int) -> Stored | None:
        found = self.messages.get(message)
        return None if found is None or found.deleted else found


@dataclass(frozen=True)
class File:
    """Something uploaded, and where it can be fetched."""

    id: str
    name: str
    data: bytes
    path: str

    def json(self) -> Json:
        return {"file_id": self.id, "file_unique_id": self.id[-12:], "file_size": len(self.data)}

    def document(self) -> Json:
        kind = mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        return self.json() | {"file_name": self.name, "mime_type": kind}


class World:
    """All that exists. Every change takes a turn and rings the bell."""

    def __init__(self, bot: User) -> None:
        self.bot = bot
        self.bell = Bell()
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.turn = 0
        self._numbers = count(1)

    def number(self) -> int:
        return next(self._numbers)

    def step(self) -> int:
        self.turn += 1
        self.bell.ring()
        return self.turn

    def user(self, name: str, **more: Any) -> User:
        """Make an account; the id begins at 501."""
        first, _, last = name.partition(" ")
        number = int(more.pop("id", 0)) or 500 + self.number()
        made = User(number, first, more.pop("last_name", last), **more)
        assert made.id not in self.users, f"{made.id} is taken"
        self.users[made.id] = made
        return made

    def named(self, username: str) -> User | None:
        wanted = username.lstrip("@").lower()
        return next((u for u in self.users.values() if u.username.lower() == wanted), None)

    def keep(self, name: str, data: bytes, folder: str = "documents") -> File:
        """Store a file under a name of the server's own."""
        number = self.number()
        ending = name.rpartition(".")[2] if "." in name else "bin"
        safe = "".join(char for char in ending if char.isalnum())[:8] or "bin"
        made = File(f"BQACAgIAAxk{number:020d}", name, data, f"{folder}/file_{number}.{safe}")
        self.files[made.id] = made
        return made

    def put(
        self,
        chat: Chat,
        fields: Json,
        *,
        raw: str = "",
        sender: User | None = None,
        date: int | None = None,
        by_bot: bool = False,
    ) -> Stored:
        """Store a message in a chat under the chat's next id."""
        json: Json = {
            "message_id": next(chat.ids),
            "date": date or int(time.time()),
            "chat": chat.json(),
        }
        json |= ({"from": sender.json()} if sender else {}) | fields
        made = Stored(json, raw, self.step(), [now()], by_bot)
        chat.messages[made.id] = made
        if by_bot:
            thread = json.get("message_thread_id", 0)
            chat.drafts = {key: one for key, one in chat.drafts.items() if key[0] != thread}
        return made

    def changed(self, message: Stored) -> None:
        message.turn = self.step()
        message.times.append(now())


def now() -> float:
    """The moment, monotonic, in seconds."""
    return asyncio.get_running_loop().time()


def quoted(message: Stored) -> Json:
    """Give a message as it stands inside another one that answers it."""
    return {name: value for name, value in message.json.items() if name != "reply_to_message"}
