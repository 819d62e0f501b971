"""What the operator reads on standard error: one line an event, no secrets."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

# What an operator wants to read at any level: where the bot listens, and that it stopped.
NEWS = logging.getLogger("footnote")

Caught: TypeAlias = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


class OneLine(logging.Formatter):
    """Writes a fault as one line, whole traces only at `DEBUG`; secrets become stars."""

    def __init__(self, *, whole: bool, secrets: Sequence[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
        self._whole = whole
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have kept a whole trace here
        text = super().format(record)
        if not self._whole:
            text = " | ".join(line for line in text.splitlines() if line.strip())
        for secret in self._secrets:
            text = text.replace(secret, "***")
        return text

    def formatException(self, ei: Caught) -> str:  # noqa: N802 - logging's own name
        if self._whole or ei[1] is None:
            return super().formatException(ei)
        frames = traceback.extract_tb(ei[2])[-4:]
        way = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
        return f"{type(ei[1]).__name__}: {ei[1]} at {way}"


def configure(level: str, secrets: Sequence[str] = ()) -> None:
    """Send our logs, and the warnings of libraries, to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine(whole=level == "DEBUG", secrets=secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("bot", "handlers", "storage"):
        logging.getLogger(name).setLevel(level)
    NEWS.setLevel(logging.INFO)
