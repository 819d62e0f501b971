"""A reply in a terminal: no order of others reaches it, and a pipe gets plain words."""

from __future__ import annotations

import io
import re

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.render import as_text, write
from handlers.messages import Action, Answer, Failure, Nearest, Notice, Reply, Seconds, Source

NO_TIME = Seconds(0, 0, 0, 0)


def answer(text: str, quote: str) -> Answer:
    source = Source(1, 3, 1, quote, quote, 0, 1, "https://example.org/a_b", "example.org")
    return Answer("q", True, text, "model", "c", (source,), (Nearest(1, quote, quote),), NO_TIME)


def drawn(reply: Reply, *, terminal: bool) -> str:
    file = io.StringIO()
    write(Console(file=file, force_terminal=terminal, width=60), reply)
    return file.getvalue()


def test_a_pipe_gets_the_words_without_marks():
    assert as_text(answer("Tricksters [1].", "a*b")).startswith(
        "Tricksters [1].\n\na*b · example.org\n> [1] “a*b”\n> https://example.org/a_b\n"
    )


def test_a_pipe_gets_long_lines_whole():
    assert drawn(Notice("word " * 100), terminal=False).count("\n") == 1


def test_an_address_is_shown_whole_once_on_a_terminal():
    assert drawn(answer("Yes.", "q"), terminal=True).count("https://example.org/a_b") == 1


def test_an_address_hides_behind_no_word():
    assert "http://evil.example" in drawn(Notice("[good](http://evil.example)"), terminal=True)


@given(st.text(alphabet=st.characters(max_codepoint=0x2100), max_size=60))
def test_nothing_but_colour_and_style_is_ordered_of_a_terminal(text: str):
    for reply in (answer(text, text), Failure(text), Notice(text)):
        seen = drawn(reply, terminal=True)
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", re.sub(r"\x1b\[[0-9;]*m", "", seen))


@given(st.text(max_size=60))
def test_rich_markup_of_others_stays_text(text: str):
    reply = Failure(f"[bold red]{text}[/bold red]".replace("\n", " ").replace("\r", " "))
    assert "[bold red]" in re.sub(r"\x1b\[[0-9;]*m", "", drawn(reply, terminal=True))


def test_what_buttons_do_elsewhere_can_be_typed_in_a_terminal():
    asked = Notice("Forget it?", (Action("Forget it", "forget", "3 yes"),))
    assert as_text(asked).endswith("Forget it: /forget 3 yes")
    beside = Notice("Yes.", (Action("Quote 1", "source", "1 1 0 4", beside=True),))
    assert as_text(beside) == "Yes."
