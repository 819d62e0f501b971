"""What the head of a text says stays to be quoted: a court's title, a day told in a sentence."""

from __future__ import annotations

import pytest

from handlers.phrases import Cut
from handlers.reading.clean import clean

PROSE = "The mill of Ostley was sold in May, and the new owner wants to grind rye again."


@pytest.mark.parametrize(
    ("title", "first"),
    [
        (
            "Amtsgericht Lohe: Mieter darf Hühner behalten",
            "Das Amtsgericht Lohe entschied, dass ein Mieter seine drei Hühner behalten darf.",
        ),
        (
            "Patients can opt out of the register, says minister",
            "A button to unsubscribe must stand on every page of it, the ministry said on Friday.",
        ),
    ],
)
def test_a_story_that_names_what_a_foot_names_keeps_its_title_and_lead(
    title: str, first: str
) -> None:
    articles, removed = clean(f"{title}\n\n{first}\n\n{PROSE}\n\n{PROSE[:-1]}, they say.")
    assert removed == []
    assert articles[0].title == title
    assert first in articles[0].text


@pytest.mark.parametrize(
    "foot",
    [
        "Unsubscribe from our letter or change your preferences here at any time you may like to.",
        "Wendorf GmbH, Amtsgericht Lohe, HRB 1234",
        "Registergericht: Amtsgericht Charlottenburg",
        "The mill on Monday, 5 January 2026, with the new owner. Ada Quill. All rights reserved.",
    ],
)
def test_a_foot_still_goes_between_sentences(foot: str) -> None:
    _, removed = clean(f"The Mill\n\n{PROSE}\n\n{foot}\n\n{PROSE[:-1]}, they say.")
    assert [each.reason for each in removed] == [Cut.FOOTER]


@pytest.mark.parametrize(
    "line",
    [
        "Released on 3 September 2024.",
        "Urteil vom 3. September 2024, Aktenzeichen 7 C 118/23",
    ],
)
def test_a_line_that_tells_more_than_a_day_gives_the_day_and_stays(line: str) -> None:
    articles, _ = clean(f"Quillpad 4.2\n\n{line}\n\n{PROSE}")
    assert articles[0].published == "2024-09-03"
    assert articles[0].text.startswith(f"{line}\n\n")


def test_a_plain_byline_with_a_day_still_goes_to_the_head() -> None:
    articles, _ = clean(f"The Mill\nBy Ada Quill, 3 September 2024, 10:15\n\n{PROSE}")
    assert (articles[0].author, articles[0].published) == ("Ada Quill", "2024-09-03")
    assert articles[0].text == PROSE


def test_a_sentence_with_a_day_of_its_story_is_no_byline() -> None:
    articles, _ = clean(f"The Mill\n\nHe came on 4 May 2023.\n\n{PROSE}")
    assert articles[0].published is None
    assert articles[0].text.startswith("He came on 4 May 2023.")
