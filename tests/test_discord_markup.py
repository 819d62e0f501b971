"""What Discord gets: its own Markdown, in which nothing of others pings, opens or hides."""

from __future__ import annotations

import re
from collections.abc import Collection

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.compose import compose, links_of
from bot.discord_markup import JOINER, length, to_discord
from bot.split import split
from handlers.markdown import escape, tame
from handlers.messages import Reply
from tests.fakes.discord import markdown as reading
from tests.fakes.discord.mentions import named
from tests.nasty import CITED, HOSTILE, NASTY, answer, hostile_answers, hostile_replies, replies
from tests.shared import needs

LIMIT = 2_000
MINE = {"bold", "italic", "strike", "code"}
# A second, coarser reading: what is left of the raw text without code and our links.
CODE = re.compile(r"^(?:> )?```[^`]*?```|(?<![\\`])(`+)(?!`).+?(?<!`)\1(?!`)", re.M | re.S)
NAMES = re.compile(r"@everyone|@here|<(?:@[!&]?|#|a?:\w+:|t:|id:|/[^>\n]*:)\d", re.IGNORECASE)
LIVE = re.compile(
    r"https?://|www\.|(?<!\\)\|\||(?<!\\)\]\(|(?<!\\)__|^(?:> )?(?:-#|>>>)", re.M | re.I
)


def live(message: str, links: Collection[str] = ()) -> list[str]:
    """What would ping somebody, open, or look like more than it is."""
    found = [f"opens {link}" for link in reading.links(reading.parse(message)) if link not in links]
    found += [f"previews {link}" for link in reading.previewed(reading.parse(message))]
    people = named(message)
    found += [f"pings {each}" for each in (people.users, people.roles, people.everyone) if each]
    for span in reading.every_span(reading.parse(message)):
        found += [f"names {span.mention}"] if span.mention else []
        found += [f"looks {mark}" for mark in span.marks - MINE]
    bare = re.sub("|".join([*(re.escape(f"<{link}>") for link in links), "\0"]), "", message)
    bare = bare.replace(r"\\", "")  # a backslash that is one itself escapes nothing behind it
    return found + NAMES.findall(bare) + LIVE.findall(CODE.sub("x", bare))


def read(message: str) -> str:
    """What a person reads of a message, the joiners taken out that nobody sees."""
    return reading.plain(reading.parse(message), lambda kind, what: None).replace(JOINER, "")


def sent(reply: Reply) -> list[str]:
    """The messages of a reply, checked to be within Discord's limit and inert."""
    links = links_of(reply)
    parts = split(compose(reply), LIMIT, lambda part: length(part, links))
    messages = [to_discord(part, links) for part in parts]
    for message in messages:
        assert len(message) <= LIMIT
        assert live(message, links) == []
    return messages


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        ("**a** *b* ~~c~~ `d`", "**a** *b* ~~c~~ `d`"),
        ("__a__ _b_", "**a** *b*"),
        ("**a *b* c**", "**a** ***b*** **c**"),
        ("**a*b*c**", f"**a**{JOINER}***b***{JOINER}**c**"),
        ("**a `b` c**", "**a** `b` **c**"),
        ("# Head *and* all\nText", "# Head *and* all\nText"),
        ("### Three\n#### Four", "### Three\n**Four**"),
        ("- # In a list", "- **In a list**"),
        ("a\nb  \nc\\\nd", "a\nb\nc\nd"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("* a\n* b\n  * c\n\n    d", "- a\n- b\n  - c\n\n    d"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("1) a", "1. a"),
        ("a\n\n***\n\nb", "a\n\n————————\n\nb"),
        ("> a\n> b\n\nc", "> a\n> b\n\nc"),
        ("> a\nlazy", "> a\n> lazy"),
        ("> a\n>\n> b", "> a\n> \n> b"),
        ("> > a", "> a"),
        ("> - a", "> - a"),
        ("```python x\na <b>\n```", "```python\na <b>\n```"),
        ("````\n```\n````", f"```\n`{JOINER}``\n```"),
        ("```\n```", ""),
        ("> ```\n> a\n> ```", "> ```\n> a\n> ```"),
        ("| a | bc |\n|---|---|\n| def | *g* |", "```\na    bc\n---  --\ndef  g\n```"),
        ("![a *b*](http://x.org)", "a b"),
        ("``a`b``", "`` a`b ``"),
        ("a\\_b \\*c\\* \\[1\\] [2]", "a\\_b \\*c\\* \\[1\\] \\[2\\]"),
        ("\\# a\n\\- b\n1\\. c\n\\> d\n-# e", "\\# a\n\\- b\n1\\. c\n\\> d\n\\-# e"),
        (f"<{CITED}>", f"<{CITED}>"),
        (f"[a **b**]({CITED})", f"a **b** <{CITED}>"),
        (f"[]({CITED})", f"<{CITED}>"),
        (f"[a]({CITED}x)", f"a (`{CITED}x`)"),
        ("[a](http://evil.org 'title')", "a (`http://evil.org`)"),
        ("see https://evil.org/a_b, or", "see `https://evil.org/a_b`, or"),
        (
            "HTTPS://evil.org www.evil.org discord.gg/x",
            "`HTTPS://evil.org` `www.evil.org` `discord.gg/x`",
        ),
        ("example.org a@b.org /help #tag", "example.org a@b.org /help #tag"),
        ("@everyone @here @ada", f"@{JOINER}everyone @{JOINER}here @ada"),
        ("<@1> <#2> <t:3>", f"<{JOINER}@1> <{JOINER}#2> <{JOINER}t:3>"),
        ("`<@1> @everyone <div>`", f"`<{JOINER}@1> @{JOINER}everyone <div>`"),
        ("||a|| a < b", "\\|\\|a\\|\\| a < b"),
        ("", ""),
    ],
)
def test_markdown_becomes_the_message_that_shows_the_same(markdown: str, message: str):
    assert to_discord(markdown, {CITED}) == message
    assert live(message, {CITED}) == []


@settings(deadline=None)
@given(NASTY, st.sampled_from([(), (CITED,), (CITED, "/forget")]))
def test_nothing_is_live_but_our_links_whatever_the_text(text: str, links: tuple[str, ...]):
    assert live(to_discord(text, links), links) == []


@settings(deadline=None)
@given(st.text())
def test_any_text_is_taken_and_escaped_text_is_read_as_it_is(text: str):
    to_discord(text, ())
    known = re.sub("[\ud800-\udfff]", "\ufffd", tame(text)).replace(JOINER, "")
    assert read(to_discord(escape(text), ())).split() == known.split()


@settings(deadline=None)
@given(NASTY)
def test_the_length_is_that_of_the_message(text: str):
    assert length(text, {CITED}) == len(to_discord(text, {CITED}))


def test_only_a_web_address_becomes_a_link():
    assert "<javascript:x>" not in to_discord("[a](javascript:x)", {"javascript:x"})


def test_a_deep_nest_of_lists_and_quotes_loses_nothing():
    for text in (">" * 500 + " end", "".join("  " * n + "- a\n" for n in range(90)) + "end"):
        assert "end" in to_discord(text, ())


# --- replies ---


def test_the_address_of_a_cited_article_is_the_only_link_and_has_no_preview():
    (message,) = sent(answer("Look at https://evil.example [1].", "quote"))
    assert reading.links(reading.parse(message)) == (CITED,)
    assert "`https://evil.example`" in message


@settings(deadline=None)
@given(NASTY)
@example(r"\\<id:guide>[x](http://evil.example)")
def test_words_of_others_are_inert_in_every_reply(said: str):
    for reply in replies(said):
        sent(reply)
    sent(answer(said, "said"))


@needs(HOSTILE)
def test_nothing_that_a_hostile_model_says_is_live_even_if_all_checks_had_failed():
    for reply in hostile_answers():
        for message in sent(reply):
            assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", message)


@needs(HOSTILE)
def test_hostile_texts_as_titles_quotes_and_file_names_are_inert():
    for reply in hostile_replies():
        sent(reply)
