"""Gets JSON Schemas out of pinned npm packages, once per version and machine."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

SECONDS = 120.0
QUIETLY = ("--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1")

Pins = dict[str, tuple[str, str]]  # name → version, integrity hash


class OracleUnavailable(Exception):
    """The schemas cannot be had here."""


def schemas(script: Path, pins: Pins) -> Any:
    """Give what `script` prints with the packages installed; from a cache when it ran before.

    Raises OracleUnavailable with the reason.
    """
    key = hashlib.sha256(script.read_bytes() + json.dumps(pins).encode()).hexdigest()[:16]
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    kept = Path(base) / "footnote-tests" / f"{script.stem}-{key}.json"
    if not kept.exists():
        made = _make(script, pins)
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(made)
        part.replace(kept)
    return json.loads(kept.read_bytes())


def _make(script: Path, pins: Pins) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        (room / "package.json").write_text(json.dumps(_package(pins)))
        (room / "package-lock.json").write_text(json.dumps(_lock(pins)))
        shutil.copy(script, room)
        _run([_tool("npm"), "ci", *QUIETLY], room)
        return _run([_tool("node"), script.name], room)


def _package(pins: Pins) -> dict[str, Any]:
    versions = {name: version for name, (version, _) in pins.items()}
    return {"name": "oracle", "version": "0.0.0", "private": True, "dependencies": versions}


def _lock(pins: Pins) -> dict[str, Any]:
    """A lock file: npm refuses a package whose content is not what the hash says."""
    parts = {
        f"node_modules/{name}": {"version": version, "integrity": integrity}
        for name, (version, integrity) in pins.items()
    }
    package = _package(pins)
    return package | {"lockfileVersion": 3, "requires": True, "packages": {"": package, **parts}}


def _tool(name: str) -> str:
    """The environment's own node if it has one, else the machine's."""
    own = Path(sys.prefix, "bin", name)
    found = str(own) if own.exists() else shutil.which(name)
    if found is None:
        raise OracleUnavailable(f"there is no {name} here")
    return found


def _run(command: list[str], room: Path) -> bytes:
    try:
        done = subprocess.run(command, cwd=room, check=True, capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired as fault:
        raise OracleUnavailable(f"{command[0]} took over {SECONDS:.0f} s") from fault
    except subprocess.CalledProcessError as fault:
        said = " ".join(fault.stderr.decode(errors="replace").split())[:200]
        raise OracleUnavailable(f"{Path(command[0]).name} failed: {said}") from fault
    return done.stdout
