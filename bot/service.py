"""What both platforms do with a request: the reply shown, its conversation kept, buttons obeyed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Protocol

from bot.screen import Sheet, show
from handlers.access import Role
from handlers.buttons import Buttons, pressed
from handlers.closing import closing
from handlers.conversations import Conversations
from handlers.dispatch import Dispatcher
from handlers.feedback import vote_by
from handlers.messages import Answer, Failure, Listing, Person, Place, Reply, Request
from handlers.outbox import Announcement
from storage.records import Button

MOST_TITLES = 25  # as many as Discord shows
GRACE = 0.8  # seconds in which a reply is awaited before "Reading…" or a first half is shown


class Written(Sheet, Protocol):
    """A sheet that knows the ids of its messages."""

    def ids(self) -> Sequence[str]:
        """Give the ids of its messages so far, in order."""
        ...


class Service:
    """The bot as an adapter uses it."""

    def __init__(
        self, dispatcher: Dispatcher, buttons: Buttons, conversations: Conversations
    ) -> None:
        self.buttons = buttons
        self._dispatcher = dispatcher
        self._conversations = conversations

    def knows(self, command: str) -> bool:
        """Whether there is a command of that name."""
        return self._dispatcher.get(command) is not None

    def weighs(self, command: str) -> bool:
        """Whether it matters for a command if the person is an admin of the place."""
        row = self._dispatcher.get(command)
        return row is not None and (row.role >= Role.ADMIN or row.weighs)

    async def reply(
        self, request: Request, sheet: Written, about: str | None = None, *, grace: float = GRACE
    ) -> None:
        """Show the reply to a request; `about` is the message of ours that a question goes on from.

        Raises what the sheet raises.
        """
        place, person = request.place.id, request.person.id
        if request.command == "ask":
            before = await self._conversations.before(place, person, about)
            request = replace(
                request,
                after=before.conversation,
                onto=before.question,
                about=before.articles,
            )
        last = await show(self._told_once(request), sheet, grace)
        await self._conversations.note(place, person, last, sheet.ids())

    async def announce(self, told: Announcement, sheet: Written) -> None:
        """Show what nobody is waiting for just now; the conversation can go on from it."""
        await show(said(told.reply), sheet)
        if isinstance(told.reply, Answer):
            await self._conversations.note(told.place.id, told.person, told.reply, sheet.ids())

    async def press(
        self, key: str, person: Person, place: Place
    ) -> tuple[Button, Reply | None] | None:
        """Do what a button does; give it and the last picture, nothing where there is none."""
        button = await self.buttons.find(key, place)
        if button is None:
            return None
        replies = self._dispatcher.reply(pressed(button, person, place))
        pictures = [picture async for picture in replies]
        return button, pictures[-1] if pictures else None

    async def react(self, person: Person, place: Place, message: str, reaction: str) -> None:
        """Count a reaction to one of our answers as a vote, without a word."""
        turn = await self._conversations.at(place.id, message)
        text = vote_by(reaction, turn.question) if turn else ""
        if text:
            request = Request("vote", text, person, place, free=True)
            async with closing(self._dispatcher.reply(request)) as replies:
                async for _ in replies:
                    pass

    async def titles(self, person: Person, place: Place, typed: str) -> list[tuple[int, str]]:
        """Give articles of the place's library whose title or number fits what is typed so far."""
        whole = replace(place, paged=False)
        request = Request("articles", "", person, whole, free=True)
        found = [picture async for picture in self._dispatcher.reply(request)]
        articles = found[-1].articles if found and isinstance(found[-1], Listing) else ()
        wanted = typed.strip().lstrip("#").casefold()
        return [
            (each.id, each.title)
            for each in articles
            if wanted in each.title.casefold() or str(each.id).startswith(wanted)
        ][:MOST_TITLES]

    async def _told_once(self, request: Request) -> AsyncIterator[Reply]:
        """Pass the pictures on, but not that somebody asks too often, if they know."""
        async with closing(self._dispatcher.reply(request)) as replies:
            async for picture in replies:
                if not (isinstance(picture, Failure) and picture.again):
                    yield picture


async def said(reply: Reply) -> AsyncIterator[Reply]:
    """Give a reply that needs no handler."""
    yield reply
