"""Dispatch: every fault becomes a sentence, nothing stays open, help shows what one may do."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import pytest

from handlers import phrases
from handlers.access import Access, Role
from handlers.article import article
from handlers.budget import Budget
from handlers.command import Command, Kind, Parameter
from handlers.dispatch import Dispatcher
from handlers.errors import Code, NotFound, Refused
from handlers.forget import forget
from handlers.help import help_
from handlers.library import articles, status
from handlers.messages import (
    Draft,
    Failure,
    Listing,
    Notice,
    Person,
    Place,
    Reply,
    Request,
    Shown,
    Upload,
)
from storage.records import NewArticle, Span
from storage.store import Store, StoreError

OWNER = Person("terminal:owner")
HERE = Place("terminal:here")
ID = Parameter("id", "its number", Kind.ARTICLE)
TANUKI = NewArticle("On *tanuki*", "They are tricksters.", "en", (Span(0, 20),))


def failing(fault: Exception) -> Callable[[Request], AsyncIterator[Reply]]:
    async def handler(request: Request) -> AsyncIterator[Reply]:
        yield Draft("so far")
        raise fault

    return handler


@dataclass
class Endless:
    """A handler that never ends, and knows whether it was closed."""

    closed: bool = False
    seen: list[Request] = field(default_factory=list)

    async def __call__(self, request: Request) -> AsyncIterator[Reply]:
        self.seen.append(request)
        try:
            while True:
                yield Draft("more")
        finally:
            self.closed = True


def call(command: str, text: str = "", upload: Upload | None = None) -> Request:
    return Request(command, text, OWNER, HERE, (upload,) if upload else ())


async def replies(store: Store, command: Command, request: Request) -> list[Reply]:
    return [reply async for reply in Dispatcher([command], Access(store)).reply(request)]


async def test_a_users_fault_becomes_its_sentence(store: Store):
    command = Command("ask", "", failing(NotFound("No such thing.")))
    assert await replies(store, command, call("ask")) == [
        Draft("so far"),
        Failure("No such thing."),
    ]


async def test_a_refused_source_keeps_its_code_and_name(store: Store):
    command = Command("ingest", "", failing(Refused(Code.EMPTY, "Nothing in it.")))
    by_text = await replies(store, command, call("ingest", "http://x.org"))
    assert by_text[-1] == Failure("Nothing in it.", "empty", "http://x.org")
    by_file = await replies(store, command, call("ingest", upload=Upload("a.txt", b"")))
    assert by_file[-1] == Failure("Nothing in it.", "empty", "a.txt")


async def test_a_fault_of_the_store_is_told_clearly(store: Store):
    command = Command("ask", "", failing(StoreError("the disk is full")))
    (_, failure) = await replies(store, command, call("ask"))
    assert isinstance(failure, Failure)
    assert "the disk is full" in failure.text


async def test_any_other_fault_becomes_a_reference_that_the_log_has_too(
    store: Store, caplog: pytest.LogCaptureFixture
):
    command = Command("ask", "", failing(KeyError("inner secret of ours")))
    with caplog.at_level(logging.ERROR):
        (_, failure) = await replies(store, command, call("ask"))
    assert isinstance(failure, Failure)
    assert "inner" not in failure.text
    reference = failure.text.rstrip(".").rpartition(" ")[2]
    assert f"reference {reference}" in caplog.text


async def test_an_unknown_command_suggests_the_nearest(store: Store):
    command = Command("articles", "", failing(KeyError()))
    (near,) = await replies(store, command, call("artcles"))
    assert isinstance(near, Failure)
    assert "/articles?" in near.text
    (far,) = await replies(store, command, call("zzz" * 9999))
    assert isinstance(far, Failure)
    assert "/help" in far.text
    assert len(far.text) < 200


async def test_a_command_is_found_in_any_case(store: Store):
    endless = Endless()
    dispatcher = Dispatcher([Command("ask", "", endless)], Access(store))
    pictures = dispatcher.reply(call("ASK"))
    assert await anext(pictures) == Draft("more")
    await pictures.aclose()


async def test_the_handler_is_given_its_library(store: Store):
    endless = Endless()
    pictures = Dispatcher([Command("ask", "", endless)], Access(store)).reply(call("ask"))
    await anext(pictures)
    await pictures.aclose()
    assert endless.seen[0].library == "main"


async def test_closing_the_reply_early_closes_the_handler(store: Store):
    endless = Endless()
    pictures = Dispatcher([Command("ask", "", endless)], Access(store)).reply(call("ask"))
    await anext(pictures)
    assert not endless.closed
    await pictures.aclose()
    assert endless.closed


# --- the library's own commands -----------------------------------------------------------------


@pytest.fixture
async def tanuki(store: Store) -> int:
    (saved,) = await store.save("main", [TANUKI], [], source="t.txt", by="terminal:owner")
    return saved.article


def looking(store: Store) -> Dispatcher:
    from functools import partial

    access = Access(store, owners=["telegram:1"])
    counted = partial(
        status, store=store, access=access, embedder="e5", model=None, budget=Budget(store)
    )
    table = [
        Command("articles", "lists", partial(articles, store=store)),
        Command("article", "shows", partial(article, store=store), parameters=(ID,)),
        Command("forget", "erases", partial(forget, store=store), Role.ADMIN, (ID,)),
        Command("status", "counts", counted),
    ]
    helped = Command("help", "helps", partial(help_, access=access, table=table), Role.STRANGER)
    table.append(helped)
    return Dispatcher(table, access)


async def only(store: Store, request: Request) -> Reply:
    (reply,) = [reply async for reply in looking(store).reply(request)]
    return reply


async def test_articles_lists_the_library_and_no_other(store: Store, tanuki: int):
    await store.save("other", [TANUKI], [], source="t.txt", by="x")
    reply = await only(store, call("articles"))
    assert isinstance(reply, Listing)
    assert [article.id for article in reply.articles] == [tanuki]


async def test_article_gives_the_newest_version_or_the_one_asked_for(store: Store, tanuki: int):
    reply = await only(store, call("article", f"#{tanuki}"))
    assert isinstance(reply, Shown)
    assert reply.version.text == TANUKI.text
    assert reply == await only(store, call("article", f"{tanuki} 1"))


async def test_article_says_which_versions_there_are(store: Store, tanuki: int):
    reply = await only(store, call("article", f"{tanuki} 7"))
    assert isinstance(reply, Failure)
    assert "1 to 1" in reply.text


@pytest.mark.parametrize("text", ["", "x", "1 2 3", "-1", "٣", "9" * 40, "1.5"])
async def test_article_asks_for_a_number(store: Store, text: str):
    reply = await only(store, call("article", text))
    assert isinstance(reply, Failure)
    assert "/article 3" in reply.text


@pytest.mark.parametrize("command", ["article", "forget"])
async def test_an_article_that_is_not_here_is_said_so(store: Store, command: str):
    reply = await only(store, call(command, "999999"))
    assert isinstance(reply, Failure)
    assert "no article 999999" in reply.text


async def test_forget_asks_first_and_its_buttons_erase_or_keep(store: Store, tanuki: int):
    asked = await only(store, call("forget", f"#{tanuki}"))
    assert isinstance(asked, Notice)
    assert "On \\*tanuki\\*" in asked.text
    yes, no = asked.actions
    assert "Kept" in str(await only(store, call(no.command, no.text)))
    assert len(await store.articles("main")) == 1
    assert "Forgot" in str(await only(store, call(yes.command, yes.text)))
    assert await store.articles("main") == []
    assert isinstance(await only(store, call(yes.command, yes.text)), Failure)


async def test_status_counts_what_is_not_found_by_meaning_yet(store: Store, tanuki: int):
    assert await only(store, call("status")) == Notice(
        "Library “main”: 1 article in 1 passage, 1 of them found by their words only so far.\n\n"
        + phrases.MODEL_NONE
    )


async def test_help_lists_what_the_person_may_do_and_nothing_more(store: Store):
    async def listed(person: Person, place: Place) -> str:
        reply = await only(store, Request("help", "", person, place))
        assert isinstance(reply, Notice)
        return reply.text

    group = Place("telegram:-5", private=False)
    assert "/forget ID" in await listed(Person("telegram:1"), group)
    assert "/forget" not in await listed(Person("telegram:2"), group)
    assert "/article ID" in await listed(Person("telegram:2"), group)
    assert "/article" not in await listed(Person("telegram:2"), Place("telegram:2"))
