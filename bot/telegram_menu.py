"""The menu of commands, as Telegram shows it to each kind of person."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from handlers.access import Role
from handlers.command import Command

log = logging.getLogger(__name__)


async def set_menus(bot: Bot, commands: Sequence[Command], owners: Collection[str]) -> None:
    """Show people what they may use; a menu that Telegram refuses is no reason not to start."""
    await _set(bot, commands, Role.PERSON, BotCommandScopeDefault())
    await _set(bot, commands, Role.ADMIN, BotCommandScopeAllChatAdministrators())
    for owner in owners:
        platform, _, number = owner.partition(":")
        if platform == "telegram" and number.isdigit():
            await _set(bot, commands, Role.OWNER, BotCommandScopeChat(int(number)))


async def _set(bot: Bot, commands: Sequence[Command], role: Role, scope: BotCommandScope) -> None:
    menu = [
        BotCommand(command.name, command.about)
        for command in commands
        if command.offered and command.role <= role
    ]
    try:
        await bot.set_my_commands(menu, scope)
    except TelegramError as fault:
        log.info("no menu for %s: %s", scope.type, fault)
