"""Which version this is, is told wherever it runs from."""

from __future__ import annotations

import tomllib
from pathlib import Path

from bot.version import own_version
from tests.process import ROOT, footnote


def test_the_command_line_tells_the_version_of_the_code_beside_it(tmp_path: Path):
    done = footnote(tmp_path, "--version")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert (done.returncode, done.stdout) == (0, f"footnote {project['version']}\n")
    assert list(tmp_path.iterdir()) == []


def test_another_projects_file_says_nothing_of_ours(tmp_path: Path):
    other = tmp_path / "pyproject.toml"
    other.write_text('[project]\nname = "other"\nversion = "9.9.9"\n')
    absent = own_version(tmp_path / "absent.toml")
    assert own_version(other) == absent != "9.9.9"
