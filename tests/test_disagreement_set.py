"""The set of passages that disagree, or do not, is what its README says of it."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "disagreement"
PAIRS = [
    json.loads(line) for line in (FOLDER / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_there_are_as_many_of_each_kind_as_the_readme_says():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    told = {
        kind: int(count) for kind, count in re.findall(r"^\| `(\w+)` \| (\d+) \|", readme, re.M)
    }
    assert Counter(pair["kind"] for pair in PAIRS) == told
    assert sum(told.values()) == len({pair["id"] for pair in PAIRS}) >= 60
    assert readme.count(f"{len(PAIRS)} pairs") == 1


def test_what_a_passage_says_stands_in_it_and_the_second_is_no_older():
    for pair in PAIRS:
        for side in (pair["a"], pair["b"]):
            assert side["says"] in side["text"], pair["id"]
        assert pair["a"]["text"] != pair["b"]["text"]
        days = [date.fromisoformat(pair[side]["published"]) for side in ("a", "b")]
        assert days == sorted(days), pair["id"]


def test_both_halves_hold_every_kind():
    for half in (0, 1):
        kinds = {pair["kind"] for pair in PAIRS if int(pair["id"][-2:]) % 2 == half}
        assert kinds == {"number", "opposite", "corrected", "different"}
