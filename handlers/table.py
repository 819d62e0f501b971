"""The table of commands: what the bot can do, built from its parts. A new command is a row here."""

from __future__ import annotations

from functools import partial

from handlers import phrases
from handlers.access import Access, Role
from handlers.answering.alike import Alike
from handlers.answering.embed import Embedder
from handlers.answering.model import Model
from handlers.answering.retrieve import Retriever
from handlers.article import article, source
from handlers.ask import ask
from handlers.budget import Budget
from handlers.command import Command, Kind, Parameter
from handlers.diff import diff
from handlers.embedding import Worker
from handlers.extract import extract
from handlers.feedback import vote
from handlers.feeds import feed, feeds
from handlers.follow import follow
from handlers.following import Follower
from handlers.forget import forget, undo
from handlers.gaps import gaps
from handlers.help import help_
from handlers.ingest import ingest
from handlers.library import articles, library, status
from handlers.pin import choose, pin, pins, unpin
from handlers.polling import Poller
from handlers.reading.read import Reader
from handlers.refresh import refresh
from handlers.removed import putback, removed
from handlers.revert import revert
from handlers.search import search
from handlers.titles import by_title
from storage.store import Store

ARTICLE = Parameter("article", phrases.ITS_NUMBER, Kind.ARTICLE)
SOURCE = Parameter("source", phrases.A_SOURCE, required=False)
FILES = Parameter("file", phrases.A_FILE, Kind.FILES, required=False)


def commands(
    *,
    store: Store,
    access: Access,
    reader: Reader,
    retriever: Retriever,
    embedder: Embedder | None,
    model: Model | None,
    worker: Worker | None,
    follower: Follower | None = None,
    budget: Budget | None = None,
    poller: Poller | None = None,
) -> tuple[Command, ...]:
    """Give every command, in the order of menus; `help` lists the others and itself."""
    budget = budget or Budget(store)
    poller = poller or Poller(store, reader, worker)
    rows = [
        *_questions(store, access, retriever, embedder, model, budget),
        *_library(store, access, embedder, model, budget),
        *_sources(store, reader, worker),
        *_feeds(store, reader, poller),
        *_versions(store, reader, worker),
        *_pins(store, retriever, embedder),
    ]
    rows += _gaps(store, embedder, follower)
    rows = [by_title(row, store) for row in rows]
    helped = partial(help_, access=access, table=rows)
    rows.append(
        Command("help", "what I can do here", helped, Role.STRANGER, quiet=True, weighs=True)
    )
    return tuple(rows)


def _questions(
    store: Store,
    access: Access,
    retriever: Retriever,
    embedder: Embedder | None,
    model: Model | None,
    budget: Budget,
) -> list[Command]:
    answer = partial(
        ask, store=store, retriever=retriever, embedder=embedder, model=model, budget=budget
    )
    find = partial(search, retriever=retriever)
    question = Parameter("question", phrases.A_QUESTION)
    words = Parameter("words", phrases.SOME_WORDS)
    quoted = partial(source, store=store)
    voted = partial(vote, store=store, access=access)
    return [
        Command(
            "ask", "an answer with its quotes, or an honest no", answer, parameters=(question,)
        ),
        Command(
            "search", "the passages nearest to some words", find, parameters=(words,), quiet=True
        ),
        Command("source", "a quote in the text around it", quoted, offered=False, quiet=True),
        Command("vote", "what you think of an answer", voted, offered=False, quiet=True),
    ]


def _library(
    store: Store,
    access: Access,
    embedder: Embedder | None,
    model: Model | None,
    budget: Budget,
) -> list[Command]:
    listed, shown = partial(articles, store=store), partial(article, store=store)
    counted = partial(
        status,
        store=store,
        access=access,
        embedder=embedder.name if embedder else "",
        model=model,
        budget=budget,
    )
    chosen = partial(library, store=store, access=access)
    page = Parameter("page", phrases.A_PAGE, Kind.NUMBER, required=False)
    version = Parameter("version", phrases.A_VERSION, Kind.NUMBER, required=False)
    change = Parameter("change", phrases.A_CHANGE, required=False)
    return [
        Command("articles", "what the library holds", listed, parameters=(page,), quiet=True),
        Command(
            "article",
            "an article as it is stored",
            shown,
            parameters=(ARTICLE, version),
            quiet=True,
        ),
        Command("status", "how much the library holds", counted, quiet=True),
        Command(
            "library",
            "which library this chat uses",
            chosen,
            parameters=(change,),
            quiet=True,
            weighs=True,
        ),
    ]


def _sources(store: Store, reader: Reader, worker: Worker | None) -> list[Command]:
    keep = partial(ingest, store=store, reader=reader, worker=worker)
    read = partial(extract, reader=reader)
    erased, taken_back = partial(forget, store=store), partial(undo, store=store)
    files = (SOURCE, FILES)
    return [
        Command("ingest", "store a link, a file or a text", keep, Role.ADMIN, files),
        Command("extract", "read without storing", read, Role.ADMIN, files, quiet=True),
        Command("forget", "erase an article for good", erased, Role.ADMIN, (ARTICLE,)),
        Command("undo", "take back what was stored", taken_back, Role.ADMIN, offered=False),
    ]


def _feeds(store: Store, reader: Reader, poller: Poller) -> list[Command]:
    changed = partial(feed, store=store, reader=reader, poller=poller)
    listed = partial(feeds, store=store)
    which = Parameter("link", phrases.A_FEED)
    page = Parameter("page", phrases.A_PAGE, Kind.NUMBER, required=False)
    return [
        Command("feed", "subscribe to a feed", changed, Role.ADMIN, (which,)),
        Command("feeds", "what the library is fed from", listed, Role.ADMIN, (page,), quiet=True),
    ]


def _versions(store: Store, reader: Reader, worker: Worker | None) -> list[Command]:
    again = partial(refresh, store=store, reader=reader, worker=worker)
    older = partial(revert, store=store, worker=worker)
    compared, cut = partial(diff, store=store), partial(removed, store=store)
    back = partial(putback, store=store, worker=worker)
    to = Parameter("version", phrases.ANOTHER_VERSION, Kind.NUMBER, required=False)
    two = (
        ARTICLE,
        Parameter("older", phrases.FROM_VERSION, Kind.NUMBER, required=False),
        Parameter("newer", phrases.TO_VERSION, Kind.NUMBER, required=False),
    )
    version = Parameter("version", phrases.A_VERSION, Kind.NUMBER, required=False)
    return [
        Command("refresh", "fetch an article's page again", again, Role.ADMIN, (ARTICLE,)),
        Command("diff", "what changed in it", compared, Role.ADMIN, two, quiet=True),
        Command("revert", "bring an older version back", older, Role.ADMIN, (ARTICLE, to)),
        Command("removed", "what was cut from it", cut, Role.ADMIN, (ARTICLE, version), quiet=True),
        Command("putback", "put a piece back", back, Role.ADMIN, offered=False),
    ]


def _pins(store: Store, retriever: Retriever, embedder: Embedder | None) -> list[Command]:
    chosen = partial(pin, store=store, retriever=retriever, embedder=embedder)
    kept, listed = partial(choose, store=store), partial(pins, store=store)
    gone = partial(unpin, store=store)
    question = Parameter("question", phrases.A_PIN)
    page = Parameter("page", phrases.A_PAGE, Kind.NUMBER, required=False)
    return [
        Command("pin", "choose a question's answer", chosen, Role.ADMIN, (question,), quiet=True),
        Command("pins", "the answers that were chosen", listed, Role.ADMIN, (page,), quiet=True),
        Command("choose", "pin a sentence", kept, Role.ADMIN, offered=False, quiet=True),
        Command("unpin", "take a pin away", gone, Role.ADMIN, offered=False, quiet=True),
    ]


def _gaps(store: Store, embedder: Embedder | None, follower: Follower | None) -> list[Command]:
    followed = partial(follow, store=store, follower=follower)
    listed = partial(gaps, store=store, alike=Alike(embedder))
    page = Parameter("page", phrases.A_PAGE, Kind.NUMBER, required=False)
    return [
        Command("gaps", "what people asked in vain", listed, Role.ADMIN, (page,), quiet=True),
        Command("follow", "wait for an answer", followed, offered=False, quiet=True),
    ]
