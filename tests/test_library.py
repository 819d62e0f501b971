"""Articles in pages, quotes in their text, undo, several files at once, and /library."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import phrases
from handlers.access import Access, Role
from handlers.article import PAGE, article, pages, source
from handlers.command import Command
from handlers.dispatch import Dispatcher
from handlers.forget import undo
from handlers.ingest import ingest
from handlers.library import articles, library
from handlers.messages import (
    Action,
    Batch,
    Excerpt,
    Failure,
    Listing,
    Notice,
    Origin,
    Person,
    Place,
    Receipt,
    Reply,
    Request,
    Shown,
    Upload,
)
from handlers.reading.chunk import chunk
from handlers.reading.fetch import Fetcher
from handlers.reading.read import Reader
from storage.records import NewArticle
from storage.store import Store

OWNER, MEMBER = Person("telegram:1"), Person("telegram:2")
CHAT = Place("telegram:-100", private=False, paged=True)
LINES = [
    f"Paragraph {number} tells of the mill and of the river beside it." for number in range(90)
]
LONG = "\n\n".join(LINES)
MILL = (
    b"# The mill\n\nThe mill at Ostley closed in March after a hundred and forty years of work.\n"
)
FERRY = b"# The ferry\n\nThe ferry of Port Vane sails at night again since the bridge was closed.\n"


@pytest.fixture
async def bot(store: Store) -> AsyncIterator[Dispatcher]:
    access = Access(store, owners=[OWNER.id])
    fetcher = Fetcher()
    keep = partial(ingest, store=store, reader=Reader(fetcher), worker=None)
    yield Dispatcher(
        [
            Command("articles", "", partial(articles, store=store)),
            Command("article", "", partial(article, store=store)),
            Command("source", "", partial(source, store=store)),
            Command("undo", "", partial(undo, store=store), Role.ADMIN),
            Command("library", "", partial(library, store=store, access=access)),
            Command("ingest", "", keep, Role.ADMIN),
        ],
        access,
    )
    await fetcher.close()


async def save(store: Store, *titles: str, text: str = LONG, url: str | None = None) -> list[int]:
    new = [NewArticle(each, f"{text}{each}", "en", chunk(text, "en"), url=url) for each in titles]
    saved = await store.save(CHAT.id, new, [], source="s", by="me")
    return [each.article for each in saved]


async def last(bot: Dispatcher, command: str, text: str = "", **more: object) -> Reply:
    person = more.pop("person", OWNER)
    place = more.pop("place", CHAT)
    request = Request(command, text, person, place, **more)  # type: ignore[arg-type]
    return [reply async for reply in bot.reply(request)][-1]


async def test_a_long_list_comes_in_pages_with_buttons_to_turn_them(store: Store, bot: Dispatcher):
    await save(store, *(f"Article {number}" for number in range(23)), text="Words. ")
    first = await last(bot, "articles")
    assert isinstance(first, Listing)
    assert (len(first.articles), first.page, first.pages) == (10, 1, 3)
    (further,) = first.actions
    second = await last(bot, further.command, further.text)
    assert isinstance(second, Listing)
    assert [action.text for action in second.actions] == ["1", "3"]
    end = await last(bot, "articles", "99")
    assert isinstance(end, Listing)
    assert (len(end.articles), end.page) == (3, 3)
    whole = await last(bot, "articles", place=Place("telegram:-100", private=False))
    assert isinstance(whole, Listing)
    assert len(whole.articles) == 23


async def test_a_long_article_comes_in_pages_that_together_are_all_of_it(
    store: Store, bot: Dispatcher
):
    (number,) = await save(store, "Mill")
    parts, text = [], str(number)
    while text:
        shown = await last(bot, "article", text)
        assert isinstance(shown, Shown)
        assert shown.part is not None
        assert len(shown.part) <= PAGE
        parts.append(shown.part)
        text = next((each.text for each in shown.actions if "Next" in each.label), "")
    assert "\n\n".join(parts).split() == f"{LONG}Mill".split()
    assert len(parts) > 2


async def test_a_page_that_is_no_number_is_asked_for_by_its_own_name(store: Store, bot: Dispatcher):
    said = await last(bot, "articles", "all")
    assert isinstance(said, Failure)
    assert said.text == phrases.WHICH_PAGE.format("articles")


@given(st.text(alphabet="ab .\n。", max_size=400))
def test_pages_lose_nothing_but_white_space(text: str):
    parts = pages(text, 40)
    assert all(len(part) <= 40 for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


async def test_a_quote_is_shown_in_the_text_around_it(store: Store, bot: Dispatcher):
    (number,) = await save(store, "Mill")
    start = LONG.index(LINES[40])
    shown = await last(bot, "source", f"{number} 1 {start} {start + len(LINES[40])}")
    assert isinstance(shown, Excerpt)
    assert shown.quote == LINES[40]
    assert LINES[39] in shown.before
    assert LINES[41] in shown.after
    assert f"{shown.before}{shown.quote}{shown.after}" in LONG
    assert not shown.from_start
    assert not shown.to_end
    first = await last(bot, "source", f"{number} 1 0 {len(LINES[0])}")
    assert isinstance(first, Excerpt)
    assert first.from_start


@pytest.mark.parametrize("text", ["", "1", "1 1 0", "1 1 0 9 9", "a b c d", "9 1 0 4"])
async def test_a_quote_that_is_nowhere_is_said_so(store: Store, bot: Dispatcher, text: str):
    await save(store, "Mill")
    assert isinstance(await last(bot, "source", text), Failure)


async def test_undo_takes_back_what_was_stored_once(store: Store, bot: Dispatcher):
    receipt = await last(bot, "ingest", uploads=(Upload("mill.md", MILL),))
    assert isinstance(receipt, Receipt)
    (button,) = receipt.actions
    assert isinstance(await last(bot, button.command, button.text), Notice)
    assert await store.articles(CHAT.id) == []
    again = await last(bot, button.command, button.text)
    assert isinstance(again, Failure)
    assert "nothing to undo" in again.text


async def test_undo_of_a_new_version_brings_the_one_before_back(store: Store, bot: Dispatcher):
    url = "https://mill.example/a"
    (number,) = await save(store, "Old title", text="The old words of it. ", url=url)
    await save(store, "New title", text="The newer words of it. ", url=url)
    assert isinstance(await last(bot, "undo", f"{number}/1"), Failure)
    assert isinstance(await last(bot, "undo", f"{number}/2"), Notice)
    (kept,) = await store.articles(CHAT.id)
    assert (kept.title, kept.version, kept.versions) == ("Old title", 1, 1)
    hits = await store.by_words(CHAT.id, ["words"], 9)
    texts = [each.text for each in await store.passages(CHAT.id, [hit.passage for hit in hits])]
    assert ["old" in text for text in texts] == [True]


async def test_several_files_are_stored_with_one_receipt_and_one_undo(
    store: Store, bot: Dispatcher
):
    files = (Upload("mill.md", MILL), Upload("empty.md", b""), Upload("ferry.md", FERRY))
    batch = await last(bot, "ingest", uploads=files)
    assert isinstance(batch, Batch)
    kinds = [type(each) for each in batch.results]
    assert kinds == [Receipt, Failure, Receipt]
    assert [each.title for each in await store.articles(CHAT.id)] == ["The ferry", "The mill"]
    assert batch.actions == (Action("Undo", "undo", "1/1 2/1"),)
    await last(bot, "undo", batch.actions[0].text)
    assert await store.articles(CHAT.id) == []


async def test_a_forwarded_post_keeps_where_it_came_from(store: Store, bot: Dispatcher):
    origin = Origin("Ada Quill", "Mill News", "https://t.me/mill/7", "2026-11-02")
    receipt = await last(bot, "ingest", MILL.decode(), origin=origin)
    assert isinstance(receipt, Receipt)
    kept = receipt.articles[0].article
    assert (kept.author, kept.site, kept.url, kept.published) == (
        "Ada Quill",
        "Mill News",
        "https://t.me/mill/7",
        "2026-11-02",
    )


async def test_library_says_which_and_only_an_owner_changes_it(store: Store, bot: Dispatcher):
    told = await last(bot, "library", person=MEMBER)
    assert "this chat's own" in str(told)
    refused = await last(bot, "library", "use shared", person=MEMBER)
    assert isinstance(refused, Failure)
    assert await store.bound(CHAT.id) is None
    assert isinstance(await last(bot, "library", "use The shared one"), Notice)
    assert await store.bound(CHAT.id) == "The shared one"
    await last(bot, "library", "use The shared one in telegram:55")
    assert await store.bound("telegram:55") == "The shared one"
    assert "1 other chat" in str(await last(bot, "library", person=MEMBER))
    await last(bot, "library", "own")
    assert await store.bound(CHAT.id) is None


async def test_an_owner_appoints_and_dismisses(store: Store, bot: Dispatcher):
    await last(bot, "library", f"appoint {MEMBER.id}")
    assert await store.admins(CHAT.id) == [MEMBER.id]
    stored = await last(bot, "ingest", uploads=(Upload("mill.md", MILL),), person=MEMBER)
    assert isinstance(stored, Receipt)
    assert isinstance(await last(bot, "library", f"dismiss {MEMBER.id}"), Notice)
    assert "was not appointed" in str(await last(bot, "library", f"dismiss {MEMBER.id}"))
    refused = await last(bot, "ingest", uploads=(Upload("mill.md", MILL),), person=MEMBER)
    assert isinstance(refused, Failure)


@pytest.mark.parametrize("text", ["use", "appoint", "appoint Ada", "frobnicate", "use " + "x" * 99])
async def test_library_explains_itself(bot: Dispatcher, text: str):
    told = await last(bot, "library", text)
    assert isinstance(told, Failure)
