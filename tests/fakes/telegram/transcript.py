"""Everything shown in a chat, in order, in pieces from which a picture can be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

from tests.fakes.telegram.fake import Fake
from tests.fakes.telegram.world import Chat, Json, Stored


@dataclass(frozen=True, slots=True)
class Segment:
    """Text of one look: `kinds` are the entities over it, `link` what a tap opens. Not escaped."""

    text: str
    kinds: frozenset[str] = frozenset()
    link: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a message answers, cut to one line by whoever draws it."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One message; `who` is "bot", "person" or "service"; `time` is UTC."""

    id: str
    who: str
    author: str
    segments: tuple[Segment, ...]
    time: datetime
    buttons: tuple[tuple[Button, ...], ...] = ()
    reply: Quote | None = None
    files: tuple[tuple[str, int], ...] = ()
    forwarded: str = ""
    topic: str = ""
    edited: bool = False
    streaming: bool = False
    deleted: bool = False
    reactions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation: its title, whether two people have it, and its lines."""

    title: str
    private: bool
    lines: tuple[Line, ...] = field(default=())


def transcript(fake: Fake, chat: Chat, *, deleted: bool = False) -> Transcript:
    """Give what stands in a chat now; with `deleted`, also what was taken away."""
    shown = [one for one in chat.messages.values() if deleted or not one.deleted]
    lines = [_line(fake, chat, one) for one in sorted(shown, key=lambda one: one.id)]
    title = fake.world.bot.name if chat.private else chat.title
    return Transcript(title, chat.private, (*lines, *_drafts(fake, chat)))


def segments(text: str, entities: list[Json]) -> tuple[Segment, ...]:
    """Cut a text where an entity begins or ends."""
    wide = text.encode("utf-16-le")
    edges = {0, len(wide) // 2}
    for one in entities:
        edges |= {one["offset"], one["offset"] + one["length"]}
    places = sorted(edges)
    return tuple(
        _segment(wide[2 * start : 2 * end].decode("utf-16-le"), start, end, entities)
        for start, end in pairwise(places)
    )


def _segment(text: str, start: int, end: int, entities: list[Json]) -> Segment:
    over = [e for e in entities if e["offset"] <= start and end <= e["offset"] + e["length"]]
    link = ""
    for one in over:
        if one["type"] == "text_link":
            link = one["url"]
        elif one["type"] == "url":
            link = text if "://" in text else f"http://{text}"
        elif one["type"] == "email":
            link = f"mailto:{text}"
    return Segment(text, frozenset(one["type"] for one in over), link)


def _line(fake: Fake, chat: Chat, stored: Stored) -> Line:
    json = stored.json
    service = "" if "text" in json else _service(json)
    body = (Segment(service),) if service else segments(stored.text, stored.entities)
    rows = json.get("reply_markup", {}).get("inline_keyboard", [])
    person = "service" if service else "person"
    return Line(
        id=str(stored.id),
        who="bot" if stored.by_bot else person,
        author=_author(json),
        segments=body,
        time=datetime.fromtimestamp(json["date"], UTC),
        buttons=tuple(tuple(Button(b["text"], b.get("url", "")) for b in row) for row in rows),
        reply=_reply(json),
        files=tuple(_files(json)),
        forwarded=_forwarded(json.get("forward_origin", {})),
        topic=chat.topics.get(json.get("message_thread_id", 0), ""),
        edited="edit_date" in json,
        deleted=stored.deleted,
        reactions=tuple(emoji for ones in stored.reactions.values() for emoji in ones),
    )


def _drafts(fake: Fake, chat: Chat) -> Iterator[Line]:
    for (thread, number), draft in chat.drafts.items():
        yield Line(
            id=f"draft:{number}",
            who="bot",
            author=fake.world.bot.name,
            segments=segments(draft.text, draft.entities),
            time=datetime.now(UTC),
            topic=chat.topics.get(thread, ""),
            streaming=True,
        )


def _author(json: Json) -> str:
    if "sender_chat" in json:
        return str(json["sender_chat"]["title"])
    sender = json.get("from", {})
    return f"{sender.get('first_name', '')} {sender.get('last_name', '')}".strip()


def _reply(json: Json) -> Quote | None:
    target = json.get("reply_to_message")
    if not target or "forum_topic_created" in target:
        return None
    names = ", ".join(name for name, _ in _files(target))
    text = json.get("quote", {}).get("text") or target.get("text") or target.get("caption")
    return Quote(_author(target), text or names or "Message")


def _files(json: Json) -> Iterator[tuple[str, int]]:
    if "document" in json:
        yield json["document"]["file_name"], json["document"]["file_size"]
    if "photo" in json:
        yield "Photo", json["photo"][-1]["file_size"]
    if "voice" in json:
        yield f"Voice message, {json['voice']['duration']} s", json["voice"]["file_size"]
    if "sticker" in json:
        yield f"Sticker {json['sticker'].get('emoji', '')}", json["sticker"]["file_size"]


def _forwarded(origin: Json) -> str:
    if not origin:
        return ""
    for name in ("chat", "sender_chat"):
        if name in origin:
            return str(origin[name]["title"])
    if "sender_user" in origin:
        return _author({"from": origin["sender_user"]})
    return str(origin["sender_user_name"])


def _service(json: Json) -> str:
    """Give the sentence that an app shows for a service message, or nothing for another one."""
    who = _author(json)
    if "new_chat_members" in json:
        return f"{who} added {', '.join(one['first_name'] for one in json['new_chat_members'])}"
    if "forum_topic_created" in json:
        return f"{who} created the topic “{json['forum_topic_created']['name']}”"
    if "migrate_to_chat_id" in json or "migrate_from_chat_id" in json:
        return "The group was upgraded to a supergroup"
    return ""
