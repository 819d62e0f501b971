"""A folder that is ingested again goes on where it stopped; what changed is a new version."""

from __future__ import annotations

import signal
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

from handlers.ingest import ingest
from handlers.messages import Person, Place, Receipt, Request, Upload
from handlers.reading.fetch import fetcher_from
from handlers.reading.read import Reader
from handlers.reading.workers import Workers
from storage.store import Store
from tests.process import command, environment, footnote, lines

FILES = 12
BEFORE = 4  # files that are stored before the kill


def tale(name: str, end: str = "and nobody has seen it since") -> str:
    return f"# The {name}\n\nOnce the {name} of Marden ran away over the hill, {end}.\n"


def fill(folder: Path, count: int = FILES) -> Path:
    folder.mkdir(exist_ok=True)
    for n in range(count):
        (folder / f"tale{n:02}.md").write_text(tale(f"fox number {n}"))
    return folder


def ingested(tmp_path: Path, folder: Path) -> list[dict[str, Any]]:
    return lines(footnote(tmp_path, "ingest", str(folder), "--json"))


def held(tmp_path: Path) -> list[dict[str, Any]]:
    return lines(footnote(tmp_path, "articles", "--json"))


def test_after_a_kill_the_same_command_stores_the_rest_and_nothing_twice(tmp_path: Path) -> None:
    folder = fill(tmp_path / "tales")
    process = subprocess.Popen(
        command("ingest", str(folder), "--json"),
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env=environment(PYTHONUNBUFFERED="1"),
    )
    assert process.stdout is not None
    for _ in range(BEFORE):
        assert b'"stored"' in process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    again = ingested(tmp_path, folder)
    status = [each["status"] for each in again]
    done = status.index("stored")
    assert status == ["duplicate"] * done + ["stored"] * (FILES - done)
    assert BEFORE <= done < FILES
    assert len(held(tmp_path)) == FILES
    assert {each["title"] for each in held(tmp_path)} == {
        f"The fox number {n}" for n in range(FILES)
    }


async def handed(store: Store, workers: Workers, file: Upload, library: str = "main") -> Receipt:
    request = Request("ingest", "", Person("o"), Place("p"), uploads=(file,), library=library)
    reader = Reader(fetcher_from(None), workers)
    replies = ingest(request, store=store, reader=reader, worker=None)
    last = [each async for each in replies][-1]
    assert isinstance(last, Receipt)
    return last


async def test_a_file_that_is_known_is_not_read_again_and_says_again_what_was_cut(
    store: Store,
) -> None:
    text = (tale("owl") + "\nimage\n\nRead more\n").encode()
    first, second = Workers(most=1), Workers(most=1)
    stored = await handed(store, first, Upload("owl.md", text, path="/a/owl.md"))
    again = await handed(store, second, Upload("copy.md", text, path="/b/copy.md"))
    await handed(store, second, Upload("sent.md", text))
    assert (len(first.memory), len(second.memory)) == (1, 0)  # child processes that were begun
    assert (again.source, again.status, again.actions) == ("copy.md", "duplicate", ())
    assert [each.article.id for each in again.articles] == [stored.articles[0].article.id]
    assert [each.text for each in again.removed] == [each.text for each in stored.removed]
    assert stored.removed
    await first.close()


async def test_a_file_that_changed_is_a_new_version_of_its_article(store: Store) -> None:
    workers = Workers(most=1)
    fox, owl = (
        Upload(f"{name}.md", tale(name).encode(), path=f"/{name}") for name in ("fox", "owl")
    )
    first = [await handed(store, workers, each) for each in (fox, owl)]
    changed = replace(owl, data=tale("owl", "but came back in May").encode())
    again = [await handed(store, workers, each) for each in (fox, changed)]
    assert [each.status for each in again] == ["duplicate", "updated"]
    numbers = [[each.articles[0].article.id for each in some] for some in (first, again)]
    assert numbers[0] == numbers[1]
    assert [each.articles[0].article.version for each in again] == [1, 2]
    await workers.close()


async def test_what_was_forgotten_is_stored_again(store: Store) -> None:
    workers = Workers(most=1)
    file = Upload("owl.md", tale("owl").encode(), path="/owl.md")
    stored = await handed(store, workers, file)
    await store.forget("main", stored.articles[0].article.id, by="me")
    assert (await handed(store, workers, file)).status == "stored"
    await workers.close()


async def test_another_library_knows_nothing_of_it(store: Store) -> None:
    workers = Workers(most=1)
    file = Upload("owl.md", tale("owl").encode(), path="/a/owl.md")
    assert (await handed(store, workers, file)).status == "stored"
    assert (await handed(store, workers, file, library="other")).status == "stored"
    await workers.close()


async def test_a_file_that_says_the_same_as_another_does_not_change_its_article(
    store: Store,
) -> None:
    workers = Workers(most=1)

    def file(name: str, end: str = "and nobody has seen it since") -> Upload:
        return Upload(name, tale("owl", end).encode(), path=f"/{name}")

    one = await handed(store, workers, file("a.md"))
    await handed(store, workers, file("b.md"))
    changed = await handed(store, workers, file("b.md", "but came back in May"))
    assert changed.status == "stored"
    assert changed.articles[0].article.id != one.articles[0].article.id
    assert (await handed(store, workers, file("a.md"))).status == "duplicate"
    await workers.close()


async def test_a_changed_file_of_several_articles_renews_those_with_the_same_title(
    store: Store,
) -> None:
    def scrape(*ends: str) -> Upload:
        stories = [
            f"The {name} of Marden\n\nBy Ada Quill\n4 June 2024\n\n"
            + f"Once the {name} of Marden ran away over the hill, {end}. " * 6
            + "\n\nRead more\n"
            for name, end in zip(("fox", "hare"), ends, strict=True)
        ]
        return Upload("scrape.txt", "\n\n".join(stories).encode(), path="/scrape.txt")

    workers = Workers(most=1)
    first = await handed(store, workers, scrape("far away", "for good"))
    titles = {each.article.title: each.article.id for each in first.articles}
    again = await handed(store, workers, scrape("far away", "but not for long"))
    assert len(titles) == 2
    assert {each.article.title: each.article.id for each in again.articles} == titles
    assert [each.article.version for each in again.articles] == [1, 2]
    await workers.close()
