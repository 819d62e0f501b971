"""What is named on this machine → what a handler takes: an upload, an address, a refusal."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.here import Here
from bot.lines import rest_of_stdin, unwaited
from handlers import phrases
from handlers.closing import closing
from handlers.errors import Code
from handlers.messages import Failure, Handler, Reading, Receipt, Reply, Upload

MOST_BYTES = 20 * 1024 * 1024
STDIN = "-"
_ADDRESS = re.compile(r"(?i)https?://\S+")
_SCHEME = re.compile(r"(?i)[a-z][a-z0-9+.-]+:\S*")


@dataclass(frozen=True, slots=True)
class Named:
    """One source as it was named (a pasted text has no name); files are read in their turn."""

    source: str
    content: Path | str | Failure


def named(arguments: Iterable[str]) -> Iterator[Named]:
    """Name each source; a folder gives its files in order, all below it, hidden ones left out."""
    for argument in arguments:
        try:
            path = Path(argument).expanduser()
            exists = bool(argument) and path.exists()
            is_folder = exists and path.is_dir()
        except (OSError, ValueError, RuntimeError) as fault:  # too long, a NUL, nobody's home
            yield _refusal(argument, Code.UNREACHABLE, phrases.no_such_source(_why(fault)))
            continue
        if argument == STDIN or (not exists and _ADDRESS.fullmatch(argument)):
            yield Named(argument, argument)
        elif is_folder:
            yield from _folder(argument, path)
        elif exists:
            yield Named(argument, path)
        elif _SCHEME.fullmatch(argument):
            yield _refusal(argument, Code.FORBIDDEN, phrases.WEB_ONLY)
        else:
            yield _refusal(argument, Code.UNREACHABLE, phrases.no_such_source(""))


def load(one: Named) -> Upload | str | Failure:
    """Read a named source from this machine; an address stays as it is."""
    if one.content == STDIN:
        return _sized(one.source, rest_of_stdin(MOST_BYTES), "stdin")
    if not isinstance(one.content, Path):
        return one.content
    try:
        if not one.content.is_file():
            return Failure(phrases.NO_PLAIN_FILE, Code.UNSUPPORTED, one.source)
        if one.content.stat().st_size > MOST_BYTES:
            return Failure(phrases.too_large(MOST_BYTES), Code.TOO_LARGE, one.source)
        with one.content.open("rb") as file:
            whole = str(one.content.resolve())
            return _sized(one.source, file.read(MOST_BYTES + 1), one.content.name, whole)
    except OSError as fault:
        return Failure(phrases.unreadable(_why(fault)), Code.UNREACHABLE, one.source)


async def handed(
    reply: Handler, place: Here, command: str, one: Named, *, newest: int = 0
) -> AsyncIterator[Reply]:
    """Yield a handler's pictures of one source, under the name that the source was given by.

    `newest` is how many pages of a feed or sitemap are taken, 0 for as many as usual.
    """
    content = await unwaited(lambda: load(one))
    if isinstance(content, Failure):
        yield replace(content, source=printable(one.source))
        return
    if isinstance(content, Upload):
        request = place.request(command, upload=content)
    else:
        request = place.request(command, content, limit=newest)
    async with closing(reply(request)) as replies:
        async for picture in replies:
            if isinstance(picture, Receipt | Reading | Failure) and one.source:
                yield replace(picture, source=printable(one.source))
            else:
                yield picture


def printable(name: str) -> str:
    """Give a name of this machine as text: bytes that are none become marks."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _folder(argument: str, folder: Path) -> Iterator[Named]:
    found = sorted(_files(folder))
    for path in found:
        yield Named(str(path), path)
    if not found:
        yield _refusal(argument, Code.EMPTY, phrases.EMPTY_FOLDER)


def _files(folder: Path) -> Iterator[Path]:
    """Walk down without following links to folders; what cannot be listed is passed over."""
    for top, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(top, name) for name in files if not name.startswith("."))


def _sized(source: str, data: bytes, name: str, path: str = "") -> Upload | Failure:
    if len(data) > MOST_BYTES:
        return Failure(phrases.too_large(MOST_BYTES), Code.TOO_LARGE, source)
    return Upload(printable(name), data, path=printable(path))


def _refusal(argument: str, code: Code, reason: str) -> Named:
    return Named(argument, Failure(reason, code, argument))


def _why(fault: Exception) -> str:
    return (fault.strerror if isinstance(fault, OSError) else str(fault)) or type(fault).__name__
