"""A person in one chat of the fake Telegram: implements `tests.human.Human`."""

from __future__ import annotations

from tests.fakes.telegram.acting import Acting
from tests.fakes.telegram.handing import Handing
from tests.fakes.telegram.seeing import Seeing


class Person(Seeing, Handing, Acting):
    """Speaks, hands over, presses and sees. `within` gives the same person in a topic."""
