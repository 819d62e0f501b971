"""A pinned answer is served to a question that asks the same in other order, and to no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.answering.pinned import key_of, pinned
from handlers.answering.wording import asks_the_same
from handlers.reading.chunk import chunk
from storage.asked import Pin
from storage.records import NewArticle, Proof
from storage.store import Store

SAME = [
    ("Why did the mill at Ostley close?", "why did mill at ostley close"),
    ("Why did the mill at Ostley close?", "WHY THE MILL AT OSTLEY CLOSED!!"),
    ("Why did the mill close in 2019?", "In 2019, why did the mill close?"),
    ("How much does a day ticket cost?", "please tell me how much the day tickets cost"),
    ("Who leads Brell Glass?", "who is leading Brell Glass"),
    ("Warum wurde die Brücke gesperrt?", "warum ist die brücke denn gesperrt"),
    ("¿Cuándo abre el museo?", "cuándo abre museo"),
    ("Quand le musée ouvre-t-il ?", "quand ouvre le musée"),
    ("Почему закрыли мост?", "Почему же мост закрыли"),
    ("地铁什么时候通车？", "请问地铁什么时候通车呢"),
    ("橋はいつ開きますか。", "橋はいつ開きますか"),
]
OTHER = [
    ("Why did the mill close?", "When did the mill close?"),
    ("Why did the mill close?", "Why did the mill not close?"),
    ("Did Meta sue Google?", "did google sue meta"),
    ("how do i get from ostley to marden?", "how do i get from marden to ostley?"),
    ("What did it cost before the war?", "What did it cost after the war?"),
    ("What happened in 2019?", "What happened in 2020?"),
    ("Is 9 more than 14?", "Is 14 more than 9?"),
    ("Who leads Brell Glass?", "Who led the union at Brell Glass?"),
    ("How many people live in Marden?", "How many people live in Dunmow?"),
    ("Where did she go?", "How did she go?"),
    ("Hat Meta Google verklagt?", "Hat Google Meta verklagt?"),
    ("地铁什么时候通车？", "地铁为什么通车？"),
    ("???", "!!!"),
]


@pytest.mark.parametrize(("pinned_to", "asked"), SAME)
def test_what_asks_the_same_is_known(pinned_to: str, asked: str) -> None:
    assert asks_the_same(asked, pinned_to)


@pytest.mark.parametrize(("pinned_to", "asked"), OTHER)
def test_what_asks_something_else_is_not(pinned_to: str, asked: str) -> None:
    assert not asks_the_same(asked, pinned_to)


@given(st.text(max_size=80))
def test_any_question_with_a_word_in_it_asks_the_same_as_itself(question: str) -> None:
    assert asks_the_same(question, question) or not asks_the_same(question, "why")


async def test_the_pin_is_served_for_both_wordings_and_for_nothing_else(store: Store) -> None:
    text = "The mill at Ostley closed because the river froze."
    new = NewArticle("The mill", text, "en", chunk(text, "en"))
    (saved,) = await store.save("main", [new], [], source="t", by="t")
    question = "Why did the mill at Ostley close?"
    proofs = (Proof(saved.article, 1, 0, len(text)),)
    await store.pin(Pin("main", key_of(question), question, "ada", proofs))
    for asked in (question, "why mill at ostley closed", "The mill at Ostley: why did it close"):
        served, sources = await pinned(store, "main", asked)
        same = asked != "The mill at Ostley: why did it close"  # "it" stands for anything
        assert (served == f"{text} [1]", len(sources)) == (same, int(same))
    assert await pinned(store, "main", "When did the mill at Ostley close?") == ("", ())
    assert await pinned(store, "other", "why mill at ostley closed") == ("", ())
