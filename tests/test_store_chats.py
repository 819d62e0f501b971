"""What every storage engine promises of chats: letters, buttons, admins, moves, conversations."""

from __future__ import annotations

import dataclasses
import time

from storage.records import Button, Conversed, Letter, NewArticle, Question, Span, Turn
from storage.store import Store
from tests.engines import found, new, save


def letter(key: str = "1", **more: object) -> Letter:
    given = {"message": "m1", "digest": "d", "place": "t:1", "sent": time.time(), **more}
    return Letter(platform="t", key=key, person="t:9", body="b", **given)  # type: ignore[arg-type]


async def keys(engine: Store) -> list[str]:
    return [each.key for each in await engine.waiting("t")]


async def test_letters_wait_whole_until_they_are_answered_oldest_first(engine: Store):
    second, first = letter("2", message="m2"), letter("1", sent=time.time() - 60)
    assert await engine.receive([second, first]) == [second, first]
    assert await engine.waiting("t") == [first, second]
    assert await engine.waiting("other") == []
    await engine.answered([first])
    assert await engine.waiting("t") == [second]


async def test_a_try_that_was_stopped_counts_for_nothing(engine: Store):
    await engine.receive([letter("1")])
    assert (await engine.attempt(letter("1"))).tries == 1
    await engine.spare(letter("1"))
    assert (await engine.attempt(letter("1"))).tries == 1
    assert (await engine.attempt(letter("1"))).tries == 2


async def test_a_letter_that_comes_again_is_not_to_be_answered_again(engine: Store):
    await engine.receive([letter("1")])
    assert await engine.receive([letter("1"), letter("1")]) == []
    await engine.answered([letter("1")])
    assert await engine.receive([letter("1")]) == []
    assert await keys(engine) == []
    other = dataclasses.replace(letter("1", message="m7"), platform="other")
    assert await engine.receive([other]) == [other]


async def test_a_message_that_says_something_else_takes_the_place_of_what_it_said(engine: Store):
    await engine.receive([letter("1")])
    assert await engine.receive([letter("2")]) == []
    assert await keys(engine) == ["1"]
    third = letter("3", digest="other words")
    assert await engine.receive([third]) == [third]
    assert await keys(engine) == ["3"]


async def test_presses_have_no_message_and_never_take_each_others_place(engine: Store):
    presses = [letter("1", message=""), letter("2", message="")]
    assert await engine.receive(presses) == presses
    assert await keys(engine) == ["1", "2"]


async def test_what_a_letter_said_is_erased_when_it_is_answered(engine: Store):
    await engine.receive([letter("1")])
    await engine.answered([letter("1")])
    kept = await engine.letter("t", "m1")
    assert kept is not None
    assert kept.body == ""
    assert await engine.letter("t", "never") is None


async def test_tries_are_counted_and_the_reply_so_far_is_found_again(engine: Store):
    await engine.receive([letter("1"), letter("5", message="m5")])
    assert (await engine.attempt(letter("1"))).tries == 1
    await engine.answering(letter("1"), ["70", "71"])
    attempt = await engine.attempt(letter("1"))
    assert (attempt.tries, attempt.reply) == (2, ("70", "71"))
    assert (await engine.attempt(letter("5", message="m5"))).reply == ()
    (kept, _) = await engine.waiting("t")
    assert (kept.tries, kept.reply) == (2, ("70", "71"))


async def test_an_edited_message_finds_the_reply_to_what_it_said_before(engine: Store):
    await engine.receive([letter("1")])
    await engine.answering(letter("1"), ["70"])
    await engine.answered([letter("1")])
    edited = letter("2", digest="other words")
    await engine.receive([edited])
    assert (await engine.attempt(edited)).reply == ("70",)
    elsewhere = letter("3", place="t:2")
    await engine.receive([elsewhere])
    assert (await engine.attempt(elsewhere)).reply == ()


async def test_a_press_never_finds_the_reply_to_another(engine: Store):
    await engine.receive([letter("1", message=""), letter("2", message="")])
    await engine.answering(letter("1", message=""), ["70"])
    assert (await engine.attempt(letter("2", message=""))).reply == ()
    assert (await engine.attempt(letter("1", message=""))).reply == ("70",)


async def test_that_a_letter_was_here_is_kept_a_while_and_no_longer(engine: Store):
    old = letter("1", sent=time.time() - 4 * 86_400)
    waits = letter("2", message="m2", sent=time.time() - 4 * 86_400)
    await engine.receive([old, waits])
    await engine.answered([old])
    await engine.receive([])
    assert await engine.letter("t", "m1") is None
    assert await keys(engine) == ["2"]


async def test_buttons_are_found_by_their_keys(engine: Store):
    made = [Button("k1", "t:1", "forget", "3 yes", False), Button("k2", "t:1", "source", "1", True)]
    await engine.keep_buttons(made)
    await engine.keep_buttons([])
    assert [await engine.button(each.key) for each in made] == made
    assert await engine.button("k3") is None


async def test_admins_are_those_who_were_appointed_for_that_library(engine: Store):
    await engine.appoint("main", "t:2", by="me")
    await engine.appoint("main", "t:1", by="me")
    await engine.appoint("main", "t:1", by="me")
    await engine.appoint("other", "t:3", by="me")
    assert await engine.admins("main") == ["t:1", "t:2"]
    assert await engine.dismiss("main", "t:1", by="me")
    assert not await engine.dismiss("main", "t:1", by="me")
    assert not await engine.dismiss("main", "t:3", by="me")
    assert await engine.admins("main") == ["t:2"]
    assert await engine.admins("nowhere") == []


async def test_places_of_a_library_are_those_bound_to_it_until_they_are_not(engine: Store):
    for place in ("t:2", "t:1"):
        await engine.bind(place, "shared", by="me")
    await engine.bind("t:3", "other", by="me")
    assert await engine.places("shared") == ["t:1", "t:2"]
    await engine.unbind("t:1", by="me")
    assert await engine.bound("t:1") is None
    assert await engine.places("shared") == ["t:2"]


async def test_conversations_are_found_by_message_and_by_person(engine: Store):
    await engine.converse(
        [
            Conversed("t:1", "70", "c1", "t:9", 100.0, 7),
            Conversed("t:1", "71", "c2", "t:9", 200.0, 8),
            Conversed("t:1", "72", "c3", "t:8", 300.0),
        ]
    )
    assert await engine.turn_at("t:1", "70") == Turn("c1", 7)
    assert await engine.turn_at("t:2", "70") is None
    assert await engine.turn_with("t:1", "t:9", 150.0) == Turn("c2", 8)
    assert await engine.turn_with("t:1", "t:9", 201.0) is None
    assert await engine.turn_with("t:2", "t:9", 0.0) is None
    await engine.converse([Conversed("t:1", "70", "c9", "t:9", 400.0)])
    assert await engine.turn_at("t:1", "70") == Turn("c9")


async def test_a_message_that_told_of_articles_is_of_no_conversation_and_ends_none(engine: Store):
    await engine.converse(
        [
            Conversed("t:1", "70", "c1", "t:9", 100.0, 7),
            Conversed("t:1", "71", "", "t:9", 200.0, articles=(3, 4)),
        ]
    )
    assert await engine.turn_at("t:1", "71") == Turn("", articles=(3, 4))
    assert await engine.turn_at("t:1", "70") == Turn("c1", 7)
    assert await engine.turn_with("t:1", "t:9", 50.0) == Turn("c1", 7, (3, 4))
    assert await engine.turn_with("t:1", "t:9", 150.0) == Turn("", articles=(3, 4))


async def _furnished(engine: Store, place: str) -> int:
    """Give a place a library of its own with all that may belong to it; give its article."""
    (number,) = await save(engine, new("The roof leaks."), library=place)
    await engine.appoint(place, "t:9", by="me")
    await engine.keep_buttons([Button("k1", place, "forget", "3", False)])
    await engine.converse([Conversed(place, "70", "c1", "t:9", 100.0)])
    await engine.log_question(Question(place, "c1", "t:9", "why?", True))
    return number


async def test_when_a_place_moves_all_that_is_its_own_follows(engine: Store):
    await _furnished(engine, "t:1")
    await engine.bind("t:1", "t:1", by="me")
    await engine.move("t:1", "t:2")
    assert await found(engine, "roof", "t:2") == ["The roof leaks."]
    assert await engine.articles("t:1") == []
    assert await engine.bound("t:2") == "t:2"
    assert await engine.bound("t:1") is None
    assert await engine.admins("t:2") == ["t:9"]
    button = await engine.button("k1")
    assert button is not None
    assert button.place == "t:2"
    assert await engine.turn_at("t:2", "70") == Turn("c1")
    assert len(await engine.conversation("t:2", "c1")) == 1
    await engine.move("t:1", "t:2")
    assert len(await engine.articles("t:2")) == 1


async def test_a_move_keeps_the_articles_of_both_where_the_new_place_was_used_already(
    engine: Store,
):
    number = await _furnished(engine, "t:1")
    (other,) = await save(engine, new("The wall fell."), library="t:2")
    await engine.appoint("t:2", "t:9", by="me")
    await engine.move("t:1", "t:2")
    assert {each.id for each in await engine.articles("t:2")} == {number, other}
    assert await found(engine, "roof", "t:2") == ["The roof leaks."]
    assert await found(engine, "wall", "t:2") == ["The wall fell."]
    assert await engine.admins("t:2") == ["t:9"]
    assert len(await engine.conversation("t:2", "c1")) == 1
    assert "t:1" not in await engine.libraries()


async def test_what_moves_to_a_place_that_was_asked_before_is_found_there(engine: Store):
    await save(engine, new("The roof leaks."), library="t:1")
    assert await found(engine, "roof", "t:1") == ["The roof leaks."]
    assert await found(engine, "roof", "t:2") == []
    await engine.move("t:1", "t:2")
    assert await found(engine, "roof", "t:2") == ["The roof leaks."]
    assert await found(engine, "roof", "t:1") == []


async def test_what_a_move_brings_counts_as_stored_there(engine: Store):
    await save(engine, new("The roof leaks."), library="t:1")
    await save(engine, new("The wall fell."), library="t:2")
    assert await found(engine, "roof", "t:2") == []  # what is kept of a library is made now
    await engine.move("t:1", "t:2")
    assert await found(engine, "roof", "t:2") == ["The roof leaks."]
    assert sum((await engine.languages("t:2")).values()) == 2
    assert await engine.document_frequencies("t:2", ["roof", "wall"]) == (
        {"roof": 1, "wall": 1}, 2,
    )  # fmt: skip


async def test_a_move_leaves_a_shared_library_where_it_is(engine: Store):
    await save(engine, new("The roof leaks."), library="shared")
    await engine.bind("t:1", "shared", by="me")
    await engine.move("t:1", "t:2")
    assert await engine.bound("t:2") == "shared"
    assert len(await engine.articles("shared")) == 1


ABOUT = NewArticle(
    "Old title",
    "The roof leaks.",
    "en",
    (Span(0, 15),),
    author="Ada Quill",
    site="Post",
    url="https://a.example/",
    published="2024-06-04",
)


async def test_undoing_an_update_gives_back_the_text_and_facts_of_before(engine: Store):
    (number,) = await save(engine, ABOUT)
    before = await engine.article("main", number)
    text = "The wall fell."
    spans = (Span(0, len(text)),)
    newer = NewArticle("New title", text, "en", spans, url=ABOUT.url, author="Ben")
    await save(engine, newer)
    was = await engine.undo("main", number, 2, by="me")
    assert was is not None
    assert was.title == "New title"
    after = await engine.article("main", number)
    assert after is not None
    assert before is not None
    assert dataclasses.replace(after, added=before.added) == before
    assert await found(engine, "roof") == ["The roof leaks."]
    assert await found(engine, "old") == ["The roof leaks."]
    assert await found(engine, "wall") == []
    assert await engine.version("main", number, 2) is None


async def test_undoing_the_only_version_takes_the_article_away(engine: Store):
    (number,) = await save(engine, ABOUT)
    assert await engine.undo("main", number, 1, by="me") is not None
    assert await engine.articles("main") == []
    assert await found(engine, "roof") == []


async def test_only_the_newest_version_of_ones_own_library_can_be_undone(engine: Store):
    (number,) = await save(engine, ABOUT)
    text = "The wall fell."
    await save(engine, NewArticle("New", text, "en", (Span(0, len(text)),), url=ABOUT.url))
    assert await engine.undo("main", number, 1, by="me") is None
    assert await engine.undo("other", number, 2, by="me") is None
    assert await engine.undo("main", number + 1, 1, by="me") is None
    assert await engine.undo("main", number, 2, by="me") is not None
    assert await engine.undo("main", number, 2, by="me") is None
