"""A second opinion on every call, result and update: the models in aiogram."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

ALLOWED = {  # what aiogram cannot know, and why it is right all the same
    "download": "fetching a file is no method of the Bot API",
}


class Oracle:
    """Collects calls and updates, and judges those that are new when asked for problems."""

    def __init__(self) -> None:
        self._judged: Counter[str] = Counter()
        self._problems: list[str] = []

    def call(self, method: str, params: dict[str, str], result: Any, *, ok: bool) -> None:
        """Judge a request, and its result if there is one."""
        if method in ALLOWED or not self._new(f"{method} {params} {result}"):
            return
        model = _methods().get(method.lower())
        if model is None:
            self._problems.append(f"{method} is not in the Bot API")
            return
        self._check(f"request {method}", model, _decoded(model, params))
        if ok and method.lower() == "getupdates":
            for update in result:
                self.update(update)
        elif ok:
            self._check(f"result of {method}", model.__returning__, result)

    def update(self, update: dict[str, Any]) -> None:
        from aiogram.types import Update  # takes seconds: only where somebody asks

        if self._new(json.dumps(update)):
            self._check("update", Update, update)

    def problems(self) -> list[str]:
        return list(self._problems)

    def _new(self, seen: str) -> bool:
        self._judged[seen] += 1
        return self._judged[seen] == 1

    def _check(self, what: str, kind: Any, value: Any) -> None:
        from pydantic import ValidationError

        try:
            made = _adapter(kind).validate_python(value)
        except ValidationError as fault:
            for one in fault.errors()[:3]:
                place = ".".join(map(str, one["loc"]))
                self._problems.append(f"{what}: {place}: {one['msg']} in {value}"[:600])
            return
        for place in _unknown(made):
            self._problems.append(f"{what}: {place} is not in the Bot API: {value}"[:600])


@cache
def _methods() -> dict[str, Any]:
    from aiogram import methods

    found = {name.lower(): getattr(methods, name) for name in methods.__all__}
    return {name: made for name, made in found.items() if hasattr(made, "__returning__")}


@cache
def _adapter(kind: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _decoded(model: Any, params: dict[str, str]) -> dict[str, Any]:
    """Read JSON where the model takes no text: on the wire everything is text."""
    values: dict[str, Any] = {}
    for name, value in params.items():
        known = model.model_fields.get(name)
        takes_text = known is not None and str in _kinds(known.annotation)
        values[name] = value if takes_text or value[:1] not in {"[", "{"} else json.loads(value)
    missing = {
        name: f"attach://{name}"
        for name, one in model.model_fields.items()
        if one.is_required() and name not in values and "InputFile" in str(one.annotation)
    }
    return values | missing


def _kinds(annotation: Any) -> set[Any]:
    """Give the alternatives of a union."""
    if get_origin(annotation) in {Union, UnionType}:
        return set().union(*map(_kinds, get_args(annotation)))
    return {annotation}


def _unknown(value: Any, place: str = "") -> Iterator[str]:
    """Yield the fields that the models do not have, however deep."""
    from pydantic import BaseModel

    if isinstance(value, BaseModel):
        yield from (f"{place}.{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from _unknown(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from _unknown(inner, f"{place}[]")
