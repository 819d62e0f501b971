"""A person on Discord: what they do in one channel, and what they see of the bot there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tests.fakes.discord import client_form, commands, message_payload, permissions
from tests.fakes.discord.bubbles import bubbles, sees
from tests.fakes.discord.command_form import ATTACHMENT, CHAT, MESSAGE
from tests.fakes.discord.component_form import LINK, PREMIUM, buttons
from tests.fakes.discord.interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    FIRST,
    MODAL,
    Interaction,
)
from tests.fakes.discord.message_payload import numbered
from tests.fakes.discord.world import Cause, Channel, Message, User
from tests.human import Bubble

if TYPE_CHECKING:
    from tests.fakes.discord.server import DiscordServer

Json = dict[str, Any]
Named = tuple[str, bytes]


class DiscordPerson:
    """Somebody in one place. `to` and messages are given by their ids."""

    def __init__(self, fake: DiscordServer, user: User, channel: Channel) -> None:
        self.fake = fake
        self.user = user
        self.channel = channel
        self.id = user.key
        self.chat = f"discord:{channel.id}"
        self._acted = 0.0

    def at(self, channel: Channel) -> DiscordPerson:
        """The same person elsewhere: another channel, a thread, the direct message."""
        if channel.guild:
            self.fake.join(channel.guild, self.user)
        return DiscordPerson(self.fake, self.user, channel)

    # Writing.

    async def say(self, text: str, *, to: str | None = None, files: Sequence[Named] = ()) -> str:
        self._act()
        reference = self._message(to) if to else None
        made = self.fake.posts.send(
            self.channel, self.user, {"content": text}, list(files), reference=reference
        )
        return str(made.id)

    async def mention(
        self, text: str, *, to: str | None = None, files: Sequence[Named] = ()
    ) -> str:
        return await self.say(f"<@{self.fake.bot.id}> {text}", to=to, files=files)

    async def edit(self, message: str, text: str) -> None:
        self._act()
        self.fake.posts.edit(self._own(message), {"content": text})

    async def delete(self, message: str) -> None:
        """Delete one's own message, or anybody's with the right to manage messages."""
        found = self._message(message)
        may = permissions.in_channel(self.channel, self.user) & permissions.MANAGE_MESSAGES
        if found.author is not self.user and not (may and self.channel.guild):
            raise PermissionError(f"{self.user.name} may not delete message {message}")
        self.fake.posts.delete(found)

    async def react(self, message: str | Bubble, emoji: str) -> None:
        self.fake.react(self._message(message), self.user, emoji)

    # Commands.

    async def command(
        self,
        name: str,
        text: str = "",
        *,
        to: str | None = None,
        files: Sequence[Named] = (),
        **options: Any,
    ) -> str:
        """Call a slash command: `text` goes into its first text option, files into attachments.

        Give further options by name, with `_` behind one that is a parameter here (`text_`).
        Raises NotOffered where the client would not send it.
        """
        if to is not None:
            raise commands.NotOffered("a slash command is no reply to a message")
        command, rest = self._find(name, CHAT)
        takes, nesting = commands.inner(command, rest)
        options = {key.removesuffix("_"): value for key, value in options.items()}
        kept = [self.fake.posts.file(self.channel, *each, hidden=True) for each in files]
        filled = commands.fill(takes, options, text, [str(each.id) for each in kept])
        data = client_form.command(command, nesting, filled)
        if sent := [each["value"] for each in filled if each["type"] == ATTACHMENT]:
            data["resolved"] = {
                "attachments": {
                    id_: message_payload.attachment(self.fake.world.files[int(id_)]) for id_ in sent
                }
            }
        return str(self._begin(COMMAND, data).id)

    async def upload(self, *files: Named, command: str = "ingest") -> str:
        return await self.command(command, files=files)

    async def autocomplete(self, name: str, option: str, typed: str) -> list[tuple[str, Any]]:
        """Type into an option; give the choices (name, value) that the client lists."""
        command, rest = self._find(name, CHAT)
        takes, nesting = commands.inner(command, rest)
        found = [each for each in takes if each["name"] == option and each.get("autocomplete")]
        if not found:
            raise commands.NotOffered(f"/{name} completes no option {option!r}")
        focused = {"type": found[0]["type"], "name": option, "value": typed, "focused": True}
        one = self._begin(AUTOCOMPLETE, client_form.command(command, nesting, [focused]))
        one.reply["type"] = found[0]["type"]
        await self._first_answer(one)
        return [(each["name"], each["value"]) for each in one.reply.get("choices", ())]

    async def context_menu(self, name: str, message: str | Bubble) -> str:
        """Choose a command from a message's menu."""
        command, _ = self._find(name, MESSAGE)
        target = self._message(message)
        shown = message_payload.message(target, self.fake.bot)
        data = client_form.command(command, [], [])
        data |= {"target_id": str(target.id), "resolved": {"messages": {str(target.id): shown}}}
        return str(self._begin(COMMAND, data).id)

    async def click(self, bubble: Bubble, label: str) -> str:
        """Press a button; give what was shown for it at once: a text, a title, an address."""
        message = self._message(bubble)
        under = buttons(numbered(message.components))
        found = [each for each in under if label in (each.get("label"), client_form.emoji(each))]
        if not found:
            raise LookupError(f"no button {label!r}, but {[each.get('label') for each in under]}")
        button = found[0]
        if button.get("disabled") or button.get("style") == PREMIUM:
            raise LookupError(f"the button {label!r} cannot be pressed")
        if button.get("style") == LINK:
            return str(button["url"])
        data = {"custom_id": button["custom_id"], "component_type": 2, "id": button["id"]}
        one = self._begin(COMPONENT, data, message)
        await self._first_answer(one)
        return self._shown(one)

    async def submit(self, **values: str) -> str:
        """Send the form that is open, `values` by their custom ids."""
        mine = (one for one in self.fake.interactions.all.values() if one.user is self.user)
        opened = next((one for one in reversed(list(mine)) if one.answer == 9), None)
        if opened is None or opened.filled:
            raise LookupError("no form is open")
        opened.filled = True
        parts = [client_form.filled(part, values) for part in opened.reply["components"]]
        data = {"custom_id": opened.reply["custom_id"], "components": numbered(parts)}
        return str(self._begin(MODAL, data, opened.message, opened.cause).id)

    # Seeing.

    def bubbles(self) -> Sequence[Bubble]:
        return bubbles(self.fake, self.channel, self.user)

    async def see(self, *words: str, seconds: float = 15.0, old: bool = False) -> Bubble:
        """Wait for the newest sent bubble with all the words; give it.

        It was sent or changed since this person last did something, unless `old`.
        """

        def look() -> Bubble | None:
            there = (each for each in reversed(self.bubbles()) if client_form.holds(each, words))
            return next((each for each in there if old or each.times[-1] >= self._acted), None)

        found = await self.fake.bell.until(look, seconds)
        if found is None:
            there = "\n".join(client_form.line(each) for each in self.bubbles()) or "nothing at all"
            calls = self.fake.said()
            raise AssertionError(
                f"{self.user.name} waited {seconds} s for {words} but saw:\n{there}\n({calls})"
            )
        return found

    # Helpers.

    def _act(self) -> None:
        self._acted = asyncio.get_running_loop().time()

    def _message(self, which: str | Bubble) -> Message:
        id_ = which if isinstance(which, str) else which.id
        found = self.channel.messages.get(int(id_))
        if found is None or not sees(found, self.user):
            raise LookupError(f"{self.user.name} sees no message {id_}")
        return found

    def _own(self, which: str) -> Message:
        found = self._message(which)
        if found.author is not self.user:
            raise PermissionError(f"message {which} is not {self.user.name}'s")
        return found

    def _find(self, name: str, kind: int) -> tuple[Json, list[str]]:
        return self.fake.commands.find(name, kind, self.user, self.channel)

    def _begin(
        self,
        kind: int,
        data: Json,
        message: Message | None = None,
        trigger: Cause | None = None,
    ) -> Interaction:
        self._act()
        begin = self.fake.interactions.begin
        return begin(kind, self.user, self.channel, data, message, trigger)

    async def _first_answer(self, one: Interaction) -> None:
        await self.fake.bell.until(lambda: one.answer or one.silence, FIRST + 1)

    def _shown(self, one: Interaction) -> str:
        if one.answer == 9:
            return str(one.reply["title"])
        if one.answer == 4 and one.original:
            own = str(one.original.id)
            return next((each.text for each in self.bubbles() if each.id == own), "")
        return one.silence
