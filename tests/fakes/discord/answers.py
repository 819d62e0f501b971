"""The bot's answers to interactions: callbacks, the original message, and followups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord.command_form import check_choices
from tests.fakes.discord.errors import ApiError, Form, unknown
from tests.fakes.discord.interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL,
    Interaction,
)
from tests.fakes.discord.message_form import check_message
from tests.fakes.discord.posting import Files
from tests.fakes.discord.world import (
    COMMAND as COMMAND_MESSAGE,
)
from tests.fakes.discord.world import (
    COMPONENTS_V2,
    CONTEXT_MENU,
    EPHEMERAL,
    LOADING,
    REPLY,
    Message,
    User,
)

if TYPE_CHECKING:
    from tests.fakes.discord.town import Town

Json = dict[str, Any]
REPLIED, DEFERRED, DEFERRED_UPDATE, UPDATED, CHOICES, OPENED = 4, 5, 6, 7, 8, 9
ALLOWED = {
    COMMAND: (REPLIED, DEFERRED, OPENED),
    COMPONENT: (REPLIED, DEFERRED, DEFERRED_UPDATE, UPDATED, OPENED),
    AUTOCOMPLETE: (CHOICES,),
    MODAL: (REPLIED, DEFERRED, DEFERRED_UPDATE, UPDATED),
}


def respond(fake: Town, one: Interaction, kind: int, data: Json, files: Files) -> None:
    """Take the first answer; raises what Discord would."""
    form = Form()
    form.choice(("type",), kind, ALLOWED[one.kind])
    if kind in (DEFERRED_UPDATE, UPDATED) and not one.message:
        form.wrong(("type",), "INTERACTION_NO_MESSAGE", "There is no message to update.")
    form.check()
    if kind == REPLIED:
        check_message(data, files=len(files), hidden=True)
        one.original = _post(fake, one, data, files)
    elif kind == DEFERRED:
        one.original = _post(fake, one, data | {"content": ""}, [], flags=LOADING)
    elif kind == UPDATED and one.message:
        check_message(data, files=len(files), edit=True)
        fake.posts.edit(one.message, data, files)
    elif kind == CHOICES:
        check_choices(form, ("data", "choices"), data.get("choices") or [], one.reply["type"])
        form.check()
        one.reply["choices"] = data.get("choices") or []
    elif kind == OPENED:
        _check_modal(form, data)
        one.reply = data
    one.original = one.message if kind in (DEFERRED_UPDATE, UPDATED) else one.original
    one.answer = kind
    fake.bell.ring()


def _post(
    fake: Town,
    one: Interaction,
    data: Json,
    files: Files,
    *,
    flags: int = 0,
    follows: bool = False,
) -> Message:
    only: User | None = one.user if (data.get("flags") or 0) & EPHEMERAL else None
    kind = COMMAND_MESSAGE if one.cause.command_kind == 1 else CONTEXT_MENU
    if follows or one.kind != COMMAND:
        kind = REPLY
    body = data | {"flags": (data.get("flags") or 0) | flags}
    about = one.original if follows else one.message or one.cause.target
    return fake.posts.send(
        one.channel, fake.bot, body, files, kind=kind, cause=one.cause, only=only, reference=about
    )


def _check_modal(form: Form, data: Json) -> None:
    form.length(("data", "title"), data.get("title"), 1, 45, need=True)
    form.length(("data", "custom_id"), data.get("custom_id"), 1, 100, need=True)
    if not 1 <= len(data.get("components") or ()) <= 5:
        words = "Must be between 1 and 5 in length."
        form.wrong(("data", "components"), "BASE_TYPE_BAD_LENGTH", words)
    form.check()


def follow_up(fake: Town, one: Interaction, data: Json, files: Files) -> Message:
    """A further message; the first one after "thinking…" takes its place."""
    check_message(data, files=len(files), hidden=True)
    thinking = one.original
    if thinking and thinking.flags & LOADING and not thinking.gone:
        _settle(fake, thinking, data, files)
        return thinking
    if one.answer in (CHOICES, OPENED):
        raise unknown("Webhook")
    made = _post(fake, one, data, files, follows=True)
    one.followups.append(made)
    return made


def find(one: Interaction, id_: str) -> Message:
    """The message that is meant, `@original` or an id. Raises 10008."""
    own = [one.original, *one.followups]
    for message in own[:1] if id_ == "@original" else own:
        if message and not message.gone and id_ in ("@original", str(message.id)):
            return message
    raise unknown("Message")


def change(fake: Town, message: Message, data: Json, files: Files) -> Message:
    """Edit an answer."""
    flags = (data.get("flags") or 0) | message.flags & COMPONENTS_V2
    check_message(data | {"flags": flags}, files=len(files), edit=True)
    would_be = {**_kept(message), **data}
    if not (would_be.get("content") or would_be["embeds"] or would_be["components"] or files):
        raise ApiError(400, 50006, "Cannot send an empty message")
    if message.flags & LOADING:
        _settle(fake, message, data, files)
    else:
        fake.posts.edit(message, data, files)
    return message


def _kept(message: Message) -> Json:
    shown = message.content or message.files
    return {
        "content": shown,
        "embeds": message.embeds,
        "components": message.components,
    }


def _settle(fake: Town, message: Message, data: Json, files: Files) -> None:
    """Put an answer in the place of "thinking…": an edit, so that it notifies nobody."""
    message.flags &= ~LOADING
    fake.posts.edit(message, data, files)
