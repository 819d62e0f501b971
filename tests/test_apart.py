"""Stories of a letter that nothing but titles parts come apart; sections of one story do not."""

from __future__ import annotations

from handlers.reading.clean import clean

FOOT = "You are receiving this email because you signed up.\n\nUnsubscribe"
BUS = (
    "The library bus has returned to the lanes and stops in nine villages, every other week.\n\n"
    "It carries two thousand books, a ramp that works and a driver who learned to read on it."
)
BAKERY = (
    "In Carn Mor the last bakery closed when its owner retired, and 212 people bought it.\n\n"
    "Each of them paid fifty pounds, takes a turn at the till and eats what the ovens leave over."
)
CLOCK = (
    "For six weeks the church was four minutes slow, and the clockmaker found nothing wrong.\n\n"
    "Wild bees had moved in behind the dial, and their honey had reached the smallest wheel."
)


def letter(*sections: tuple[str, str]) -> str:
    told = "\n\n".join(f"{title}\n\n{text}" for title, text in sections)
    return f"{told}\n\n{FOOT}"


def test_stories_that_share_no_words_come_apart_at_their_titles() -> None:
    text = letter(
        ("The library bus is back", BUS),
        ("A shop run by customers", BAKERY),
        ("Why the dial was late", CLOCK),
    )
    articles, _ = clean(text)
    assert [each.title for each in articles] == [
        "The library bus is back",
        "A shop run by customers",
        "Why the dial was late",
    ]


def test_sections_that_take_each_others_words_up_stay_one_story() -> None:
    again = "The library bus carries its books to the villages, and its driver stops on the lanes."
    text = letter(
        ("The library bus is back", BUS),
        ("What the bus will do", f"{again} {BUS}"),
        ("How the bus was saved", f"The villages asked for their books. {again}\n\n{again}"),
    )
    articles, _ = clean(text)
    assert len(articles) == 1


def test_two_titles_and_a_text_that_is_no_letter_are_left_alone() -> None:
    two = letter(("The library bus is back", BUS), ("A shop run by customers", BAKERY))
    plain = "\n\n".join(("The library bus is back", BUS, "A shop run by customers", BAKERY))
    whole = f"{plain}\n\nWhy the dial was late\n\n{CLOCK}"
    assert [len(clean(text)[0]) for text in (two, whole)] == [1, 1]
