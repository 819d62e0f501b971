"""People vote on answers: one vote each, the last one counts, and a bad one asks why."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from handlers import phrases
from storage.asked import Vote
from tests.human import Bubble
from tests.process import ARTICLE, QUESTION, REASON
from tests.scenarios.events import key_of, press
from tests.scenarios.stage import Stage


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


@pytest.mark.parametrize("where", ["alone", "together"])
async def test_a_reaction_to_an_answer_is_a_vote_without_a_word(stage: Stage, where: str):
    ben = getattr(stage.world, where)("Ben Carr")
    if stage.world.name == "telegram" and where == "together":
        stage.world.room().promote_bot()
    answer = await answered(stage, ben)
    before = len(ben.bubbles())
    await ben.react(answer, "👍")
    await voted(stage, ben, [(ben.id, True, "")])
    await ben.react(answer, "👎")
    await voted(stage, ben, [(ben.id, False, "")])
    await ben.react(answer, "🔥")
    await ben.react(await ben.say("nothing of yours"), "👍")
    await ben.mention(QUESTION)
    await ben.see(REASON)
    assert await votes(stage, ben) == [(ben.id, False, "")]
    assert await stage.app.store.votes(stage.world.place(ben), 2) == []
    assert len([each for each in ben.bubbles() if not each.streaming]) <= before + 2


async def test_a_reaction_after_a_restart_still_counts_and_everybody_has_their_own(stage: Stage):
    ben, cora = stage.world.together("Ben Carr"), stage.world.together("Cora Dean")
    if stage.world.name == "telegram":
        stage.world.room().promote_bot()
    answer = await answered(stage, cora)
    await stage.restart()
    await cora.react(answer, "👍🏽" if stage.world.name == "discord" else "👍")
    await ben.react(answer, "👎")
    await voted(stage, cora, sorted([(cora.id, True, ""), (ben.id, False, "")]))


async def voted(stage: Stage, person: Any, wanted: list[tuple[str, bool, str]]) -> None:
    async with asyncio.timeout(15):
        while sorted(await votes(stage, person)) != wanted:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.02)


async def test_admins_see_what_was_voted_down_and_why_beside_what_was_asked_in_vain(stage: Stage):
    ben, ada = stage.world.together("Ben Carr"), stage.world.together("Ada Bell", admin=True)
    answer = await answered(stage, ben)
    await ben.click(answer, "👎")
    await ben.click(await ben.see(phrases.WHAT_WAS_WRONG), "Out of date")
    await ben.see(phrases.noted(phrases.Fault.OLD))
    await ada.command("gaps")
    told = await ada.see(phrases.NO_GAPS, phrases.DISLIKED)
    assert f"{QUESTION} · 1 person, last on" in told.text
    assert told.text.endswith(": out of date")
    await ben.click(answer, "👍")
    await ada.command("gaps")
    assert phrases.DISLIKED not in (await ada.see(phrases.NO_GAPS)).text
