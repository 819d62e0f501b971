"""Messages and buttons of a chat, whatever they ask."""

from __future__ import annotations

UNREADABLE = "I read text, links and files. Send one of those, or ask me something."
OLD_BUTTON = "This button does not work any more. Ask again to get new ones."
SAVE_MESSAGE = "Save to library"
NO_DOWNLOAD = "The file could not be fetched from the chat. Send it again."


def too_old(count: int) -> str:
    if count == 1:
        return "I was away for long, and your message is too old now. Send it again if you like."
    return (
        f"I was away for long, and {count} messages here are too old now."
        " Send again what still matters."
    )


def typed(label: str, command: str, text: str) -> str:
    return f"{label}: /{command} {text}"
