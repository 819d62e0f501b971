"""The chat: through a pipe each line is answered; on a terminal it is a chat that looks good."""

from __future__ import annotations

import codecs
import os
import pty
import re
import select
import signal
import subprocess
import time
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import samples
from bot.terminal_adapter import _sources
from handlers import phrases
from handlers.messages import Failure
from tests.process import ARTICLE, command, environment, footnote

HAS_SAMPLES = samples.FOLDER.is_dir() and any(samples.FOLDER.iterdir())
needs_samples = pytest.mark.skipif(not HAS_SAMPLES, reason="docs/samples is not there")
HOSTILE = (
    "# A \x1b]0;owned\x07title [red]x[/red]\n\nThe owl \x1b[31mhoots because it is hungry.\x1b[0m\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("chat")
    (made / "tanuki.md").write_text(ARTICLE)
    (made / "owl text.md").write_text(HOSTILE)
    done = footnote(made, "ingest", "tanuki.md", "owl text.md")
    assert done.returncode == 0, done.stderr
    return made


def test_each_line_of_a_pipe_is_answered_and_its_end_ends_the_chat(folder: Path):
    asked = b"why did the tanuki move into the town?\n\n/articles\nWho won the 2018 World Cup?"
    done = footnote(folder, "chat", stdin=asked)
    assert done.returncode == 0
    assert "woods around it were cut down in 1965" in done.stdout
    assert "- #1 The tanuki of Matsuyama" in done.stdout
    assert "answer that." in done.stdout
    assert "\x1b" not in done.stdout


def test_a_pipe_may_bring_anything(folder: Path):
    done = footnote(folder, "chat", stdin=b"\xff\xfe\x00\n/\n/nonsense\n" + b"y" * 3_000_000)
    assert done.returncode == 0
    assert "There is no command /nonsense" in done.stdout
    assert done.stderr == ""


def test_quit_leaves_before_the_end_of_the_pipe(folder: Path):
    done = footnote(folder, "chat", stdin=b"/quit\n/articles\n")
    assert (done.returncode, done.stdout) == (0, "")


def test_run_without_a_token_is_the_chat(folder: Path):
    assert "articles" in footnote(folder, "run", stdin=b"/help\n").stdout


def test_what_is_said_without_a_command_is_read_as_in_any_chat(folder: Path):
    done = footnote(folder, "chat", stdin="hello\nthanks!\n👍\nhttp://127.0.0.1/a\n".encode())
    assert "Your id here is" in done.stdout
    assert phrases.INSIDE in " ".join(done.stdout.split())
    assert phrases.NO_ANSWER not in done.stdout


def test_a_file_is_ingested_from_the_chat(folder: Path):
    done = footnote(folder, "chat", "--library", "two", stdin=b"/ingest 'owl text.md'\n/articles\n")
    assert "Stored 1 article from owl text.md" in done.stdout
    refused = footnote(folder, "chat", stdin=b"/ingest absent.md\n/extract .\n")
    assert "no such file" in refused.stdout
    assert "stored nothing" in refused.stdout


def test_a_summary_in_the_chat_is_of_what_was_shown_last(folder: Path):
    heron = b"/ingest The heron of Ostley stands in the river all day and waits for a fish.\n"
    owl = b"/ingest 'owl text.md'\n"
    asked = footnote(folder, "chat", "--library", "three", stdin=owl + heron + b"tldr\n")
    assert "[1] “The heron of Ostley" in asked.stdout
    unsaid = footnote(folder, "chat", "--library", "three", stdin=b"tldr\n")
    assert "Which article" in unsaid.stdout


def test_a_path_an_address_and_a_pasted_text_are_told_apart(folder: Path, tmp_path: Path):
    (tmp_path / "a b.txt").write_text("x")
    (path,) = _sources(f'"{tmp_path}/a b.txt"')
    assert path.content == tmp_path / "a b.txt"
    (page,) = _sources("https://example.org/a")
    assert page.content == "https://example.org/a"
    (text,) = _sources("some words of an article")
    assert (text.source, text.content) == ("", "some words of an article")
    (absent,) = _sources("absent.txt")
    assert isinstance(absent.content, Failure)


@needs_samples
def test_an_empty_library_takes_the_samples_where_a_pipe_asks(tmp_path: Path):
    done = footnote(tmp_path, "run", stdin=b"why did LeCun leave Meta?\n")
    assert done.returncode == 0
    assert "[1]" in done.stdout
    assert "sample articles" in done.stderr


# --- on a terminal ------------------------------------------------------------------------------


class Terminal:
    """A chat on a pseudo terminal: what is typed goes in, what is drawn comes out."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.mine, theirs = pty.openpty()
        self.before = None
        self.process = subprocess.Popen(
            command("chat", *arguments),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env=environment(TERM="xterm-256color", COLUMNS="80", LINES="30"),
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""
        self.decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def type(self, text: str) -> None:
        os.write(self.mine, text.encode())

    def wait_for(self, text: str) -> str:
        """Read until a text is drawn; give all that was drawn up to there."""
        end = time.monotonic() + 30
        while text not in bare(self.seen):
            assert time.monotonic() < end, f"no {text!r} in {self.seen!r}"
            ready, _, _ = select.select([self.mine], [], [], 1)
            if ready:
                self.seen += self.decode(os.read(self.mine, 65536))
        places = range(len(self.seen) + 1)
        there = bisect_left(places, True, key=lambda at: text in bare(self.seen[:at]))
        drawn, self.seen = self.seen[:there], self.seen[there:]
        return drawn

    def ended(self) -> int:
        while self.process.poll() is None:
            if select.select([self.mine], [], [], 0.1)[0]:
                try:
                    self.seen += os.read(self.mine, 65536).decode("utf-8", "replace")
                except OSError:
                    break
        return self.process.wait(30)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(30)
        os.close(self.mine)


def bare(drawn: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]|[\r\x01\x02]", "", drawn)


@pytest.fixture
def terminal(folder: Path) -> Iterator[Terminal]:
    opened = Terminal(folder)
    yield opened
    opened.close()


def test_a_person_is_welcomed_answered_and_let_go(terminal: Terminal):
    assert "/help" in bare(terminal.wait_for("› "))
    terminal.type("why did the tanuki move into the town?\r")
    drawn = terminal.wait_for("[1] “")
    assert "\x1b[1m" in drawn
    terminal.wait_for("› ")
    terminal.type("/quit\r")
    assert terminal.ended() == 0


def test_articles_give_the_terminal_no_orders(terminal: Terminal):
    terminal.wait_for("› ")
    terminal.type("why does the owl hoot?\r")
    drawn = terminal.wait_for("hungry") + terminal.wait_for("› ")
    assert "\x1b]0;" not in drawn
    assert "\x07" not in drawn
    assert "[red]x[/red]" in bare(drawn)


def test_ctrl_d_ends_the_chat(terminal: Terminal):
    terminal.wait_for("› ")
    terminal.type("\x04")
    assert terminal.ended() == 0


def test_ctrl_c_at_the_prompt_ends_the_chat_and_gives_the_terminal_back(terminal: Terminal):
    import termios

    before = termios.tcgetattr(terminal.mine)
    terminal.wait_for("› ")
    terminal.process.send_signal(signal.SIGINT)
    assert terminal.ended() == 130
    assert "Traceback" not in terminal.seen
    assert termios.tcgetattr(terminal.mine)[3] & termios.ECHO == before[3] & termios.ECHO


@needs_samples
def test_an_empty_library_offers_the_samples_to_a_person(tmp_path: Path):
    terminal = Terminal(tmp_path)
    terminal.wait_for("[Y/n]")
    terminal.type("n\r")
    terminal.wait_for("› ")
    terminal.type("/articles\r")
    assert "empty" in bare(terminal.wait_for("empty"))
    terminal.close()
