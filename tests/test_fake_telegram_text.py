"""The fake Telegram reads formatting, and finds what can be tapped, as the real one does."""

from __future__ import annotations

import pytest

from tests.fakes.telegram.detect import detect
from tests.fakes.telegram.errors import ApiError
from tests.fakes.telegram.text import formatted


def kinds(source: str) -> tuple[str, list[str]]:
    """Give the text and each entity as `kind:words`."""
    text, entities, _ = formatted(source, "HTML")
    wide = text.encode("utf-16-le")
    return text, [
        f"{e['type']}:{wide[2 * e['offset'] : 2 * (e['offset'] + e['length'])].decode('utf-16-le')}"
        for e in entities
    ]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b> <strong>b</strong>", "a b", ["bold:a", "bold:b"]),
        ("<i>a</i><em>b</em>", "ab", ["italic:ab"]),
        ("<u>a</u> <ins>b</ins>", "a b", ["underline:a", "underline:b"]),
        ("<s>a</s> <del>b</del>", "a b", ["strikethrough:a", "strikethrough:b"]),
        ("<tg-spoiler>a</tg-spoiler>", "a", ["spoiler:a"]),
        ('<span class="tg-spoiler">a</span>', "a", ["spoiler:a"]),
        ("<blockquote>a <b>b</b></blockquote>", "a b", ["blockquote:a b", "bold:b"]),
        ("<blockquote expandable>a</blockquote>", "a", ["expandable_blockquote:a"]),
        ('<pre><code class="language-py">a.py</code></pre>', "a.py", ["pre:a.py"]),
        ("<code>a.com</code> a.com", "a.com a.com", ["code:a.com", "url:a.com"]),
        ("<b><code>x</code> y</b>", "x y", ["code:x", "bold: y"]),
        ('<a href="http://a.de">b.com</a>', "b.com", ["text_link:b.com"]),
        ('<a href="javascript:x">b</a>', "b", []),
        ('<a href="tg://user?id=5">b</a>', "b", ["text_mention:b"]),
        ("&lt;b&gt; &amp;amp; &#128512; &nbsp;", "<b> &amp; 😀 &nbsp;", []),
        ("  <b>a </b> \n", "a", ["bold:a"]),
        ("<B>a</b >", "a", ["bold:a"]),
        ("😀<b>b</b>", "😀b", ["bold:b"]),
        ("a\u202eb\rc\x07d", "abc d", []),
    ],
)
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[str]):
    assert kinds(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>a", 'end tag corresponding to start tag "b"'),
        ("<b>a</i>", 'expected "</b>", found "</i>"'),
        ("é</b>", "Unexpected end tag at byte offset 2"),
        ("<p>a</p>", 'Unsupported start tag "p"'),
        ("<br>", 'Unsupported start tag "br"'),
        ("1 < 2", 'Unsupported start tag ""'),
        ("a <b", "Unclosed start tag"),
        ("<b>a</b", "Unclosed end tag"),
        ("<span>a</span>", "tg-spoiler"),
        ("<b><i>a</b></i>", 'expected "</i>", found "</b>"'),
        ('<a href="x>y</a>', "Unclosed start tag"),
    ],
)
def test_html_that_is_wrong_is_refused(source: str, reason: str):
    with pytest.raises(ApiError) as refused:
        formatted(source, "HTML")
    assert refused.value.description.startswith("Bad Request: can't parse entities: ")
    assert reason in refused.value.description


FOUND = {  # facts about what Telegram links, one example for each rule
    "see t.me/x, example.com.": ["url:t.me/x", "url:example.com"],
    "(https://a.de/b_(c)) [http://d.de]": ["url:https://a.de/b_(c)", "url:http://d.de"],
    "main.py and end.In a word": ["url:main.py"],
    "v1.0 a.b file.abcd 1.2.3": [],
    "127.0.0.1:80/x 127.0.0.256": ["url:127.0.0.1:80/x"],
    "сайт.рф ТеСт.Москва": ["url:сайт.рф"],
    "ftp://a.de sftp://a.de shttp://a.de": ["url:ftp://a.de"],
    "http://a_.com a.com:70000 a.com#": ["url:a.com", "url:a.com"],
    "/usr/views.py @views.py": ["mention:@views"],
    "ada@b.software mailto:c@d.com": ["email:ada@b.software", "email:c@d.com"],
    "@abcd @abc @gif no@mention @abcd!": ["mention:@abcd", "mention:@gif", "mention:@abcd"],
    "/ask /a@some_bot x/y /test/ /a@b": ["bot_command:/ask", "bot_command:/a@some_bot"],
    "#tag #12 #1a x#y #a#b": ["hashtag:#tag", "hashtag:#1a"],
    "$USD $usd $1INCH $TOOLONGTAG": ["cashtag:$USD", "cashtag:$1INCH"],
    "+1 212 555 2368 and 12125552368": ["phone_number:+1 212 555 2368"],
    "tg://resolve?domain=x": ["url:tg://resolve?domain=x"],
}


@pytest.mark.parametrize("text", FOUND)
def test_what_can_be_tapped_is_found(text: str):
    spans = sorted(detect(text), key=lambda span: span.start)
    assert [f"{s.kind}:{text[s.start : s.end]}" for s in spans] == FOUND[text]


def test_no_more_than_a_hundred_entities_are_kept():
    text, entities, dropped = formatted("<b>a</b> " * 101, "HTML")
    assert (len(text), len(entities), len(dropped)) == (201, 100, 1)


def test_an_entity_must_not_cut_a_sign_in_two():
    with pytest.raises(ApiError, match="UTF-16"):
        formatted("😀", entities=[{"type": "bold", "offset": 0, "length": 1}])
