"""Reading passages closely: which are read, and what their tokens tell of their sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from handlers.answering.candidates import Candidate
from handlers.answering.e5.states import Tokens
from handlers.answering.embed import Embedder, EndpointEmbedder, LocalEmbedder, why_not_local
from handlers.answering.interaction import ENOUGH, MOST, SURE, interaction
from handlers.answering.model import Limits, Model
from handlers.answering.pool import Pooled, pooled
from handlers.errors import ModelFault
from storage.records import Passage

pytestmark = pytest.mark.skipif(bool(why_not_local()), reason=why_not_local())

BAKER = """Ilse Brandt ran the mill at Ostrow until her death. She sold it to a cooperative in the
spring of 1988. The weather was mild."""
FERRY = """The ferry to Hallig was painted green. Its engine came from Kiel. It sails daily."""
QUESTION = "When was the mill at Ostrow sold?"


class Listening(LocalEmbedder):
    """The bot's own, which tells which passages it was asked to read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    async def tokens(self, task: str, parts: Sequence[str]) -> Tokens | None:
        if task == "passage":
            self.read.append("".join(parts))
        return await super().tokens(task, parts)


def pool_of(*texts: str) -> list[Pooled]:
    found = [
        Candidate(Passage(at, at, 1, "", "", 0, len(text), text), None, None, None, "en", 1, 1, 1)
        for at, text in enumerate(texts, 1)
    ]
    return pooled(found, {each.source: each.passage.text for each in found})


def likely(*shares: float) -> NDArray[np.float32]:
    return np.array(shares, np.float32)


async def near(
    embedder: Embedder, pool: list[Pooled], *shares: float, question: str = QUESTION
) -> NDArray[np.float32]:
    found = await interaction(question, pool, range(len(pool)), likely(*shares), embedder)
    assert found is not None
    return found


async def test_a_sentence_is_near_by_what_its_passage_says_before_it(embedder: Embedder) -> None:
    pool = pool_of(BAKER, FERRY)
    sold, weather, *ferry = (await near(embedder, pool, *[1 / 6] * 6))[1:]
    assert sold > max(weather, *ferry)


async def test_a_question_in_another_language_is_near_to_the_same(embedder: Embedder) -> None:
    pool = pool_of(BAKER, FERRY)
    found = await near(embedder, pool, *[1 / 6] * 6, question="Wann wurde die Mühle verkauft?")
    assert found.argmax() in (0, 1)
    assert (np.abs(found) <= 1).all()


async def test_nothing_is_read_where_a_sentence_is_sure() -> None:
    embedder, pool = Listening(), pool_of(BAKER)
    found = await interaction(QUESTION, pool, range(3), likely(SURE, 0.03, 0.02), embedder)
    await embedder.close()
    assert found is None
    assert not embedder.read


async def test_only_passages_that_may_hold_the_answer_are_read() -> None:
    embedder, pool = Listening(), pool_of(BAKER, FERRY)
    rest = (1 - ENOUGH) / 4
    found = await near(embedder, pool, 0.5, ENOUGH - 0.5, rest, rest, rest, rest)
    await embedder.close()
    assert embedder.read == [BAKER]
    assert (found[3:] == found[:3].min()).all()  # as far as the farthest of those that were


async def test_of_many_passages_the_likeliest_are_read() -> None:
    embedder = Listening()
    texts = [f"Mill number {at} was sold in 19{at}0." for at in range(1, MOST + 3)]
    shares = np.arange(1, len(texts) + 1) / sum(range(1, len(texts) + 1))
    await near(embedder, pool_of(*texts), *shares.tolist())
    await embedder.close()
    assert embedder.read == texts[: -MOST - 1 : -1]


async def test_only_kept_sentences_get_a_number(embedder: Embedder) -> None:
    pool = pool_of(BAKER, FERRY)
    every = await near(embedder, pool, *[1 / 6] * 6)
    some = await interaction(QUESTION, pool, [1, 4], likely(0.5, 0.5), embedder)
    assert some is not None
    assert np.allclose(some, every[[1, 4]], atol=1e-3)


@pytest.mark.parametrize("question", ["", "\0", "\ud800", "?", "😀" * 400])
async def test_any_question_is_read(embedder: Embedder, question: str) -> None:
    found = await interaction(question, pool_of(BAKER), range(3), likely(0.4, 0.3, 0.3), embedder)
    assert found is None or np.isfinite(found).all()


async def test_a_sentence_beyond_what_the_model_sees_is_as_far_as_the_farthest(
    embedder: Embedder,
) -> None:
    pool = pool_of(BAKER + " The stones were grey." * 150)
    found = await near(embedder, pool, *[1 / len(pool)] * len(pool))
    assert found[-1] == found.min()


async def test_an_embedder_of_vectors_alone_reads_nothing() -> None:
    embedder = EndpointEmbedder(Model("http://127.0.0.1:1", None, "m", Limits()))
    found = await interaction(QUESTION, pool_of(BAKER), range(3), likely(0.4, 0.3, 0.3), embedder)
    await embedder.close()
    assert found is None


async def test_an_embedder_that_fails_leaves_the_ranking_as_it_is() -> None:
    class Broken(LocalEmbedder):
        async def tokens(self, task: str, parts: Sequence[str]) -> Tokens | None:
            raise ModelFault("the local embedder does not run")

    embedder = Broken()
    found = await interaction(QUESTION, pool_of(BAKER), range(3), likely(0.4, 0.3, 0.3), embedder)
    await embedder.close()
    assert found is None
