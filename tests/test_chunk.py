"""Passages: whole blocks, bounded, nothing lost, with the headings above them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from handlers.blocks import Kind, blocks
from handlers.reading.chunk import LONGEST, MOST, chunk, weigh
from handlers.sentences import sentences

WORDS = st.sampled_from(
    [
        "bread",
        "Brot",
        "面包很好吃",
        "パン。",
        "ขนมปัง",
        "e.g.",
        "«да»",
        "😀",
        "x" * 400,
        "1,000.5",
        "a",
    ]
)
LINES = st.lists(WORDS, max_size=60).map(" ".join)
MARKED = st.tuples(st.sampled_from(["", "# ", "## ", "- ", "> ", "1. ", "  • ", ">"]), LINES)
TEXTS = st.lists(MARKED.map("".join), max_size=25).map(
    lambda lines: "\n\n".join(lines).replace("  ", " \n")
)


@given(TEXTS | st.text(max_size=3000))
def test_passages_are_in_order_and_hold_every_visible_character(text: str) -> None:
    spans = chunk(text, "en")
    at = 0
    for span in spans:
        assert at <= span.start < span.end <= len(text)
        assert not _words_of(text, at, span.start)
        at = span.end
    assert not _words_of(text, at, len(text))


@given(TEXTS)
def test_no_passage_outgrows_its_bounds(text: str) -> None:
    for span in chunk(text, "en"):
        assert weigh(text[span.start : span.end]) <= MOST * 1.2
        assert span.end - span.start <= LONGEST * 1.2


@given(TEXTS | st.text(max_size=2000))
def test_blocks_and_sentences_lie_inside_one_another(text: str) -> None:
    at = 0
    for block in blocks(text):
        assert at <= block.line <= block.start < block.end <= len(text)
        at = block.end
        inside = block.start
        for sentence in sentences(text, block, "en"):
            assert inside <= sentence.start < sentence.end <= block.end
            assert sentence.of(text).strip() == sentence.of(text)
            inside = sentence.end


def test_a_passage_carries_the_headings_above_it() -> None:
    text = "## Bridges\n\n" + "Old stone. " * 40 + "\n\n### Cost\n\n" + "Four million. " * 40
    assert [span.heading for span in chunk(text, "en")] == ["Bridges", "Bridges › Cost"]


def test_a_heading_is_never_left_at_the_end_of_a_passage() -> None:
    text = "Rain fell. " * 88 + "\n\n## Floods\n\n" + "Water rose. " * 80
    first, *_ = chunk(text, "en")
    assert "Floods" not in text[first.start : first.end]


def test_list_items_are_blocks_of_their_own_under_their_heading() -> None:
    found = blocks("# Why\n\nTwo reasons:\n\n- cost\n- weather\n  and wind")
    assert [(block.kind, block.path) for block in found] == [
        (Kind.HEADING, ()),
        (Kind.PARAGRAPH, ("Why",)),
        (Kind.ITEM, ("Why",)),
        (Kind.ITEM, ("Why",)),
    ]


def _words_of(text: str, start: int, end: int) -> str:
    """What lies between passages, without the marks and spaces that may be dropped there."""
    between = re.sub(r"(?m)^[ \t]*\d{1,3}[.)](?=\s|$)", "", text[start:end])
    return "".join(char for char in between if char.isalnum())


@given(st.text(max_size=300) | st.text("aé ’”_9一か\n", max_size=80))
def test_words_are_counted_as_slowly_counted(text: str) -> None:
    unspaced = re.findall(
        r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]", text
    )
    spaced = "".join(" " if char in unspaced else char for char in text)
    words = len(re.findall(r"\w+", spaced)) + len(unspaced) / 1.7
    assert weigh(text) == max(words, len(text) * 200 / 3_000)
