"""Where the real input and the evaluation sets are, beside the project and never in it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).parents[2] / "shared"
DATA = Path(os.environ.get("FOOTNOTE_DATA") or BESIDE) / "data"


def needs(path: Path) -> pytest.MarkDecorator:
    """Skip, and say why, where a set is not there."""
    reason = (
        f"{path.name} is not there: put the shared folder beside the project or set FOOTNOTE_DATA"
    )
    return pytest.mark.skipif(not path.exists(), reason=reason)
