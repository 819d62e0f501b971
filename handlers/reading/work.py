"""The child process that reads: jobs come in at its standard input, readings go out at the other.

    python -m handlers.reading.work

It holds itself to limits, and opens no socket, starts no program and writes no file.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from dataclasses import asdict
from typing import Any, BinaryIO

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.messages import Reading
from handlers.reading.outlines import outline_of
from handlers.reading.sources import read_bytes, read_entry, read_text

try:
    import resource
except ImportError:  # Windows: the parent's clock alone holds it
    resource = None  # type: ignore[assignment]

MEMORY = 320 * 1024 * 1024  # bytes that reading may take beyond what stands after start
CPU = 9  # seconds for one job
_FORBIDDEN = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system",
    "os.startfile", "os.putenv", "os.kill", "os.remove", "os.rename", "os.rmdir", "os.mkdir",
    "os.link", "os.symlink", "os.chmod", "os.chown", "os.truncate", "shutil.", "ftplib.",
    "smtplib.", "urllib.Request", "webbrowser.", "pty.spawn", "sqlite3.",
)  # fmt: skip


class Forbidden(PermissionError):
    """Something in the child tried what reading never does."""


def guard(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook (PEP 578): nothing but reading. Raises `Forbidden`."""
    if event.startswith(_FORBIDDEN):
        raise Forbidden(event)
    if event == "open":
        _, mode, flags = arguments
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        if writes or (isinstance(mode, str) and set(mode) & set("wax+")):
            raise Forbidden(event)


def limit() -> None:
    """Bound the memory and files of this process from here on."""
    if resource is None:
        return
    most = _address_space() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _address_space() -> int:
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123
            return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # no Linux: a guess on the large side
        return 1024 * 1024 * 1024


def _allow_seconds() -> None:
    """Let this job have its seconds of CPU: the kernel ends the process after them."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime) + 1 + CPU
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def answer(head: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Do one job, and say what came of it in JSON's terms."""
    try:
        if head.get("wanted") == "outline":
            found = outline_of(data, head["url"], head["charset"])
            return {"outline": asdict(found), "memory": _memory()}
        return {"reading": _told(_read(head, data)), "memory": _memory()}
    except Refused as refusal:
        return {"code": refusal.code, "reason": str(refusal), "memory": _memory()}
    except MemoryError:
        return {"code": Code.TOO_LARGE, "reason": phrases.TOO_HARD, "memory": MEMORY}
    except RecursionError:
        return {"code": Code.BROKEN, "reason": phrases.BROKEN_FILE, "memory": MEMORY}


def _read(head: dict[str, Any], data: bytes) -> Reading:
    if head["name"] is None:
        return read_text(head["source"], data.decode("utf-8"))
    if said := head.get("said"):
        return read_entry(head["source"], data.decode("utf-8"), head["url"], **said)
    return read_bytes(
        head["source"], data, name=head["name"], charset=head["charset"], url=head["url"]
    )


def _told(reading: Reading) -> dict[str, Any]:
    return asdict(reading)


def _memory() -> int:
    """Bytes that this process has at most held so far.

    Linux counts in `ru_maxrss` what the parent held when this process began.
    """
    try:
        with open("/proc/self/status", encoding="ascii") as status:  # noqa: PTH123
            held = next((line for line in status if line.startswith("VmHWM:")), None)
    except OSError:
        held = None
    if held is not None:
        return int(held.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 if resource else 0


def serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    """Answer jobs until there are no more: a length and a JSON head, a length and the data.

    An empty answer comes first, which says that this process is ready.
    """
    _say(answers, b"")
    while (head := _part(jobs)) is not None:
        data = _part(jobs) or b""
        _allow_seconds()
        _say(answers, json.dumps(answer(json.loads(head), data)).encode())


def _say(answers: BinaryIO, told: bytes) -> None:
    answers.write(struct.pack(">Q", len(told)) + told)
    answers.flush()


def _part(jobs: BinaryIO) -> bytes | None:
    size = jobs.read(8)
    return jobs.read(struct.unpack(">Q", size)[0]) if len(size) == 8 else None


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints goes to the log, not among the answers
    _warm()
    limit()
    sys.addaudithook(guard)
    serve(sys.stdin.buffer, answers)


def _warm() -> None:
    """Load, before the limits hold, what libraries load when they are first used."""
    page = "<html><body><article>" + "<p>The old bridge is closed until May.</p>" * 12
    answer(
        {"source": "warm", "name": "warm.html", "charset": None, "url": None},
        page.encode() + b"</article></body></html>",
    )


if __name__ == "__main__":
    main()
