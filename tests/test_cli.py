"""The command line as a machine drives it: real processes, exact lines, exit status."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.process import ARTICLE, JULY, command, environment, footnote, lines


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library of two articles."""
    made = tmp_path_factory.mktemp("cli")
    (made / "tanuki.md").write_text(ARTICLE)
    (made / "more").mkdir()
    (made / "more" / "lyon.md").write_text(JULY)
    (made / "more" / ".hidden.md").write_text(ARTICLE)
    (made / "empty.txt").write_text("")
    with (made / "huge.txt").open("wb") as file:
        file.truncate(20 * 1024 * 1024 + 1)
    sources = ["tanuki.md", "more", "empty.txt", "huge.txt", "absent.txt", "file:///etc/passwd"]
    done = footnote(made, "ingest", "--json", *sources, "two words")
    assert done.returncode == 0, done.stderr
    (made / "receipts.jsonl").write_text(done.stdout)
    return made


def receipts(folder: Path) -> dict[str, dict[str, Any]]:
    every = (folder / "receipts.jsonl").read_text().splitlines()
    return {value["source"]: value for value in map(json.loads, every)}


def test_ingest_prints_a_line_a_source_in_order(folder: Path):
    assert list(receipts(folder)) == [
        "tanuki.md",
        "more/lyon.md",
        "empty.txt",
        "huge.txt",
        "absent.txt",
        "file:///etc/passwd",
        "two words",
    ]


def test_a_stored_source_names_its_articles(folder: Path):
    stored = receipts(folder)["tanuki.md"]
    assert stored["status"] == "stored"
    (article,) = stored["articles"]
    assert article["title"] == "The tanuki of Matsuyama"
    assert article["language"] == "en"
    assert article["passages"] >= 1


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("empty.txt", "empty"),
        ("huge.txt", "too_large"),
        ("absent.txt", "unreachable"),
        ("file:///etc/passwd", "forbidden"),
        ("two words", "unreachable"),
    ],
)
def test_a_refused_source_says_why_in_a_word_and_a_sentence(folder: Path, source: str, code: str):
    refused = receipts(folder)[source]
    assert (refused["status"], refused["code"]) == ("refused", code)
    assert refused["reason"].endswith(".")


def test_the_same_source_again_is_a_duplicate_and_done(folder: Path):
    done = footnote(folder, "ingest", "tanuki.md", "--json")
    assert (done.returncode, lines(done)[0]["status"]) == (0, "duplicate")


def test_where_every_source_is_refused_the_status_is_1(folder: Path):
    done = footnote(folder, "ingest", "--json", "absent.txt", "empty.txt")
    assert done.returncode == 1
    assert [value["status"] for value in lines(done)] == ["refused", "refused"]
    assert len(done.stderr.splitlines()) == 1


def test_standard_input_is_a_source_and_extract_stores_nothing(folder: Path):
    done = footnote(folder, "extract", "-", "--json", stdin=ARTICLE.encode())
    (read,) = lines(done)
    assert (read["source"], read["status"]) == ("-", "read")
    assert "temple" in read["articles"][0]["text"]
    assert len(lines(footnote(folder, "articles", "--json"))) == 2


def test_a_file_that_is_no_text_is_refused(folder: Path):
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 40)
    done = footnote(folder, "ingest", "noise.bin")
    assert done.returncode == 1
    assert done.stdout.startswith("refused ")


def test_an_answer_quotes_the_stored_text_letter_by_letter(folder: Path):
    done = footnote(
        folder, "ask", "why", "did", "the", "tanuki", "move", "into the town?", "--json"
    )
    (answer,) = lines(done)
    assert done.returncode == 0
    assert answer["answered"]
    assert "1965" in answer["answer"]
    for source in answer["sources"]:
        shown = footnote(folder, "show", str(source["article"]), "--json")
        text = lines(shown)[0]["text"]
        assert text[source["start"] : source["end"]] == source["quote"]


def test_an_honest_no_is_done(folder: Path):
    done = footnote(folder, "ask", "Who won the 2018 World Cup?", "--json")
    (answer,) = lines(done)
    assert (done.returncode, answer["answered"], answer["sources"]) == (0, False, [])


@pytest.mark.parametrize("question", ["🦝🦝🦝", 'NEAR( * " OR', "x" * 100_000])
def test_any_question_gets_an_answer_or_an_honest_no(folder: Path, question: str):
    done = footnote(folder, "ask", "--json", "--", question)
    assert done.returncode == 0, done.stderr
    assert lines(done)[0]["answered"] is False


def test_a_question_that_is_no_utf8_is_a_question(folder: Path):
    done = subprocess.run(
        [*command("ask", "--json"), b"tanuki \xff town"],
        capture_output=True,
        cwd=folder,
        env=environment(),
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_search_gives_as_many_passages_as_asked_for(folder: Path):
    (found,) = lines(footnote(folder, "search", "-k", "1", "tanuki", "marché", "--json"))
    assert len(found["passages"]) == 1


def test_for_people_an_answer_is_plain_text_in_a_pipe(folder: Path):
    done = footnote(folder, "ask", "why did the tanuki move into the town?")
    assert "\x1b" not in done.stdout
    assert "\n\nThe tanuki of Matsuyama" in done.stdout
    assert "> [1] “" in done.stdout


def test_the_database_and_library_may_be_named_before_or_behind(folder: Path, tmp_path: Path):
    db = str(folder / "data" / "library.db")
    for order in (["--db", db, "articles", "--json"], ["articles", "--json", "--db", db]):
        assert len(lines(footnote(tmp_path, *order))) == 2
    for order in (["--library", "none", "articles"], ["articles", "--library", "none"]):
        assert "empty" in footnote(folder, *order).stdout


def test_forget_erases_and_says_so_and_then_no_more(folder: Path, tmp_path: Path):
    (tmp_path / "a.md").write_text(ARTICLE)
    footnote(tmp_path, "ingest", "a.md")
    (number,) = [value["id"] for value in lines(footnote(tmp_path, "articles", "--json"))]
    (gone,) = lines(footnote(tmp_path, "forget", str(number), "--json"))
    assert gone["ok"] is True
    again = footnote(tmp_path, "forget", str(number), "--json")
    assert (again.returncode, lines(again)[0]["ok"]) == (1, False)
    assert f"no article {number}" in again.stderr


def test_what_was_asked_in_vain_is_listed_once(tmp_path: Path):
    (empty,) = lines(footnote(tmp_path, "gaps", "--json"))
    assert (empty["ok"], empty["gaps"]) == (True, [])
    for words in ("Who is the mayor of Ostley?", "who is the mayor of ostley"):
        footnote(tmp_path, "ask", words)
    (told,) = lines(footnote(tmp_path, "gaps", "--json"))
    (gap,) = told["gaps"]
    assert told["ok"] is True
    assert (gap["question"], gap["askers"], gap["times"]) == ("who is the mayor of ostley", 1, 2)
    assert "mayor" in footnote(tmp_path, "gaps").stdout


@pytest.mark.parametrize(
    "arguments",
    [["ask"], ["nonsense"], ["show", "x"], ["articles", "--nonsense"], ["search", "-k", "0", "x"]],
)
def test_a_wrong_call_is_one_line_and_status_2(tmp_path: Path, arguments: list[str]):
    done = footnote(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "--help" in done.stderr


@pytest.mark.parametrize("question", ["", " ", "\n\t"])
def test_an_empty_question_is_none(folder: Path, question: str):
    done = footnote(folder, "ask", question)
    assert (done.returncode, done.stdout) == (1, "")
    assert "footnote ask" in done.stderr


def test_a_question_goes_on_from_a_conversation_that_there_was_alone(folder: Path):
    (first,) = lines(footnote(folder, "ask", "--json", "Why did the tanuki move?"))
    asked = ["ask", "--json", "and when?", "--after"]
    (more,) = lines(footnote(folder, *asked, first["conversation"]))
    assert more["conversation"] == first["conversation"]
    for wrong in (["999"], [first["conversation"], "--library", "other"]):
        done = footnote(folder, *asked, *wrong)
        assert (done.returncode, done.stdout) == (2, "")
        assert wrong[0] in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"OWNERS": "me"}, "OWNERS is malformed"),
        ({"OPENAI_BASE_URL": "http://localhost/v1"}, "OPENAI_MODEL is missing"),
        ({"DATABASE_URL": "postgres://x"}, "postgres"),
        ({"DATABASE_URL": "sqlite:////proc/no/such.db"}, "/proc/no"),
    ],
)
def test_a_wrong_setting_is_one_line_and_status_1(tmp_path: Path, env: dict[str, str], said: str):
    done = footnote(tmp_path, "articles", **env)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_help_teaches_with_an_example(tmp_path: Path):
    assert 'footnote ask "why did LeCun' in footnote(tmp_path, "ask", "--help").stdout
    whole = footnote(tmp_path, "--help")
    assert whole.returncode == 0
    assert "doctor" in whole.stdout


def test_a_reader_who_leaves_early_is_no_fault(folder: Path):
    with subprocess.Popen(
        command("articles", "--json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("stdout", [">/dev/full", ">&-"])
def test_output_that_cannot_be_written_is_one_line(folder: Path, stdout: str):
    done = subprocess.run(
        ["/bin/sh", "-c", f'"{sys.executable}" -m bot articles {stdout}'],
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment(),
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["ingest", "-"], ["chat", "--library", "empty"]])
def test_ctrl_c_ends_with_130_and_no_word_of_python(folder: Path, arguments: list[str]):
    with subprocess.Popen(
        command(*arguments),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment(LOG_LEVEL="DEBUG"),
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()  # the first line of the log: it is at work
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        rest = process.stderr.read().decode()
    assert "Traceback" not in rest
    assert "Fatal" not in rest


def test_ctrl_c_while_it_is_still_loading_ends_it_without_a_word_of_python(folder: Path):
    python, *rest = command("articles")
    with subprocess.Popen(
        [python, "-X", "importtime", *rest],  # which tells of each module that is loaded
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment(),
        text=True,
    ) as process:
        assert process.stderr is not None
        while "bot.before" not in (line := process.stderr.readline()):
            assert line
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        assert process.wait(60) == -signal.SIGINT
    assert "Traceback" not in said


def test_the_doctor_looks_at_each_part_and_says_what_to_do(folder: Path):
    (found,) = lines(footnote(folder, "doctor", "--json"))
    states = {check["name"]: check["state"] for check in found["checks"]}
    assert found["ok"] is True
    assert {"python", "settings", "sqlite", "database", "library", "embeddings", "model"} <= set(
        states
    )


def test_the_doctor_fails_where_a_part_does_and_shows_no_secret(tmp_path: Path):
    done = footnote(
        tmp_path,
        "doctor",
        OPENAI_BASE_URL="http://127.0.0.1:9/v1",
        OPENAI_MODEL="tiny",
        OPENAI_API_KEY="sk-do-not-show",
        DATABASE_URL="sqlite:////proc/no/such.db",
    )
    assert done.returncode == 1
    rows = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    assert {name for state, name, _ in rows if state == "fail"} == {"database", "model"}
    assert "sk-do-not-show" not in done.stdout + done.stderr
