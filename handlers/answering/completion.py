"""What an endpoint's completion says, read without trust in its shape."""

from __future__ import annotations

import json
import math
from types import SimpleNamespace

from handlers.errors import ModelFault

# OpenAI says `stop`; the others are what compatible servers say for the same.
_WHOLE = frozenset({"stop", "eos", "eos_token", "end_turn", "stop_sequence"})
_BROKEN_OFF = {
    "length": "breaks off at its length limit",
    "content_filter": "filters the answer",
    "tool_calls": "calls a tool instead of answering",
    "function_call": "calls a tool instead of answering",
}


def piece(chunk: object) -> tuple[str, bool]:
    """Give the text of one chunk (or of a whole completion) and whether it is the last.

    Raises `ModelFault` where the model refuses, calls a tool, is cut off or sends no text.
    """
    choices = getattr(chunk, "choices", None)
    if not isinstance(choices, list) or not choices:
        return "", False
    said = getattr(choices[0], "delta", None) or getattr(choices[0], "message", None)
    if getattr(said, "refusal", None):
        raise ModelFault("refuses to answer")
    if getattr(said, "tool_calls", None) or getattr(said, "function_call", None):
        raise ModelFault("calls a tool instead of answering")
    text = getattr(said, "content", None)
    if text is not None and not isinstance(text, str):
        raise ModelFault("sends something other than text")
    return text or "", _ended(getattr(choices[0], "finish_reason", None))


def usage(chunk: object) -> tuple[int, int] | None:
    """Give the tokens sent and received, where a chunk (or a whole completion) says so."""
    told = getattr(chunk, "usage", None)
    sent, received = getattr(told, "prompt_tokens", None), getattr(told, "completion_tokens", None)
    if type(sent) is not int or type(received) is not int or min(sent, received) < 0:
        return None
    return sent, received


def whole(body: bytes) -> object:
    """Read a completion sent in one piece, to be given to `piece`; raises `ModelFault`."""
    try:
        return json.loads(body, object_hook=lambda fields: SimpleNamespace(**fields))
    except (ValueError, RecursionError):
        raise ModelFault("sends broken JSON") from None


def vectors(answer: object, count: int) -> list[list[float]]:
    """Give the vectors of an embeddings answer in the order of its texts, or raise `ModelFault`."""
    rows = getattr(answer, "data", None)
    if not isinstance(rows, list) or len(rows) != count:
        raise ModelFault("sends another number of vectors than of texts")
    found: dict[int, list[float]] = {}
    for place, row in enumerate(rows):
        index = getattr(row, "index", None)
        found[index if isinstance(index, int) else place] = _vector(getattr(row, "embedding", None))
    if set(found) != set(range(count)) or len({len(vector) for vector in found.values()}) > 1:
        raise ModelFault("sends vectors that do not fit together")
    return [found[place] for place in range(count)]


def _vector(numbers: object) -> list[float]:
    if not isinstance(numbers, list) or not numbers:
        raise ModelFault("sends no vector")
    if not all(isinstance(number, int | float) and math.isfinite(number) for number in numbers):
        raise ModelFault("sends a vector that is not of numbers")
    return [float(number) for number in numbers]


def _ended(reason: object) -> bool:
    if not reason:
        return False
    if isinstance(reason, str) and reason in _WHOLE:
        return True
    raise ModelFault(_BROKEN_OFF.get(str(reason), "ends for an unknown reason"))
