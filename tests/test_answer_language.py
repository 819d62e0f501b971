"""A model answers in the asker's language, whatever the articles' is: what is true stays."""

from __future__ import annotations

import re

import pytest

from handlers.answering.embed import Embedder, why_not_local
from handlers.answering.model import Limits, Model
from handlers.answering.prompts import NO_ANSWER
from handlers.answering.retrieve import Retriever
from handlers.ask import ask
from handlers.embedding import EmbeddingWorker
from handlers.messages import Answer, Draft, Person, Place, Reply, Request
from storage.store import Store
from tests.asking import FERRY, MILL, new
from tests.fakes.openai_server import openai_server, says

pytestmark = pytest.mark.skipif(bool(why_not_local()), reason=why_not_local())

# Question, what is said of it truly, and untruly; all cite the passage that is found first.
GERMAN = (
    "Warum hat die Mühle in Ostley geschlossen?",
    [
        "Die Mühle in Ostley wurde im März 2019 nach 140 Jahren geschlossen [1].",
        "Der Fluss fror neun Wochen lang zu, und das Rad stand still [1].",
        "Der Preis für Roggen stieg um 60 Prozent [1].",
    ],
    [
        "Die Mühle in Ostley wurde im März 2018 nach 140 Jahren geschlossen [1].",
        "Der Fluss fror zwölf Wochen lang zu, und das Rad stand still [1].",
        "Der Preis für Roggen stieg um 80 Prozent [1].",
        "Die Mühle in Marburg wurde im März 2019 von Otto Braun geschlossen [1].",
        "Der Bürgermeister ließ die Mühle im Krieg sprengen [1].",
    ],
)
SPANISH = (
    "¿Cuándo cerró el molino de Ostley?",
    [
        "El molino de Ostley cerró en marzo de 2019 después de 140 años [1].",
        "El precio del centeno subió un 60 por ciento [1].",
    ],
    [
        "El molino de Ostley cerró en mayo de 2019 después de 140 años [1].",
        "El precio del centeno subió un 16 por ciento [1].",
        "Carlos Vega compró el molino de Ostley [1].",
    ],
)
ENGLISH = (
    "Since when does the ferry of Port Vane run at night?",
    [
        "The ferry of Port Vane runs at night again since May [1].",
        "The bridge is closed until October because two piers have cracks, says Oona Brisk [1].",
    ],
    [
        "The ferry of Port Vane runs at night again since June [1].",
        "The bridge is closed until October because five piers have cracks, says Oona Brisk [1].",
        "The bridge is closed until October because two piers have cracks, says Ada Quill [1].",
    ],
)


@pytest.fixture
async def library(store: Store, embedder: Embedder) -> Store:
    articles = [new("The Mill at Ostley", MILL, "en"), new("Nachtfähre", FERRY, "de")]
    await store.save("main", articles, [], source="test", by="test")
    await EmbeddingWorker(store, embedder).drain()
    return store


async def conversation(store: Store, embedder: Embedder, question: str, *said: str) -> list[Reply]:
    """Ask with a model that says these texts, a few characters at a time."""
    pieces = re.findall(r".{1,9}", " ".join(said), re.DOTALL)
    async with openai_server(says(*pieces)) as server:
        model = Model(server.base_url, None, "m", Limits(total=20, gap=10))
        request = Request("ask", question, Person("o"), Place("p"), library="main")
        retriever = Retriever(store, embedder)
        replies = ask(request, store=store, retriever=retriever, embedder=embedder, model=model)
        try:
            return [reply async for reply in replies]
        finally:
            await model.close()


@pytest.mark.parametrize(
    ("question", "true", "untrue"), [GERMAN, SPANISH, ENGLISH], ids=["de", "es", "en"]
)
async def test_true_sentences_are_kept_and_untrue_ones_dropped_and_never_shown(
    library: Store, embedder: Embedder, question: str, true: list[str], untrue: list[str]
) -> None:
    mixed = [text for pair in zip(untrue, true, strict=False) for text in pair]
    replies = await conversation(library, embedder, question, *mixed, *untrue[len(true) :])
    answer = replies[-1]
    assert isinstance(answer, Answer)
    assert answer.mode == "model"
    bare = [text.replace(" [1]", "") for text in untrue]
    assert [text for text in true if text.replace(" [1]", "") not in answer.text] == []
    assert [text for text in bare if text in answer.text] == []
    drafts = [reply.text for reply in replies if isinstance(reply, Draft)]
    assert drafts
    assert [text for text in drafts if not answer.text.startswith(text)] == []


@pytest.mark.parametrize(
    "question",
    [
        "Why did the mill at Ostley close?",
        "Warum hat die Mühle in Ostley geschlossen?",
        "¿Por qué cerró el molino de Ostley?",
        "Pourquoi le moulin d'Ostley a-t-il fermé ?",
    ],
)
async def test_a_model_that_declines_first_is_believed_in_any_language(
    library: Store, embedder: Embedder, question: str
) -> None:
    behind = "But the mill at Ostley closed in March 2019 after 140 years [1]."
    replies = await conversation(library, embedder, question, f"{NO_ANSWER}. {behind}")
    answer = replies[-1]
    assert isinstance(answer, Answer)
    assert not answer.answered
    assert answer.nearest
    assert not [reply for reply in replies if isinstance(reply, Draft)]
