"""An embedder for benches that keeps its vectors, so that each set is embedded once."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handlers.answering.e5.states import Tokens
from handlers.answering.embed import BackgroundEmbedder, LocalEmbedder

Vector = NDArray[np.float32]


def where() -> Path:
    """Give the folder for what benches keep: `BENCH_CACHE`, or one in the user's cache."""
    folder = Path(os.environ.get("BENCH_CACHE") or Path.home() / ".cache" / "footnote-bench")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Remembered:
    """The local embedder, with its vectors in a file of their own."""

    def __init__(self) -> None:
        self._local = LocalEmbedder()
        self._background = BackgroundEmbedder(self._local)
        self.name = self._local.name
        self._db = sqlite3.connect(where() / "vectors.db", isolation_level=None)
        self._db.execute("create table if not exists v (k blob primary key, v blob) without rowid")

    async def passages(self, texts: Sequence[str]) -> Vector:
        """Give a row for each text."""
        held = [self._known("p", text) for text in texts]
        missing = [at for at, row in enumerate(held) if row is None]
        if missing:
            made = await self._background.passages([texts[at] for at in missing])
            for at, row in zip(missing, made, strict=True):
                held[at] = self._keep("p", texts[at], row)
        return np.stack([row for row in held if row is not None])

    async def question(self, text: str) -> Vector:
        """Give a question's vector."""
        known = self._known("q", text)
        return (
            known if known is not None else self._keep("q", text, await self._local.question(text))
        )

    async def tokens(self, task: str, parts: Sequence[str]) -> Tokens | None:
        """Give the tokens of a text; they are not kept."""
        return await self._local.tokens(task, parts)

    async def close(self) -> None:
        await self._background.close()
        await self._local.close()
        self._db.close()

    def _key(self, kind: str, text: str) -> bytes:
        whole = f"{self.name}\n{kind}\n{text}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(whole, digest_size=16).digest()

    def _known(self, kind: str, text: str) -> Vector | None:
        found = self._db.execute("select v from v where k = ?", [self._key(kind, text)]).fetchone()
        return np.frombuffer(found[0], np.float16).astype(np.float32) if found else None

    def _keep(self, kind: str, text: str, row: Vector) -> Vector:
        blob = row.astype(np.float16).tobytes()
        self._db.execute("insert or replace into v values (?, ?)", [self._key(kind, text), blob])
        return row
