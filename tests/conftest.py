"""Fixtures that several rooms share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.answering.embed import Embedder, LocalEmbedder
from storage.engines import open_store
from storage.store import Store
from tests.engines import ENGINES, engine_at


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A real store in a new file."""
    opened = await open_store(f"sqlite:///{tmp_path / 'library.db'}")
    yield opened
    await opened.close()


@pytest.fixture
async def embedder() -> AsyncIterator[Embedder]:
    """The bot's own, with its model."""
    local = LocalEmbedder()
    yield local
    await local.close()


@pytest.fixture(params=ENGINES.values(), ids=ENGINES.keys())
async def engine(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """Every storage engine in turn."""
    opened = await engine_at(request.param, tmp_path)
    yield opened
    await opened.close()
