"""What went wrong at an endpoint, in a few words that repeat nothing of what it or the SDK said."""

from __future__ import annotations

from random import SystemRandom

from handlers.errors import ModelFault

_JITTER = SystemRandom()


class PassingFault(ModelFault):
    """A fault that may be over after `wait` seconds."""

    def __init__(self, reason: str, wait: float) -> None:
        super().__init__(reason)
        self.wait = wait


class RequestFault(ModelFault):
    """The endpoint does not take the request as it is."""


def fault_of(error: Exception) -> ModelFault:
    """Name the fault behind an error of the SDK; its text may hold a key, so it is not kept."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        response = getattr(error, "response", None)
        return _refusal(status, getattr(response, "headers", {}).get("retry-after"))
    name = type(error).__name__
    if name == "APITimeoutError":
        return ModelFault("does not answer in time")
    if name == "APIConnectionError":
        return PassingFault("cannot be reached", _JITTER.uniform(0.1, 1))
    if name == "APIError":
        return ModelFault("reports an error in mid-answer")
    return ModelFault(f"sends no completion ({name})")


def _refusal(status: int, retry_after: str | None) -> ModelFault:
    """Say what an HTTP status means; 429 and the server's own faults may pass."""
    if status in (401, 403):
        return ModelFault(f"refuses the key ({status})")
    if status == 404:
        return ModelFault("knows no such model or address (404)")
    if status in (408, 429) or status >= 500:
        wait = _JITTER.uniform(0.1, 1)
        if retry_after and retry_after.isdecimal():
            wait += int(retry_after)
        return PassingFault(f"is busy or broken ({status})", wait)
    if status in (400, 422):
        return RequestFault(f"refuses the request ({status})")
    return ModelFault(f"refuses the request ({status})")
