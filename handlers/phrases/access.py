"""Who may do what and where: rights, chats without a library, how often."""

from __future__ import annotations

NO_LIBRARY_HERE = (
    "This chat has no library. Ask an owner of this bot to let it use one, or ask in a group"
    " that the bot is in."
)
NOBODY_HERE = (
    "You write in the name of a chat here, so I cannot tell who you are. Post as yourself (in a"
    " group's admin rights, switch off “remain anonymous”) and try again."
)
OWNERS_ONLY = "Only an owner of this bot may do that."
ADMINS_ONLY = (
    "Only this library's admins may do that. Its owner can do it, or tell you who its admins are."
)
OWN_LIBRARY_ONLY = "Only an owner may choose a library; leave it out to use this chat's own."


def too_many(seconds: int) -> str:
    return f"That is too many in one minute. Ask again in {seconds} s."
