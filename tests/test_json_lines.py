"""The contract of `--json`: exact keys, unknown optional ones left out, one object a line."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.json_lines import line, objects, refused
from handlers.messages import (
    Answer,
    Draft,
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
from storage.records import Article, Passage, Removed, Version

BARE = Article(3, "main", "On tanuki", "en", "2026-01-02", 2, 2, 4)
FULL = replace(BARE, author="A", site="S", url="http://x.org", published="2025-01-01")


def test_an_answer_has_the_keys_of_the_contract():
    source = Source(1, 3, 2, "T", "quote", 5, 10, "http://x.org", "S", "2025-01-01")
    answer = Answer(
        "q", True, "a [1]", "model", "c", (source,), (), Seconds(0.1, 0.2, 0.3, 0.61), "2025-01-01"
    )
    assert objects(answer) == [
        {
            "question": "q",
            "answered": True,
            "answer": "a [1]",
            "mode": "model",
            "conversation": "c",
            "as_of": "2025-01-01",
            "sources": [
                {
                    "n": 1,
                    "article": 3,
                    "version": 2,
                    "title": "T",
                    "url": "http://x.org",
                    "published": "2025-01-01",
                    "quote": "quote",
                    "start": 5,
                    "end": 10,
                }
            ],
            "nearest": [],
            "seconds": {"retrieve": 0.1, "write": 0.2, "prove": 0.3, "total": 0.61},
        }
    ]


def test_an_honest_no_has_its_nearest_and_no_optional_keys():
    near = (Nearest(3, "T", "quote"),)
    source = Source(1, 3, 2, "T", "quote", 5, 10)
    (found,) = objects(
        Answer("q", False, "no", "extractive", "c", (source,), near, Seconds(0, 0, 0, 0))
    )
    assert found["nearest"] == [{"article": 3, "title": "T", "quote": "quote"}]
    assert "as_of" not in found
    assert set(found["sources"][0]) == {"n", "article", "version", "title", "quote", "start", "end"}


def test_a_receipt_has_its_articles_and_what_was_cut():
    receipt = Receipt(
        "a.txt",
        "stored",
        (Kept(FULL, "stored"),),
        (Removed("x", "promotion", 3), Removed("y", "z")),
    )
    assert objects(receipt) == [
        {
            "source": "a.txt",
            "status": "stored",
            "articles": [
                {
                    "id": 3,
                    "status": "stored",
                    "title": "On tanuki",
                    "author": "A",
                    "site": "S",
                    "url": "http://x.org",
                    "published": "2025-01-01",
                    "language": "en",
                    "passages": 4,
                }
            ],
            "removed": [
                {"line": 3, "text": "x", "reason": "promotion"},
                {"text": "y", "reason": "z"},
            ],
        }
    ]


def test_a_refused_source_says_why():
    assert refused(Failure("too big", "too_large", "a.txt")) == {
        "source": "a.txt",
        "status": "refused",
        "code": "too_large",
        "reason": "too big",
        "articles": [],
        "removed": [],
    }
    assert "code" not in refused(Failure("broke", source="a.txt"))


def test_a_reading_has_the_text_of_its_articles():
    (found,) = objects(Reading("a", (ReadArticle("T", "text", "en", author="A"),)))
    assert found["status"] == "read"
    assert found["articles"] == [{"title": "T", "author": "A", "language": "en", "text": "text"}]
    assert found["removed"] == []


def test_a_search_is_one_object():
    row = FoundPassage(1, 2, "T", "H", 0.5, "text")
    assert objects(Found("q", (row,))) == [
        {
            "passages": [
                {
                    "article": 1,
                    "passage": 2,
                    "title": "T",
                    "heading": "H",
                    "score": 0.5,
                    "text": "text",
                }
            ]
        }
    ]


def test_a_listing_is_an_object_an_article():
    first, second = objects(Listing("main", (FULL, BARE)))
    assert first["site"] == "S"
    assert second == {
        "id": 3,
        "title": "On tanuki",
        "language": "en",
        "added": "2026-01-02",
        "passages": 4,
        "version": 2,
    }


def test_a_shown_version_has_its_text_and_passages():
    passage = Passage(7, 3, 1, "T", "H", 0, 4, "text")
    (found,) = objects(Shown(BARE, Version(3, 1, "text", "2026", (passage,))))
    assert (found["version"], found["versions"], found["text"]) == (1, 2, "text")
    assert found["passages"] == [{"passage": 7, "heading": "H", "start": 0, "end": 4}]


def test_something_done_is_ok_with_its_message_in_plain_words():
    assert objects(Notice("Forgot “a\\*b”.")) == [{"ok": True, "message": "Forgot “a*b”."}]
    assert objects(Failure("no")) == [{"ok": False, "message": "no"}]


def test_pictures_on_the_way_print_nothing():
    assert objects(Progress("x")) == objects(Draft("x")) == []


@given(st.text())
def test_a_line_is_one_line_and_comes_back(text: str):
    printed = line({"text": text})
    assert len(printed.split("\n")) == 1
    assert json.loads(printed) == {"text": text}
