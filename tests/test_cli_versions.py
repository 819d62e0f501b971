"""The command line's part for versions and backups: exact objects, exit status, and its help."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from bot.__main__ import cli
from tests.process import ARTICLE, footnote, lines

MESSY = ARTICLE.replace("\n\nPeople", "\n\nAdvertisement\n\nPeople")
CONTRACT = {
    "run", "chat", "ingest", "ask", "search", "extract", "evaluate", "show", "articles", "forget",
    "refresh", "undo", "revert", "diff", "gaps", "doctor", "backup", "restore",
}  # fmt: skip
COMMANDS = {
    each.callback.__name__: each.callback for each in cli.registered_commands if each.callback
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a library of one article."""
    (tmp_path / "a.md").write_text(MESSY)
    assert footnote(tmp_path, "ingest", "a.md").returncode == 0
    return tmp_path


def test_every_command_of_the_contract_is_there_and_teaches_with_an_example():
    assert set(COMMANDS) >= CONTRACT
    for name in CONTRACT - {"run", "chat"}:
        assert "json" in inspect.signature(COMMANDS[name]).parameters, name
    for name, callback in COMMANDS.items():
        assert f"Example: {'echo' if name == 'chat' else f'footnote {name}'}" in (
            callback.__doc__ or ""
        ), name


NOT_DONE = (["refresh", "1"], ["undo"], ["putback", "1"], ["backup", "b.db"], ["restore", "b"])


@pytest.mark.parametrize("arguments", NOT_DONE)
def test_what_can_not_be_done_is_one_object_and_one_line(tmp_path: Path, arguments: list[str]):
    done = footnote(tmp_path, *arguments, "--json")
    (told,) = lines(done)
    assert (done.returncode, told["ok"]) == (1, False)
    assert told["message"].endswith(".")
    assert len(done.stderr.splitlines()) == 1


def test_what_was_cut_is_shown_put_back_compared_and_taken_back(folder: Path):
    (cut,) = lines(footnote(folder, "show", "1", "--removed", "--json"))
    assert cut["removed"] == [
        {"n": 1, "line": 7, "text": "Advertisement", "reason": "the mark of an advertisement"}
    ]
    (told,) = lines(footnote(folder, "putback", "1", "1", "--json"))
    assert (told["ok"], told["article"], told["version"]) == (True, 1, 2)
    (changed,) = lines(footnote(folder, "diff", "1", "--json"))
    assert (changed["from"], changed["to"]) == (1, 2)
    assert changed["changes"] == [{"kind": "added", "after": "Advertisement"}]
    (back,) = lines(footnote(folder, "revert", "1", "--version", "1", "--json"))
    assert (back["ok"], back["version"]) == (True, 3)
    (same,) = lines(footnote(folder, "diff", "1", "--from", "1", "--to", "3", "--json"))
    assert same["changes"] == []
    for version in (3, 2, 1):
        (gone,) = lines(footnote(folder, "undo", "--json"))
        assert gone["undone"] == [{"article": 1, "version": version}]
    assert footnote(folder, "undo").returncode == 1
    assert lines(footnote(folder, "articles", "--json")) == []


def test_what_another_source_told_already_is_named(folder: Path):
    (folder / "b.md").write_text(ARTICLE.replace("cut down in 1965", "felled in 1966"))
    (told,) = lines(footnote(folder, "ingest", "b.md", "--json"))
    assert [each["also"] for each in told["articles"] if "also" in each] == [[1]]


def test_a_backup_is_restored_and_what_was_there_is_named(folder: Path):
    (made,) = lines(footnote(folder, "backup", "b.db", "--json"))
    assert (made["ok"], made["counts"]["articles"]) == (True, 1)
    refused = footnote(folder, "backup", "b.db")
    assert (refused.returncode, "--force" in refused.stderr) == (1, True)
    footnote(folder, "forget", "1")
    (told,) = lines(footnote(folder, "restore", "b.db", "--json"))
    assert (told["ok"], told["counts"]["articles"]) == (True, 1)
    assert Path(folder, told["aside"]).exists()
    assert len(lines(footnote(folder, "articles", "--json"))) == 1
