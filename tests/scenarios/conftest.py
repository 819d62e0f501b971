"""Every scenario runs on each platform; after it nothing is unhandled, logged as an error, or odd.

`@pytest.mark.settings(...)` gives settings more than those that the platform needs. A scenario that
takes `sites` finds its links there, one that takes `model` has its answers written by that.
"""

from __future__ import annotations

import inspect
import json
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.fakes.openai_server import OpenAIServer, openai_server, says
from tests.fakes.web import PUBLIC, Web, web
from tests.scenarios.stage import Stage, staged

PLATFORMS = ("telegram", "discord")
HOST = "news.example"


@pytest.fixture
async def sites() -> AsyncIterator[Web]:
    """A web of one site, news.example, with TLS; put its pages into `pages`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    _authority().issue_cert(HOST).configure_cert(context)
    async with web({}, tls=context) as served:
        yield served


@pytest.fixture
async def model() -> AsyncIterator[OpenAIServer]:
    """An endpoint; put what it says into `scripts`."""
    async with openai_server(says()) as served:
        yield served


@pytest.fixture(params=PLATFORMS)
async def stage(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    sites: Web,
    model: OpenAIServer,
) -> AsyncIterator[Stage]:
    """The bot on a platform, without a model, finding by words."""
    more = _settings(request, tmp_path, sites, model)
    async with _sound(request.param, tmp_path, caplog, more) as made:
        yield made


@pytest.fixture(params=(*PLATFORMS, "terminal"))
async def anywhere(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    sites: Web,
    model: OpenAIServer,
) -> AsyncIterator[Stage]:
    """The same, at the terminal too: for what its one person, the owner, can do there as well."""
    more = _settings(request, tmp_path, sites, model)
    async with _sound(request.param, tmp_path, caplog, more) as made:
        yield made


def _settings(
    request: pytest.FixtureRequest, folder: Path, sites: Web, model: OpenAIServer
) -> dict[str, Any]:
    marker = request.node.get_closest_marker("settings")
    more: dict[str, Any] = dict(marker.kwargs) if marker else {}
    taken = inspect.signature(request.function).parameters
    if "sites" in taken:
        _authority().cert_pem.write_to_path(folder / "sites.pem")
        (folder / "names.json").write_text(json.dumps({HOST: [PUBLIC]}))
        files = f"{folder / 'sites.pem'},{folder / 'names.json'}"
        more["fetch_loopback"] = f"{sites.ports[1]},{files}"
    if "model" in taken:
        more |= {"openai_base_url": model.base_url, "openai_model": "m"}
    return more


@asynccontextmanager
async def _sound(
    platform: str, folder: Path, caplog: pytest.LogCaptureFixture, more: dict[str, Any]
) -> AsyncIterator[Stage]:
    with caplog.at_level(logging.INFO):
        async with staged(platform, folder, **more) as made:
            yield made
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert errors == []


@cache
def _authority() -> trustme.CA:
    return trustme.CA()
