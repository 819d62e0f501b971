"""Buttons that outlive a restart: where each leads is stored, a platform has only its key."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from handlers.messages import Action, Person, Place, Request
from storage.records import Button
from storage.store import Store

KEY_BYTES = 12  # 16 letters; Telegram takes 64 bytes, and nobody guesses 96 bits


class Buttons:
    """Keeps actions and finds them again. A button works in the place that it was made for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def keep(self, place: str, actions: Sequence[Action]) -> list[str]:
        """Store where actions lead; give a key for each."""
        made = [
            Button(secrets.token_urlsafe(KEY_BYTES), place, each.command, each.text, each.beside)
            for each in actions
        ]
        await self._store.keep_buttons(made)
        return [each.key for each in made]

    async def find(self, key: str, place: Place) -> Button | None:
        """Give the button with a key, if it belongs to the place."""
        button = await self._store.button(key)
        return button if button and button.place == place.id else None


def pressed(button: Button, person: Person, place: Place) -> Request:
    """Give the request that a press makes; dispatch says whether this person may."""
    return Request(button.command, button.text, person, place)
