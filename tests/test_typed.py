"""A command that is typed as words is one; a path or a sum is not."""

from __future__ import annotations

import pytest

from bot.typed import typed


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/articles", ("articles", "")),
        (" /Article 3 ", ("article", "3")),
        ("/ask who won?\nand when?", ("ask", "who won?\nand when?")),
    ],
)
def test_a_command_is_its_name_and_words(text: str, command: tuple[str, str]) -> None:
    assert typed(text) == command


@pytest.mark.parametrize("text", ["", "/", "articles", "/etc/passwd", "// a", "1/2 cup", "/-x"])
def test_what_only_has_a_stroke_is_no_command(text: str) -> None:
    assert typed(text) is None
