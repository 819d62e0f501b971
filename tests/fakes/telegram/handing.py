"""What a person hands over: files, pictures, voices, and what others wrote."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

from tests.fakes.telegram.speaking import Speaking
from tests.fakes.telegram.world import Json, User


class Handing(Speaking):
    """Uploads and forwards."""

    async def upload(
        self,
        *files: tuple[str, bytes],
        command: str = "ingest",
        caption: str | None = None,
        to: str | None = None,
        date: int | None = None,
    ) -> str:
        """Hand files over, several as one album with the caption on the first; give its id.

        The caption is the command unless another one is given ("" for none).
        """
        said = f"/{command}" if caption is None and command else caption or ""
        return await self._album(files, self._caption(said), {}, to=to, date=date)

    async def photo(
        self, data: bytes = b"\xff\xd8", caption: str = "", *, to: str | None = None
    ) -> str:
        """Send a picture, which comes in sizes and has no name."""
        sizes = [
            self.fake.world.keep("photo.jpg", data, "photos").json() | {"width": w, "height": h}
            for w, h in ((90, 60), (1280, 853))
        ]
        return await self.send({"photo": sizes} | self._caption(caption), raw=caption, to=to)

    async def voice(self, seconds: int = 3, *, to: str | None = None) -> str:
        """Send a spoken message, which has no text."""
        file = self.fake.world.keep("voice.oga", b"OggS", "voice").json()
        return await self.send(
            {"voice": file | {"duration": seconds, "mime_type": "audio/ogg"}}, to=to
        )

    async def sticker(self, *, to: str | None = None) -> str:
        file = self.fake.world.keep("sticker.webp", b"RIFF", "stickers").json()
        kind = {"type": "regular", "width": 512, "height": 512, "emoji": "🙂"}
        return await self.send(
            {"sticker": file | kind | {"is_animated": False, "is_video": False}}, to=to
        )

    async def forward(
        self,
        text: str = "",
        *,
        channel: str = "",
        user: str | User = "",
        hidden: str = "",
        chat: str = "",
        link: str = "",
        date: int | None = None,
        files: Sequence[tuple[str, bytes]] = (),
        html: bool = False,
        to: str | None = None,
    ) -> str:
        """Pass on what a channel, person, hidden person or group wrote; give the id.

        `link` is the address of the channel's post (https://t.me/name/42), `date` its Unix time.
        """
        origin = self._origin(channel, user, hidden, chat, link)
        origin["date"] = date or int(time.time()) - 3600
        passed: Json = {"forward_origin": origin}
        if files:
            return await self._album(files, self._caption(text, html=html), passed, to=to)
        return await self.send(self.written(text, html=html) | passed, raw=text, to=to)

    async def _album(
        self,
        files: Sequence[tuple[str, bytes]],
        caption: Json,
        extra: Json,
        *,
        to: str | None = None,
        date: int | None = None,
    ) -> str:
        world = self.fake.world
        album = {"media_group_id": f"1375{world.number():013d}"} if len(files) > 1 else {}
        ids = []
        for place, (name, data) in enumerate(files):
            fields = {"document": world.keep(name, data).document()} | album | extra
            fields |= caption if place == 0 else {}
            ids.append(await self.send(fields, to=to, date=date))
        return ids[0]

    def _caption(self, text: str, *, html: bool = False) -> Json:
        if not text:
            return {}
        known = self.written(text, html=html)
        named = {"caption": known["text"]}
        return named | ({"caption_entities": known["entities"]} if "entities" in known else {})

    def _origin(self, channel: str, user: str | User, hidden: str, chat: str, link: str) -> Json:
        if channel:
            known: Json = {"id": -1_001_000_000_077, "type": "channel", "title": channel}
            post = re.fullmatch(r"https?://t\.me/(\w+)/(\d+)", link)
            assert post or not link, f"{link} is no address of a post"
            known |= {"username": post[1]} if post else {}
            return {"type": "channel", "chat": known, "message_id": int(post[2]) if post else 11}
        if user:
            who = self.fake.world.user(user) if isinstance(user, str) else user
            return {"type": "user", "sender_user": who.json()}
        if chat:
            known = {"id": -1_001_000_000_088, "type": "supergroup", "title": chat}
            return {"type": "chat", "sender_chat": known}
        assert hidden, "say who wrote it: channel, user, hidden or chat"
        return {"type": "hidden_user", "sender_user_name": hidden}
