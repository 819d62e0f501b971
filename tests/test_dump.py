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


SHORT_PAGE = [
    "Skip to content", "North", "South", "Harbour", "Ferry of Ostley stops running",
    "By Mara Quill", "3 May 2024", "Share", "5 comments", *STORY,
]  # fmt: skip
TEASERS = [
    "Bakery opens in old chapel", "Swans return to the pond", "New roof for the school",
    "Pier closed until June", "Mayor cuts a ribbon", "Fog in the valley", "Choir looks for tenors",
    "Bus fares rise", "Market moves indoors", "Dog found after a week", "Snow by the weekend",
]  # fmt: skip


def test_a_short_page_that_shows_itself_loses_the_teasers_behind_its_article() -> None:
    lines = [*SHORT_PAGE, "What else is new in town", *TEASERS, "Privacy policy", "© 2024 Post"]
    articles, removed = clean("\n".join(lines))
    assert articles[0].title == "Ferry of Ostley stops running"
    assert all(each in articles[0].text for each in STORY)
    assert set(TEASERS) <= {each.text for each in removed}


def test_a_list_that_goes_on_behind_the_article_of_a_short_page_stays() -> None:
    needs = ["What you need", "- Two ropes", "- A lamp", "- Boots", "Bring them on Friday at nine."]
    lines = [*SHORT_PAGE, *needs, "Subscribe", *TEASERS, "Privacy policy", "© 2024 Post"]
    articles, _ = clean("\n".join(lines))
    assert all(each.removeprefix("- ") in articles[0].text for each in needs)
    assert TEASERS[0] not in articles[0].text


def test_short_lines_stay_where_nothing_shows_a_page() -> None:
    lines = ["Ferry of Ostley stops running", "", *STORY, "The crew", *TEASERS]
    articles, removed = clean("\n".join(lines))
    assert removed == []
    assert all(each in articles[0].text for each in TEASERS)


def test_a_recipe_on_a_short_page_keeps_what_it_needs_and_what_is_done() -> None:
    needs = ["Ingredients", "200 g pearl barley", "2 lemons", "1 onion", "3 carrots"]
    done = [
        "Method",
        "Fry the onion until soft.",
        "Add the barley and the stock.",
        "Let it simmer for long.",
    ]
    for told in (needs, [*needs, "Salt and pepper", *done]):
        lines = [*SHORT_PAGE, *told, "Share", "12 comments", *TEASERS[:2], "Privacy policy"]
        articles, _ = clean("\n".join(lines))
        assert all(each in articles[0].text for each in told)


def test_a_short_title_over_its_author_is_no_entry_of_the_menu_above() -> None:
    menu = ["Skip to content", "Home", "Recipes", "About"]
    articles, _ = clean("\n".join([*menu, "Lemon Barley Soup", "By Tilda Wren", *STORY]))
    assert (articles[0].title, articles[0].author) == ("Lemon Barley Soup", "Tilda Wren")
