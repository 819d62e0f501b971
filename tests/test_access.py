"""Rights and libraries: the table of docs/access.md, cell by cell, and how often one may ask."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from handlers.access import TERMINAL_OWNER, Access, Role
from handlers.answering.retrieve import Retriever
from handlers.dispatch import Dispatcher
from handlers.errors import NotAllowed
from handlers.messages import Notice, Person, Place, Reply, Request
from handlers.pace import Pace
from handlers.reading.fetch import fetcher_from
from handlers.reading.read import Reader
from handlers.table import commands
from storage.store import Store

TABLE = Path(__file__).parent.parent / "docs" / "access.md"
DM, GROUP = Place("telegram:5"), Place("telegram:-100", private=False)
WHO = {  # one of each kind, with the place that makes them so
    "stranger": (Person("telegram:5"), DM),
    "person": (Person("telegram:5"), GROUP),
    "admin": (Person("telegram:6", admin=True), GROUP),
    "owner": (Person("telegram:1"), GROUP),
}


def rows() -> dict[str, dict[str, bool]]:
    """The table as the document has it: command → role → allowed."""
    lines = [
        [cell.strip(" `") for cell in line.strip("|\n").split("|")]
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.startswith("|") and not re.match(r"\|-", line)
    ]
    head, *body = lines
    return {
        name: {role: cell == "yes" for role, cell in zip(head[1:], cells, strict=True)}
        for name, *cells in body
    }


CHOOSING = "choose a library by name"
CELLS = [
    (name, role, allowed)
    for name, cells in rows().items()
    if name != CHOOSING
    for role, allowed in cells.items()
]


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def built(store: Store, access: Access) -> Dispatcher:
    """The bot's own table, with handlers that only say where they were let in."""

    async def entered(request: Request) -> AsyncIterator[Reply]:
        yield Notice(f"in {request.library}")

    table = commands(
        store=store,
        access=access,
        reader=Reader(fetcher_from(None)),
        retriever=Retriever(store, None),
        embedder=None,
        model=None,
        worker=None,
    )
    return Dispatcher([replace(command, handler=entered) for command in table], access)


async def answered(dispatcher: Dispatcher, request: Request) -> Reply:
    return [reply async for reply in dispatcher.reply(request)][-1]


@pytest.mark.parametrize(("name", "role", "allowed"), CELLS)
async def test_the_table_of_the_document_holds(store: Store, name: str, role: str, allowed: bool):
    person, place = WHO[role]
    dispatcher = built(store, Access(store, owners=["telegram:1"]))
    reply = await answered(dispatcher, Request(name, "", person, place))
    assert isinstance(reply, Notice) == allowed


@pytest.mark.parametrize("role", WHO)
async def test_only_an_owner_may_name_a_library(store: Store, role: str):
    person, place = WHO[role]
    dispatcher = built(store, Access(store, owners=["telegram:1"], default_library="main"))
    reply = await answered(dispatcher, Request("ask", "", person, place, library="secret"))
    assert (reply == Notice("in secret")) == rows()[CHOOSING][role]


async def test_the_document_lists_every_command(store: Store):
    access = Access(store)
    assert {command.name for command in built(store, access).commands} == set(rows()) - {CHOOSING}


async def library(store: Store, access: Access, place: Place, person: str = "telegram:9") -> str:
    return (await access.standing(Request("ask", "", Person(person), place))).library


async def test_a_place_leads_to_its_binding_then_the_default_then_its_own(store: Store):
    assert await library(store, Access(store), GROUP) == "telegram:-100"
    assert await library(store, Access(store, default_library="all"), GROUP) == "all"
    await store.bind(GROUP.id, "shared", by="telegram:1")
    assert await library(store, Access(store, default_library="all"), GROUP) == "shared"


async def test_the_terminal_leads_to_main_and_its_person_is_an_owner(store: Store):
    request = Request("ask", "", Person(TERMINAL_OWNER), Place("terminal:here"))
    standing = await Access(store).standing(request)
    assert (standing.library, standing.role) == ("main", Role.OWNER)


async def test_a_strangers_direct_message_is_let_in_by_a_binding_or_a_default(store: Store):
    async def role(access: Access) -> Role:
        return (await access.standing(Request("ask", "", Person("telegram:5"), DM))).role

    assert await role(Access(store)) is Role.STRANGER
    assert await role(Access(store, default_library="main")) is Role.PERSON
    await store.bind(DM.id, DM.id, by="telegram:1")
    assert await role(Access(store)) is Role.PERSON


async def test_a_platforms_admin_is_none_over_a_shared_library(store: Store):
    person = Person("telegram:6", admin=True)
    request = Request("forget", "1", person, GROUP)
    assert await Access(store).admit(request, Role.ADMIN) == GROUP.id
    with pytest.raises(NotAllowed, match="admins"):
        await Access(store, default_library="main").admit(request, Role.ADMIN)


async def test_a_flood_is_refused_with_the_seconds_to_wait_and_costs_nobody_else(store: Store):
    clock = Clock()
    access = Access(store, owners=["telegram:1"], calls_a_minute=2, clock=clock)
    mine = Request("ask", "", Person("telegram:7"), GROUP)
    for _ in range(2):
        await access.admit(mine, Role.PERSON)
    clock.now = 15
    with pytest.raises(NotAllowed, match="45 s"):
        await access.admit(mine, Role.PERSON)
    await access.admit(replace(mine, person=Person("telegram:8")), Role.PERSON)
    for _ in range(9):
        await access.admit(replace(mine, person=Person("telegram:1")), Role.PERSON)
    clock.now = 60
    await access.admit(mine, Role.PERSON)


def test_those_who_have_been_quiet_are_forgotten():
    clock = Clock()
    pace = Pace(1, clock)
    for number in range(100):
        pace.wait(f"telegram:{number}")
    clock.now = 61
    assert pace.wait("telegram:200") == 0
    assert len(pace._calls) == 1
