"""Checks the keyboard under a message."""

from __future__ import annotations

from tests.fakes.telegram.errors import bad
from tests.fakes.telegram.markup import address
from tests.fakes.telegram.params import Params
from tests.fakes.telegram.world import Json

DOES = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
MOST_BUTTONS = 100
LONGEST_DATA = 64  # bytes


def keyboard(p: Params) -> Json | None:
    """Give the inline keyboard as stored, None for none; other kinds of markup are not stored."""
    markup = p.json("reply_markup")
    if not markup or "inline_keyboard" not in markup:
        return None
    rows = [[_button(one) for one in row] for row in markup["inline_keyboard"] if row]
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": rows} if rows else None


def _button(button: Json) -> Json:
    if not str(button.get("text", "")).strip():
        raise bad("can't parse inline keyboard button: Text buttons must be non-empty")
    if len(DOES & button.keys()) != 1:
        raise bad("can't parse inline keyboard button: exactly one action must be used")
    if "callback_data" in button:
        size = len(button["callback_data"].encode())
        if not 1 <= size <= LONGEST_DATA:
            raise bad("BUTTON_DATA_INVALID")
    if "url" in button:
        checked = address(button["url"])
        if not checked:
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
        button = button | {"url": checked}
    return button
