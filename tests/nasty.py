"""Texts that try to be more than text, and replies that carry them in every place others write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from handlers.messages import (
    Answer,
    Batch,
    Draft,
    Excerpt,
    Failure,
    Found,
    FoundPassage,
    Kept,
    Listing,
    Nearest,
    ReadArticle,
    Reading,
    Receipt,
    Reply,
    Seconds,
    Shown,
    Source,
)
from storage.records import Article, Removed, Version
from tests.shared import DATA

HOSTILE = DATA / "security" / "hostile_outputs.jsonl"
CITED = "https://ok.org/a_b"
WORDS = f"""
@everyone @here @evil <@123> <@!123> <@&12> <#1> </a-b:1> <t:1:R> <:e:1> <a:e:1> <id:guide>
|| ~~ ** * _ __ ` `` ``` ~~~ [ ]( ] ) ( ](http:// < > & &lt; &#64; \\ | ! . com : // / @ # $ " '
http://evil.example/x HTTPS://e.co <http://evil.example> www.e.co e.co t.me/x tg://user?id=1
javascript:x discord.gg/x a@b.co mailto:a@b.co +15551234567 /forget /forget@bot #tag $TSLA
<b> </b> <a_href='x'> a word é 。 \u200b \u202e \0 \ud800 \u200d 👩‍👩‍👧
{CITED} <{CITED}> [x]({CITED}) [e.co]({CITED}) ![a](b) [x](http://evil.example)
"""
SPACED = ["# ", "-# ", "- ", "1. ", "> ", ">>> ", "\n", "\n\n", " ", "  ", "\t", "|-|\n", "---\n"]
PIECES = [*WORDS.split(), *SPACED, "\r\n", "\u2028", "```py\n", "\n```\n"]
NASTY = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=30).map("".join)


def rows(name: str) -> list[dict[str, Any]]:
    """Give the rows of a security set, or none where it is not there."""
    path = DATA / "security" / name
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def said_by_attackers() -> list[str]:
    """The shorter texts of the security sets, to stand where titles, quotes and names do."""
    texts = [row["llm"]["content"] or "" for row in rows("hostile_outputs.jsonl")]
    texts += [row["text"] or "" for row in rows("injections.jsonl") if row["kind"][:3] == "own"]
    return [text for text in texts if len(text) < 600]


def answer(text: str, said: str, url: str | None = CITED) -> Answer:
    """An answer whose text, title, quote and site are given, as if nobody had looked at them."""
    sources = (Source(1, 3, 1, said, said, 0, 1, url, said, said),)
    near = (Nearest(4, said, said),)
    return Answer("q", True, text, "model", "c", sources, near, Seconds(0, 0, 0, 0))


def replies(said: str) -> Iterator[Reply]:
    """Every picture that shows words of others, with these words as all of them."""
    one = Article(3, "main", said, "en", "2026", 1, 1, 1, author=said, site=said, url=CITED)
    receipt = Receipt(said, "stored", (Kept(one, "stored"),), (Removed(said, said),))
    refused = Failure("It is empty. /help says more.", "empty", said)
    yield answer("Yes [1].", said)
    yield receipt
    yield refused
    yield Batch((receipt, refused))
    yield Reading(said, (ReadArticle(said, said, "en", author=said, site=said),))
    yield Found(said, (FoundPassage(3, 1, said, said, 1, said),))
    yield Listing("main", (one,))
    yield Excerpt(one, 1, said, said, said)
    yield Shown(one, Version(3, 1, said, "2026"))
    yield Draft(said)


def hostile_answers() -> Iterator[Answer]:
    """What hostile models said, of hostile sources, as if no check had been made."""
    hostile = rows("hostile_outputs.jsonl")
    assert len(hostile) >= 100
    for row in hostile:
        for source in row["sources"]:
            yield answer(row["llm"]["content"] or "", source["title"], source["url"])


def hostile_replies() -> Iterator[Reply]:
    """Texts of attackers in every place that shows words of others."""
    texts = said_by_attackers()
    assert len(texts) > 100
    for text in texts:
        yield from replies(text)
