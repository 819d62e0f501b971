"""Answers of the articles' own sentences: what stands together, what is left out, what leads."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.samples import FOLDER
from handlers.answering.candidates import Candidate
from handlers.answering.embed import Embedder
from handlers.answering.extractive import CHARACTERS, QUOTES, extract
from handlers.answering.gather import gather
from handlers.answering.joined import joined, unmarked
from handlers.answering.pointing import names_none, points_back
from handlers.answering.pool import LONG, pooled
from handlers.answering.question import Asks, asks, brings
from handlers.answering.quotes import Quote
from handlers.answering.rank import Ranked
from handlers.answering.retrieve import Retriever
from handlers.answering.sources import number
from handlers.embedding import EmbeddingWorker
from handlers.reading.clean import clean
from storage.records import Passage, Version
from storage.store import Store
from tests.asking import new

HARBOUR = """The harbour of Selm was dredged for the first time in 1931. It was then eleven metres
deep. The dredger Tilda came from Rostock. Its crew of nineteen stayed for two winters.

Why did the cannery close? The last herring boat was sold in 1988.

The lighthouse is painted every seventh year."""
BAKERY = """The bakery in Lund moved to the station.

Two things had changed:

1. The old oven cracked in March.
2. The landlord doubled the rent.

For these reasons the Holm family signed a lease at the station.

The new shop opens at five. A cinnamon bun costs 24 crowns."""


async def told(store: Store, title: str, text: str, question: str) -> tuple[str, list[str]]:
    """Give an answer's text and its quotes, whether or not there would be an honest no."""
    await store.save("main", [new(title, text, "en")], [], source="test", by="test")
    evidence = await gather(
        "main", question, store=store, retriever=Retriever(store, None), embedder=None
    )
    said, sources = number(extract(evidence.ranked, evidence.kind, evidence.versions))
    for source in sources:
        version = evidence.versions[source.article, source.version]
        assert version.text[source.start : source.end] == source.quote
    return said, [source.quote for source in sources]


async def test_a_pronoun_comes_with_the_sentence_that_names_it_in_one_quote(store: Store) -> None:
    _, quotes = await told(store, "Selm", HARBOUR, "how deep was the harbour of Selm then?")
    assert quotes[0].startswith("The harbour of Selm")
    assert "eleven metres" in quotes[0]


async def test_an_item_far_from_its_lead_in_is_told_in_one_breath_with_it(store: Store) -> None:
    question = "how much was the rent that the landlord doubled?"
    said, quotes = await told(store, "Bakery", BAKERY, question)
    assert "Two things had changed: … The landlord doubled the rent. [1][2]" in said
    assert quotes[:2] == ["Two things had changed:", "The landlord doubled the rent."]


async def test_what_follows_at_once_in_a_quotation_is_told_without_a_gap(store: Store) -> None:
    text = 'Ida Krohn said of the new harbour pier:\n\n> "The pier of Selm is there for a century."'
    said, quotes = await told(store, "Pier", text, "what did Ida Krohn say of the harbour pier?")
    assert len(quotes) == 2
    assert 'of the new harbour pier: "The pier of Selm' in said


async def test_what_leads_to_a_list_is_no_answer_alone(store: Store) -> None:
    every = [
        await told(store, f"Bakery {at}", BAKERY, question)
        for at, question in enumerate(("two things had changed?", "what had changed?"))
    ]
    assert not any(quotes[-1].endswith(":") for _, quotes in every)


async def test_a_list_of_causes_and_what_they_caused_are_one_quote(store: Store) -> None:
    said, quotes = await told(store, "Bakery", BAKERY, "why did the bakery in Lund move?")
    whole = next(quote for quote in quotes if "oven cracked" in quote)
    assert "doubled the rent" in whole
    assert "For these reasons" in whole
    assert "2. The landlord" in whole
    assert "2. The landlord" not in said


async def test_of_sentences_that_point_back_to_a_cause_the_one_about_the_question_leads(
    store: Store, embedder: Embedder
) -> None:
    sample = FOLDER / "01-lecun-leaves-meta.txt"
    made = [new(each.title, each.text, each.language) for each in clean(sample.read_text())[0]]
    await store.save("main", made, [], source="test", by="test")
    await EmbeddingWorker(store, embedder).drain()
    question, retriever = "why did LeCun leave Meta?", Retriever(store, embedder)
    evidence = await gather("main", question, store=store, retriever=retriever, embedder=embedder)
    first = extract(evidence.ranked, evidence.kind, evidence.versions)[0].text
    assert "put Alexandr Wang at the head" in first
    assert first.endswith("drove LeCun to go.")


async def test_a_colon_brings_what_is_said_behind_it(store: Store) -> None:
    text = """The ferry to Hellin gets a new captain. This is what the captain says of the ferry:

> "I want the ferry to sail at night, too."

The pier was painted."""
    _, quotes = await told(store, "Ferry", text, "what does the captain say of the ferry?")
    assert "sail at night" in " ".join(quotes[:2])


async def test_a_question_in_an_article_is_shown_with_what_follows_it(store: Store) -> None:
    _, quotes = await told(store, "Selm", HARBOUR, "why did the cannery of Selm close?")
    assert any("close? The last herring boat" in quote for quote in quotes)


async def test_a_sentence_too_long_to_quote_is_quoted_in_part(store: Store) -> None:
    clauses = [f"in {1900 + n} the guild of Arnholt paid {n} barrels of tar" for n in range(20)]
    text = f"The accounts say that {', '.join(clauses)}.\n\nNobody reads them."
    _, quotes = await told(store, "Accounts", text, "how much tar did the guild pay in 1917?")
    assert sum(map(len, quotes)) <= CHARACTERS
    assert any("in 1917 the guild" in quote for quote in quotes)


@pytest.mark.parametrize("question", ["what is said of the guild?", "when did the guild meet?"])
async def test_an_answer_keeps_within_three_quotes_and_its_characters(
    store: Store, question: str
) -> None:
    paragraphs = [
        f"The guild of Arnholt met on {n} May {1950 + n}. {'It rained on the guild. ' * (n % 7)}"
        for n in range(1, 25)
    ]
    _, quotes = await told(store, "Guild", "\n\n".join(paragraphs), question)
    assert 1 <= len(quotes) <= QUOTES
    assert sum(map(len, quotes)) <= CHARACTERS


def shown(likely: list[float], between: str = "\n\n") -> list[str]:
    """Give what is shown of sentences that are so likely to answer, in the order of the text."""
    text = between.join(
        f"The {name} mill was sold to the town." for name in "ABCDEFGH"[: len(likely)]
    )
    candidate, version = _candidate(text)
    pool = pooled([candidate], {candidate.source: text})
    ranked = [
        Ranked(candidate, each.sentence, score, 0.0, fits=False)
        for each, score in zip(pool, likely, strict=True)
    ]
    return [claim.text for claim in extract(ranked, Asks.OTHER, {candidate.source: version})]


def test_the_surer_the_best_sentence_is_the_less_is_shown_with_it() -> None:
    assert len(shown([0.95, 0.02, 0.02, 0.01])) == 1
    assert len(shown([0.4, 0.3, 0.2, 0.1], between="\n\n# On\n\n")) == QUOTES


def test_a_sentence_that_reads_on_is_shown_where_one_apart_is_not() -> None:
    assert shown([0.95, 0.02, 0.02, 0.01], between=" ")[0].count("sold") == 4
    assert shown([0.95, 0.02, 0.02, 0.01])[0].count("sold") == 1


def test_copies_left_out_of_the_ranking_make_nobody_less_sure() -> None:
    assert len(shown([0.475, 0.004, 0.001])) == 1


async def test_a_heading_says_what_the_sentences_below_it_need_not_say(store: Store) -> None:
    text = """# The two mills

## The mill at Orm

Its wheel turned for the last time in 1961 and the owner sold the building.

## The mill at Tarn

Its wheel turned for the last time in 1987 and the owner kept the building."""
    question = "when did the wheel of the mill at Tarn turn for the last time?"
    _, quotes = await told(store, "Mills", text, question)
    assert "1987" in quotes[0]


async def test_what_repeats_words_that_are_shown_is_left_out(store: Store) -> None:
    text = """- Shared notebooks. Guests need no account.

Shared notebooks have no cipher yet.

Dark mode is grey."""
    _, quotes = await told(store, "Notes", text, "do shared notebooks have a cipher?")
    assert not any(quote.startswith("Shared notebooks.") for quote in quotes)


@pytest.mark.parametrize(
    ("sentence", "brings"),
    [
        ("It was the first cup since 2009.", False),
        ("It lay in dock for a week.", True),
        ("Removing it costs two million.", True),
        ("The school, the library and the mill stood dry.", False),
        ("The school stood dry.", True),
    ],
)
def test_only_what_names_nothing_needs_the_sentence_before(sentence: str, brings: bool) -> None:
    assert names_none(sentence, "en") == brings


def test_a_word_that_points_in_another_language_does_not_in_this_one() -> None:
    assert not points_back("To replace the bridge took a year.", "en")
    assert points_back("To kosztowało miasto rok.", "pl")


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("He sold the mill.", "en"),
        ("The company went on.", "en"),
        ("Sie verließ die Stadt.", "de"),
        ("Она уехала.", "ru"),
        ("他去了北京。", "zh"),
        ("彼は東京へ行った。", "ja"),
    ],
)
def test_a_sentence_about_somebody_it_does_not_name_is_seen(sentence: str, language: str) -> None:
    assert names_none(sentence, language)


@pytest.mark.parametrize(
    ("sentence", "language"),
    [("Hendrik sold the mill.", "en"), ("其他人留下了。", "zh"), ("Es gibt Brot.", "de")],
)
def test_a_sentence_that_names_its_own_is_left_alone(sentence: str, language: str) -> None:
    assert not names_none(sentence, language)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Where was the mill built?", Asks.WHERE),
        ("What sea bordered it when he died?", Asks.OTHER),
        ("桥在哪里？", Asks.WHERE),
        ("Wo steht die Mühle?", Asks.WHERE),
        ("هل لم يأت من المدينة؟", Asks.OTHER),
        ("這座塔名為何？", Asks.OTHER),
    ],
)
def test_the_word_that_asks_first_counts_in_the_question_s_language(
    question: str, kind: Asks
) -> None:
    language = {"桥": "zh", "這": "zh", "ه": "ar", "W": "en"}[question[0]]
    assert asks(question, "de" if question.startswith("Wo ") else language) is kind


def test_what_the_question_itself_says_is_no_answer_to_it() -> None:
    question = "Who succeeded Ada Quill in 1990?"
    assert not brings(Asks.WHO, "The council thanked Ada Quill.", "en", question)
    assert brings(Asks.WHO, "The council chose Bo Lind.", "en", question)
    assert not brings(Asks.WHEN, "It met in 1990.", "en", "When in 1990 did it meet?")
    assert brings(Asks.WHEN, "It met on 3 May 1990.", "en", "When in 1990 did it meet?")


def _candidate(text: str) -> tuple[Candidate, Version]:
    passage = Passage(1, 1, 1, "t", "", 0, len(text), text)
    return (
        Candidate(passage, None, None, None, "en", 1.0, 0.0, 0.0),
        Version(1, 1, text, "", (passage,)),
    )


@given(st.lists(st.text("ab,; .\n", min_size=1, max_size=400), min_size=1, max_size=4))
def test_the_parts_of_long_sentences_leave_nothing_out(pieces: list[str]) -> None:
    text = ".\n\n".join(pieces)
    candidate, _ = _candidate(text)
    pool = pooled([candidate], {candidate.source: text})
    parts = [each.text for each in pool]
    places = [(each.sentence.start, each.sentence.end) for each in pool]
    assert places == sorted(places)
    assert all(one[1] <= two[0] for one, two in pairwise(places))
    assert all(text[start:end] == part for (start, end), part in zip(places, parts, strict=True))
    assert all(len(part) <= LONG or "," not in part[:-1] for part in parts)


@given(st.text("ab \n-", min_size=30, max_size=60), st.lists(st.integers(0, 29), max_size=8))
def test_joined_quotes_are_slices_that_hold_every_quote_and_never_overlap(
    text: str, starts: list[int]
) -> None:
    candidate, version = _candidate(text)
    quotes = [Quote(candidate, at, min(at + 1 + at % 3, len(text))) for at in starts]
    whole = joined(quotes, {candidate.source: version})
    assert all(any(w.start <= q.start and q.end <= w.end for w in whole) for q in quotes)
    assert all(w.text == text[w.start : w.end] for w in whole)
    ordered = sorted(whole, key=lambda quote: quote.start)
    assert all(one.end <= two.start for one, two in pairwise(ordered))


def test_the_marks_of_a_list_are_no_part_of_what_is_said() -> None:
    assert unmarked("rain;\n- a cracked oven\n  2) rent") == "rain; a cracked oven rent"
    assert unmarked("5 - 3 is 2.\nNext") == "5 - 3 is 2.\nNext"


def test_what_sums_up_several_causes_leads_before_what_is_nearer_and_points_to_one() -> None:
    text = BAKERY + "\n\n## Now\n\nTrams came. After that queues grew, because trams stop there."
    candidate, version = _candidate(text)
    pool = pooled([candidate], {candidate.source: text})
    ranked = [
        Ranked(candidate, each.sentence, score, 0.9 if "queues" in each.text else 0.5, fits=False)
        for each, score in zip(pool, [0.99, *[0.001] * (len(pool) - 1)], strict=True)
    ]
    first, *_ = extract(ranked, Asks.WHY, {candidate.source: version})
    assert "The old oven cracked in March." in first.text
