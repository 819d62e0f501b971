"""What is said rather than asked: a greeting shows the help, thanks are answered by nothing."""

from __future__ import annotations

from tests.scenarios.stage import Stage


async def test_a_greeting_shows_the_help_and_thanks_nothing(stage: Stage) -> None:
    ada = stage.world.together("Ada Bell", admin=True)
    await ada.mention("hello!")
    await ada.see("Your id here is")
    before = len(stage.world.said())
    await ada.mention("thanks!")
    await stage.quiet()
    assert len(stage.world.said()) == before
