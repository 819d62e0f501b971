"""Reading happens in children that can be ended, and that do nothing but read."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from handlers.errors import Code, Refused
from handlers.reading.workers import FATTEST, Job, Workers
from tests.documents import word
from tests.test_pages import BODY, STORY, page

GOOD = Job("a.html", page(BODY).encode(), name="a.html")


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """Children that all tests share, as starting one takes a second."""
    made = Workers()
    yield made
    asyncio.run(made.close())


async def test_a_job_comes_back_as_it_would_be_read_here(workers: Workers) -> None:
    reading = await workers.run(GOOD)
    assert reading.articles[0].text == "\n\n".join(STORY)
    assert reading.articles[0].title == "Ferry stops"
    pasted = await workers.run(Job("text", "\n".join(STORY).encode(), name=None))
    assert STORY[1] in pasted.articles[0].text


async def test_a_refusal_keeps_its_code_and_its_sentence(workers: Workers) -> None:
    with pytest.raises(Refused, match="picture") as refusal:
        await workers.run(Job("a.png", b"\x89PNG\r\n", name="a.png"))
    assert refusal.value.code is Code.UNSUPPORTED


async def test_a_file_that_eats_all_memory_is_refused_and_the_next_one_works(
    workers: Workers,
) -> None:
    hungry = word("<w:p/>" * 3_400_000)  # 20 MB of XML become a tree of more than the limit
    with pytest.raises(Refused) as refusal:
        await workers.run(Job("a.docx", hungry, name="a.docx"))
    assert refusal.value.code in (Code.TOO_LARGE, Code.BROKEN)
    assert (await workers.run(GOOD)).articles


async def test_a_file_that_takes_too_long_is_refused() -> None:
    workers = Workers(seconds=0.0001)
    with pytest.raises(Refused) as refusal:
        await workers.run(GOOD)
    assert refusal.value.code is Code.TIMEOUT
    await workers.close()


async def test_what_a_child_takes_to_begin_is_not_the_file_s_fault() -> None:
    patient = Workers()
    begun = time.monotonic()
    await patient.run(GOOD)
    hasty = Workers(seconds=(time.monotonic() - begun) / 2)
    assert (await hasty.run(GOOD)).articles
    await asyncio.gather(patient.close(), hasty.close())


async def test_a_reading_that_nobody_waits_for_is_ended(workers: Workers) -> None:
    await workers.run(GOOD)
    task = asyncio.create_task(workers.run(GOOD))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await workers.run(GOOD)).articles


async def test_several_jobs_are_read_at_once(workers: Workers) -> None:
    readings = await asyncio.gather(*(workers.run(GOOD) for _ in range(5)))
    assert len({reading.articles[0].text for reading in readings}) == 1


@pytest.mark.parametrize(
    "deed",
    [
        "import socket; socket.socket()",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "open('made-by-a-child', 'w')",
        "import os; os.open('made-by-a-child', os.O_CREAT | os.O_WRONLY)",
        "import os; os.remove('made-by-a-child')",
    ],
)
def test_a_child_opens_no_socket_starts_no_program_and_writes_no_file(deed: str) -> None:
    code = f"import sys\nfrom handlers.reading.work import guard\nsys.addaudithook(guard)\n{deed}"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ended.returncode == 1
    assert "Forbidden" in ended.stderr


async def test_what_the_bot_itself_holds_is_not_counted_as_the_childs() -> None:
    workers = Workers(most=1)
    ballast = bytearray(FATTEST + 64 * 1024 * 1024)
    ballast[::4096] = b"x" * len(ballast[::4096])  # each page of memory is really held
    try:
        for _ in range(2):
            await workers.run(GOOD)
        assert [memory < FATTEST for memory in workers.memory] == [True]
    finally:
        await workers.close()
