"""What the bot may ask about a chat and the people in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.telegram.errors import bad
from tests.fakes.telegram.methods.places import find, present
from tests.fakes.telegram.methods.table import method
from tests.fakes.telegram.world import RIGHTS, Chat, Json, User

if TYPE_CHECKING:
    from tests.fakes.telegram.fake import Fake
    from tests.fakes.telegram.params import Params

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_react_to_messages",
    "can_edit_tag",
)


def member(user: User, status: str) -> Json:
    """Give a ChatMember of any status."""
    known: Json = {"status": status, "user": user.json()}
    if status == "creator":
        known["is_anonymous"] = False
    elif status == "administrator":
        known |= dict.fromkeys(RIGHTS, True)
        known |= {"can_be_edited": False, "is_anonymous": False, "can_manage_topics": True}
    elif status == "restricted":
        known |= dict.fromkeys(PERMISSIONS, False) | {"is_member": True, "until_date": 0}
    elif status == "kicked":
        known["until_date"] = 0
    return known


def status_of(fake: Fake, chat: Chat, user: User) -> str:
    if user is fake.world.bot:
        return chat.bot_status
    if chat.private:
        return "member"
    return chat.members.get(user.id, "left")


@method
async def get_chat(fake: Fake, p: Params) -> Any:
    chat = find(fake, p.text("chat_id"))
    known = chat.json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            True,
        ),
    }
    if chat.group:
        known["permissions"] = dict.fromkeys(PERMISSIONS, True)
    if chat.linked:
        known["linked_chat_id"] = chat.linked
    return known


@method
async def get_chat_member(fake: Fake, p: Params) -> Any:
    chat = present(fake, p)
    user = fake.world.users.get(p.number("user_id"))
    if not user:
        raise bad("PARTICIPANT_ID_INVALID")
    return member(user, status_of(fake, chat, user))


@method
async def get_chat_administrators(fake: Fake, p: Params) -> Any:
    chat = present(fake, p)
    if chat.private:
        raise bad("there are no administrators in the private chat")
    own = [fake.world.bot] if chat.bot_status == "administrator" else []
    people = [fake.world.users[one] for one in chat.members]
    high = [
        user for user in people + own if status_of(fake, chat, user) in {"creator", "administrator"}
    ]
    return [member(user, status_of(fake, chat, user)) for user in high]


@method
async def get_chat_member_count(fake: Fake, p: Params) -> Any:
    chat = present(fake, p)
    inside = [one for one in chat.members.values() if one not in {"left", "kicked"}]
    return 2 if chat.private else len(inside) + 1


@method
async def leave_chat(fake: Fake, p: Params) -> Any:
    chat = present(fake, p)
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    fake.bot_becomes(chat, "left", fake.world.bot)
    return True
