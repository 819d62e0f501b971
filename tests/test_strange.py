"""Rows of buttons, a film's times, a wiki's marks: what tells nothing goes, what is told stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.reading.clean import clean
from handlers.reading.lines import lines_of
from tests.messy_sets import judge

PROSE = "The mill of Ostley was sold in May, and the new owner wants to grind rye again."
STRANGE = Path(__file__).parent / "messy" / "strange" / "first"
# lines that are still missed or lost, by text: to grow no more
MISSED = {
    "forum-thread-en": 1, "haber-tr": 1, "live-blog-en": 2, "question-site-en": 3,
    "video-transcript-en": 5, "wiki-mirror-en": 1, "court-opinion-en": 1,
}  # fmt: skip


@pytest.mark.parametrize("path", sorted(STRANGE.glob("*.json")), ids=lambda path: path.stem)
def test_a_strangers_paste_keeps_its_story_and_loses_its_page(path: Path) -> None:
    judged = judge(path)
    assert len(judged.missed) + len(judged.lost) <= MISSED.get(path.stem, 0)


def test_a_row_of_buttons_goes_where_it_comes_again_and_a_table_stays() -> None:
    buttons = "Like   Quote   Report"
    parts = (PROSE, buttons, f"{PROSE} Again.", buttons, "Mon   Tue   Wed", PROSE)
    text = "\n\n".join(parts)
    articles, removed = clean(text)
    assert [each.text for each in removed[:2]] == [buttons] * 2
    assert "Mon Tue Wed" in articles[0].text


def test_times_of_a_films_text_go_and_its_words_become_sentences() -> None:
    said = [
        "so a wall has no mortar",
        "and people ask me what holds it",
        "it is friction",
        "and time",
    ]
    text = "How a Wall Stands\n" + "\n".join(
        f"{at}:0{at}\n{words}" for at, words in enumerate(said)
    )
    articles, removed = clean(text)
    assert [each.text for each in removed] == ["0:00", "1:01", "2:02", "3:03"]
    assert "no mortar and people ask me what holds it it is friction" in articles[0].text


def test_times_that_go_back_are_a_programme_and_stay() -> None:
    text = "On Air\n\n" + "\n".join(f"{at}:30\n{PROSE[: 30 + at]}" for at in (9, 7, 8, 6))
    articles, _ = clean(text)
    assert "9:30" in articles[0].text


def test_a_wikis_marks_and_table_of_contents_go_and_its_headings_stay() -> None:
    told = (
        f"{PROSE}\nHistory[edit]\n{PROSE} It was old.\nBelfry [Bearbeiten | Quelltext bearbeiten]\n"
    )
    contents = "1 History\n2 Belfry\n2.1 Bells\n"
    text = f"Ostley Mill\n{PROSE[:-1]}, they say.\n{contents}{told}{PROSE} It rang."
    articles, removed = clean(text)
    assert {"1 History", "2 Belfry", "2.1 Bells"} <= {each.text for each in removed}
    assert "edit" not in articles[0].text
    assert "Belfry" in articles[0].text


def test_a_wikis_notes_go_and_figures_behind_an_arrow_stay() -> None:
    figures = "↑ 12 % more visitors\n↑ 300 more tickets"
    _, removed = clean(f"{PROSE}\n\n{figures}\n\n{PROSE} It rang.")
    assert not any("↑" in each.text for each in removed)
    notes = '^ "Mills of the coast", 1998\n^ a b Pell, Ormond (1902)'
    _, removed = clean(f"{PROSE}\n\n{notes}\n\n{PROSE} It rang.")
    assert set(notes.splitlines()) <= {each.text for each in removed}


def test_prose_outside_of_the_densest_stretch_is_not_taken_for_a_menu() -> None:
    posts = "\n".join(
        f"user_{at}\nNew face\nCorner seat\nLoud voice\nOld hat\n{PROSE} Post {at} said so."
        for at in range(10)
    )
    articles, _ = clean(posts)
    assert all(f"Post {at} said so." in articles[0].text for at in range(10))


@pytest.mark.parametrize(
    "line",
    [
        "Posted an annual loss of 3 million",
        "Edited the Financial Times",
        "Location: Town Hall",
        "Reactions: Mayor welcomes the deal",
        "Key points",
        "That's it for the Tigers this season.",
        "You must register by Friday to vote.",
        "The site requires JavaScript to work.",
        "Home | Away",
        "#1",
        "10 K",
        "It is defined in Wikipedia, the free encyclopedia, as a mill.",
    ],
)
def test_a_line_that_is_near_a_pages_own_stays_between_sentences(line: str) -> None:
    _, removed = clean(f"The Mill\n\n{PROSE}\n\n{line}\n\n{PROSE} More was said of it then.")
    assert removed == []


@pytest.mark.parametrize(
    ("text", "words"),
    [("सूखी बावड़ी में पानी", 4), ("குளத்தில் நீர் வந்தது", 3), ("the mill", 2), ("水车", 1)],
)
def test_a_sign_for_a_vowel_parts_no_word(text: str, words: int) -> None:
    assert lines_of(text)[0].words == words
