"""Answers what Telegram's chats send: reads each letter, has it answered, shows the reply."""

from __future__ import annotations

import time
from collections.abc import Container, Sequence
from dataclasses import replace

from telegram import (
    CallbackQuery,
    Chat,
    Message,
    MessageReactionUpdated,
    ReactionTypeEmoji,
    User,
)
from telegram.constants import CallbackQueryLimit, ChatType
from telegram.error import TelegramError

from bot.clerk import unnoted
from bot.screen import show
from bot.service import Service, said
from bot.telegram_files import upload_of
from bot.telegram_letters import bundle_of, edited_as, is_clipped, update_of
from bot.telegram_line import Line
from bot.telegram_read import PLATFORM, call_of, person_named, person_of, place_of
from bot.telegram_rights import Rights
from bot.telegram_sheet import TelegramSheet, Where
from handlers import phrases
from handlers.messages import Failure, Notice, Person, Place, Reply, Request
from handlers.outbox import Announcement, Outbox
from storage.records import Letter
from storage.store import Store


class TelegramClerk:
    """A `Clerk`. `me` is the bot's own account; `since` is when it began to listen."""

    def __init__(self, line: Line, me: User, service: Service, store: Store) -> None:
        self._line = line
        self._me = me
        self._service = service
        self._store = store
        self._rights = Rights(line.bot)
        self.since = time.time()
        self._moves: dict[int, int] = {}

    def moved(self, old: int, new: int) -> None:
        """Note that a group is a supergroup now: what still waits from before is meant for that."""
        self._moves[old] = new

    def listening(self) -> None:
        """Note that the bot listens (again): what was sent before was sent while it was away."""
        self.since = time.time()

    def bundle(self, letter: Letter, opened: Container[str]) -> str:
        message = update_of(letter, self._line.bot).effective_message
        return bundle_of(message, opened) if letter.message and message else ""

    async def answer(self, letters: Sequence[Letter]) -> None:
        """Answer a message, the parts of one request, or the press of a button."""
        updates = [update_of(each, self._line.bot) for each in letters]
        first = updates[0]
        if query := first.callback_query:
            await self._press(query)
        elif member := first.my_chat_member:
            await self._welcome(letters[0], member.chat, member.from_user)
        elif reaction := first.message_reaction:
            await self._reacted(reaction)
        else:
            messages = [each.effective_message for each in updates]
            await self._reply(letters[0], [each for each in messages if each])

    async def too_old(self, letter: Letter, count: int) -> None:
        message = update_of(letter, self._line.bot).effective_message
        if letter.message and message:
            sheet = self._sheet(letter, self._where(message, names=True))
            await show(said(Notice(phrases.too_old(count))), sheet)

    async def announce(self, outbox: Outbox, told: Announcement) -> None:
        """Tell something in its chat and topic, as a reply to what it goes back to."""

        async def note(messages: Sequence[str]) -> None:
            await outbox.telling(told, messages)

        topic, _, message = told.place.spot.partition("/")
        chat = int(told.place.id.removeprefix(f"{PLATFORM}:"))
        where = Where(chat, int(topic) if topic else None, int(message) if message else None)
        sheet = TelegramSheet(self._line, where, self._service.buttons, note, told.shown)
        await self._service.announce(told, sheet)

    async def _reply(self, letter: Letter, messages: Sequence[Message]) -> None:
        call = call_of(messages, self._me)
        if call is None or (call.loose and not self._service.knows(call.command)):
            return
        message = messages[0]
        place = self._place(message)
        sheet = self._sheet(letter, self._where(message, names=not place.private))
        if call.unreadable:
            await show(said(Failure(phrases.UNREADABLE)), sheet)
            return
        person = await self._weighed(person_of(message), message.chat, call.command)
        request = Request(
            command=call.command,
            text=call.text,
            person=person,
            place=place,
            uploads=tuple(upload_of(self._line.bot, each) for each in call.files),
            origin=call.origin,
            free=letter.sent < self.since,
            clipped=is_clipped(messages) and not call.files,
            message=edited_as(messages),
        )
        await self._service.reply(request, sheet, call.about)

    async def _welcome(self, letter: Letter, chat: Chat, user: User) -> None:
        """Say in a group that the bot came into what who brought it can do there."""
        place = Place(f"{PLATFORM}:{chat.id}", private=False, paged=True)
        person = await self._weighed(person_named(user), chat, "help")
        request = Request("help", "", person, place, free=True)
        await self._service.reply(request, self._sheet(letter, Where(chat.id)))

    async def _reacted(self, reaction: MessageReactionUpdated) -> None:
        """Count what somebody put under an answer."""
        chat, before = reaction.chat, set(reaction.old_reaction)
        new = [each for each in reaction.new_reaction if each not in before]
        if reaction.user is None:
            return
        person = person_named(reaction.user)
        place = Place(f"{PLATFORM}:{chat.id}", chat.type == ChatType.PRIVATE, paged=True)
        for each in new:
            if isinstance(each, ReactionTypeEmoji):
                message = str(reaction.message_id)
                await self._service.react(person, place, message, each.emoji)

    async def _press(self, query: CallbackQuery) -> None:
        """Do what a button does; a refusal is shown to the person who pressed it alone."""
        message = query.message
        if not isinstance(message, Message):
            await self._told(query, phrases.OLD_BUTTON)
            return
        place = place_of(message)
        person = person_named(query.from_user)
        if not place.private:
            admin = await self._rights.is_admin(message.chat.id, query.from_user.id)
            person = replace(person, admin=admin)
        done = await self._service.press(query.data or "", person, place)
        if done is None:
            await self._told(query, phrases.OLD_BUTTON)
            return
        button, reply = done
        if isinstance(reply, Failure):
            await self._told(query, reply.text)
            return
        if isinstance(reply, Notice) and reply.aside:
            await self._told(query, reply.text, alert=False)
            return
        await self._told(query)
        if reply is not None:
            await self._shown(message, reply, beside=button.beside)

    async def _shown(self, message: Message, reply: Reply, *, beside: bool) -> None:
        """Show what a button brought, beside its message or in its place."""
        topic = message.message_thread_id if message.is_topic_message else None
        where = Where(message.chat.id, topic, message.message_id if beside else None)
        shown = [] if beside else [str(message.message_id)]
        sheet = TelegramSheet(self._line, where, self._service.buttons, unnoted, shown)
        await show(said(reply), sheet)

    async def _told(self, query: CallbackQuery, text: str = "", *, alert: bool = True) -> None:
        """Let the button rest; Telegram refuses where that comes too late, and nobody misses it."""
        most = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
        try:
            await query.answer(text[:most] or None, show_alert=bool(text) and alert)
        except TelegramError:
            return

    async def _weighed(self, person: Person, chat: Chat, command: str) -> Person:
        """Ask Telegram whether a person is an admin, where that matters."""
        number = person.id.removeprefix(f"{PLATFORM}:")
        if chat.type == ChatType.PRIVATE or not number.isdigit():
            return person
        if not self._service.weighs(command):
            return person
        return replace(person, admin=await self._rights.is_admin(chat.id, int(number)))

    def _place(self, message: Message) -> Place:
        chat = self._moves.get(message.chat.id, message.chat.id)
        return replace(place_of(message), id=f"{PLATFORM}:{chat}")

    def _where(self, message: Message, *, names: bool) -> Where:
        if new := self._moves.get(message.chat.id):
            return Where(new)
        topic = message.message_thread_id if message.is_topic_message else None
        return Where(message.chat.id, topic, message.message_id if names else None)

    def _sheet(self, letter: Letter, where: Where) -> TelegramSheet:
        async def note(messages: Sequence[str]) -> None:
            await self._store.answering(letter, messages)

        return TelegramSheet(self._line, where, self._service.buttons, note, letter.reply)
