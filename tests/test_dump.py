"""A whole page that was pasted loses its menus; a text without any loses nothing."""

from __future__ import annotations

from handlers.reading.clean import clean
from tests.test_pages import STORY

MENU = [f"Section {name}" for name in ("north", "south", "east", "west")] * 6


def test_the_menus_of_a_pasted_page_go_and_its_article_stays() -> None:
    head = ["Ferry of Ostley stops running", "Mara Quill"]
    text = "\n".join([*MENU, *head, *STORY, *STORY[:2][::-1], *MENU])
    articles, removed = clean(text)
    whole = " ".join(f"{each.title} {each.text}" for each in articles)
    assert all(each in whole for each in (head[0], *STORY))
    assert "Section" not in whole
    assert {each.text for each in removed} >= set(MENU)


def test_short_lines_of_a_text_without_menus_stay() -> None:
    poem = [f"A line of verse {at}" for at in range(60)]
    text = "\n".join([*STORY, *STORY[::-1], *poem, *STORY, *STORY[::-1]])
    articles, _ = clean(text)
    whole = " ".join(each.text for each in articles)
    assert all(line in whole for line in poem)


def test_a_line_of_nothing_but_signs_is_read_as_fast_as_it_is_long() -> None:
    text = "\n".join([*STORY, ">" * 400_000 + " x", "-" * 400_000 + " y"])
    assert clean(text)[0][0].text
