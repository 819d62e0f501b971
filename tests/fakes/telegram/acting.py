"""What a person does without words: pressing, reacting, blocking."""

from __future__ import annotations

import json
import time

from tests.fakes.telegram.presses import Press
from tests.fakes.telegram.speaking import Speaking
from tests.fakes.telegram.world import Json, Stored, now
from tests.human import Bubble


class Acting(Speaking):
    """Presses buttons, reacts, blocks; sees the bot's menu."""

    async def click(
        self, bubble: Bubble, label: str, *, seconds: float = 15.0, inaccessible: bool = False
    ) -> str:
        """Press a button; give the text of the answer, or the address that it opens."""
        button = self._button(bubble, label)
        for direct in ("url", "copy_text"):
            if direct in button:
                found = button[direct]
                return str(found["text"] if isinstance(found, dict) else found)
        press = self.press(bubble, label, inaccessible=inaccessible)
        done = await self.fake.world.bell.until(lambda: press.done, seconds)
        assert done, f"the button {label!r} still turns: the press was not answered"
        if press.text:
            self.place.toasts.append((now(), self.user.id, press.text))
        return press.text or press.url

    def press(self, bubble: Bubble, label: str, *, inaccessible: bool = False) -> Press:
        """Press a button and do not wait. An `inaccessible` message is too old to be shown."""
        button = self._button(bubble, label)
        stored = self._shown(bubble)
        message = stored.json
        if inaccessible:
            message = {"chat": self.place.json(), "message_id": stored.id, "date": 0}
        made = Press(str(4_400_000_000 + self.fake.world.number()), now())
        self.fake.presses[made.id] = made
        self.acted = self.fake.world.step()
        query: Json = {
            "id": made.id,
            "from": self.user.json(),
            "message": message,
            "chat_instance": str(hash(self.place.id)),
            "data": button["callback_data"],
        }
        assert self.fake.mail.post("callback_query", query), "the bot does not ask for presses"
        return made

    async def react(self, message: str | Bubble, emoji: str = "👍") -> None:
        """React to a message ("" takes it back); in groups only a bot that is admin hears of it."""
        number = int(message.id if isinstance(message, Bubble) else message)
        stored = self.place.alive(number)
        assert stored, f"there is no message {number}"
        before = stored.reactions.get(self.user.id, [])
        stored.reactions[self.user.id] = [emoji] if emoji else []
        self.fake.world.step()
        if self.place.group and self.place.bot_status != "administrator":
            return
        known: Json = {
            "chat": self.place.json(),
            "message_id": number,
            "date": int(time.time()),
            "old_reaction": [{"type": "emoji", "emoji": one} for one in before],
            "new_reaction": [{"type": "emoji", "emoji": emoji}] if emoji else [],
        }
        actor = {"actor_chat": self.as_chat.json()} if self.as_chat else {"user": self.user.json()}
        self.fake.mail.post("message_reaction", known | actor)

    def block(self) -> None:
        """Block the bot, in the private chat; writing again unblocks it."""
        assert self.place.private, "a bot is blocked in its private chat"
        self.fake.bot_becomes(self.place, "kicked", self.user)

    def menu(self) -> list[tuple[str, str]]:
        """Give the commands that the app offers this person here, by Telegram's order of scopes."""
        chat, status = self.place.id, self.place.members.get(self.user.id, "")
        high = status in {"creator", "administrator"}
        kind = "all_private_chats" if self.place.private else "all_group_chats"
        scopes: list[Json] = [{"type": "chat_member", "chat_id": chat, "user_id": self.user.id}]
        scopes += [{"type": "chat_administrators", "chat_id": chat}] if high else []
        scopes += [{"type": "chat", "chat_id": chat}]
        scopes += [{"type": "all_chat_administrators"}] if high else []
        scopes += [{"type": kind}, {"type": "default"}]
        for scope in scopes:
            for (name, language), commands in self.fake.commands.items():
                if _same(name, scope) and language == self.user.language_code:
                    return [(one["command"], one["description"]) for one in commands]
            for (name, language), commands in self.fake.commands.items():
                if _same(name, scope) and not language:
                    return [(one["command"], one["description"]) for one in commands]
        return []

    def _shown(self, bubble: Bubble) -> Stored:
        stored = self.place.alive(int(bubble.id))
        assert stored, f"message {bubble.id} is gone"
        return stored

    def _button(self, bubble: Bubble, label: str) -> Json:
        rows = self._shown(bubble).json.get("reply_markup", {}).get("inline_keyboard", [])
        buttons: list[Json] = [one for row in rows for one in row]
        found = [one for one in buttons if one["text"] == label]
        labels = [one["text"] for one in buttons]
        assert found, f"there is no button {label!r} under the message now, but {labels}"
        return found[0]


def _same(name: str, scope: Json) -> bool:
    return bool(json.loads(name) == scope)
