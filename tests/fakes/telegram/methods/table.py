"""The table into which each method enters itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fakes.telegram.fake import Fake
    from tests.fakes.telegram.params import Params

Method = Callable[["Fake", "Params"], Awaitable[Any]]
METHODS: dict[str, Method] = {}


def method(function: Method) -> Method:
    """Enter `send_message` as sendMessage."""
    METHODS[function.__name__.replace("_", "")] = function
    return function
