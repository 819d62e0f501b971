"""What a receipt says, and taking back what it stored."""

from __future__ import annotations

import asyncio

from handlers import phrases
from tests.process import ARTICLE
from tests.scenarios.stage import OWNER, Stage

STORY = b"""The Kiln at Marden

By Ada Quill
4 June 2024

image

The kiln at Marden was lit again on Monday, after the town had argued about it for nine years.

Read more
"""


async def test_a_receipt_says_what_was_cut_and_why(anywhere: Stage):
    owner = anywhere.world.alone(OWNER)
    await owner.upload(("kiln.txt", STORY))
    receipt = await owner.see("Stored 1 article from kiln.txt", "The Kiln at Marden", "Ada Quill")
    assert "2024-06-04" in receipt.text
    assert "Cut 2 pieces" in receipt.text
    for piece, why in (("“image”", phrases.Cut.MEDIA), ("“Read more”", phrases.Cut.LABEL)):
        assert f"{why} (1): {piece}" in receipt.text


async def test_undo_takes_back_what_was_stored_and_once_is_enough(anywhere: Stage):
    owner = anywhere.world.alone(OWNER)
    await owner.upload(("tanuki.md", ARTICLE.encode()))
    receipt = await owner.see("Stored 1 article")
    await owner.click(receipt, "Undo")
    undone = await owner.see("Undone", "The tanuki of Matsuyama")
    assert undone.buttons == ()
    assert await anywhere.held(owner) == []
    if anywhere.world.name == "terminal":
        await owner.click(receipt, "Undo")
        await owner.see(phrases.NOTHING_TO_UNDO)
    else:
        assert undone.id == receipt.id, "the receipt and its button are gone"


async def test_two_who_press_undo_at_once_undo_once(stage: Stage):
    people = [stage.world.together(name, admin=True) for name in ("Ada Bell", "Bea Carr")]
    await stage.give(people[0], "# Another\n\nAnother article that stays where it is, whatever.")
    await people[0].upload(("tanuki.md", ARTICLE.encode()))
    receipt = await people[0].see("Stored 1 article")
    toasts = await asyncio.gather(*(each.click(receipt, "Undo") for each in people))
    await people[0].see("Undone")
    await stage.quiet()
    hidden = [each.text for one in people for each in one.bubbles() if each.hidden]
    assert [each for each in (*toasts, *hidden) if each] == [phrases.NOTHING_TO_UNDO]
    assert [each.title for each in await stage.held(people[0])] == ["Another"]


async def test_who_is_no_admin_can_not_undo_and_alone_is_told_so(stage: Stage):
    ada, ben = stage.world.together("Ada Bell", admin=True), stage.world.together("Ben Carr")
    await ada.upload(("tanuki.md", ARTICLE.encode()))
    receipt = await ada.see("Stored 1 article")
    told = await ben.click(receipt, "Undo")
    told = told or (await ben.see(phrases.ADMINS_ONLY)).text
    assert told == phrases.ADMINS_ONLY
    assert [each.id for each in ada.bubbles()] == [receipt.id]
    assert ada.bubbles()[0].buttons == ("Undo",)
    assert len(await stage.held(ada)) == 1


async def test_an_update_that_is_undone_leaves_the_version_before(anywhere: Stage):
    owner = anywhere.world.alone(OWNER)
    await owner.upload(("tanuki.md", ARTICLE.encode()))
    await owner.see("Stored 1 article")
    await owner.upload(("more.md", ARTICLE.replace("1965", "1975").encode()))
    receipt = await owner.see("1 article from more.md")
    await owner.click(receipt, "Undo")
    await owner.see("Undone")
    await owner.command("ask", "Why did the tanuki move into the town?")
    await owner.see("cut down in 1965")
