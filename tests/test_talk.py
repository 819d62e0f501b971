"""A pasted chat: each message stays with who said it and when, and none becomes a heading."""

from __future__ import annotations

import pytest

from handlers.reading.clean import clean

SAID = (
    ("Nadia", "9:02", "morning all. the big press is down again"),
    ("Piotr", "9:03", "that's the paper sensor"),
    ("Nadia", "9:05", "cleaning won't help this time, the cable is torn"),
    ("Lena", "9:06", "and the theatre posters??"),
    ("Piotr", "9:08", "we can run them on the small press"),
)
SHAPES = {
    "in brackets before": "[{when}] {who}: {what}\n",
    "a day and a dash": "12/05/2025, {when} - {who}: {what}\n",
    "angle brackets": "{when} <{who}> {what}\n",
    "a name and brackets": "{who} ({when}): {what}\n",
    "over it, with a dash": "{who} — Today at {when} AM\n{what}\n",
    "over it, with brackets": "{who}, [12.05.25 {when}]\n{what}\n\n",
    "over it": "{who}  {when} AM\n{what}\n",
    "in two lines": "{who}\n{when}\n{what}\n",
    "no time": "{who}\n{what}\n\n",
    "a colon": "{who}: {what}\n",
}


@pytest.mark.parametrize("titled", [False, True])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=list(SHAPES))
def test_a_message_stays_in_one_line_with_who_said_it_and_when(shape: str, titled: bool) -> None:
    title = "Print shop team, Tuesday\n\n" if titled else ""
    told = "".join(shape.format(who=who, when=when, what=what) for who, when, what in SAID)
    articles, removed = clean(title + told)
    paragraphs = articles[0].text.split("\n\n")
    assert removed == []
    assert len(paragraphs) == len(SAID)
    for (who, when, what), paragraph in zip(SAID, paragraphs, strict=True):
        assert who in paragraph.split(what)[0]
        assert paragraph.endswith(what)
        assert not paragraph.startswith("#")
        assert "{when}" not in shape or when in paragraph


def test_a_message_with_nothing_but_a_buttons_word_stays() -> None:
    told = "".join(f"[{when}] {who}: {what}\n" for who, when, what in SAID)
    articles, _ = clean(f"{told}[9:10] Lena: share\n[9:12] Nadia: subscribe\n")
    assert articles[0].text.endswith("[9:10] Lena: share\n\n[9:12] Nadia: subscribe")


def test_a_ticker_whose_entries_have_times_and_no_names_stays() -> None:
    entries = [
        "10:15 - The river has passed the mark of four metres at the mill.",
        "10:40 - The school is closed until Friday, says the mayor",
        "11:05 - Two boats of the fire brigade are on their way.",
        "12:30 - The water is falling again by ten centimetres an hour.",
    ]
    articles, removed = clean("Flood at Ostley\n\n" + "\n".join(entries))
    assert removed == []
    assert articles[0].text.split("\n\n") == entries


def test_a_timetable_is_no_chat() -> None:
    prose = "The boat leaves from the east pier in summer and from the west pier in winter."
    table = "Ostley 9:02\nPell 9:40\nOstley 11:02\nPell 11:40"
    articles, removed = clean(f"Departures\n\n{prose}\n\n{table}\n\n{prose[:-1]}, they say.")
    assert removed == []
    assert table.replace("\n", "\n\n") in articles[0].text


def test_labels_that_come_once_are_no_speakers() -> None:
    text = "The Mill\n\nPrice: 12\nPlace: Ostley\nOpen: all year\nOwner: the town\nBuilt: 1780\n"
    articles, _ = clean(text)
    assert articles[0].title == "The Mill"
