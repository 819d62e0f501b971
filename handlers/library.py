"""Looks after a library: its articles listed, its state, and which chats and people it is for."""

from __future__ import annotations

import math
import re
from collections.abc import AsyncIterator

from handlers import phrases
from handlers.access import Access, Role
from handlers.answering.model import Model
from handlers.budget import Budget, Prices
from handlers.errors import BadUsage, NotAllowed
from handlers.markdown import escape, one_line
from handlers.messages import Listing, Notice, Reply, Request
from handlers.numbers import numbers
from handlers.paging import page_of, turns
from storage.asked import Spent
from storage.store import Store

PAGE = 10  # articles of a page
LONGEST = 64  # characters of a library's name
_ID = re.compile(r"[a-z]+:-?[A-Za-z0-9_]+")
_USE = re.compile(r"use\s+(?P<name>.+?)(?:\s+in\s+(?P<place>[a-z]+:-?[A-Za-z0-9_]+))?", re.I)
_OWN = re.compile(r"own(?:\s+in\s+(?P<place>[a-z]+:-?[A-Za-z0-9_]+))?", re.I)
_PERSON = re.compile(r"(?P<act>appoint|dismiss)\s+(?P<person>\S+)", re.I)


async def articles(request: Request, *, store: Store) -> AsyncIterator[Reply]:
    """List the library's articles, newest first; in a paged place the text may name a page."""
    page = (numbers(request, least=0, most=1) or [1])[0]
    every = await store.articles(request.library)
    if not request.place.paged:
        yield Listing(request.library, tuple(every))
        return
    shown, page, pages = page_of(every, page, PAGE)
    yield Listing(request.library, tuple(shown), page, pages, turns("articles", page, pages))


async def status(
    request: Request,
    *,
    store: Store,
    access: Access,
    embedder: str,
    model: Model | None,
    budget: Budget,
) -> AsyncIterator[Reply]:
    """Say how much the library holds, how much of it is found by meaning yet, and who writes.

    An owner is told what today's answers took.
    """
    stats = await store.stats(request.library, embedder)
    embedded = stats.embedded if embedder else stats.passages
    lines = [
        phrases.status(_name(request), stats.articles, stats.passages, embedded),
        _writer(model),
    ]
    if model is not None and (await access.standing(request)).role is Role.OWNER:
        lines.append(_spent(await budget.today(), budget.prices))
    yield Notice("\n\n".join(lines))


def _writer(model: Model | None) -> str:
    if model is None:
        return phrases.MODEL_NONE
    breaker = model.breaker
    if breaker.open:
        return phrases.model_rests(breaker.faults, math.ceil(breaker.rest))
    return phrases.MODEL_WORKS


def _spent(spent: Spent, prices: Prices) -> str:
    said = phrases.spent_today(spent.answers, spent.sent, spent.received, estimated=spent.estimated)
    return said + (phrases.cost_today(spent.cost) if prices != Prices() else "") + "."


async def library(request: Request, *, store: Store, access: Access) -> AsyncIterator[Reply]:
    """Say which library the chat uses; an owner may change it, and appoint its admins.

    The text is empty, `use NAME [in PLACE]`, `own [in PLACE]`, `appoint PERSON`, `dismiss PERSON`.
    """
    role = (await access.standing(request)).role
    text = request.text.strip()
    if not text:
        yield Notice(await _told(request, store, role))
    elif role < Role.OWNER:
        raise NotAllowed(phrases.OWNERS_ONLY)
    elif match := _USE.fullmatch(text):
        yield Notice(await _use(request, store, match["name"].strip(), match["place"]))
    elif match := _OWN.fullmatch(text):
        await store.unbind(match["place"] or request.place.id, by=request.person.id)
        yield Notice(phrases.uses_own(escape(match["place"] or phrases.THIS_CHAT)))
    elif (match := _PERSON.fullmatch(text)) and _ID.fullmatch(match["person"]):
        yield Notice(await _appointed(request, store, match["act"].lower(), match["person"]))
    else:
        raise BadUsage(phrases.LIBRARY_USAGE)


async def _told(request: Request, store: Store, role: Role) -> str:
    places = [each for each in await store.places(request.library) if each != request.place.id]
    admins = await store.admins(request.library)
    lines = [phrases.library_here(_name(request), len(places))]
    if role >= Role.ADMIN and admins:
        lines.append(phrases.library_admins(escape(", ".join(admins))))
    if role is Role.OWNER:
        names = ", ".join(await store.libraries()) or request.library
        lines += [phrases.libraries(escape(names)), phrases.LIBRARY_USAGE]
    return "\n\n".join(lines)


async def _use(request: Request, store: Store, name: str, place: str | None) -> str:
    if len(name) > LONGEST or not name.isprintable():
        raise BadUsage(phrases.LIBRARY_NAME)
    await store.bind(place or request.place.id, name, by=request.person.id)
    return phrases.uses(escape(place or phrases.THIS_CHAT), escape(one_line(name)))


async def _appointed(request: Request, store: Store, act: str, person: str) -> str:
    name = _name(request)
    if act == "appoint":
        await store.appoint(request.library, person, by=request.person.id)
        return phrases.appointed(escape(person), name)
    if not await store.dismiss(request.library, person, by=request.person.id):
        return phrases.no_admin(escape(person), name)
    return phrases.dismissed(escape(person), name)


def _name(request: Request) -> str:
    """Give a library's name for a sentence; a chat's own has none that people know."""
    own = request.library == request.place.id
    return phrases.OWN if own else phrases.named(escape(one_line(request.library)))
