"""Methods that put something new into a chat: messages, files, drafts, actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.telegram.errors import bad
from tests.fakes.telegram.methods.markup import keyboard
from tests.fakes.telegram.methods.places import answered, in_thread, thread, writable
from tests.fakes.telegram.methods.table import method
from tests.fakes.telegram.text import formatted, measured
from tests.fakes.telegram.world import Chat, Draft, Json, Stored, now

if TYPE_CHECKING:
    from tests.fakes.telegram.fake import Fake
    from tests.fakes.telegram.params import Params

MOST_TEXT, MOST_CAPTION = 4096, 1024  # UTF-16 units, after the entities are parsed
UPLOAD_LIMIT = 50 * 1024 * 1024
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def written(fake: Fake, p: Params, name: str, too_long: str) -> tuple[str, list[Json]]:
    """Give text and entities of the field `name`, with people for text_mention looked up."""
    entities = p.json("caption_entities" if name == "caption" else "entities")
    most = MOST_CAPTION if name == "caption" else MOST_TEXT
    text, found, dropped = formatted(p.text(name), p.text("parse_mode"), entities)
    for one in dropped:
        fake.complain(f"Telegram would silently drop this: {one}")
    measured(text, most, too_long)
    kept = []
    for entity in found:
        if entity["type"] == "text_mention":
            given = entity["user"]
            user = fake.world.users.get(int(given["id"] if isinstance(given, dict) else given))
            if not user:
                continue
            entity["user"] = user.json()
        kept.append(entity)
    return text, kept


def put(fake: Fake, p: Params, chat: Chat, fields: Json, raw: str) -> Stored:
    """Store a message of the bot's with what every kind of message has."""
    topic = thread(chat, p)
    target, reply = answered(fake, chat, p)
    markup = keyboard(p)
    fake.flood.spend(chat)
    fields |= in_thread(chat, topic, target) | reply
    fields |= {"reply_markup": markup} if markup else {}
    if p.flag("protect_content"):
        fields["has_protected_content"] = True
    return fake.world.put(chat, fields, raw=raw, sender=fake.world.bot, by_bot=True)


@method
async def send_message(fake: Fake, p: Params) -> Any:
    chat = writable(fake, p)
    if not p.text("text"):
        raise bad("message text is empty")
    text, entities = written(fake, p, "text", "message is too long")
    if not text:
        raise bad("text must be non-empty")
    fields: Json = {"text": text} | ({"entities": entities} if entities else {})
    preview = p.json("link_preview_options")
    if p.flag("disable_web_page_preview"):
        preview = {"is_disabled": True}
    if preview:
        fields["link_preview_options"] = preview
    return put(fake, p, chat, fields, p.text("text")).json


@method
async def send_document(fake: Fake, p: Params) -> Any:
    chat = writable(fake, p)
    given = p.text("document")
    name = given.removeprefix("attach://") if given.startswith("attach://") else "document"
    if name in p.files:
        filename, data = p.files[name]
        if not data:
            raise bad("file must be non-empty")
        if len(data) > UPLOAD_LIMIT:
            raise bad("file is too big")
        file = fake.world.keep(filename, data)
    elif given in fake.world.files:
        file = fake.world.files[given]
    else:
        raise bad("wrong file identifier/HTTP URL specified")
    text, entities = written(fake, p, "caption", "message caption is too long")
    fields: Json = {"document": file.document()}
    fields |= {"caption": text} if text else {}
    fields |= {"caption_entities": entities} if entities else {}
    return put(fake, p, chat, fields, p.text("caption")).json


@method
async def send_message_draft(fake: Fake, p: Params) -> Any:
    chat = writable(fake, p)
    if not chat.private:
        raise bad("TEXTDRAFT_PEER_INVALID")
    if not p.number("draft_id"):
        raise bad("TEXTDRAFT_ID_INVALID")
    text, entities = written(fake, p, "text", "message is too long")
    key = thread(chat, p), p.number("draft_id")
    times = chat.drafts[key].times if key in chat.drafts else []
    chat.drafts = {
        one: draft for one, draft in chat.drafts.items() if one[0] != key[0] or one == key
    }
    chat.drafts[key] = Draft(text, entities, p.text("text"), [*times, now()])
    fake.world.step()
    return True


@method
async def send_chat_action(fake: Fake, p: Params) -> Any:
    writable(fake, p)
    thread_id = p.number("message_thread_id")
    if p.text("action") not in ACTIONS:
        raise bad("wrong parameter action in request")
    fake.actions.append((p.text("chat_id"), thread_id, p.text("action"), now()))
    return True
