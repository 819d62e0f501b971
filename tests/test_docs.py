"""The documents keep up: every setting and every command stands where a newcomer looks."""

from __future__ import annotations

import fnmatch
import re
from pathlib import Path

import pytest

from bot.__main__ import cli
from bot.settings import GOOD_FORMS, Settings
from handlers.access import Access
from storage.store import Store
from tests.table import bare_table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
SETTINGS = [name.upper() for name in Settings.model_fields]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
FLOORS = ["bot/", "handlers/", "storage/"]
COMMANDS = [command.callback.__name__ for command in cli.registered_commands if command.callback]


@pytest.mark.parametrize("name", SETTINGS)
def test_the_readme_explains_the_setting(name: str):
    assert re.search(rf"^\| `{name}` \|.*\S", README, re.MULTILINE)


@pytest.mark.parametrize("name", SETTINGS)
def test_the_example_explains_the_setting(name: str):
    lines = EXAMPLE.splitlines()
    (at,) = [n for n, line in enumerate(lines) if line.startswith(f"{name}=")]
    above = 0
    while lines[at - above - 1].startswith("# ") and not lines[at - above - 1].startswith("# ---"):
        above += 1
    assert 1 <= above <= 3


def test_the_example_holds_no_setting_that_is_not_read():
    assert set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE)) == set(SETTINGS)


def test_every_setting_has_a_good_form_to_show():
    assert {name.upper() for name in GOOD_FORMS} == set(SETTINGS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_explains_the_command(name: str):
    assert re.search(rf"^\| `footnote {name}\b[^|]*` \|.*\S", README, re.MULTILINE)


async def test_the_readme_explains_every_command_of_the_chat(store: Store):
    access = Access(store)
    table = bare_table(store, access)
    usages = [command.usage for command in table if command.offered]
    assert re.findall(r"^\| `(/[^`]+)` \| \S", README, re.MULTILINE) == usages


@pytest.mark.parametrize("name", COMMANDS)
def test_the_command_teaches_with_an_example(name: str):
    (command,) = [
        each.callback
        for each in cli.registered_commands
        if each.callback and each.callback.__name__ == name
    ]
    assert "footnote " + name in (command.__doc__ or "")


def test_the_documents_speak_of_no_registry_address():
    for path in [*ROOT.glob("*.lock"), ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        assert "index-url" not in path.read_text(encoding="utf-8")


def test_every_file_on_the_map_is_there():
    floors = [path for floor in FLOORS for path in (ROOT / floor).rglob("*")]
    paths = [path.name + "/" if path.is_dir() else path.name for path in floors]
    drawn = re.findall(r"[\w*]+(?:\.py|/)(?=[\s,])", ARCHITECTURE.split("```")[1])
    assert [each for each in drawn if not fnmatch.filter([*paths, *FLOORS], each)] == []
