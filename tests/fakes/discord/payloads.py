"""People, guilds and channels as Discord writes them in JSON."""

from __future__ import annotations

from typing import Any

from tests.fakes.discord import permissions
from tests.fakes.discord.world import DM, THREAD, Channel, Guild, Member, Role, User

Json = dict[str, Any]
NOTHING = (  # what a guild has none of
    "icon",
    "description",
    "home_header",
    "splash",
    "discovery_splash",
    "banner",
    "application_id",
    "afk_channel_id",
    "system_channel_id",
    "widget_channel_id",
    "vanity_url_code",
    "rules_channel_id",
    "max_presences",
    "safety_alerts_channel_id",
    "public_updates_channel_id",
    "incidents_data",
)
ZERO = (
    "system_channel_flags",
    "verification_level",
    "default_message_notifications",
    "mfa_level",
    "explicit_content_filter",
    "premium_tier",
    "premium_subscription_count",
    "nsfw_level",
)


def user(person: User) -> Json:
    body: Json = {
        "id": str(person.id),
        "username": person.name.lower().replace(" ", "_"),
        "global_name": None if person.bot else person.name,
        "avatar": None,
        "discriminator": f"{person.id % 10000:04}" if person.bot else "0",
        "public_flags": 0,
        "flags": 0,
        "primary_guild": None,
        "banner": None,
        "accent_color": None,
        "avatar_decoration_data": None,
        "collectibles": None,
    }
    if person.bot:
        body |= {"username": person.name, "bot": True}
    return body


def member(one: Member, *, with_user: bool = True) -> Json:
    body: Json = {
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "flags": 0,
        "joined_at": one.joined,
        "nick": None,
        "pending": False,
        "premium_since": None,
        "roles": [str(role.id) for role in one.roles],
        "mute": False,
        "deaf": False,
    }
    return body | ({"user": user(one.user)} if with_user else {})


def role(one: Role) -> Json:
    return {
        "id": str(one.id),
        "name": one.name,
        "permissions": str(one.permissions),
        "position": one.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": one.mentionable,
        "icon": None,
        "unicode_emoji": None,
        "flags": 0,
    }


def channel(one: Channel, viewer: User | None = None) -> Json:
    """A channel; in an interaction with what the `viewer` may do in it."""
    last = max(one.messages, default=None)
    body: Json = {"id": str(one.id), "type": one.kind, "flags": 0}
    body["last_message_id"] = str(last) if last else None
    if one.kind == DM:
        return body | {"recipients": [user(one.guest)] if one.guest else []}
    assert one.guild
    body |= {"guild_id": str(one.guild.id), "name": one.name, "rate_limit_per_user": 0}
    if viewer:
        body["permissions"] = str(permissions.in_channel(one, viewer))
    return body | (_thread(one) if one.kind == THREAD else _text(one))


def _text(one: Channel) -> Json:
    return {
        "position": 0,
        "parent_id": None,
        "topic": None,
        "nsfw": False,
        "permission_overwrites": [
            {
                "id": str(each.id),
                "type": each.kind,
                "allow": str(each.allow),
                "deny": str(each.deny),
            }
            for each in one.overwrites.values()
        ],
    }


def _thread(one: Channel) -> Json:
    assert one.parent
    assert one.owner
    return {
        "parent_id": str(one.parent.id),
        "owner_id": str(one.owner.id),
        "message_count": len(one.messages),
        "total_message_sent": len(one.messages),
        "member_count": 1,
        "thread_metadata": {
            "archived": False,
            "archive_timestamp": one.created,
            "auto_archive_duration": 1440,
            "locked": False,
            "create_timestamp": one.created,
        },
    }


def guild(one: Guild) -> Json:
    """A guild as its own route gives it."""
    return {
        "id": str(one.id),
        "name": one.name,
        "owner_id": str(one.owner.id),
        "region": "deprecated",
        "afk_timeout": 300,
        "preferred_locale": "en-US",
        "max_members": 500000,
        "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25,
        "roles": [role(each) for each in (one.everyone, *one.roles)],
        **dict.fromkeys(NOTHING),
        **dict.fromkeys(ZERO, 0),
        **dict.fromkeys(("features", "emojis", "stickers"), ()),
        **dict.fromkeys(("widget_enabled", "premium_progress_bar_enabled", "nsfw"), False),
    }


def guild_create(one: Guild, bot: User, *, members: bool, joined: bool) -> Json:
    """A guild as the gateway tells it. Without the members intent it lists the bot alone.

    One that the bot just `joined` lacks the mark of those that it is told when it connects.
    """
    shown = [each for each in one.members.values() if members or each.user is bot]
    threads = [each for each in one.channels.values() if each.kind == THREAD]
    return guild(one) | {
        "joined_at": one.members[bot.id].joined,
        "large": False,
        **({} if joined else {"unavailable": False}),
        "member_count": len(one.members),
        "members": [member(each) for each in shown],
        "channels": [channel(each) for each in one.channels.values() if each.kind != THREAD],
        "threads": [channel(each) for each in threads],
        **dict.fromkeys(("voice_states", "presences", "stage_instances"), ()),
        **dict.fromkeys(("guild_scheduled_events", "soundboard_sounds"), ()),
    }


def application(bot: User, owner: User, flags: int) -> Json:
    """The bot's application, as its owner sees it."""
    nobody = ("interactions_endpoint_url", "role_connections_verification_url", "team", "icon")
    return {
        "id": str(bot.id),
        "name": bot.name,
        "description": "",
        "type": None,
        "flags": flags,
        "flags_new": str(flags),
        "verify_key": "0" * 64,
        "redirect_uris": [],
        "owner": user(owner),
        "bot": user(bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "event_webhooks_status": 1,
        **dict.fromkeys(nobody),
    }
