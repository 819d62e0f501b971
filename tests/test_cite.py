"""Sentences and markers of a growing answer, and the plain text that is left of them."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.answering.cite import Cited, complete
from handlers.answering.plain import plain

SENTENCES = {
    "It opens [1]. It closes [2].": [("It opens.", (1,)), ("It closes.", (2,))],
    "It opens. [1] It closes. [2]": [("It opens.", (1,)), ("It closes.", (2,))],
    "It opens.[1] It closes.[2]": [("It opens.", (1,)), ("It closes.", (2,))],
    "It opens [1].It closes [2].": [("It opens.", (1,)), ("It closes.", (2,))],
    "It opens. [1]. It closes [2]": [("It opens.", (1,)), ("It closes", (2,))],
    "It opens.\n[1]\nIt closes.\n\n[2]": [("It opens.", (1,)), ("It closes.", (2,))],
    "[1] It opens.\n[2] It closes.": [("It opens.", (1,)), ("It closes.", (2,))],
    "- It opens [1]\n- It closes [2]\n": [("It opens", (1,)), ("It closes", (2,))],
    "1. It opens [1]": [("1.", ()), ("It opens", (1,))],
    "It opens [1][2].": [("It opens.", (1, 2))],
    "It opens [1, 2].": [("It opens.", (1, 2))],
    "It opens [1-3].": [("It opens.", (1, 2, 3))],
    "It opens 【1】 and closes [^2].": [("It opens and closes.", (1, 2))],
    "It opens 【4†source】.": [("It opens.", (4,))],
    "It opens [Source 1; 2] today.": [("It opens today.", (1, 2))],
    "It opens [ 1 ].": [("It opens.", (1,))],
    "It opens [1](https://evil.example/x).": [("It opens.", (1,))],
    "It opens [-1].": [("It opens.", ())],
    "According to [1] and [2], it opens.": [("It opens.", (1, 2))],
    "Mr. Smith paid 4.2 million [1].": [("Mr. Smith paid 4.2 million.", (1,))],
    'He said "no." [2] Then "yes" [1].': [('He said "no."', (2,)), ('Then "yes".', (1,))],
    "他离开了。[1]他创业了[2]。": [("他离开了。", (1,)), ("他创业了。", (2,))],
    "वह गया।[1] वह आया [2]।": [("वह गया।", (1,)), ("वह आया।", (2,))],
    "It runs since May [1]. It stops [2].": [("It runs since May.", (1,)), ("It stops.", (2,))],
    "It [sic] opens [1].": [("It (sic) opens.", (1,))],
    "[1][2]": [],
    "...": [],
    "a" * 5_000 + " [1].": [],
}  # fmt: skip


@pytest.mark.parametrize("text", SENTENCES, ids=lambda text: text[:30])
def test_a_marker_belongs_to_the_sentence_that_it_follows(text: str) -> None:
    assert complete(text, "en", final=True)[0] == [Cited(*pair) for pair in SENTENCES[text]]


def test_a_sentence_is_kept_back_while_a_marker_may_follow() -> None:
    text = "It opens. [1][2] It"
    shown = [len(complete(text[:at], "en")[0]) for at in range(len(text) + 1)]
    assert shown == [0] * text.index(" It") + [0, 0, 1, 1]
    assert complete(text, "en")[0] == [Cited("It opens.", (1, 2))]


PARTS = ["It opens", " Mr.", ".", " ", "\n", "[1]", "[", "]", "2", ",", "(", "x", "【", "1】", "!"]
PARTS += ["。", '"', "https://a.b/", "@all", "\u202e", "\x00", "*", "- ", "U.S.", "是", "[^3]", "†"]
PIECES = st.lists(st.sampled_from(PARTS), max_size=30).map("".join)


@given(st.one_of(st.text(max_size=80), PIECES), st.lists(st.integers(0, 80), max_size=8))
@example("It opens. [1](https://evil.example) It", [10, 12, 13])
@example("a.b" * 700 + " [1]. It opens [2].", [100, 999, 1001, 1500, 2001])
def test_any_cut_of_any_text_gives_the_same_sentences(text: str, cuts: list[int]) -> None:
    found: list[Cited] = []
    start = 0
    for cut in sorted(min(cut, len(text)) for cut in cuts):
        more, start = complete(text[:cut], "en", start)
        found += more
    found += complete(text, "en", start, final=True)[0]
    assert found == complete(text, "en", final=True)[0]


@given(st.one_of(st.text(max_size=80), PIECES))
def test_no_bracket_and_no_half_marker_is_ever_shown(text: str) -> None:
    for at in range(len(text) + 1):
        for cited in complete(text[:at], "en", final=at == len(text))[0]:
            assert not set(cited.text) & set("[]【】\x00\n")


@given(st.one_of(st.text(max_size=120), PIECES))
@example("<<b>script>")
@example("&lt;script&gt;alert(1)&lt;/script&gt;")
@example("ht\u200btps://evil.example")
@example("&#x202e;x")
@example("@" * 900)
@example("\\*" * 400)
def test_plain_text_is_plain_and_stays_as_it_is(text: str) -> None:
    cleaned = plain(text)
    assert plain(cleaned) == cleaned
    assert not re.search(r"<[a-z/!@#]|https?://|(?<!\w)@\w|[*`\\|\[\]]", cleaned, re.IGNORECASE)
    for char in cleaned:
        assert unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"}
        assert unicodedata.category(char) != "Cf" or char in "\u200c\u200d"


STRIPPED = {
    "See https://evil.example/x now": "See now",
    "See [the page](https://evil.example) now": "See the page now",
    "See www.evil.example now": "See now",
    "See evil.example/path?q=1 now": "See now",
    "Write to a@evil.example now": "Write to now",
    "Ping @everyone and <@123> <@&4> <#5> </delete:6>": "Ping and",
    "Run /delete_all now": "Run now",
    "<b>Bold</b> &amp; <i>thin</i>": "Bold & thin",
    "**bold** and `code` and ~~gone~~": "bold and code and gone",
    "# Heading": "Heading",
    "> quoted": "quoted",
    "- item": "item",
    "snake_case and __init__": "snake_case and init",
    "1 < 2 && 3 > 2": "1 < 2 && 3 > 2",
    "he\u202ello\u200b\U000e0041": "hello",
    "می\u200cروم": "می\u200cروم",
    "Node.js and 4.2% of U.S. trade": "Node.js and 4.2% of U.S. trade",
    "AC/DC won 3/4 of it": "AC/DC won 3/4 of it",
    "javascript:alert(1)": "",
    "tg://user?id=42": "",
    "data:text/html;base64,PHNj": "",
}


@pytest.mark.parametrize("text", STRIPPED)
def test_links_mentions_markup_and_hidden_characters_are_stripped(text: str) -> None:
    assert plain(text) == STRIPPED[text]
