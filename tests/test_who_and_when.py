"""Who wrote a page is a name and no office, and its day is one that the page has."""

from __future__ import annotations

import pytest

from handlers.reading.extract import article_in
from tests.test_pages import BODY, page


@pytest.mark.parametrize(
    ("said", "author"),
    [
        ("Text by Ada Quill", "Ada Quill"),
        ("Analysis by Ned Roe, CNN Editor-at-large", "Ned Roe"),
        ("Words and pictures by Ines Harrow", "Ines Harrow"),
        ("Текст Анна Петрова", "Анна Петрова"),
        ("Ein Gastbeitrag von Jan Ott", "Jan Ott"),
        ("Reuters Staff", "Reuters Staff"),
        ("Portia Byers", "Portia Byers"),
    ],
)
def test_a_byline_is_a_name(said: str, author: str) -> None:
    assert (
        article_in(page(BODY, f'<meta name=author content="{said}">'), None).facts.author == author
    )


@pytest.mark.parametrize("said", ["the contract of 1998", "a contract of May 1998"])
def test_a_year_in_the_text_is_no_day(said: str) -> None:
    told = f"{BODY}<p>The council said that {said} had left it no choice at all in this.</p>"
    assert article_in(page(told), None).facts.published is None


def test_the_first_of_a_month_is_a_day_where_the_page_says_it() -> None:
    told = f"<time datetime=2024-05-01>1 May 2024</time>{BODY}"
    assert article_in(page(told), None).facts.published == "2024-05-01"
