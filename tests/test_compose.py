"""What people see: answers with their proofs, honest noes, receipts."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.compose import compose, links_of
from bot.markup import blocks
from handlers.markdown import commands, escape, one_line, plain, tame
from handlers.messages import (
    Answer,
    Draft,
    Excerpt,
    Failure,
    Found,
    FoundPassage,
    Kept,
    Listing,
    Nearest,
    Notice,
    Progress,
    ReadArticle,
    Reading,
    Receipt,
    Seconds,
    Shown,
    Source,
)
from storage.records import Article, Removed, Version

NO_TIME = Seconds(0, 0, 0, 0)
ARTICLE = Article(3, "main", "On tanuki", "en", "2026-01-02", 1, 1, 4, site="example.org")
SOURCE = Source(
    1, 3, 1, "On *tanuki*", "They are\ntricksters.", 0, 20, "https://example.org/t", "example.org"
)


def answer(**changes: object) -> Answer:
    given_ = {
        "question": "what?",
        "answered": True,
        "text": "Tricksters [1].",
        "mode": "extractive",
        "conversation": "c",
        "sources": (SOURCE,),
        "nearest": (),
        "seconds": NO_TIME,
    }
    return Answer(**{**given_, **changes})  # type: ignore[arg-type]


def test_an_answer_is_followed_by_its_numbered_proofs():
    assert compose(answer()) == (
        "Tricksters \\[1\\].\n\n"
        "**On \\*tanuki\\*** · example.org\n"
        "> \\[1\\] “They are  \n> tricksters.”  \n> <https://example.org/t>"
    )


def test_the_quotes_of_one_article_stand_together_under_its_title():
    from dataclasses import replace

    other = replace(SOURCE, n=2, article=4, title="Other", quote="No.", url=None, site=None)
    third = replace(SOURCE, n=3, quote="They eat all.")
    shown = compose(answer(sources=(SOURCE, other, third))).split("\n\n")[1:]
    assert [plain(block).count("“") for block in shown] == [2, 1]
    assert "[3] “They eat all.”" in plain(shown[0])
    assert shown[0].count("<https://example.org/t>") == 1


def test_an_old_answer_says_as_of_when():
    assert "*As of 2024-01-02.*" in compose(answer(as_of="2024-01-02"))


def test_an_honest_no_names_the_nearest_passages_as_such():
    nearest = (Nearest(3, "On tanuki", "They are tricksters."),)
    shown = compose(answer(answered=False, text="I do not know.", sources=(), nearest=nearest))
    first, second, third = shown.split("\n\n")
    assert first == "I do not know."
    assert "do not answer" in second
    assert third == "**On tanuki** · #3\n> “They are tricksters.”"


def test_an_address_that_is_no_web_address_is_not_linked():
    from dataclasses import replace

    shown = compose(answer(sources=(replace(SOURCE, url="javascript:alert(1)"),)))
    assert "javascript" not in shown


def test_a_receipt_says_what_was_stored_and_what_was_cut_by_reason():
    removed = tuple(Removed(f"Buy {n}", "promotion", n) for n in range(5))
    receipt = Receipt(
        "a_b.txt",
        "stored",
        (Kept(ARTICLE, "stored"),),
        (*removed, *[Removed("image", "label")] * 2),
    )
    shown = compose(receipt)
    assert shown.startswith("Stored 1 article from a\\_b.txt.\n\n- **On tanuki** · #3 · example")
    assert "4 passages" in shown
    assert "Cut 7 pieces" in shown
    assert "- promotion (5): “Buy 0”, “Buy 1”, “Buy 2”, …" in shown
    assert "- label (2): “image”" in shown


def test_a_receipt_of_a_known_article_says_so():
    shown = compose(Receipt("x", "duplicate", (Kept(ARTICLE, "duplicate"),), ()))
    assert "Nothing new" in shown
    assert "known already" in shown


def test_a_reading_says_that_nothing_was_stored():
    reading = Reading("x.html", (ReadArticle("T", "text", "en", author="A"),))
    assert compose(reading) == "Read 1 article from x.html, stored nothing.\n\n- **T** · A · en"


def test_progress_is_one_line_with_its_count():
    assert compose(Progress("Reading\nx", 2, 5)) == "*Reading x 2/5 …*"
    assert compose(Progress("Reading")) == "*Reading …*"


def test_a_draft_shows_that_it_goes_on():
    assert compose(Draft("Because")) == "Because …"


def test_a_failure_is_shown_as_it_is():
    assert plain(compose(Failure("no *such* [thing](http://x)"))) == "no *such* [thing](http://x)"
    assert "\\*" in compose(Failure("no *such*"))


def test_a_notice_is_markdown():
    assert compose(Notice("**yes**")) == "**yes**"


def test_found_passages_carry_title_heading_and_score():
    found = Found("q", (FoundPassage(3, 9, "T", "Food", 0.5, "They eat\nall."),))
    assert compose(found) == "**T** · #3 · Food · 0.50\n> “They eat all.”"
    assert "No passage" in compose(Found("q", ()))
    headed = Found("q", (FoundPassage(3, 9, "T", "Food", 0.5, "## Food\n\nThey eat all."),))
    assert compose(headed).endswith("> “They eat all.”")


def test_a_listing_is_a_line_an_article():
    assert (
        compose(Listing("main", (ARTICLE,))) == "- #3 **On tanuki** · example.org · en · 4 passages"
    )
    assert "empty" in compose(Listing("main", ()))


def test_an_article_is_shown_whole_with_its_version():
    from dataclasses import replace

    old = replace(ARTICLE, versions=2, version=2, url="https://example.org/t")
    shown = compose(Shown(old, Version(3, 1, "# H\n\nText", "2026")))
    assert "version 1 of 2" in shown
    assert "<https://example.org/t>" in shown
    assert shown.endswith("# H\n\nText")


HOSTILE = "\x1b[31m\x9b2J[red]x[/red]\u202etxt\x07 [a](http://evil) `c` **b**\n# h\n> q\n1. one"


@pytest.mark.parametrize(
    "reply",
    [
        Failure(HOSTILE),
        Notice(HOSTILE),
        Draft(HOSTILE),
        Progress(HOSTILE),
        answer(text=HOSTILE, nearest=(Nearest(1, HOSTILE, HOSTILE),), note=HOSTILE),
        Reading(HOSTILE, (ReadArticle(HOSTILE, "", HOSTILE, site=HOSTILE),)),
        Found("", (FoundPassage(1, 1, HOSTILE, HOSTILE, 1, HOSTILE),)),
        Receipt(HOSTILE, "stored", (), (Removed(HOSTILE, HOSTILE),)),
        Shown(ARTICLE, Version(3, 1, HOSTILE, "")),
    ],
)
def test_no_order_to_a_terminal_is_left_in_any_reply(reply):
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", compose(reply))


def test_titles_and_quotes_of_others_make_no_markup():
    shown = compose(answer(text="", sources=(), nearest=(Nearest(1, HOSTILE, HOSTILE),)))
    assert "[a](" not in shown
    assert "`c`" not in shown


@given(st.text())
def test_escaped_text_comes_back_plain(text: str):
    assert plain(escape(text)) == tame(text)


@given(st.text())
def test_one_line_is_one_line(text: str):
    assert "\n" not in one_line(text)
    assert len(one_line(text, 10)) <= 10


def test_a_command_in_words_of_others_is_escaped_and_in_our_own_is_one():
    assert commands(escape("see /help, /articles.")) == frozenset()
    assert commands(escape("see /help, /articles.", own=True)) == {"/help", "/articles"}
    assert commands("https://e.org/help and/or /usr/bin /help@bot") == frozenset()


@pytest.mark.parametrize("text", ["&amp; &#64;", "#", "1.", "2)", "-", "a\n=", "AT&T; /x"])
def test_escaped_text_stands_for_itself(text: str):
    assert "".join(run.text for block in blocks(escape(text), ()) for run in block.runs) == text


def test_only_addresses_of_cited_and_shown_articles_and_our_commands_are_links():
    from dataclasses import replace

    cited = answer(text="see <https://evil.example>", sources=(SOURCE, replace(SOURCE, url=None)))
    assert links_of(cited) == {"https://example.org/t"}
    article = replace(ARTICLE, url="https://example.org/t")
    version = Version(3, 1, "see https://evil.example and /help", "2026")
    assert links_of(Shown(article, version)) == {"https://example.org/t"}
    assert links_of(Shown(replace(article, url="javascript:x"), version)) == frozenset()
    assert links_of(Failure("Say /help.", "x", "/evil")) == {"/help"}
    assert links_of(Notice(f"**/ask** – {escape('/evil')}")) == {"/ask"}
    assert links_of(Draft("/help")) == links_of(Listing("main", (article,))) == frozenset()


def test_a_quote_at_the_end_of_its_text_has_nothing_behind_it() -> None:
    excerpt = Excerpt(ARTICLE, 1, "It rained. ", "The mill closed.", "", to_end=True)
    assert compose(excerpt).endswith("> … It rained. **The mill closed.**")
    whole = replace(excerpt, from_start=True)
    assert "…" not in compose(whole)
