"""Rows of buttons: those of one kind together, no more than fit, none lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.rows import rows
from handlers.messages import Action


def labels(found: list[list[Action]]) -> list[list[str]]:
    return [[each.label for each in row] for row in found]


def test_buttons_of_another_kind_begin_a_row():
    actions = [Action(f"Quote {n}", "source", str(n)) for n in range(1, 5)]
    votes = [Action(sign, "vote", sign) for sign in "+-"]
    assert labels(rows([*actions, *votes], 5, 36)) == [
        ["Quote 1", "Quote 2", "Quote 3", "Quote 4"],
        ["+", "-"],
    ]


def test_long_labels_take_more_rows():
    actions = [Action("x" * 20, "choose", str(n)) for n in range(3)]
    assert [len(row) for row in rows(actions, 5, 36)] == [1, 1, 1]
    assert [len(row) for row in rows(actions, 5, 200)] == [3]


@given(st.lists(st.builds(Action, st.text(max_size=50), st.sampled_from("ab"), st.text())))
def test_no_button_is_lost_and_no_row_is_too_long(actions: list[Action]):
    found = rows(actions, 5, 36)
    assert [each for row in found for each in row] == actions
    assert all(1 <= len(row) <= 5 for row in found)
