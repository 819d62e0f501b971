"""Every scenario runs on each platform; after it nothing is unhandled, logged as an error, or odd.

`@pytest.mark.settings(...)` gives settings more than those that the platform needs. A scenario that
takes `sites` finds its links there, one that takes `model` has its answers written by that. A
second of Telegram's limits is a twentieth here, but for those marked `published`.
"""

from __future__ import annotations

import inspect
import json
import logging
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import trustme

from bot import telegram_adapter
from bot.app import App
from bot.platforms import adapters
from bot.supervise import Serve
from bot.telegram_line import Limits
from tests.fakes.openai_server import OpenAIServer, openai_server, says
from tests.fakes.web import PUBLIC, Web, web
from tests.scenarios.stage import Stage, staged

PLATFORMS = ("telegram", "discord")
HOST = "news.example"
QUICK = Limits(private=((1, 0.05),), group=((1, 0.05), (20, 3.0)), private_gap=0.06, group_gap=0.18)


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


@pytest.fixture
def told(
    request: pytest.FixtureRequest, tmp_path: Path, sites: Web, model: OpenAIServer
) -> dict[str, Any]:
    """Settings besides where the platform is: those of the mark, the sites, the model."""
    marker = request.node.get_closest_marker("settings")
    more: dict[str, Any] = dict(marker.kwargs) if marker else {}
    taken = inspect.signature(request.function).parameters
    if "sites" in taken:
        _authority().cert_pem.write_to_path(tmp_path / "sites.pem")
        (tmp_path / "names.json").write_text(json.dumps({HOST: [PUBLIC]}))
        files = f"{tmp_path / 'sites.pem'},{tmp_path / 'names.json'}"
        more["fetch_loopback"] = f"{sites.ports[1]},{files}"
    if "model" in taken:
        more |= {"openai_base_url": model.base_url, "openai_model": "m"}
    return more


@pytest.fixture(params=PLATFORMS)
async def stage(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    told: dict[str, Any],
) -> AsyncIterator[Stage]:
    """The bot on a platform, without a model, finding by words."""
    async with _sound(request, tmp_path, caplog, told) as made:
        yield made


@pytest.fixture(params=(*PLATFORMS, "terminal"))
async def anywhere(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    told: dict[str, Any],
) -> AsyncIterator[Stage]:
    """The same, at the terminal too: for what its one person, the owner, can do there as well."""
    async with _sound(request, tmp_path, caplog, told) as made:
        yield made


@asynccontextmanager
async def _sound(
    request: pytest.FixtureRequest,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
    more: dict[str, Any],
) -> AsyncIterator[Stage]:
    serving = adapters if request.node.get_closest_marker("published") else _quickly
    with caplog.at_level(logging.INFO):
        async with staged(request.param, folder, serving=serving, **more) as made:
            yield made
    errors = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert errors == []


def _quickly(app: App) -> Mapping[str, Serve]:
    if app.settings.telegram_bot_token:
        return {"Telegram": partial(telegram_adapter.serve, app, limits=QUICK)}
    return adapters(app)


@cache
def _authority() -> trustme.CA:
    return trustme.CA()
