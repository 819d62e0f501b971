"""Kills a writing process in mid-save, many times, and looks what is left: one JSON line.

python -m bench.crash --kills 200
"""

from __future__ import annotations

import argparse
import json
import signal
import tempfile
from pathlib import Path

from tests.test_sqlite import checked, writer


def crash(kills: int, path: Path) -> dict[str, int]:
    """Give how many articles were acknowledged, lost, and stored, after so many kills."""
    acknowledged: set[int] = set()
    for kill in range(kills):
        child = writer(path, f"w{kill}", 10_000)
        if child.stdout is None:
            raise RuntimeError("the writer has no output")
        for _ in range(1 + kill % 5):
            acknowledged.add(int(child.stdout.readline()))
        child.send_signal(signal.SIGKILL)
        rest, _ = child.communicate()
        acknowledged |= {int(line) for line in rest.splitlines() if line.isdigit()}
    stored = checked(path)  # raises where an article is half there or the index is out of step
    return {
        "kills": kills,
        "acknowledged": len(acknowledged),
        "lost": len(acknowledged - stored),
        "stored": len(stored),
        "half": 0,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(crash(parser.parse_args().kills, Path(folder) / "library.db")))
