"""A question about a name that is nowhere gets an honest no; one that may be told otherwise not."""

from __future__ import annotations

import pytest

from handlers.answering.candidates import Candidate
from handlers.answering.embed import Embedder
from handlers.answering.nowhere import is_nowhere
from handlers.answering.retrieve import Retrieved
from handlers.answering.words import content_words
from handlers.embedding import EmbeddingWorker
from handlers.language import detect
from storage.records import Passage
from storage.store import Store
from tests.asking import asked, new

HULT = "Rosa Hult learns to forge. The Guild of Northern Smiths, GNS, taught her much that was new."


def found_for(question: str, text: str, *, spelt: str = "", language: str = "") -> Retrieved:
    """Give what retrieval would hand on of a library that holds one text."""
    asked_in = detect(question)
    held = {each.lower() for each in text.replace(".", " ").replace(",", " ").split()}
    words = content_words(question, asked_in)
    passage = Passage(1, 1, 1, "", "", 0, len(text), text)
    candidate = Candidate(passage, None, None, None, language or detect(text), 1.0, 1.0, 0.8)
    return Retrieved(
        question,
        asked_in,
        tuple(words),
        None,
        (candidate,),
        {each: int(each in held) for each in words},
        1,
        spelt=frozenset(filter(None, [spelt])),
    )


@pytest.mark.parametrize(
    "question",
    [
        "what can I learn about R?",
        "is there anything new about Kubernetes?",
        "what did Carter Zenke learn?",
        "what is the GDPR?",
    ],
)
def test_a_name_that_stands_nowhere_is_told(question: str) -> None:
    assert is_nowhere(found_for(question, HULT))


@pytest.mark.parametrize(
    "question",
    [
        "what can Rosa learn?",
        "what did Rosa Zenke learn?",  # one of two names is there
        "what can I learn about forging?",  # names nothing
        "what do people learn when they work with iron and coal in Norway?",  # about much else
        "what is a GNS?",
    ],
)
def test_a_name_that_is_there_or_little_of_the_question_is_not(question: str) -> None:
    assert not is_nowhere(found_for(question, HULT))


def test_a_slip_of_the_pen_is_no_other_name() -> None:
    assert not is_nowhere(found_for("what can Rossa learn?", HULT, spelt="rossa"))
    assert is_nowhere(found_for("what can Rossa learn?", HULT))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("what is the NLA?", "The New Lighthouse Act was signed."),
        ("what is the New Lighthouse Act?", "The NLA was signed in the town."),
    ],
)
def test_an_acronym_and_what_it_stands_for_are_one_name(question: str, text: str) -> None:
    assert not is_nowhere(found_for(question, text, language=detect(question)))


def test_between_languages_and_scripts_a_name_may_be_written_otherwise() -> None:
    assert not is_nowhere(
        found_for("where is Germany?", "Deutschland liegt in Europa.", language="de")
    )
    russian = "Internet2 — это сеть. Докер — программа."
    assert not is_nowhere(found_for("Что такое Docker?", russian, language="ru"))
    assert not is_nowhere(found_for("Что такое Интернет2?", russian, language="ru"))


def test_a_letter_or_a_code_is_written_the_same_everywhere() -> None:
    german = "Deutschland liegt in Europa."
    assert is_nowhere(found_for("what can I learn about R?", german, language="de"))
    assert is_nowhere(found_for("what is the X200?", german, language="de"))


async def test_whoever_is_nowhere_gets_an_honest_no_where_other_words_are_there(
    store: Store, embedder: Embedder
) -> None:
    await store.save("main", [new("Hult", HULT, "en")], [], source="test", by="test")
    await EmbeddingWorker(store, embedder).drain()
    assert (await asked(store, embedder, "what can I learn about Rosa Hullt?")).answered
    assert not (await asked(store, embedder, "what can I learn about R?")).answered
