"""Which version of Footnote this is."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = "footnote-bot"
_PROJECT = Path(__file__).parents[1] / "pyproject.toml"


def own_version(project: Path = _PROJECT) -> str:
    """Give the version of the code that runs: of its folder, else of the installed package.

    "unknown" where neither says it.
    """
    try:
        said = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
        if said["name"] == PACKAGE:
            return str(said["version"])
    except (OSError, KeyError, ValueError):
        pass  # an installed package has no such file, or another's
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "unknown"
