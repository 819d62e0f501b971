"""A web of sites on one loopback port, each page scripted; it remembers who was asked for what."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpcore2

from handlers.reading.dial import dial

TLS_PORTS = (443, 8443)
PUBLIC = "93.184.215.14"


@dataclass(frozen=True)
class Answer:
    """What a site says, and how badly.

    `gap` waits before each further piece of the body, `raw` is sent as it is, `mute` says nothing,
    `meet` waits until as many others are asked at the same time.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/html"})
    pieces: int = 1
    gap: float = 0.0
    raw: bytes | None = None
    mute: bool = False
    meet: asyncio.Barrier | None = None


@dataclass
class Web:
    """Sites by `host/path`, or `scheme://host/path`. `names` are their DNS answers, in turn."""

    pages: dict[str, Answer]
    names: dict[str, list[list[str]]]
    elsewhere: Answer
    ports: tuple[int, int | None] = (0, None)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)
    now: Counter[str] = field(default_factory=Counter)
    most_at_once: Counter[str] = field(default_factory=Counter)

    async def resolve(self, host: str, _port: int) -> list[str]:
        """Give a name's answers in their order, the last one for ever."""
        self.resolved.append(host)
        answers = self.names.get(host, [[]])
        return answers[min(self.resolved.count(host), len(answers)) - 1]

    async def dial(
        self, address: str, port: int, seconds: float | None
    ) -> httpcore2.AsyncNetworkStream:
        self.dialled.append(address)
        plain, tls = self.ports
        return await dial("127.0.0.1", tls if tls and port in TLS_PORTS else plain, seconds)

    async def serve(
        self, scheme: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            begun = await reader.readexactly(1)
            if begun == b"\x16":  # a TLS greeting where none is spoken
                return
            rest = await reader.readuntil(b"\r\n\r\n")
            first, *lines = (begun + rest).decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines if line)
            await self._answer(scheme, headers, first.split()[1], writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(
        self, scheme: str, headers: dict[str, str], path: str, writer: asyncio.StreamWriter
    ) -> None:
        page, host = f"{headers['host']}{path}", headers["host"]
        self.asked.append(f"{scheme}://{page}")
        self.headers.append(headers)
        self.now[host] += 1
        self.most_at_once[host] = max(self.most_at_once[host], self.now[host])
        robots = Answer(b"no", 404) if path == "/robots.txt" else self.elsewhere
        answer = self.pages.get(f"{scheme}://{page}") or self.pages.get(page, robots)
        if answer.meet:
            await answer.meet.wait()
        try:
            await _say(writer, answer)
        finally:
            self.now[host] -= 1


async def _say(writer: asyncio.StreamWriter, answer: Answer) -> None:
    if answer.mute:
        await asyncio.Event().wait()
    if answer.raw is not None:
        writer.write(answer.raw)
    else:
        head = {"Content-Length": str(len(answer.body)), "Connection": "close", **answer.headers}
        lines = [f"HTTP/1.1 {answer.status} Said", *(f"{k}: {v}" for k, v in head.items())]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace"))
    size = max(1, len(answer.body) // answer.pieces)
    for at in range(0, len(answer.body), size):
        await asyncio.sleep(answer.gap)
        writer.write(answer.body[at : at + size])
        await writer.drain()


@asynccontextmanager
async def web(
    pages: dict[str, Answer],
    names: dict[str, list[list[str]]] | None = None,
    elsewhere: Answer | None = None,
    tls: ssl.SSLContext | None = None,
) -> AsyncIterator[Web]:
    """Serve sites; a name is public unless `names` says otherwise, a page a 404 but for `pages`."""
    hosts = {page.split("://")[-1].split("/", 1)[0].partition(":")[0] for page in pages}
    known = {host: [[PUBLIC]] for host in hosts} | (names or {})
    made = Web(pages, known, elsewhere or Answer(b"no", 404))
    tasks: set[asyncio.Task[None]] = set()

    def accept(scheme: str):
        async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task
            tasks.add(task)
            with suppress(asyncio.CancelledError):  # which the loop would log, in Python 3.11
                await made.serve(scheme, reader, writer)

        return one

    servers = [await asyncio.start_server(accept("http"), "127.0.0.1", 0)]
    if tls:
        servers.append(await asyncio.start_server(accept("https"), "127.0.0.1", 0, ssl=tls))
    ports = [server.sockets[0].getsockname()[1] for server in servers]
    made.ports = (ports[0], ports[1] if tls else None)
    try:
        yield made
    finally:
        for server in servers:
            server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@dataclass(frozen=True)
class Certificates:
    """A root that nobody else trusts, and what a server needs to be one of its sites."""

    ca: Path
    trust: ssl.SSLContext
    server: ssl.SSLContext


def certificates(folder: Path, names: Iterable[str]) -> Certificates:
    """Make a root and a certificate for these names with the `openssl` command."""
    listed = ",".join(f"DNS:{name}" for name in names)
    key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    (folder / "site.cnf").write_text(
        f"subjectAltName={listed}\nbasicConstraints=CA:FALSE\n"
        "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
    )
    for line in (
        f"req -x509 {key} -days 2 -keyout ca.key -out ca.pem -subj /CN=root"
        " -addext keyUsage=critical,keyCertSign",
        f"req {key} -keyout site.key -out site.csr -subj /CN=site",
        "x509 -req -in site.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2"
        " -extfile site.cnf -out site.pem",
    ):
        subprocess.run(["openssl", *line.split()], cwd=folder, check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "site.pem", folder / "site.key")
    ca = folder / "ca.pem"
    return Certificates(ca, ssl.create_default_context(cafile=ca), server)
