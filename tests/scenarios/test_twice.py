"""What a platform sends twice is answered once, whenever the second time comes."""

from __future__ import annotations

from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.events import twice, twice_from_now
from tests.scenarios.stage import Stage


async def test_a_question_that_comes_twice_is_answered_once(stage: Stage):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    twice_from_now(stage, "MESSAGE_CREATE")
    await ben.mention(QUESTION)
    twice(stage)
    await ben.see(REASON)
    await stage.quiet()
    twice(stage)
    await _last_word(stage, ben)
    assert sum(REASON in each.text for each in ben.bubbles()) == 1


async def test_a_question_that_comes_again_after_a_restart_is_answered_once(stage: Stage):
    ben = stage.world.together("Ben Carr")
    await stage.give(ben, ARTICLE)
    await ben.mention(QUESTION)
    await ben.see(REASON)
    await stage.quiet()
    await stage.stop()
    twice(stage)
    await stage.start()
    await _last_word(stage, ben)
    assert sum(REASON in each.text for each in ben.bubbles()) == 1


async def test_a_file_that_comes_twice_is_stored_and_told_of_once(stage: Stage):
    ada = stage.world.together("Ada Bell", admin=True)
    twice_from_now(stage, "INTERACTION_CREATE")
    await ada.upload(("tanuki.md", ARTICLE.encode()))
    twice(stage)
    await ada.see("Stored 1 article")
    await stage.quiet()
    assert [each.buttons for each in ada.bubbles()] == [("Undo",)]


async def _last_word(stage: Stage, person: object) -> None:
    """Ask what comes after all that was sent before."""
    await person.mention("What do people leave at the gate of the temple?")  # type: ignore[attr-defined]
    await person.see("food for them")  # type: ignore[attr-defined]
    await stage.quiet()
