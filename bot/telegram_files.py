"""Files that lie with Telegram, brought when a handler asks for them."""

from __future__ import annotations

import asyncio

from telegram import Bot, Document
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.messages import Upload

SECONDS = 60.0  # for a file's bytes to come
LARGEST = int(FileSizeLimit.FILESIZE_DOWNLOAD)


def upload_of(bot: Bot, document: Document) -> Upload:
    """Give an upload whose bytes come when it is read."""

    async def load() -> bytes:
        if (document.file_size or 0) > LARGEST:
            raise Refused(Code.TOO_LARGE, phrases.too_large(LARGEST))
        try:
            async with asyncio.timeout(SECONDS):
                file = await bot.get_file(document)
                return bytes(await file.download_as_bytearray())
        except (TelegramError, TimeoutError) as fault:
            raise Refused(Code.UNREACHABLE, phrases.NO_DOWNLOAD) from fault

    return Upload(document.file_name or "file", load=load)
