"""The command line in a process of its own, and articles to give it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bot.settings import Settings

ROOT = Path(__file__).parent.parent
SETTINGS = {name.upper() for name in Settings.model_fields}
ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in SETTINGS}
ARTICLE = """# The tanuki of Matsuyama

Tanuki are small animals that live in the woods of Japan and look like raccoons.

They moved into the town because the woods around it were cut down in 1965.

People leave food for them at the gate of the temple in the evening.
"""
QUESTION = "Why did the tanuki move into the town?"
REASON = "cut down in 1965"  # stands in every answer to it
FOOD = "What do people leave at the gate of the temple?"
JULY = """# Le marché de Lyon

Le marché de Lyon ouvre à six heures du matin, et les maraîchers arrivent bien avant.

Les prix ont augmenté de dix pour cent depuis le mois de juillet à cause de la sécheresse.
"""


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "bot", *arguments]


def environment(**more: str) -> dict[str, str]:
    paths = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    words_only = {"EMBEDDINGS": "none", "PYTHONPATH": paths}
    return {**ENVIRONMENT, **words_only, **more}


def footnote(
    folder: Path, *arguments: str, stdin: bytes = b"", **env: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command(*arguments),
        input=stdin,
        capture_output=True,
        cwd=folder,
        env=environment(**env),
        timeout=60,
        check=False,
    )
    out, err = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in err
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]
