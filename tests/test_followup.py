"""A question that goes on from the one before is read with it; one that stands alone is not."""

from __future__ import annotations

import pytest

from handlers.answering.embed import Embedder
from handlers.answering.evidence import holds_answer
from handlers.answering.followup import Readings, leans, read_after, readings
from handlers.answering.gather import Evidence, gather
from handlers.answering.question import Asks
from handlers.answering.retrieve import Retriever
from handlers.embedding import EmbeddingWorker
from handlers.reading.chunk import chunk
from storage.records import NewArticle, Question, Turn
from storage.store import Store

BEFORE = "Why did the mill at Ostley close?"


async def read(store: Store, question: str) -> Readings:
    await store.log_question(Question("main", "c", "p", BEFORE, True))
    return await readings(store, "main", Turn("c"), question)


def after(question: str, *before: str) -> Readings:
    return read_after(question, [Question("main", "c", "p", each, True) for each in before])


@pytest.mark.parametrize(
    "question",
    [
        "and when?",
        "when was that?",
        "who bought it?",
        "how many people worked there?",
        "why?",
        "Und wann?",
        "¿y cuándo?",
        "那什么时候？",
        "а когда?",
    ],
)
async def test_what_goes_on_is_read_with_the_question_before(store: Store, question: str) -> None:
    assert (await read(store, question)).alone == f"{BEFORE} {question}"


@pytest.mark.parametrize(
    "question",
    [
        "when do tickets go on sale?",
        "why is the glass bridge closed?",
        "how much is a seat?",
        "Wie viele Brote verkauft der Bäcker?",
        "采茶工一天的工资是多少？",
    ],
)
async def test_what_may_stand_alone_is_read_so_first(store: Store, question: str) -> None:
    found = await read(store, question)
    assert found.alone == question
    assert found.other in ("", f"{BEFORE} {question}")


@pytest.mark.parametrize(
    "question",
    [
        "who is Oona Brisk?",
        "how long did the late storm in the northern valleys last and what did farmers pay for"
        " the broken roofs?",
    ],
)
async def test_what_says_all_by_itself_is_read_by_itself(store: Store, question: str) -> None:
    assert await read(store, question) == Readings(question)


@pytest.mark.parametrize(
    "question",
    [
        "what is the difference between salt and pepper?",
        "is there a bridge in the valley?",
        "is it safe to eat raw eggs?",
        "who earns more than a doctor?",
        "who was the man that bought the mill?",
        "who won the election this year?",
        "was kostet das ticket?",
        "gibt es brot und kuchen?",
        "¿hay pan y queso?",
        "est-ce que le pain est cher ?",
        "pourquoi le moulin a-t-il fermé ?",
        "combien de places y a-t-il dans le théâtre ?",
        "hvad koster smør og brød?",
        "co to jest inflacja?",
        "чем отличаются кошки и собаки?",
        "ما هي عاصمة فرنسا؟",
        "其他城市的人口是多少？",
        "日本では何が人気ですか？",
        "프로그램 가격은 얼마인가요?",
        "nice weather and good coffee today",
    ],
)
def test_a_word_that_only_joins_or_opens_no_subject_leans_on_nothing(question: str) -> None:
    assert not leans(question)
    assert after(question, BEFORE).alone == question


@pytest.mark.parametrize(
    "question",
    [
        "and the price?",
        "who said that?",
        "did that help?",
        "tell me more",
        "wann ist das passiert?",
        "wer hat es gekauft?",
        "¿quién lo compró?",
        "pourquoi a-t-il fermé ?",
        "wanneer was dat?",
        "kiedy to było?",
        "när stängde den?",
        "что она сказала?",
        "这是谁说的？",
        "それはいつですか？",
        "그는 언제 태어났나요?",
    ],
)
def test_a_word_that_stands_for_another_leans_on_what_was_asked(question: str) -> None:
    assert leans(question)


async def test_without_a_conversation_nothing_is_added(store: Store) -> None:
    for turn in (None, Turn(""), Turn("unknown"), Turn("c", 9)):
        assert await readings(store, "main", turn, "and when?") == Readings("and when?")


def test_a_chain_of_follow_ups_goes_back_to_the_last_that_stood_alone() -> None:
    assert after("and why?", BEFORE, "and when?").alone == f"{BEFORE} and why?"
    chained = after("and when?", "Who is Oona Brisk?", BEFORE, "who bought it?")
    assert chained.alone == f"{BEFORE} who bought it? and when?"
    assert after("why?", "and him?", "and when?").alone == "and him? why?"


MILL = """The mill at Ostley closed in March 2019, after the river froze for nine weeks.

The town bought the building for 85,000 crowns."""
THEATRE = """A seat in the puppet theatre of Marden costs nine crowns.

The theatre is open on Sundays."""
FERRY = "The ferry of Port Vane carries 40 cars. Its captain is Oona Brisk."


@pytest.fixture
async def library(store: Store, embedder: Embedder) -> Store:
    named = (("The mill", MILL), ("The theatre", THEATRE), ("The ferry", FERRY))
    new = [NewArticle(title, text, "en", chunk(text, "en")) for title, text in named]
    await store.save("main", new, [], source="test", by="test")
    await EmbeddingWorker(store, embedder).drain()
    await store.log_question(Question("main", "c", "p", BEFORE, True))
    return store


async def gathered(store: Store, embedder: Embedder | None, question: str) -> Evidence:
    retriever = Retriever(store, embedder)
    return await gather(
        "main", question, store=store, retriever=retriever, embedder=embedder, turn=Turn("c")
    )


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("who bought the building?", "85,000"),
        ("what was paid for it?", "85,000"),
        ("how much is a seat?", "nine crowns"),
        ("how many cars are carried?", "40 cars"),
        ("who is Oona Brisk?", "Oona Brisk"),
    ],
)
async def test_the_best_sentence_is_that_of_the_right_subject(
    library: Store, embedder: Embedder, question: str, best: str
) -> None:
    evidence = await gathered(library, embedder, question)
    assert best in evidence.ranked[0].quote


@pytest.mark.parametrize(
    ("question", "best"),
    [("who bought it?", "bought the building"), ("how much is a seat?", "nine crowns")],
)
async def test_words_alone_find_the_right_subject_too(
    library: Store, question: str, best: str
) -> None:
    assert best in (await gathered(library, None, question)).ranked[0].quote


async def test_a_new_subject_that_the_library_lacks_is_not_answered_with_the_old_one(
    library: Store, embedder: Embedder
) -> None:
    evidence = await gathered(library, embedder, "how expensive are unicorns?")
    assert evidence.alone == "how expensive are unicorns?"
    assert not holds_answer(evidence.found, evidence.ranked)


@pytest.mark.parametrize(
    "question",
    [
        "nice weather and good coffee today",
        "how many nights does a guest stay at the hotel?",
        "is there a rule for closing a bank account and moving money?",
    ],
)
async def test_a_remark_or_a_question_of_its_own_is_not_answered_with_the_old_subject(
    library: Store, embedder: Embedder, question: str
) -> None:
    evidence = await gathered(library, embedder, question)
    assert evidence.alone == question
    assert not holds_answer(evidence.found, evidence.ranked)


async def test_what_names_but_another_thing_asks_the_same_of_it(library: Store) -> None:
    assert (await gathered(library, None, "and the theatre?")).kind is Asks.WHY
    assert (await gathered(library, None, "and how much was paid for it?")).kind is Asks.NUMBER
    assert (await gathered(library, None, "what is a crown?")).kind is Asks.OTHER


async def test_the_question_that_was_searched_for_is_given(
    library: Store, embedder: Embedder
) -> None:
    evidence = await gathered(library, embedder, "and when?")
    assert evidence.alone == evidence.found.question == f"{BEFORE} and when?"
