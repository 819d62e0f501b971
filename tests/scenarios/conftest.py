"""Every scenario runs on each platform; after it nothing is unhandled, or logged as an error."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.scenarios.stage import Stage, staged

PLATFORMS = ("telegram", "discord")


@pytest.fixture(params=PLATFORMS)
async def stage(
    request: pytest.FixtureRequest, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Stage]:
    """The bot on a platform, without a model, finding by words. `more` settings by indirect use."""
    marker = request.node.get_closest_marker("settings")
    with caplog.at_level(logging.INFO):
        async with staged(request.param, tmp_path, **(marker.kwargs if marker else {})) as made:
            yield made
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert errors == []
