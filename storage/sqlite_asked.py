"""The embedded engine's part for questions, their proofs and votes."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from storage import pins
from storage.asked import Disliked, Pin, Spent, Vote
from storage.audit import now
from storage.connection import rows
from storage.libraries import library_id
from storage.records import Proof, Question
from storage.units import Units

QUESTION = """
    select libraries.name as library, conversation, person, text, answered, asked,
           place, alone, answer, sent, received, estimated, cost, before, questions.id as id
    from questions join libraries on libraries.id = questions.library_id
    where libraries.name = :library
"""
_PROOFS = """select article_id as article, version, start, "end" from proofs
             where question_id = ? order by n"""
_SPENT = """
    select count(*) as answers, coalesce(sum(sent), 0) as sent,
           coalesce(sum(received), 0) as received, coalesce(max(estimated), 0) as estimated,
           coalesce(sum(cost), 0.0) as cost
    from questions where asked >= :since and sent + received > 0
        and (:person = '' or person = :person) and (:place = '' or place = :place)
"""
_DISLIKED = """
    select questions.text as question, count(distinct votes.person) as people,
           group_concat(distinct reason) as reasons, max(at) as at
    from votes join questions on questions.id = votes.question_id
    join libraries on libraries.id = questions.library_id
    where libraries.name = ? and not up
    group by questions.text order by max(at) desc, max(questions.id) desc limit ?
"""


class SqliteAsked(Units):
    """What `AskedStore` asks, on the units of work of the engine."""

    async def log_question(self, question: Question) -> int:
        def work(db: Database) -> int:
            number = _logged(db, question)
            for n, proof in enumerate(question.proofs, 1):
                db.execute(
                    """insert into proofs (question_id, n, article_id, version, start, "end")
                       select ?, ?, id, ?, ?, ? from articles where id = ?""",
                    [number, n, proof.version, proof.start, proof.end, proof.article],
                )
            return number

        return await self._write(work)

    async def question(self, library: str, number: int) -> Question | None:
        sql = f"{QUESTION} and questions.id = :number"

        def work(db: Database) -> Question | None:
            found = rows(db, sql, {"library": library, "number": number})
            proofs = tuple(Proof(**row) for row in rows(db, _PROOFS, [number]))
            return question_of(found[0], proofs) if found else None

        return await self._read(work)

    async def spent(self, since: str, *, person: str = "", place: str = "") -> Spent:
        values = {"since": since, "person": person, "place": place}

        def work(db: Database) -> Spent:
            (row,) = rows(db, _SPENT, values)
            return Spent(**{**row, "estimated": bool(row["estimated"])})

        return await self._read(work)

    async def conversation(self, library: str, conversation: str, upto: int = 0) -> list[Question]:
        sql = f"{QUESTION} and conversation = :conversation order by questions.id"
        values = {"library": library, "conversation": conversation}
        every = await self._read(lambda db: [question_of(row) for row in rows(db, sql, values)])
        return _leading_to(upto, every)

    async def vote(self, library: str, vote: Vote) -> bool:
        def work(db: Database) -> bool:
            made = db.execute(
                """insert or replace into votes (question_id, person, up, reason, at)
                   select questions.id, ?, ?, ?, ? from questions
                   join libraries on libraries.id = questions.library_id
                   where questions.id = ? and libraries.name = ?""",
                [vote.person, int(vote.up), vote.reason, now(), vote.question, library],
            )
            return made.rowcount > 0

        return await self._write(work)

    async def votes(self, library: str, question: int) -> list[Vote]:
        sql = """select question_id as question, votes.person, up, reason, at from votes
                 join questions on questions.id = votes.question_id
                 join libraries on libraries.id = questions.library_id
                 where question_id = ? and libraries.name = ? order by at, votes.person"""

        def work(db: Database) -> list[Vote]:
            found = rows(db, sql, [question, library])
            return [Vote(**{**row, "up": bool(row["up"])}) for row in found]

        return await self._read(work)

    async def disliked(self, library: str, limit: int) -> list[Disliked]:
        found = await self._read(lambda db: rows(db, _DISLIKED, [library, limit]))
        return [Disliked(**{**row, "reasons": _reasons(row["reasons"])}) for row in found]

    async def pin(self, pin: Pin) -> int:
        return await self._write(lambda db: pins.keep(db, pin))

    async def pinned(self, library: str, key: str) -> Pin | None:
        def work(db: Database) -> Pin | None:
            found = pins.found(db, library, "and key = :key", key=key)
            return found[0] if found and not found[0].changed else None

        return await self._read(work)

    async def pinned_questions(self, library: str) -> dict[str, str]:
        return await self._read(lambda db: pins.questions(db, library))

    async def pins(self, library: str) -> list[Pin]:
        return await self._read(lambda db: pins.found(db, library))

    async def unpin(self, library: str, number: int, *, by: str) -> Pin | None:
        return await self._write(lambda db: pins.erase(db, library, number, by))


def _logged(db: Database, question: Question) -> int:
    made = db.execute(
        """insert into questions (library_id, conversation, person, text, answered, asked,
                                  place, alone, answer, sent, received, estimated, cost, before)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            library_id(db, question.library),
            question.conversation,
            question.person,
            question.text,
            int(question.answered),
            question.asked or now(),
            question.place,
            question.alone or question.text,
            question.answer,
            question.sent,
            question.received,
            int(question.estimated),
            question.cost,
            question.before,
        ],
    )
    return int(made.lastrowid or 0)


def _reasons(joined: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (joined or "").split(",")))


def _leading_to(upto: int, every: list[Question]) -> list[Question]:
    """Give the questions of a conversation that lead to one, or to the newest, oldest first."""
    found: list[Question] = []
    wanted = upto or None
    for each in reversed(every):
        if wanted in (None, each.id):
            found.append(each)
            wanted = each.before
    return found[::-1]


def question_of(row: dict[str, Any], proofs: tuple[Proof, ...] = ()) -> Question:
    """Read a question out of a row of `QUESTION`, with its proofs."""
    flags = {name: bool(row[name]) for name in ("answered", "estimated")}
    return Question(**{**row, **flags}, proofs=proofs)
