"""What a person writes, and how it becomes a message that the bot may be told of."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Self

from tests.fakes.telegram.errors import bad
from tests.fakes.telegram.methods.places import in_thread
from tests.fakes.telegram.spans import utf16
from tests.fakes.telegram.text import formatted
from tests.fakes.telegram.world import Chat, Json, Stored, User, quoted

if TYPE_CHECKING:
    from tests.fakes.telegram.fake import Fake

LONGEST = 4096  # UTF-16 units: an app cuts what is longer into several messages


class Speaking:
    """One account in one chat. With `as_chat` the message bears a chat's name as sender."""

    def __init__(
        self,
        fake: Fake,
        user: User,
        chat: Chat,
        *,
        thread: int = 0,
        as_chat: Chat | None = None,
        signature: str = "",
    ) -> None:
        self.fake, self.user, self.place, self.thread = fake, user, chat, thread
        self.as_chat, self.signature = as_chat, signature
        self.id, self.chat = f"telegram:{user.id}", f"telegram:{chat.id}"
        self.acted = 0  # the turn of the last act: what `see` looks for came later

    def within(self, topic: int) -> Self:
        """Give the same person in a topic."""
        return type(self)(
            self.fake,
            self.user,
            self.place,
            thread=topic,
            as_chat=self.as_chat,
            signature=self.signature,
        )

    async def say(
        self,
        text: str,
        *,
        to: str | None = None,
        html: bool = False,
        entities: Sequence[Json] = (),
        date: int | None = None,
        quote: str = "",
    ) -> str:
        """Write a message, in the app's own formatting with `html`; give the (first) id.

        `quote` is the part of message `to` that is answered; `date` is Unix time in seconds.
        """
        ids = [
            await self.send(
                self.written(part, html=html, entities=entities),
                raw=part,
                to=to,
                date=date,
                quote=quote,
            )
            for part in _parts(text)
        ]
        return ids[0]

    async def mention(self, text: str, *, to: str | None = None, date: int | None = None) -> str:
        """Write a message that names the bot before `text`."""
        return await self.say(f"@{self.fake.world.bot.username} {text}".rstrip(), to=to, date=date)

    async def command(
        self,
        name: str,
        text: str = "",
        *,
        to: str | None = None,
        addressed: bool | None = None,
        date: int | None = None,
    ) -> str:
        """Call a command; `addressed` (the default in groups) adds the bot's name, as apps do."""
        full = self.place.group if addressed is None else addressed
        call = f"/{name}@{self.fake.world.bot.username}" if full else f"/{name}"
        return await self.say(f"{call} {text}".rstrip(), to=to, date=date)

    async def send(
        self,
        fields: Json,
        *,
        raw: str = "",
        to: str | None = None,
        date: int | None = None,
        quote: str = "",
    ) -> str:
        """Put a message of any kind into the chat by its Bot API fields; give its id."""
        self._comes_back()
        target = self.place.alive(int(to)) if to else None
        assert target or not to, f"there is no message {to} to answer"
        fields = in_thread(self.place, self.thread, target) | fields
        if target:
            fields["reply_to_message"] = quoted(target)
        if target and quote:
            fields["quote"] = _quote(target, quote)
        if self.as_chat:
            fields["sender_chat"] = self.as_chat.json()
        if self.signature:
            fields["author_signature"] = self.signature
        world = self.fake.world
        made = world.put(self.place, fields, raw=raw, sender=self.user, date=date)
        self.acted = world.turn
        self.fake.tell(self.place, made)
        return str(made.id)

    async def edit(self, message: str, text: str, *, html: bool = False) -> None:
        """Change a message of one's own; of a file, the caption."""
        stored = self._own(message)
        fields = self.written(text, html=html)
        if "text" not in stored.json:
            fields = {f"caption{'_' + k if k != 'text' else ''}": v for k, v in fields.items()}
        kept = {k: v for k, v in stored.json.items() if k not in {"entities", "caption_entities"}}
        stored.json, stored.raw = kept | fields | {"edit_date": int(time.time())}, text
        self.fake.world.changed(stored)
        self.acted = self.fake.world.turn
        self.fake.tell(self.place, stored, "edited_message")

    async def delete(self, message: str) -> None:
        """Delete a message of one's own; the bot is not told."""
        stored = self._own(message)
        stored.deleted = True
        self.fake.world.changed(stored)

    def written(self, text: str, *, html: bool = False, entities: Sequence[Json] = ()) -> Json:
        """Give text and entities as Telegram stores them."""
        body, found, _ = formatted(text, "html" if html else "", list(entities))
        if not body:
            raise bad("an app sends no empty message")
        for one in found:
            if one["type"] == "text_mention" and not isinstance(one["user"], dict):
                one["user"] = self.fake.world.users[int(one["user"])].json()
        return {"text": body} | ({"entities": found} if found else {})

    def _own(self, message: str) -> Stored:
        stored = self.place.alive(int(message))
        assert stored, f"there is no message {message}"
        assert stored.json.get("from", {}).get("id") == self.user.id, "it is somebody else's"
        return stored

    def _comes_back(self) -> None:
        """Who writes to a bot starts it, and unblocks it."""
        if self.place.private:
            self.user.started = True
            if self.user.blocks:
                self.fake.bot_becomes(self.place, "member", self.user)


def _quote(target: Stored, quote: str) -> Json:
    place = target.text.find(quote)
    assert place >= 0, f"{quote!r} does not stand in {target.text!r}"
    return {"text": quote, "position": utf16(target.text[:place]), "is_manual": True}


def _parts(text: str) -> Iterator[str]:
    """Cut a text that is too long for one message where a line or a word ends."""
    rest = text
    while utf16(rest) > LONGEST:
        most = len(rest.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore"))
        breaks: list[Any] = [m.end() for m in re.finditer(r"\n|\s", rest[:most])]
        cut = breaks[-1] if breaks else most
        yield rest[:cut]
        rest = rest[cut:]
    yield rest
