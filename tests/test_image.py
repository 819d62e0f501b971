"""The image for containers: what it copies is there, what it runs as may do little."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from bot.settings import Settings

ROOT = Path(__file__).parent.parent
TEXT = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
STEPS = [
    (word, rest) for word, _, rest in (line.partition(" ") for line in TEXT.splitlines()) if rest
]
COPIED = [rest.split()[0] for word, rest in STEPS if word == "COPY"]
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def given(word: str) -> str:
    (rest,) = [rest for each, rest in STEPS if each == word]
    return rest


def test_all_that_it_copies_is_there_and_nothing_else_goes_along():
    assert all((ROOT / each).exists() for each in COPIED)
    assert IGNORED[1] == "*"
    assert {each[1:] for each in IGNORED if each.startswith("!")} == set(COPIED)


def test_all_that_the_bot_imports_of_its_own_is_copied():
    floors = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert floors <= set(COPIED)


def test_packages_are_those_of_the_lock_file_by_their_hashes():
    (install,) = [rest for word, rest in STEPS if word == "RUN" and "pip install" in rest]
    assert {"--require-hashes", "--no-deps", "requirements.lock"} <= set(install.split())
    assert "://" not in TEXT


def test_it_runs_as_nobody_in_particular():
    words = [word for word, _ in STEPS]
    assert given("USER") != "root"
    assert words.index("USER") > max(at for at, word in enumerate(words) if word == "RUN")


def test_the_library_and_what_is_kept_beside_it_stand_in_the_volume():
    path = Settings.model_fields["database_url"].default.removeprefix("sqlite:///")
    volume = PurePosixPath(given("VOLUME"))
    assert (PurePosixPath(given("WORKDIR")) / path).is_relative_to(volume)
    assert PurePosixPath(given("ENV").removeprefix("XDG_CACHE_HOME=")).is_relative_to(volume)
