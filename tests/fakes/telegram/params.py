"""Reads the arguments of a call: every body comes down to strings and files."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from tests.fakes.telegram.errors import bad


class Params:
    """The arguments of one call by name."""

    def __init__(self, values: dict[str, str], files: dict[str, tuple[str, bytes]]) -> None:
        self.values = values
        self.files = files

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, default)

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(self.values.get(name) or default)
        except ValueError:
            raise bad(f"{name} must be an integer") from None

    def flag(self, name: str) -> bool:
        return self.values.get(name, "").lower() in {"true", "yes", "1"}

    def json(self, name: str, default: Any = None) -> Any:
        if not self.values.get(name):
            return default
        try:
            return json.loads(self.values[name])
        except ValueError:
            raise bad(f"can't parse {name} JSON object") from None


async def read(request: web.Request) -> Params:
    """Take the arguments from the query and from a form, JSON or multipart body."""
    values, files = dict(request.query), {}
    if request.content_type == "application/json":
        body = await request.json()
        values |= {k: v if isinstance(v, str) else json.dumps(v) for k, v in body.items()}
    elif request.can_read_body:
        form = await request.post()
        for name, value in form.items():
            if isinstance(value, web.FileField):
                files[name] = (value.filename, value.file.read())
            else:
                values[name] = str(value)
    return Params(values, files)
