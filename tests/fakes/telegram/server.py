"""The fake Bot API on a loopback socket: reads a call, plays faults, answers, remembers it."""

from __future__ import annotations

import asyncio
import copy
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.fakes.telegram.errors import ApiError
from tests.fakes.telegram.fake import TOKEN, Call
from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.methods import METHODS
from tests.fakes.telegram.params import Params, read
from tests.fakes.telegram.rooms import Rooms
from tests.fakes.telegram.world import now

BIGGEST_BODY = 60 * 1024 * 1024


class Fake(Rooms):
    """The fake with its socket. It may go down and come back on the same port."""

    port = 0

    def __init__(self, token: str = TOKEN, username: str = "footnote_bot") -> None:
        super().__init__(token, username)
        self._runner: web.AppRunner | None = None
        self._open: dict[int, web.Request] = {}

    @property
    def base_url(self) -> str:
        """What TELEGRAM_BASE_URL must be."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/file/bot"

    async def up(self) -> None:
        """Listen, on the port of last time if there was one."""
        app = web.Application(client_max_size=BIGGEST_BODY)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        self.webhook.resume()

    async def down(self) -> None:
        """Close the port and break every open connection off; the queue stays."""
        self.webhook.stop()
        for request in list(self._open.values()):
            _abort(request)
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _serve(self, request: web.Request) -> web.Response:
        self._open[id(request)] = request
        try:
            return await self._call(request, request.match_info["method"])
        except Exception:
            self.complain(f"the fake itself broke: {traceback.format_exc()}")
            raise
        finally:
            del self._open[id(request)]
            self.world.bell.ring()

    async def _call(self, request: web.Request, name: str) -> web.Response:
        params = await read(request)
        call = Call(name, params.values, now())
        if request.match_info["token"] != self.token:
            return _refuse(call, ApiError(401, "Unauthorized"))
        self.calls.append(call)
        self.world.bell.ring()
        fault = self.faults.take(name, params.text("chat_id"))
        if fault and fault.what == "hang":
            await asyncio.Event().wait()
        if fault and fault.what == "drop":
            return _abort(request)
        if fault and fault.what == "answer":
            return _injected(call, fault)
        response = await self._answer(call, params)
        return _abort(request) if fault else response

    async def _answer(self, call: Call, params: Params) -> web.Response:
        method = METHODS.get(call.method.lower())
        if not method:
            self.unhandled.append(call.method)
            return _refuse(call, ApiError(404, "Not Found"))
        try:
            result = await method(self, params)
        except ApiError as refused:
            return _refuse(call, refused)
        call.status, call.result = 200, copy.deepcopy(result)
        return web.json_response({"ok": True, "result": result})

    async def _download(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        call = Call("download", {"path": path}, now())
        self.calls.append(call)
        found = [file for file in self.world.files.values() if file.path == path]
        fault = self.faults.take("download", "")
        if fault and fault.what == "hang":
            await asyncio.Event().wait()
        if fault and fault.what in {"drop", "lose"}:
            return _abort(request)
        if fault:
            return _injected(call, fault)
        if request.match_info["token"] != self.token or not found:
            return _refuse(call, ApiError(404, "Not Found"))
        call.status = 200
        return web.Response(body=found[0].data, content_type="application/octet-stream")


def _refuse(call: Call, refused: ApiError) -> web.Response:
    call.status, call.description = refused.code, refused.description
    return web.json_response(refused.answer(), status=refused.code)


def _injected(call: Call, fault: Fault) -> web.Response:
    assert fault.error
    if fault.raw:
        call.status, body = fault.raw
        return web.Response(status=call.status, body=body, content_type="text/html")
    return _refuse(call, fault.error)


def _abort(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()


@asynccontextmanager
async def telegram_server(*, check: bool = True, **settings: Any) -> AsyncIterator[Fake]:
    """Serve a fake Telegram on a free port of 127.0.0.1.

    With `check`, leaving without an error fails if anything is wrong (see `Fake.problems`).
    """
    fake = Fake(**settings)
    await fake.up()
    try:
        yield fake
    finally:
        await fake.down()
    if check:
        assert (problems := fake.problems()) == [], "\n".join(problems)
