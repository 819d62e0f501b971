"""What is named on this machine: files, folders, addresses, and what is none of them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.here import Here
from bot.sources import MOST_BYTES, Named, handed, load, named, printable
from handlers.closing import closing
from handlers.messages import Draft, Failure, Receipt, Reply, Request, Upload


def code(one: Named) -> str:
    read = load(one)
    assert isinstance(read, Failure)
    assert read.text.endswith(".")
    return read.code


def test_a_file_becomes_an_upload_under_its_own_name(tmp_path: Path):
    (tmp_path / "a.txt").write_bytes(b"words")
    (one,) = named([str(tmp_path / "a.txt")])
    assert one.source == str(tmp_path / "a.txt")
    assert load(one) == Upload("a.txt", b"words")


def test_a_folder_gives_its_files_in_order_without_hidden_ones(tmp_path: Path):
    for name in ("b.txt", "a/c.txt", ".git/x", "a/.hidden"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [one.source for one in named([str(tmp_path)])] == [
        str(tmp_path / "a/c.txt"),
        str(tmp_path / "b.txt"),
    ]


def test_a_folder_that_holds_itself_ends(tmp_path: Path):
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "again").symlink_to(tmp_path)
    assert len(list(named([str(tmp_path)]))) == 1


def test_an_empty_folder_is_refused(tmp_path: Path):
    (one,) = named([str(tmp_path)])
    assert code(one) == "empty"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("absent.txt", "unreachable"),
        ("some words", "unreachable"),
        ("", "unreachable"),
        ("x" * 5000, "unreachable"),
        ("a\0b", "unreachable"),
        ("~nobody-of-this-name/x", "unreachable"),
        ("file:///etc/passwd", "forbidden"),
        ("javascript:alert(1)", "forbidden"),
        ("ftp://example.org/a", "forbidden"),
    ],
)
def test_what_is_no_source_is_refused_with_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, expected: str
):
    monkeypatch.chdir(tmp_path)
    (one,) = named([name])
    assert code(one) == expected


def test_an_address_stays_as_it_is():
    (one,) = named(["HTTPS://example.org/a?b=c"])
    assert load(one) == "HTTPS://example.org/a?b=c"


def test_a_file_too_large_is_refused_unread(tmp_path: Path):
    with (tmp_path / "big").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    (one,) = named([str(tmp_path / "big")])
    assert code(one) == "too_large"


def test_what_is_no_plain_file_is_refused_unread(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    (one,) = named([str(tmp_path / "pipe")])
    assert code(one) == "unsupported"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path):
    (tmp_path / "mine").write_text("x")
    (tmp_path / "mine").chmod(0)
    (one,) = named([str(tmp_path / "mine")])
    assert code(one) == "unreachable"


def test_a_name_that_is_no_text_can_be_printed(tmp_path: Path):
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    Path(name).write_text("x")
    (one,) = named([name])
    read = load(one)
    assert isinstance(read, Upload)
    assert read.name.encode() == "\ufffd.txt".encode()
    assert printable(one.source).encode()


async def test_a_reply_comes_under_the_name_that_was_given(tmp_path: Path):
    (tmp_path / "a.txt").write_text("x")
    asked: list[Request] = []

    async def handler(request: Request) -> AsyncIterator[Reply]:
        asked.append(request)
        yield Draft("so far")
        yield Receipt("a.txt", "stored", (), ())

    (one,) = named([str(tmp_path / "a.txt")])
    async with closing(handed(handler, Here(), "ingest", one)) as pictures:
        seen = [picture async for picture in pictures]
    assert seen == [Draft("so far"), Receipt(str(tmp_path / "a.txt"), "stored", (), ())]
    assert asked[0].uploads == (Upload("a.txt", b"x"),)
