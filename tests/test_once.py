"""A sentence that two outlets have stands once in an answer; one with another number does not."""

from __future__ import annotations

import pytest

from handlers.answering.once import once
from handlers.answering.rank import Ranked
from handlers.answering.retrieve import Retriever
from handlers.ask import ask
from handlers.blocks import Block, Kind
from handlers.messages import Answer, Person, Place, Request
from handlers.reading.chunk import chunk
from handlers.sentences import Sentence
from storage.records import NewArticle
from storage.store import Store
from tests.test_distinct import candidate

SAID = "The council of Ostley bought the mill for 85,000 crowns."


def new(title: str, text: str) -> NewArticle:
    return NewArticle(title, text, "en", chunk(text, "en"))


async def quotes(store: Store, question: str) -> list[str]:
    asked = Request("ask", question, Person("o"), Place("p"), library="main")
    replies = ask(asked, store=store, retriever=Retriever(store, None), embedder=None, model=None)
    answer = [each async for each in replies][-1]
    assert isinstance(answer, Answer)
    return [each.quote for each in answer.sources]


def ranked(number: int, text: str) -> Ranked:
    block = Block(Kind.PARAGRAPH, 0, 0, len(text))
    return Ranked(candidate(number, text), Sentence(0, len(text), block), 1.0, 0.0, False)


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        (SAID, [1]),
        (SAID.upper(), [1]),
        (SAID.replace(" ", "  ").replace(".", "!"), [1]),
        (SAID.replace("85,000", "91,000"), [1, 2]),
        (SAID.replace("bought", "sold"), [1, 2]),
    ],
)
def test_a_sentence_stands_once_for_each_thing_that_it_says(other: str, kept: list[int]) -> None:
    found = once([ranked(1, SAID), ranked(2, other)])
    assert [each.candidate.passage.id for each in found] == kept


def test_sentences_of_signs_alone_are_told_apart() -> None:
    assert len(once([ranked(1, "?!"), ranked(2, "…"), ranked(3, "…")])) == 2


async def test_an_outlet_that_cut_and_framed_a_story_adds_nothing_to_its_answer(
    store: Store,
) -> None:
    story = "\n\n".join(
        f"House number {n} of Ostley was sold to a family of {n + 2} from the valley of the Ache."
        for n in range(20, 40)
    )
    framed = f"Our newsroom got this report. {story[: len(story) * 6 // 10]}\n\nRead our letter."
    await store.save("main", [new("Houses", story)], [], source="s", by="me")
    await store.save("main", [new("Who bought", framed)], [], source="t", by="me")
    found = await quotes(store, "Who bought house number 25 of Ostley?")
    assert len(found) == len(set(found))
