"""An answer that is still being written: pictures in time, no half mark, the last one whole."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from handlers import phrases
from tests.fakes.openai_server import OpenAIServer, chunk, head, sends
from tests.process import ARTICLE, QUESTION
from tests.scenarios.stage import Stage

SENTENCES = (
    "They moved into the town because the woods around it were cut down in 1965 [1]. ",
    "Tanuki are small animals that live in the woods of Japan and look like raccoons [1]. ",
    "People leave food for them at the gate of the temple in the evening [1].",
)
SLACK = 0.05  # seconds that a clock and a loop may be off
HALF = re.compile(r"\[\d*$|\[\d+[^\]\d]")


def slowly(gap: float) -> object:
    """Write the answer in pieces, marks cut in two."""
    pieces = [piece for each in SENTENCES for piece in re.findall(r".{1,26}", each)]
    ends = (chunk(None, "stop"), b"data: [DONE]\n\n")
    return sends(head(), *map(chunk, pieces), *ends, gap=gap)


@pytest.mark.published
@pytest.mark.parametrize("alone", [True, False], ids=["alone", "together"])
async def test_a_slow_answer_grows_before_the_eyes_and_never_too_fast(
    stage: Stage, model: OpenAIServer, alone: bool
):
    telegram = stage.world.name == "telegram"
    model.scripts[:] = [slowly(0.55 if telegram and not alone else 0.25)]
    person = (stage.world.alone if alone else stage.world.together)("Ben Carr")
    await stage.give(person, ARTICLE)
    asked = await person.mention(QUESTION)
    answer = await person.see("1965", "raccoons", "[3]", "The tanuki of Matsuyama", seconds=25)
    said = stage.world.said()
    assert answer.reply_to == asked or alone
    assert len(said) >= 3, "it did not grow"
    least = (1.0 if alone else 3.0) if telegram else 1.0
    gaps = [after.at - before.at for before, after in pairwise(said)]
    assert min(gaps[:-1]) >= least - SLACK
    assert gaps[-1] >= (1.0 if telegram else 0.0) - SLACK
    assert [each.text for each in said if HALF.search(each.text)] == []
    kinds = [each.kind for each in said]
    if telegram and alone:
        assert kinds == ["draft"] * (len(said) - 1) + ["send"]
    else:
        assert kinds == ["send"] + ["edit"] * (len(said) - 1)
    assert len([each for each in person.bubbles() if not each.streaming]) == 1
    assert person.bubbles()[-1] == answer
    assert answer.buttons == ("Quote 1", "Quote 2", "Quote 3", "👍", "👎")
    assert phrases.SEARCHING not in answer.text
    assert "…" not in answer.text


@pytest.mark.published
async def test_many_who_ask_in_a_group_do_not_break_its_limit(stage: Stage, model: OpenAIServer):
    model.scripts[:] = [slowly(0.15)]
    people = [stage.world.together(name) for name in ("Ben Carr", "Cora Dean", "Dora Elm")]
    await stage.give(people[0], ARTICLE)
    if stage.world.name == "telegram":
        stage.world.fake.flood.strict = True
    asked = [await each.mention(QUESTION) for each in people]
    for person, question in zip(people, asked, strict=True):
        await stage.replied(person, question, "1965", "[3]", "The tanuki of Matsuyama")
    assert len(people[0].bubbles()) == len(people)
    said = stage.world.said()
    if stage.world.name == "telegram":
        assert stage.world.fake.flood.refused == 0
        assert min(b.at - a.at for a, b in pairwise(said)) >= 1.0 - SLACK
    assert all(each.taken for each in said)
