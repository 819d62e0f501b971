"""Hands updates to the bot's own address until it says that it has them."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from tests.fakes.telegram.errors import bad
from tests.fakes.telegram.mail import Letter, Mail
from tests.fakes.telegram.world import Json, World

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass
class Delivery:
    """One attempt: which update, and the status that came back (0 when none did)."""

    update: int
    status: int
    at: float


class Webhook:
    """One attempt at a time, in order; a failed one is repeated after a pause that grows.

    `proxy` is where a reverse proxy before the bot takes calls to, the way being the address's.
    """

    def __init__(self, world: World, mail: Mail) -> None:
        self._world, self._mail = world, mail
        self.url = self.secret = self.proxy = ""
        self.pause, self.longest_pause, self.patience = 0.05, 1.0, 10.0  # seconds
        self.attempts: list[Delivery] = []
        self.said: list[bytes] = []
        self._error: tuple[int, str] | None = None
        self._most = 40
        self._task: asyncio.Task[None] | None = None

    def set(self, url: str, secret: str, most: int) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not _loopback(parts.hostname or ""):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise bad("secret token contains unallowed characters")
        self.url, self.secret, self._most, self._error = url, secret, most or 40, None
        self.resume()

    def clear(self) -> None:
        self.url = self.secret = ""
        self.stop()

    def resume(self) -> None:
        self.stop()
        if self.url:
            self._task = asyncio.create_task(self._run())

    def stop(self) -> None:
        if self._task:
            self._task.cancel()
            self._task = None

    def info(self) -> Json:
        known: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._mail.letters),
        }
        if self.url:
            known |= {"max_connections": self._most, "ip_address": "127.0.0.1"}
        if self._error:
            known |= {"last_error_date": self._error[0], "last_error_message": self._error[1]}
        if self._mail.wanted:
            known["allowed_updates"] = self._mail.wanted
        return known

    async def _run(self) -> None:
        timeout = aiohttp.ClientTimeout(total=self.patience)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                while not self._mail.letters:
                    await self._world.bell.wait()
                pause, letter = self.pause, self._mail.letters[0]
                while not await self._give(session, letter):
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, self.longest_pause)
                self._mail.letters = [one for one in self._mail.letters if one is not letter]
                self._world.bell.ring()

    async def _give(self, session: aiohttp.ClientSession, letter: Letter) -> bool:
        status, reason = 0, ""
        headers = {HEADER: self.secret} if self.secret else {}
        try:
            target = f"{self.proxy}{urlsplit(self.url).path}" if self.proxy else self.url
            async with session.post(target, json=letter.json, headers=headers) as answer:
                status = answer.status
                reason = f"Wrong response from the webhook: {status} {answer.reason}"
                if body := await answer.read():
                    self.said.append(body)
        except TimeoutError:
            reason = "Read timeout expired"
        except aiohttp.ClientError as fault:
            reason = f"Connection failed: {type(fault).__name__}"
        self.attempts.append(Delivery(letter.id, status, asyncio.get_running_loop().time()))
        done = 200 <= status < 300
        if not done:
            self._error = (int(time.time()), reason)
        self._world.bell.ring()
        return done


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
