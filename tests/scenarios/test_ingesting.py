"""Bringing articles: links and files, one and several, good and bad."""

from __future__ import annotations

import asyncio

import pytest

from handlers import phrases
from handlers.reading.files import MOST_BYTES
from tests.fakes.web import Answer, Web
from tests.process import ARTICLE, JULY
from tests.scenarios.stage import OWNER, Stage

LINK = "https://news.example/kiln"
PAGE = f"""<html lang="en"><head><title>The Kiln at Marden | The Ostley Post</title>
<meta property="og:site_name" content="The Ostley Post"><meta name="author" content="Ada Quill">
<meta property="article:published_time" content="2024-06-04T08:00:00Z">
<link rel="canonical" href="{LINK}"></head><body><nav><a href="/">Home</a></nav>
<article><h1>The Kiln at Marden</h1><p>{"The kiln at Marden was lit again on Monday. " * 6}</p>
<h2>Why now</h2><p>{"The council found money for a new chimney at last. " * 5}</p></article>
</body></html>""".encode()
FIVE = [
    (f"tale{n}.md", f"# The tale of the {name}\n\nOnce the {name} of Marden ran away.".encode())
    for n, name in enumerate(("fox", "hare", "owl", "toad", "wren"))
]


async def test_a_link_becomes_an_article_and_people_see_that_it_is_read(
    anywhere: Stage, sites: Web
):
    both = asyncio.Barrier(1 if anywhere.world.name == "terminal" else 2)
    sites.pages["news.example/kiln"] = Answer(PAGE, meet=both)
    admin = anywhere.world.together("Ada Bell", admin=True)
    await admin.command("ingest", LINK)
    if anywhere.world.name != "terminal":  # where there is no waiting
        reading = await admin.see("Reading")
        await both.wait()
    receipt = await admin.see("Stored 1 article", "The Kiln at Marden", "The Ostley Post")
    assert receipt.buttons == ("Undo",)
    assert anywhere.world.name == "terminal" or receipt.id == reading.id
    (kept,) = await anywhere.held(admin)
    assert (kept.author, kept.site) == ("Ada Quill", "The Ostley Post")
    assert (kept.url, kept.published) == (LINK, "2024-06-04")


async def test_a_bare_link_in_a_direct_message_is_stored_and_told_from_a_question(
    stage: Stage, sites: Web
):
    sites.pages["news.example/kiln"] = Answer(PAGE)
    owner = stage.world.alone(OWNER)
    await owner.say(LINK)
    await owner.see("Stored 1 article")
    await owner.say(f"Have you read {LINK} on the kiln?")
    await owner.see("lit again on Monday")
    assert len(await stage.held(owner)) == 1
    await owner.say("When was the kiln at Marden lit again?")
    assert (await owner.see("lit again on Monday", "[1]")).links == (LINK,)


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("https://nobody.example/kiln", phrases.NO_SUCH_HOST),
        ("https://127.0.0.1/admin", phrases.INSIDE),
        ("ftp://news.example/kiln", phrases.BAD_SCHEME),
    ],
)
async def test_a_link_that_can_not_be_read_is_refused_in_one_sentence(
    anywhere: Stage, sites: Web, link: str, why: str
):
    owner = anywhere.world.alone(OWNER)
    await owner.command("ingest", link)
    told = await owner.see(f"{link}: {why}")
    assert told.buttons == ()
    assert anywhere.world.name == "terminal" or told.links == ()
    assert (await anywhere.held(owner), sites.asked) == ([], [])


async def test_a_text_that_is_called_a_pdf_is_read_as_what_it_is(anywhere: Stage):
    owner = anywhere.world.alone(OWNER)
    await owner.upload(("tanuki.pdf", ARTICLE.encode()))
    await owner.see("Stored 1 article", "tanuki.pdf", "The tanuki of Matsuyama")
    await owner.upload(("story.txt", b"%PDF-1.7 and so on"))
    await owner.see("story.txt", "broken")
    assert len(await anywhere.held(owner)) == 1


async def test_an_empty_file_is_said_to_be_empty(anywhere: Stage):
    owner = anywhere.world.alone(OWNER)
    await owner.upload(("empty.txt", b" \n"))
    told = await owner.see("empty.txt", phrases.EMPTY_FILE)
    assert told.buttons == ()
    assert await anywhere.held(owner) == []


async def test_a_file_over_the_limit_is_refused_before_it_is_fetched(stage: Stage):
    owner = stage.world.alone(OWNER)
    await owner.upload(("big.txt", b"a" * (MOST_BYTES + 1)))
    await owner.see("big.txt", "It is larger than", "Send a smaller file")
    fake = stage.world.fake
    fetched = fake.called("download") if stage.world.name == "telegram" else fake.downloads
    assert fetched == []


async def test_five_files_at_once_are_one_request_with_one_receipt(anywhere: Stage):
    owner = anywhere.world.alone(OWNER)
    await owner.upload(*FIVE)
    receipt = await owner.see("5 sources", *(f"tale{n}.md" for n in range(5)))
    assert len([each for each in owner.bubbles() if not each.streaming]) == 1
    titles = [f"The tale of the {name}" for name in ("wren", "toad", "owl", "hare", "fox")]
    assert [each.title for each in await anywhere.held(owner)] == titles
    await owner.click(receipt, "Undo")
    await owner.see("Undone")
    assert await anywhere.held(owner) == []


async def test_one_of_five_that_is_refused_keeps_none_of_the_others_out(anywhere: Stage):
    owner = anywhere.world.alone(OWNER)
    files = [*FIVE[:2], ("picture.txt", b"\x89PNG\r\n\x1a\n"), *FIVE[3:]]
    await owner.upload(*files)
    await owner.see("5 sources", "picture.txt", "Stored 1 article", "tale4.md")
    assert len(await anywhere.held(owner)) == 4


@pytest.mark.parametrize("words", ["", "A few tales"])
async def test_files_that_an_admin_sends_without_a_command_are_stored_in_a_direct_message(
    stage: Stage, words: str
):
    owner = stage.world.alone(OWNER)
    await stage.world.hand(owner, *FIVE[:2], words=words)
    await owner.see("2 sources", "tale0.md", "tale1.md")
    assert len(await stage.held(owner)) == 2


async def test_what_is_known_already_is_said_and_offers_no_undo(anywhere: Stage):
    owner = anywhere.world.alone(OWNER)
    await owner.upload(("market.md", JULY.encode()))
    await owner.see("Stored 1 article")
    await owner.upload(("again.md", JULY.encode()))
    told = await owner.see("Nothing new", "known already")
    assert told.buttons == ()


async def test_several_links_in_one_message_are_read_one_by_one(anywhere: Stage, sites: Web):
    sites.pages["news.example/kiln"] = Answer(PAGE)
    owner = anywhere.world.alone(OWNER)
    await owner.command("ingest", f"{LINK}\nhttps://news.example/none, {LINK}")
    receipt = await owner.see("2 sources", "Stored 1 article", phrases.GONE)
    assert receipt.buttons == ("Undo",)
    if anywhere.world.name != "terminal":
        await owner.say(f"{LINK} https://news.example/none")
        await owner.see("2 sources", "known already")


async def test_links_that_a_group_s_admin_names_the_bot_with_are_stored(stage: Stage, sites: Web):
    sites.pages["news.example/kiln"] = Answer(PAGE)
    ben, ada = stage.world.together("Ben Carr"), stage.world.together("Ada Bell", admin=True)
    await ben.mention(LINK)
    await ben.see(phrases.ADMINS_ONLY)
    await ada.mention(LINK)
    await ada.see("Stored 1 article", "The Kiln at Marden")
    await ada.mention(f"{LINK} when was it lit?")
    await ada.see("lit again on Monday", "[1]")


async def test_of_a_page_that_is_not_free_the_receipt_says_so(anywhere: Stage, sites: Web):
    walled = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"The Kiln",'
    said = f'{walled}"isAccessibleForFree":false}}</script></head>'.encode()
    sites.pages["news.example/kiln"] = Answer(PAGE.replace(b"</head>", said))
    owner = anywhere.world.alone(OWNER)
    await owner.command("ingest", LINK)
    told = await owner.see("Stored 1 article")
    assert "only subscribers may read all of it" in " ".join(told.text.split())
