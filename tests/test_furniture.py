"""What a page, a letter or a chat says of itself goes; what stands in a story stays."""

from __future__ import annotations

import pytest

from handlers.phrases import Cut
from handlers.reading.clean import clean
from handlers.reading.furniture import is_call, is_furniture, words_of
from handlers.reading.lines import lines_of

PROSE = "The ferry between Ostley and Marden stopped running on Monday after its hull was cracked."

MORE = (
    "Nobody on the quay could say how long the repair would take, or who would pay for all of it."
)


def cut(text: str) -> dict[str, Cut]:
    return {each.text: each.reason for each in clean(text)[1]}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Manage your e-mail preferences"),
        ("de", "Newsletter im Browser lesen"),
        ("fr", "Gérer mes préférences de cookies"),
        ("it", "Modifica le tue preferenze di iscrizione"),
        ("ru", "Поделиться ссылкой"),
        ("ar", "اشترك في النشرة البريدية"),
        ("zh", "点击阅读原文"),
        ("ja", "メルマガ登録はこちら"),
    ],
)
def test_a_button_is_known_by_its_words(language: str, text: str) -> None:
    assert is_furniture(lines_of(text)[0], words_of(language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The newsletter that saved a village"),
        ("de", "Teilen lernt man im Garten"),
        ("es", "La bióloga abre la puerta"),
        ("no", "En del av historien"),
        ("zh", "岛上的图书馆"),
    ],
)
def test_a_title_with_a_word_of_a_page_is_no_button(language: str, text: str) -> None:
    assert not is_furniture(lines_of(text)[0], words_of(language))


def test_a_sentence_about_the_letter_is_a_call_and_a_quoted_one_is_not() -> None:
    words = words_of("en")
    call = "Forwarded this e-mail? Subscribe here to get our newsletter."
    assert is_call(lines_of(call)[0], words)
    assert not is_call(lines_of(f"“{call}”")[0], words)
    assert not is_call(lines_of(PROSE)[0], words)


def test_a_chat_keeps_what_was_said_and_loses_what_its_program_says() -> None:
    said = [f"[03/02/2025, 09:0{at}:00] Ada: {PROSE}" for at in range(5)]
    notices = [
        "[03/02/2025, 09:06:00] Ada created this group",
        "[03/02/2025, 09:07:00] Bea: image omitted",
    ]
    articles, removed = clean("\n".join([*said, *notices]))
    assert [each.text for each in removed] == notices
    assert articles[0].text.count(PROSE) == len(said)


def test_the_header_of_a_forwarded_letter_goes() -> None:
    header = ["Von: Ada Quill <ada@mill.example>", "Datum: Mi., 21. Mai 2025, 06:30", "An: Bea"]
    removed = cut("\n".join([*header, "", "The mill closes", "", PROSE, "", MORE]))
    assert set(header) <= removed.keys()
    assert {removed[each] for each in header} <= {Cut.PROGRAM, Cut.LABEL}


def test_behind_the_last_prose_all_goes_that_follows_a_cut_line() -> None:
    tail = ["Share on Facebook", "Our authors", "Unsubscribe", "12 Mill Lane, Ostley"]
    removed = cut("\n\n".join(["The ferry stops", PROSE, MORE, *tail]))
    assert list(removed) == tail


def test_before_the_prose_the_title_stays_whatever_is_cut_around_it() -> None:
    text = "\n\n".join(
        ["Skip to content", "Log in", "The ferry stops for a whole winter", "Copy link", PROSE]
    )
    articles, _ = clean(text)
    assert articles[0].title == "The ferry stops for a whole winter"


def test_an_advertisement_between_two_rules_goes_as_a_whole() -> None:
    sold = "Fellside Wool makes blankets that outlive their owners."
    text = "\n\n".join(
        ["The ferry stops", PROSE, "---", "Advertisement", sold, "---", "And " + PROSE]
    )
    assert cut(text)[sold] is Cut.PROMOTION


def test_the_stories_of_a_letter_come_apart_at_its_rules() -> None:
    stories = [
        "The ferry has stopped",
        PROSE,
        "The mill has closed",
        PROSE.replace("ferry", "mill"),
    ]
    text = "\n\n".join(
        [
            "Dear readers,",
            "---",
            *stories[:2],
            MORE,
            "---",
            *stories[2:],
            "Its owner said so. " + MORE.replace("quay", "hill"),
        ]
    )
    assert [each.title for each in clean(text)[0]] == [stories[0], stories[2]]


def test_the_end_of_a_sentence_in_a_line_of_its_own_goes_back_to_it() -> None:
    articles, removed = clean(
        "岛上只有四十户人家，最年轻的住户今年五十三岁\n。\n去年冬天岛上建成了一座图书馆。"
    )
    assert "五十三岁。" in articles[0].text
    assert not removed
