"""A seam for tests in another process: the internet, answered by a server on this machine.

`FETCH_LOOPBACK=PORT,CA.pem,NAMES.json` gives names from a file to the fetcher's resolver and
connects to 127.0.0.1:PORT instead of the address. Nothing else changes: each address that the
file gives is checked as a real one is, and TLS is verified against CA.pem.
"""

from __future__ import annotations

import json
import ssl
from pathlib import Path

import httpcore2

from handlers.errors import SettingsError
from handlers.reading.dial import Dial, Resolver, dial

_FORM = "FETCH_LOOPBACK must be PORT,CA.pem,NAMES.json"


def loopback(seam: str) -> tuple[Resolver, Dial, ssl.SSLContext | None]:
    """Read the seam; raises `SettingsError` where it is malformed. An empty CA means: no TLS."""
    port, names, tls = _read(seam)

    async def resolver(host: str, _port: int) -> list[str]:
        return names.get(host, [])

    async def dialler(
        _address: str, _port: int, seconds: float | None
    ) -> httpcore2.AsyncNetworkStream:
        return await dial("127.0.0.1", port, seconds)

    return resolver, dialler, tls


def _read(seam: str) -> tuple[int, dict[str, list[str]], ssl.SSLContext | None]:
    try:
        port, ca, names = seam.split(",")
        answers = _names(json.loads(Path(names).read_text(encoding="utf-8")))
        return _port(port), answers, ssl.create_default_context(cafile=ca) if ca else None
    except (ValueError, OSError) as fault:
        raise SettingsError(f"{_FORM}: {fault}") from fault


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise ValueError(f"{port} is no port")
    return port


def _names(answers: object) -> dict[str, list[str]]:
    """Check what the file says: each host with the list of its addresses."""
    if not isinstance(answers, dict):
        raise ValueError("the names are no JSON object")  # noqa: TRY004 - the file is at fault
    for host, addresses in answers.items():
        if not (isinstance(addresses, list) and all(isinstance(one, str) for one in addresses)):
            raise ValueError(f"the addresses of {host} are no list of strings")
    return answers
