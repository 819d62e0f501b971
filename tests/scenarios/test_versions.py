"""What admins do with stored articles: fetch again, compare, revert, put back what was cut."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers import phrases
from tests.fakes.web import Answer, Web
from tests.scenarios.stage import OWNER, Stage
from tests.scenarios.test_ingesting import LINK, PAGE

LATER = PAGE.replace(b"lit again on Monday", b"lit again on 4 June 2024", 1)
STORY = b"""The Kiln at Marden

By Ada Quill
4 June 2024

The kiln at Marden was lit again on Monday, after the town had argued about it for nine years.

Advertisement

The council found the money for a new chimney at last, and nobody was left to say no to it.

Advertisement
Share this article
"""


async def text_of(stage: Stage, person) -> str:
    (held,) = await stage.held(person)
    version = await stage.app.store.version(held.library, held.id, held.version)
    assert version is not None
    return version.text


async def test_a_page_fetched_again_is_compared_reverted_and_taken_back(
    anywhere: Stage, sites: Web
):
    sites.pages["news.example/kiln"] = Answer(PAGE)
    admin = anywhere.world.together("Ada Bell", admin=True)
    await admin.command("ingest", LINK)
    await admin.see("Stored 1 article")
    (held,) = await anywhere.held(admin)
    await admin.command("refresh", str(held.id))
    await admin.see("unchanged since version 1")
    sites.pages["news.example/kiln"] = Answer(LATER)
    await admin.command("refresh", str(held.id))
    told = await admin.see("has a new version, 2")
    await admin.click(told, phrases.WHAT_CHANGED)
    shown = await admin.see("version 1 → 2", "Monday", "4 June 2024")
    assert "− " in shown.text
    await admin.command("revert", f"{held.id} 1")
    told = await admin.see("is as version 1 was again", "as version 3")
    assert "4 June" not in await text_of(anywhere, admin)
    await admin.click(told, phrases.UNDO)
    await admin.see("Undone")
    assert "4 June" in await text_of(anywhere, admin)


async def test_a_page_that_is_gone_leaves_what_is_stored(anywhere: Stage, sites: Web):
    sites.pages["news.example/kiln"] = Answer(PAGE)
    admin = anywhere.world.together("Ada Bell", admin=True)
    await admin.command("ingest", LINK)
    await admin.see("Stored 1 article")
    (held,) = await anywhere.held(admin)
    sites.pages["news.example/kiln"] = replace(Answer(b""), status=404)
    await admin.command("refresh", str(held.id))
    told = await admin.see("stays as version 1 has it")
    assert told.buttons == ()
    await admin.command("article", str(held.id))
    await admin.see("lit again on Monday")


async def test_what_was_cut_is_put_back_one_by_one_or_by_its_reason(anywhere: Stage):
    owner = anywhere.world.alone(OWNER)
    await owner.upload(("kiln.txt", STORY))
    receipt = await owner.see("Cut 3 pieces")
    (held,) = await anywhere.held(owner)
    before = await text_of(anywhere, owner)
    await owner.click(receipt, phrases.what_was_cut(held.id))
    listed = await owner.see("Cut from The Kiln at Marden", "Advertisement", "Share this article")
    if anywhere.world.name == "terminal":
        await owner.command("putback", f"{held.id} 3")
    else:
        await owner.click(listed, phrases.put_back_button(3))
    told = await owner.see("Put back into", "Share this article", "version 2")
    assert await text_of(anywhere, owner) == f"{before}\n\nShare this article"
    await owner.click(told, phrases.UNDO)
    await owner.see("Undone")
    assert await text_of(anywhere, owner) == before
    if anywhere.world.name == "terminal":
        await owner.command("putback", f"{held.id} all {phrases.Cut.AD}")
    else:
        await owner.command("removed", str(held.id))
        listed = await owner.see("3 pieces", "Share this article")
        await owner.click(listed, phrases.put_back_all(phrases.Cut.AD, 2))
    await owner.see("Put back into", "version 2")
    first, second = before.split("\n\n")
    assert await text_of(anywhere, owner) == "\n\n".join(
        [first, "Advertisement", second, "Advertisement"]
    )
    await owner.command("removed", str(held.id))
    await owner.see("1 piece", "Share this article")


async def test_what_another_outlet_told_already_is_said_on_the_receipt(anywhere: Stage):
    owner = anywhere.world.alone(OWNER)
    await owner.upload(("kiln.txt", STORY))
    await owner.see("Stored 1 article")
    (first,) = await anywhere.held(owner)
    other = STORY.replace(b"The Kiln at Marden", b"A chimney for Marden").replace(b"Ada", b"Ida")
    await owner.upload(
        (
            "other.txt",
            other
            + b"\n\nThe town council of Marden said on Friday that it would pay for half of it.\n",
        )
    )
    await owner.see("Stored 1 article", "A chimney", f"{phrases.ALSO_HERE} #{first.id} The Kiln")
    assert len(await anywhere.held(owner)) == 2


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("refresh", "no article 7"),
        ("diff", "no article 7"),
        ("revert", "no article 7"),
        ("removed", "no article 7"),
    ],
)
async def test_an_article_that_is_not_there_is_said_to_be_missing(
    anywhere: Stage, command: str, said: str
):
    owner = anywhere.world.alone(OWNER)
    await owner.command(command, "7")
    await owner.see(said)
