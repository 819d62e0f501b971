"""People vote on answers: one vote each, the last one counts, and a bad one asks why."""

from __future__ import annotations

from typing import Any

from handlers import phrases
from storage.asked import Vote
from tests.human import Bubble
from tests.process import ARTICLE
from tests.scenarios.events import key_of, press
from tests.scenarios.stage import Stage

QUESTION = "Why did the tanuki move into the town?"
REASON = "woods around it were cut down in 1965"


async def answered(stage: Stage, person: Any) -> Bubble:
    await stage.give(person, ARTICLE)
    await person.mention(QUESTION)
    answer: Bubble = await person.see(REASON)
    return answer


async def votes(stage: Stage, person: Any) -> list[tuple[str, bool, str]]:
    library = stage.world.place(person)
    found: list[Vote] = await stage.app.store.votes(library, 1)
    return [(each.person, each.up, each.reason) for each in found]


async def test_a_good_vote_is_thanked_for_aside_and_changes_nothing_in_the_chat(stage: Stage):
    ben = stage.world.together("Ben Carr")
    answer = await answered(stage, ben)
    told = await press(stage, ben, answer, key_of(stage, ben, answer, "👍"))
    assert told == phrases.THANKS
    assert [each.text for each in ben.bubbles() if not each.hidden] == [answer.text]
    assert await votes(stage, ben) == [(ben.id, True, "")]
    kept = await stage.app.store.question(stage.world.place(ben), 1)
    assert kept is not None
    assert (kept.text, kept.person) == (QUESTION, ben.id)
    assert REASON in kept.answer
    assert len(kept.proofs) == 1


async def test_a_bad_vote_asks_why_and_keeps_the_reason(stage: Stage):
    ben = stage.world.together("Ben Carr")
    answer = await answered(stage, ben)
    await ben.click(answer, "👎")
    why = await ben.see(phrases.WHAT_WAS_WRONG)
    assert why.id != answer.id
    assert why.buttons == tuple(each.value for each in phrases.Fault)
    assert await votes(stage, ben) == [(ben.id, False, "")]
    await ben.click(why, "Out of date")
    noted = await ben.see(phrases.noted(phrases.Fault.OLD))
    assert noted.id == why.id
    assert noted.buttons == ()
    assert await votes(stage, ben) == [(ben.id, False, "old")]


async def test_who_presses_again_changes_the_vote_also_after_a_restart(stage: Stage):
    ben = stage.world.together("Ben Carr")
    answer = await answered(stage, ben)
    await ben.click(answer, "👎")
    await ben.click(await ben.see(phrases.WHAT_WAS_WRONG), "Wrong")
    await ben.see(phrases.noted(phrases.Fault.WRONG))
    await stage.restart()
    assert await press(stage, ben, answer, key_of(stage, ben, answer, "👍")) == phrases.THANKS
    assert await votes(stage, ben) == [(ben.id, True, "")]


async def test_everybody_has_a_vote_of_their_own_and_gives_reasons_for_that_alone(stage: Stage):
    ben, cora = stage.world.together("Ben Carr"), stage.world.together("Cora Dean")
    answer = await answered(stage, ben)
    await ben.click(answer, "👎")
    why = await ben.see(phrases.WHAT_WAS_WRONG)
    assert await press(stage, cora, answer, key_of(stage, cora, answer, "👍")) == phrases.THANKS
    if not why.hidden:
        told = await press(stage, cora, why, key_of(stage, cora, why, "Wrong"))
        assert told == phrases.VOTE_YOURSELF
    assert set(await votes(stage, ben)) == {(ben.id, False, ""), (cora.id, True, "")}
