"""What a person sees in a chat: the bot's messages as they stand now, and drafts."""

from __future__ import annotations

from collections.abc import Sequence

from tests.fakes.telegram.privacy import words
from tests.fakes.telegram.speaking import Speaking
from tests.fakes.telegram.world import DRAFT_LIVES, Draft, Json, Stored, now
from tests.human import Bubble


class Seeing(Speaking):
    """Reads along, woken by each change."""

    def bubbles(self) -> Sequence[Bubble]:
        """Give all the bot's messages here (in this topic), the oldest first; drafts at the end."""
        shown = [self._bubble(stored) for stored in self._visible()]
        drafts = [
            self._draft(number, draft)
            for (thread, number), draft in self.place.drafts.items()
            if thread == self.thread and draft.times[-1] + DRAFT_LIVES > now()
        ]
        return [*shown, *drafts]

    async def see(self, *words: str, seconds: float = 15.0, old: bool = False) -> Bubble:
        """Wait for the newest sent bubble with all the words; give it.

        It was sent or changed since this person's last message, press or edit, unless `old`.
        """
        found = await self.fake.world.bell.until(lambda: self._find(words, old), seconds)
        assert found, self._instead(words)
        return found

    async def see_draft(self, *words: str, seconds: float = 15.0) -> Bubble:
        """Wait for a draft with all the words; give it."""
        found = await self.fake.world.bell.until(lambda: self._streaming(words), seconds)
        assert found, self._instead(words)
        return found

    def _visible(self) -> list[Stored]:
        here = [one for one in self.place.messages.values() if one.by_bot and not one.deleted]
        return [one for one in here if self._in_topic(one)]

    def _in_topic(self, stored: Stored) -> bool:
        if not self.place.is_forum:
            return True
        return int(stored.json.get("message_thread_id", 0)) == self.thread

    def _find(self, words: Sequence[str], old: bool) -> Bubble | None:
        for stored in reversed(self._visible()):
            if (old or stored.turn > self.acted) and all(word in stored.text for word in words):
                return self._bubble(stored)
        return None

    def _streaming(self, words: Sequence[str]) -> Bubble | None:
        drafts = [one for one in self.bubbles() if one.streaming]
        return next((one for one in drafts if all(word in one.text for word in words)), None)

    def _bubble(self, stored: Stored) -> Bubble:
        json = stored.json
        target = json.get("reply_to_message", {})
        return Bubble(
            id=str(stored.id),
            chat=self.chat,
            author=f"telegram:{self.fake.world.bot.id}",
            text=stored.text,
            raw=stored.raw,
            buttons=tuple(one["text"] for one in _buttons(json)),
            reply_to=None if _opens_topic(target) else str(target["message_id"]),
            links=links(json),
            pings=self._pings(json),
            edits=len(stored.times) - 1,
            times=tuple(stored.times),
        )

    def _draft(self, number: int, draft: Draft) -> Bubble:
        json: Json = {"text": draft.text, "entities": draft.entities}
        return Bubble(
            id=f"draft:{number}",
            chat=self.chat,
            author=f"telegram:{self.fake.world.bot.id}",
            text=draft.text,
            raw=draft.raw,
            links=links(json),
            pings=self._pings(json),
            edits=len(draft.times) - 1,
            times=tuple(draft.times),
            streaming=True,
        )

    def _pings(self, json: Json) -> tuple[str, ...]:
        """Give whom a message notified: ids of the known, @names of the rest."""
        pinged = []
        for (kind, text), entity in zip(words(json), _entities(json), strict=True):
            if kind == "mention":
                user = self.fake.world.named(text)
                pinged.append(f"telegram:{user.id}" if user else text)
            elif kind == "text_mention":
                pinged.append(f"telegram:{entity['user']['id']}")
        return tuple(pinged)

    def _instead(self, wanted: Sequence[str]) -> str:
        seen = [
            f"  {one.id}{' (draft)' * one.streaming}: {one.text[:300]!r} {one.buttons or ''}"
            for one in self.bubbles()[-8:]
        ]
        refused = [
            f"  {call.method} {call.status} {call.description}"
            for call in self.fake.calls[-20:]
            if call.status not in {0, 200}
        ]
        waiting = len(self.fake.mail.letters)
        fresh = sum(stored.turn > self.acted for stored in self._visible())
        return "\n".join(
            [
                f"no bubble with {list(wanted)} since the last act; {fresh} are newer than that,"
                f" {waiting} updates are unconfirmed. The last of all bubbles:",
                *(seen or ["  (none)"]),
                *(["calls that were refused of late:", *refused] if refused else []),
            ]
        )


def links(json: Json) -> tuple[str, ...]:
    """Give the addresses that a tap on the text or on a button would open."""
    found = []
    for (kind, text), entity in zip(words(json), _entities(json), strict=True):
        if kind == "text_link":
            found.append(entity["url"])
        elif kind == "url":
            found.append(text if "://" in text else f"http://{text}")
        elif kind == "email":
            found.append(f"mailto:{text}")
    return (*found, *(one["url"] for one in _buttons(json) if "url" in one))


def _entities(json: Json) -> list[Json]:
    return list(json.get("entities") or json.get("caption_entities") or [])


def _buttons(json: Json) -> list[Json]:
    rows = json.get("reply_markup", {}).get("inline_keyboard", [])
    return [one for row in rows for one in row]


def _opens_topic(target: Json) -> bool:
    return not target or "forum_topic_created" in target
