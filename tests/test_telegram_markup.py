"""What Telegram gets: HTML that it takes, in which nothing of others can be tapped."""

from __future__ import annotations

import re
from collections.abc import Collection
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.compose import compose, links_of
from bot.split import split, utf16
from bot.telegram_markup import MOST, MOST_ENTITIES, length, to_html
from handlers import phrases
from handlers.markdown import escape, tame
from handlers.messages import Failure, Listing, Notice, Reply
from tests.fakes.telegram.text import formatted
from tests.nasty import CITED, HOSTILE, NASTY, answer, hostile_answers, hostile_replies, replies
from tests.shared import needs

SAFE = {"bold", "italic", "strikethrough", "code", "pre", "blockquote", "expandable_blockquote"}


class Outside(HTMLParser):
    """Collects the text outside code and links, a line end for each of those."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.inside, self.text = 0, ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.inside += tag in ("code", "pre", "a")

    def handle_endtag(self, tag: str) -> None:
        self.inside -= tag in ("code", "pre", "a")
        self.text += "\n" if tag in ("code", "pre", "a") else ""

    def handle_data(self, data: str) -> None:
        self.text += "" if self.inside else data


def tappable(html: str, links: Collection[str] = ()) -> list[str]:
    """What a tap would open or do, our links and commands apart; Telegram's faults are raised."""
    text, entities, dropped = formatted(html, "HTML")
    wide = text.encode("utf-16-le", "surrogatepass")
    found = list(dropped)
    for entity in entities:
        start, units = entity["offset"], entity["length"]
        words = wide[2 * start : 2 * (start + units)].decode("utf-16-le", "replace")
        own = entity["type"] == "bot_command" and words in links
        link = entity["type"] == "text_link" and entity["url"] in links
        if entity["type"] not in SAFE and not own and not link:
            found.append(f"{entity['type']} {words}")
    outside = Outside()
    outside.feed(html)
    plain = re.sub("|".join(map(re.escape, [*links, "\0"])), "", outside.text)
    return found + re.findall(r"\w+://\S*|@\w+|(?<![\w/<>])/\w+|\w\.(?:com|org|example)\b", plain)


def shown(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def sent(reply: Reply) -> list[str]:
    """The messages of a reply, checked to be within Telegram's limits and inert."""
    links = links_of(reply)
    parts = split(compose(reply), MOST, lambda part: length(part, links))
    messages = [to_html(part, links) for part in parts]
    for message in messages:
        assert utf16(formatted(message, "HTML")[0]) <= MOST
        assert tappable(message, links) == []
    return messages


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**a** *b* ~~c~~ `d`", "<b>a</b> <i>b</i> <s>c</s> <code>d</code>"),
        ("**a *b* c**", "<b>a <i>b</i> c</b>"),
        ("***a***", "<b><i>a</i></b>"),
        ("**a `b` c**", "<b>a </b><code>b</code><b> c</b>"),
        ("# Head *and* all\nText", "<b>Head <i>and</i> all</b>\nText"),
        ("###### Deep", "<b>Deep</b>"),
        ("a\nb  \nc\\\nd", "a\nb\nc\nd"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("- a\n- b\n  - c\n\n    d\n- e", "• a\n• b\n   • c\n\n     d\n• e"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("1) a", "1) a"),
        ("-\n- a", "• \n• a"),
        ("---", "————————"),
        ("a\n\n***\n\nb", "a\n\n————————\n\nb"),
        ("> a\n> b\n\nc", "<blockquote>a\nb</blockquote>\n\nc"),
        ("> a\n> > b", "<blockquote>a\nb</blockquote>"),
        ("> a\n\n> b", "<blockquote>a</blockquote>\n\n<blockquote>b</blockquote>"),
        ("> " + "a\n> " * 7, "<blockquote expandable>" + "a\n" * 6 + "a</blockquote>"),
        ("> " + "word " * 80, f"<blockquote expandable>{('word ' * 80).strip()}</blockquote>"),
        ("```\na <b>\n```", "<pre>a &lt;b&gt;</pre>"),
        ("```c++ x\na\n```", '<pre><code class="language-c++">a</code></pre>'),
        ('```"><b>\na\n```', "<pre>a</pre>"),
        ("- ```\n  a\n  ```", "• \n<pre>a</pre>"),
        ("```\n```", ""),
        ("| a | bc |\n|---|---|\n| def | *g* |", "<pre>a    bc\n---  --\ndef  g</pre>"),
        ("![a *b*](http://x.org)", "a b"),
        (
            "<b>a</b> <!-- c --> & \"q\" 'q'",
            "&lt;b&gt;a&lt;/b&gt; &lt;!-- c --&gt; &amp; &quot;q&quot; 'q'",
        ),
        ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
        ("    four spaces", "four spaces"),
        ("[a]: http://x.org", "[a]: <code>http://x.org</code>"),
        (f"<{CITED}>", f'<a href="{CITED}">{CITED}</a>'),
        (f"[a **b**]({CITED})", f'<a href="{CITED}">a <b>b</b></a>'),
        (f"[]({CITED})", f'<a href="{CITED}">{CITED}</a>'),
        (f"[a]({CITED}x)", f"a (<code>{CITED}x</code>)"),
        ("[a](http://evil.org 'title')", "a (<code>http://evil.org</code>)"),
        ("<http://evil.org>", "<code>http://evil.org</code>"),
        ("<a@b.org>", "<code>a@b.org</code>"),
        ("[a](javascript:x)", "a (<code>javascript:x</code>)"),
        ("[](tg://user?id=1)", "<code>tg://user?id=1</code>"),
        ("", ""),
    ],
)
def test_markdown_becomes_the_html_that_shows_the_same(markdown: str, html: str):
    assert to_html(markdown, {CITED}) == html


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("see https://a.org/b_(c), or", ["https://a.org/b_(c)"]),
        ("(a.org)", ["a.org"]),
        ("**a**.org or a.**org**", ["a.org", "a.org"]),
        ("a.`org` a", ["a.org"]),
        ("t.me/x and tg://resolve?domain=x", ["t.me/x", "tg://resolve?domain=x"]),
        ("мой.рф", ["мой.рф"]),
        ("hello @alice_b!", ["@alice_b"]),
        ("“@alice”", ["@alice"]),
        ("a.b@c.org", ["a.b@c.org"]),
        ("/forget 3, /forget@bot", ["/forget", "/forget@bot"]),
        ("#tag and $TSLA", ["#tag", "$TSLA"]),
        ("call +1 (555) 123-4567", ["+1 (555) 123-4567"]),
        ("10.0.0.1", ["10.0.0.1"]),
        ("4111 1111 1111 1111", ["4111 1111 1111 1111"]),
    ],
)
def test_what_telegram_would_make_tappable_is_code(text: str, inert: list[str]):
    html = to_html(text, ())
    assert re.findall("<code>(.*?)</code>", html) == inert
    assert tappable(html) == []


@pytest.mark.parametrize(
    "text",
    [
        "The end. Next, e.g. this; 3.5 million, U.S. and 24/7 and/or km/h.",
        "#3 of 10 on 2026-01-02 at 10:30, $5 and 50 %, C# … and so on...then",
        "Wait...what? a / b, 1/2, 5 € @ 3",
    ],
)
def test_plain_words_numbers_and_dates_are_no_code(text: str):
    assert to_html(text, ()) == text


@settings(deadline=None)
@given(NASTY, st.sampled_from([(), (CITED,), (CITED, "/forget")]))
def test_nothing_but_our_links_can_be_tapped_whatever_the_text(text: str, links: tuple[str, ...]):
    assert tappable(to_html(text, links), links) == []


@settings(deadline=None)
@given(st.text())
def test_any_text_is_taken_and_escaped_text_is_shown_as_it_is(text: str):
    formatted(to_html(text, ()), "HTML")
    literal = to_html(escape(text), ())
    assert shown(literal).split() == re.sub("[\ud800-\udfff]", "\ufffd", tame(text)).split()


@settings(deadline=None)
@given(NASTY)
def test_the_length_is_that_of_the_text_which_telegram_reads(text: str):
    html = to_html(text, {CITED})
    entities = formatted(html, "HTML")[1]
    if len(entities) < MOST_ENTITIES / 2:
        assert length(text, {CITED}) == utf16(shown(html))


def test_too_many_entities_count_as_too_long_and_are_cut():
    assert length("**a** b " * 100, ()) == 399
    assert length("**a** b " * 101, ()) > MOST
    text = "**a** `b` @evil_name /x " * 300
    parts = split(text, MOST, lambda part: length(part, ()))
    assert len(parts) < 20
    assert all(tappable(to_html(part, ())) == [] for part in parts)


def test_a_deep_nest_of_lists_and_quotes_loses_nothing():
    for text in (">" * 500 + " end", "".join("  " * n + "- a\n" for n in range(90)) + "end"):
        assert "end" in to_html(text, ())
    assert "end" in to_html("[" * 5_000 + "end" + "](x)" * 5_000, ())
    assert "end" in to_html("*a _b " * 3_000 + "end", ())


# --- replies --------------------------------------------------------------------------------------


def test_commands_in_our_own_words_can_be_tapped_and_in_those_of_others_not():
    empty = Listing("main", ())
    assert "/ingest" in links_of(empty)
    assert formatted(sent(empty)[0], "HTML")[1][0]["type"] == "bot_command"
    failure = Failure(phrases.no_article(3), "x", "/evil file")
    assert links_of(failure) == {"/articles"}
    assert "<code>/evil</code> file: " in sent(failure)[0]
    notice = Notice(phrases.forgot(escape("/evil news"), 3))
    assert links_of(notice) == frozenset()
    assert "<code>/evil</code> news" in sent(notice)[0]


def test_the_address_of_a_cited_article_can_be_tapped_and_no_other():
    reply = answer("Look at https://evil.example [1].", "quote")
    assert links_of(reply) == {CITED}
    (message,) = sent(reply)
    assert message.count("<a href=") == 1
    assert "<code>https://evil.example</code>" in message
    assert links_of(answer("x", "y", "javascript:x")) == frozenset()
    assert links_of(answer("x", "y", None)) == frozenset()


@settings(deadline=None)
@given(NASTY)
def test_words_of_others_are_inert_in_every_reply(said: str):
    for reply in replies(said):
        sent(reply)
    sent(answer(said, "said"))


@needs(HOSTILE)
def test_nothing_that_a_hostile_model_says_can_be_tapped_even_if_all_checks_had_failed():
    for reply in hostile_answers():
        for message in sent(reply):
            assert not re.search(r"<script|[\x00-\x08\x0b-\x1f\u202a-\u202e]", message)


@needs(HOSTILE)
def test_hostile_texts_as_titles_quotes_and_file_names_are_inert():
    for reply in hostile_replies():
        sent(reply)
