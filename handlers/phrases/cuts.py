"""What was cut from a source as no part of its article: why, and how it is put back."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from handlers.phrases.counts import counted


class Cut(StrEnum):
    """Why a piece of a source is no part of its article."""

    MEDIA = "a placeholder for a picture"
    CREDIT = "a picture credit"
    RULE = "a horizontal rule"
    REPEAT = "said before"
    TITLE = "repeats the title"
    LABEL = "a link label left over from the page"
    LINKS = "links to other articles"
    SHARE = "sharing buttons"
    AD = "the mark of an advertisement"
    PROMOTION = "a promotion"
    COOKIES = "a notice about cookies"
    FOOTER = "the foot of the page or letter"
    MENU = "the menu of the page"
    GREETING = "the greeting of a letter"
    MASTHEAD = "the name of the page or letter"
    INSTRUCTION = "an instruction left over for a translator or a model"
    ABOUT = "what a company says of itself"
    CONTACT = "whom to contact"
    PROGRAM = "a mark of the chat or mail program"


def cut(pieces: int) -> str:
    return f"Cut {counted(pieces, 'piece that belongs', 'pieces that belong')} to no article:"


def what_was_cut(number: int) -> str:
    return f"What was cut (#{number})"


def cut_from(title: str, number: int, version_: int, pieces: int) -> str:
    return f"Cut from **{title}** · #{number} · version {version_}: {counted(pieces, 'piece')}"


def nothing_cut(title: str, number: int, version_: int) -> str:
    return f"Nothing was cut from “{title}” (article {number}, version {version_})."


PUT_BACK_WHAT = "Press a button below /removed and an article's number, or name the pieces there."
PIECES_OR_REASON = "Name pieces by their numbers, or a reason, not both."


def put_back_button(n: int) -> str:
    return f"Put back {n}"


def put_back_all(reason: str, pieces: int) -> str:
    return f"Put back all {pieces}: {reason}"


def put_back(title: str, number: int, version_: int, pieces: Sequence[str]) -> str:
    said = ", ".join(f"“{each}”" for each in pieces)
    return f"Put back into “{title}” (article {number}), now version {version_}: {said}."


def put_back_how(number: int) -> str:
    return f"`/putback {number} N` puts one back, `/putback {number} all REASON` all of one reason."


def no_such_piece(number: int) -> str:
    return f"No such piece was cut from article {number}. /removed {number} lists them."
