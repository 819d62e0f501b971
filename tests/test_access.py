"""Rights and libraries: the table of docs/access.md, cell by cell, and how often one may ask."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from handlers.access import TERMINAL_OWNER, Access, Role
from handlers.dispatch import Dispatcher
from handlers.errors import NotAllowed
from handlers.messages import Notice, Person, Place, Reply, Request
from handlers.pace import Pace
from storage.store import Store
from tests.table import bare_table

TABLE = Path(__file__).parent.parent / "docs" / "access.md"
DM, GROUP = Place("telegram:5"), Place("telegram:-100", private=False)
HEADS = ("person", "command")
WHO = {  # one of each kind, with the place that makes them so
    "stranger": (Person("telegram:5"), DM),
    "person": (Person("telegram:5"), GROUP),
    "admin": (Person("telegram:6", admin=True), GROUP),
    "owner": (Person("telegram:1"), GROUP),
}


def table(first: str) -> dict[str, dict[str, str]]:
    """A table of the document by the head of its first column: row → column → cell."""
    lines = [
        [cell.strip(" `") for cell in line.strip("|\n").split("|")]
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.startswith("|") and not re.match(r"\|-", line)
    ]
    heads = [at for at, line in enumerate(lines) if len(line) > 1 and line[0] in HEADS]
    begin = next(at for at in heads if lines[at][0] == first)
    end = next((at for at in heads if at > begin), len(lines))
    head, *body = lines[begin:end]
    return {name: dict(zip(head[1:], cells, strict=True)) for name, *cells in body}


def rows() -> dict[str, dict[str, bool]]:
    """Command → role → allowed."""
    return {
        name: {role: cell == "yes" for role, cell in cells.items()}
        for name, cells in table("command").items()
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

    table = bare_table(store, access)
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


PEOPLE = {
    "named in `OWNERS": Person("telegram:1"),
    "appointed by an owner": Person("telegram:2"),
    "the platform's admin": Person("telegram:3", admin=True),
    "any other member": Person("telegram:4"),
    "Telegram's anonymous admin": Person("telegram:chat:-100"),
}
PLACES = {
    "DM, nothing bound": (Place("telegram:77"), None),
    "DM with a library": (Place("telegram:78"), "shared"),
    "group, its own library": (GROUP, None),
    "group, a shared library": (GROUP, "shared"),
}
STANDINGS = [
    (person, place, role)
    for person, cells in table("person").items()
    for place, role in cells.items()
    if role != "–"
]


def test_the_table_of_people_names_all_of_them_and_all_places():
    assert {person for person, _, _ in STANDINGS} == set(PEOPLE)
    assert {place for _, place, _ in STANDINGS} == set(PLACES)


@pytest.mark.parametrize(("who", "where", "role"), STANDINGS)
async def test_a_person_is_in_a_place_what_the_document_says(
    store: Store, who: str, where: str, role: str
):
    place, bound = PLACES[where]
    for each in (bound and place.id, bound and "telegram:-200"):
        if each:
            await store.bind(each, "shared", by="telegram:1")
    for name in ("shared", GROUP.id):
        await store.appoint(name, "telegram:2", by="telegram:1")
    access = Access(store, owners=["telegram:1"])
    standing = await access.standing(Request("ask", "", PEOPLE[who], place))
    assert standing.role.name.lower() == role


async def test_a_library_that_another_chat_uses_too_is_no_longer_a_groups_own(store: Store):
    person = Person("telegram:6", admin=True)
    request = Request("forget", "1", person, GROUP)
    assert (await Access(store).standing(request)).role is Role.ADMIN
    await store.bind("discord:9", GROUP.id, by="telegram:1")
    assert (await Access(store).standing(request)).role is Role.PERSON


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
