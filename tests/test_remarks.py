"""What is said of an answer is told from what asks for one."""

from __future__ import annotations

import pytest

from handlers.remarks import Remark, remark


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("source?", Remark.SOURCE),
        ("are you sure", Remark.SOURCE),
        ("which article is that from", Remark.SOURCE),
        ("Bist du sicher?", Remark.SOURCE),
        ("¿Estás seguro?", Remark.SOURCE),
        ("de onde veio isso?", Remark.SOURCE),
        ("откуда это?", Remark.SOURCE),
        ("出典は？", Remark.SOURCE),
        ("你确定吗？", Remark.SOURCE),
        ("ما المصدر؟", Remark.SOURCE),
        ("show me more", Remark.MORE),
        ("mehr davon bitte", Remark.MORE),
        ("подробнее", Remark.MORE),
        ("还有吗？", Remark.MORE),
        ("that's not what I asked", Remark.WRONG),
        ("C'est faux !", Remark.WRONG),
        ("das stimmt nicht", Remark.WRONG),
        ("違います", Remark.WRONG),
        ("and in english please", Remark.TRANSLATE),
        ("auf Deutsch bitte", Remark.TRANSLATE),
        ("en español, por favor", Remark.TRANSLATE),
    ],
)
def test_a_remark_is_one(text: str, kind: Remark) -> None:
    assert remark(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "who said that?",
        "what is the source of the Nile?",
        "which article is about the mill?",
        "is it true that the mill closed?",
        "are you sure that the mill closed in March?",
        "more than how many people came?",
        "what is wrong with the bridge?",
        "no one came, why?",
        "how do you say mill in German?",
        "in English schools, who teaches?",
        "and why?",
        "",
    ],
)
def test_a_question_is_none(text: str) -> None:
    assert remark(text) is None
