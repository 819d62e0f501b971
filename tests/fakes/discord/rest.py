"""The way through the API: what was called, who may, what goes wrong, what is answered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.discord.errors import ApiError, bad_json, no_route, unauthorized
from tests.fakes.discord.faults import Bucket, Fault

if TYPE_CHECKING:
    from tests.fakes.discord.town import Town

Handler = Callable[["Town", "Call"], Awaitable[Any]]
ROUTES: list[tuple[str, str, Handler, bool]] = []
API = "/api/v10"
UNLIMITED = (50, 1.0)
# As bots commonly observe them for one channel; Discord documents none and tells them in headers.
OBSERVED = {
    "POST /channels/{channel}/messages": (5, 5.0),
    "PATCH /channels/{channel}/messages/{message}": (5, 5.0),
    "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me": (1, 0.25),
    "POST /webhooks/{app}/{token}": (5, 2.0),
    "PATCH /webhooks/{app}/{token}/messages/{message}": (5, 2.0),
}


@dataclass(eq=False)
class Call:
    """One call as it came and as it was answered; `route` is its template."""

    method: str
    route: str
    path: dict[str, str]
    query: dict[str, str]
    at: float
    body: Any = None
    files: list[tuple[str, bytes]] = field(default_factory=list)
    status: int = 0
    answer: Any = None
    fault: Fault | None = None

    @property
    def name(self) -> str:
        return f"{self.method} {self.route}"

    def id(self, key: str) -> int:
        value = self.path[key]
        if not value.isdigit():
            errors = {key: {"_errors": [{"code": "NUMBER_TYPE_COERCE", "message": "Not an id."}]}}
            raise ApiError(400, 50035, "Invalid Form Body", errors)
        return int(value)


def route(method: str, path: str, *, token: bool = True) -> Callable[[Handler], Handler]:
    """Serve a route; `token` needs the bot's in the header."""

    def register(handler: Handler) -> Handler:
        ROUTES.append((method, path, handler, token))
        return handler

    return register


class Rest:
    """Answers the API's calls and remembers them."""

    def __init__(self, fake: Town) -> None:
        self.fake = fake
        self.calls: list[Call] = []
        self.unhandled: list[Call] = []
        self.faults: list[Fault] = []
        self.limits: dict[str, tuple[int, float]] = {}
        self.invalid = 0
        self._buckets: dict[tuple[str, str], Bucket] = {}
        self.over = asyncio.Event()  # set at the end: hanging calls are let go

    def routes(self) -> list[web.RouteDef]:
        made = [web.route(each[0], API + each[1], self._serve(*each)) for each in ROUTES]
        return [*made, web.route("*", "/api/{rest:.*}", self._serve("", "", _nothing, False))]

    def _serve(self, method: str, path: str, handler: Handler, token: bool) -> Any:
        async def serve(request: web.Request) -> web.StreamResponse:
            call = Call(
                request.method,
                path or request.path,
                dict(request.match_info),
                dict(request.query),
                asyncio.get_running_loop().time(),
            )
            self.calls.append(call)
            response = await self._answer(request, call, handler, token)
            if call.status in (401, 403, 429):
                self.invalid += 1
            self.fake.bell.ring()
            return response

        return serve

    async def _answer(
        self, request: web.Request, call: Call, handler: Handler, token: bool
    ) -> web.Response:
        call.fault = fault = next((each for each in self.faults if each.hit(call.name)), None)
        if fault and not fault.after:
            return await self._fail(request, call, fault)
        bucket, wait = self._limit(call)
        if wait:
            return self._too_many(call, wait, bucket)
        try:
            if token and request.headers.get("Authorization") != f"Bot {self.fake.token}":
                raise unauthorized()
            await _read(request, call)
            answer = await handler(self.fake, call)
            call.status, call.answer = (204 if answer is None else 200), answer
        except ApiError as error:
            call.status, call.answer = error.status, error.body
        if fault:
            return await self._fail(request, call, fault)
        return _reply(call.status, call.answer, self._headers(call, bucket))

    async def _fail(self, request: web.Request, call: Call, fault: Fault) -> web.Response:
        if fault.hang:
            self.fake.bell.ring()
            await self.over.wait()
        if (fault.hang or fault.drop) and request.transport:
            request.transport.abort()
        elif fault.status == 429:
            return self._too_many(call, fault.retry_after, None, fault)
        call.status = fault.status or 500
        return web.Response(status=call.status, text="upstream error", headers={"Via": "1.1 x"})

    def _limit(self, call: Call) -> tuple[Bucket, float]:
        major = next(
            (call.path[key] for key in ("channel", "guild", "token") if key in call.path), ""
        )
        limit = self.limits.get(call.name, UNLIMITED)
        bucket = self._buckets.setdefault((call.name, major), Bucket(*limit))
        wait = bucket.take(call.at) if call.name in self.limits else 0.0
        return bucket, wait

    def _headers(self, call: Call, bucket: Bucket) -> dict[str, str]:
        limited = call.name in self.limits
        left = bucket.left if limited else bucket.calls - 1
        after = bucket.ends - call.at if limited else bucket.seconds
        return {
            "X-RateLimit-Limit": str(bucket.calls),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": f"{self.fake.clock.now() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": f"{hash(call.name) & 0xFFFFFFFF:08x}",
            "Via": "1.1 google",
        }

    def _too_many(
        self, call: Call, wait: float, bucket: Bucket | None, fault: Fault | None = None
    ) -> web.Response:
        call.status = 429
        if fault and fault.cloudflare:
            page = "<html><body>error code: 1015</body></html>"
            return web.Response(status=429, text=page, content_type="text/html")
        everywhere = bool(fault and fault.everywhere)
        call.answer = {
            "message": "You are being rate limited.",
            "retry_after": round(wait, 3),
            "global": everywhere,
        }
        headers = {"Via": "1.1 google", "Retry-After": str(int(wait) + 1)}
        headers["X-RateLimit-Scope"] = "global" if everywhere else "user"
        if bucket:
            headers |= self._headers(call, bucket)
        return _reply(429, call.answer, headers)


def _reply(status: int, answer: Any, headers: dict[str, str]) -> web.Response:
    if status == 204:
        return web.Response(status=204, headers=headers)
    # Just this type: discord.py reads JSON from no other, not even with a charset behind it.
    body = json.dumps(answer).encode()
    return web.Response(
        status=status, body=body, headers=headers | {"Content-Type": "application/json"}
    )


async def _read(request: web.Request, call: Call) -> None:
    try:
        if request.content_type.startswith("multipart/"):
            form = await request.post()
            for key, value in form.items():
                if isinstance(value, web.FileField):
                    call.files.append((value.filename, value.file.read()))
                elif key == "payload_json":
                    call.body = json.loads(str(value))
        elif raw := await request.read():
            call.body = json.loads(raw)
    except ValueError as fault:
        raise bad_json() from fault


async def _nothing(fake: Town, call: Call) -> None:
    fake.rest.unhandled.append(call)
    raise no_route()
