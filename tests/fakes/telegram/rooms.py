"""Makes chats: private ones, groups, forums and channels."""

from __future__ import annotations

from typing import Any

from tests.fakes.telegram.fake import Fake
from tests.fakes.telegram.person import Person
from tests.fakes.telegram.world import Chat, Json, Stored, User

ANONYMOUS, FORWARDER, AS_CHANNEL = 1087968824, 777000, 136817688  # Telegram's own accounts


class Rooms(Fake):
    """The fake, with chats made on demand."""

    def private(
        self, who: str | Person = "Ada Bell", *, started: bool = True, **more: Any
    ) -> Person:
        """Give a person in a private chat with the bot; `started` false: never spoke to it yet."""
        user = self.world.user(who, **more) if isinstance(who, str) else who.user
        user.started = started
        chat = self.world.chats.get(user.id) or Chat(user.id, "private", user=user)
        self.world.chats[chat.id] = chat
        return Person(self, user, chat)

    def group(
        self,
        title: str = "Readers",
        *,
        kind: str = "supergroup",
        topics: bool = False,
        username: str = "",
        bot: str = "member",
    ) -> Room:
        """Give a group where the bot already is; of `kind` "group" it is a small one."""
        number = self.world.number()
        chat_id = (
            -(4_000_000 + number) if kind == "group" else -(1_000_000_000_000 + 7_000 + number)
        )
        chat = Chat(chat_id, kind, title, username, is_forum=topics, bot_status=bot)
        next(chat.ids)  # the first is of the message that made the group, or of the topic General
        self.world.chats[chat.id] = chat
        return Room(self, chat)

    def channel(self, title: str = "News", username: str = "") -> Channel:
        """Give a channel; the bot is not in it."""
        chat_id = -(1_000_000_000_000 + 9_000 + self.world.number())
        chat = Chat(chat_id, "channel", title, username, bot_status="left")
        self.world.chats[chat.id] = chat
        return Channel(self, chat)

    def official(self, number: int, name: str, username: str, *, bot: bool) -> User:
        """Give one of Telegram's own accounts."""
        known = self.world.users.get(number)
        return known or self.world.user(name, id=number, username=username, is_bot=bot)


class Room:
    """A group, and what its members and admins do to it."""

    def __init__(self, fake: Rooms, chat: Chat) -> None:
        self.fake, self.chat = fake, chat

    @property
    def id(self) -> int:
        return self.chat.id

    def join(self, who: str | Person = "Ben Carr", status: str = "member", **more: Any) -> Person:
        """Give a new or known person in this group: creator, administrator, member, left …"""
        user = self.fake.world.user(who, **more) if isinstance(who, str) else who.user
        self.chat.members[user.id] = status
        return Person(self.fake, user, self.chat)

    def becomes(self, person: Person, status: str) -> None:
        """Promote, demote or remove a person."""
        self.fake.person_becomes(self.chat, person.user, status, self._somebody())

    def anonymous(self, signature: str = "") -> Person:
        """Give an admin who speaks as the group itself."""
        bot = self.fake.official(ANONYMOUS, "Group", "GroupAnonymousBot", bot=True)
        return Person(self.fake, bot, self.chat, as_chat=self.chat, signature=signature)

    def as_channel(self, channel: Channel) -> Person:
        """Give a member who speaks in the name of a channel."""
        bot = self.fake.official(AS_CHANNEL, "Channel", "Channel_Bot", bot=True)
        return Person(self.fake, bot, self.chat, as_chat=channel.chat)

    def topic(self, name: str, by: Person | None = None) -> int:
        """Open a topic; give its thread id, which is the id of the service message."""
        opened = {"name": name, "icon_color": 7322096}
        made = self._service({"forum_topic_created": opened, "is_topic_message": True}, by)
        made.json["message_thread_id"] = made.id
        self.chat.topics[made.id] = name
        self.fake.tell(self.chat, made)
        return made.id

    def invite_bot(self, by: Person | None = None, status: str = "member") -> None:
        """Add the bot to the group, or bring it back."""
        self.fake.bot_becomes(self.chat, status, self._somebody(by))
        made = self._service({"new_chat_members": [self.fake.world.bot.json()]}, by)
        self.fake.tell(self.chat, made)

    def promote_bot(self) -> None:
        self.fake.bot_becomes(self.chat, "administrator", self._somebody())

    def kick_bot(self, by: Person | None = None) -> None:
        """Remove the bot: it hears of that, and of nothing more."""
        self.fake.bot_becomes(self.chat, "kicked", self._somebody(by))

    def mute_bot(self, *, muted: bool = True) -> None:
        """Take from all members, the bot among them, the right to write."""
        self.chat.bot_may_write = not muted

    def migrate(self, by: Person | None = None) -> Room:
        """Turn a small group into a supergroup with another id; give that."""
        room = self.fake.group(self.chat.title, bot=self.chat.bot_status)
        room.chat.members = dict(self.chat.members)
        old = self._service({"migrate_to_chat_id": room.id}, by)
        self.chat.migrated_to = room.id
        self.fake.tell(self.chat, old)
        new = room._service({"migrate_from_chat_id": self.id}, by)
        self.fake.tell(room.chat, new)
        return room

    def _service(self, fields: Json, by: Person | None) -> Stored:
        return self.fake.world.put(self.chat, fields, sender=self._somebody(by))

    def _somebody(self, by: Person | None = None) -> User:
        """Give who did it: the first admin when nobody is named."""
        if by:
            return by.user
        high = [one for one, status in self.chat.members.items() if status != "left"]
        return self.fake.world.users[high[0]] if high else self.join("Olga Owner", "creator").user


class Channel:
    """A channel, whose posts go to a discussion group by themselves."""

    def __init__(self, fake: Rooms, chat: Chat) -> None:
        self.fake, self.chat = fake, chat
        self.group: Room | None = None

    def discuss_in(self, group: Room) -> None:
        self.group = group
        group.chat.linked, self.chat.linked = self.chat.id, group.id

    async def post(self, text: str, *, html: bool = False) -> str:
        """Publish; give the id in the discussion group, or in the channel if there is none."""
        voice = self.fake.official(FORWARDER, "Telegram", "", bot=False)
        own = Person(self.fake, voice, self.chat, as_chat=self.chat)
        fields = own.written(text, html=html)
        made = self.fake.world.put(self.chat, {"sender_chat": self.chat.json()} | fields, raw=text)
        if self.chat.bot_status == "administrator":
            self.fake.mail.post("channel_post", made.json)
        if not self.group:
            return str(made.id)
        origin = {
            "type": "channel",
            "date": made.json["date"],
            "chat": self.chat.json(),
            "message_id": made.id,
        }
        there = Person(self.fake, voice, self.group.chat, as_chat=self.chat)
        return await there.send(fields | {"forward_origin": origin, "is_automatic_forward": True})
