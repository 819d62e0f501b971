"""What speaks for an answer and against it, read off passages made for the purpose."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from handlers.answering.background import freed
from handlers.answering.candidates import Candidate
from handlers.answering.evidence import confidence, holds_answer
from handlers.answering.rank import Ranked
from handlers.answering.retrieve import Retrieved
from handlers.answering.signs import Signs, signs, weight_of
from handlers.answering.words import content_words
from handlers.blocks import blocks
from handlers.language import detect
from handlers.sentences import sentences
from storage.records import Hit, Passage

BRIDGE = "The Tolvern Bridge is a glass bridge. It was closed in 2019 after cracks were found."
FERRY = "The ferry to Ostrand sails on Mondays. It carries 40 cars."


def found_for(
    question: str, *texts: str, cosines: tuple[float, ...] = (), language: str = ""
) -> tuple[Retrieved, list[Ranked]]:
    """Give what retrieval and ranking would hand on, with the cosines as given."""
    asked_in = language or detect(question)
    candidates, ranked = [], []
    for place, text in enumerate(texts):
        cosine = cosines[place] if cosines else 0.0
        passage = Passage(place, place, 1, "", "", 0, len(text), text)
        candidate = Candidate(passage, None, None, None, detect(text), cosine, 0.0, cosine)
        candidates.append(candidate)
        ranked += [
            Ranked(candidate, sentence, cosine, cosine, False)
            for block in blocks(text)
            for sentence in sentences(text, block, detect(text))
        ]
    shown = content_words(question, asked_in)
    vector = None if not cosines else object()
    found = Retrieved(
        question,
        asked_in,
        tuple(shown),
        vector,  # type: ignore[arg-type]
        tuple(candidates),
        dict.fromkeys(shown, 1),
        len(texts),
    )
    return found, ranked


def read(question: str, *texts: str, cosines: tuple[float, ...] = ()) -> Signs:
    return signs(*found_for(question, *texts, cosines=cosines))


def test_words_that_no_passage_holds_are_counted_by_their_weight() -> None:
    assert read("When was the bridge closed?", BRIDGE).unmet == 0
    assert read("Who painted the bridge?", BRIDGE).unmet == weight_of("painted")


def test_a_word_is_met_in_another_form() -> None:
    assert read("Why did the bridge close?", BRIDGE).unmet == 0


def test_traditional_and_simplified_signs_meet() -> None:
    assert read("美国职棒哪一年成立", "美國職棒於1876年成立。").met > 0.5


def test_what_one_sentence_says_is_told_from_what_the_passage_says() -> None:
    seen = read("Was the glass bridge closed after cracks?", BRIDGE)
    assert seen.met == 1
    assert seen.together < 1


def test_a_passage_opens_with_its_subject() -> None:
    asked = "How tall is the Tolvern Bridge?"
    assert read(asked, BRIDGE).opens == 1
    assert read(asked, "Nobody crosses the Tolvern Bridge.").opens == 0


@pytest.mark.parametrize(
    ("question", "exact"),
    [
        ("When was the bridge closed?", 1),
        ("How many cars does the ferry carry?", 1),
        ("Who closed the bridge?", 0),
        ("桥是什么时候关闭的？", 1),
        ("Сколько машин перевозит паром?", 1),
    ],
)
def test_a_number_or_a_date_is_an_exact_thing_to_ask_for(question: str, exact: int) -> None:
    assert read(question, BRIDGE).exact == exact


def test_what_is_said_of_one_year_says_nothing_of_another() -> None:
    assert read("Was the bridge closed in 2019?", BRIDGE).loose < 0.3
    assert read("Was the bridge closed in 2021?", BRIDGE).loose == 1
    assert read("Was the bridge closed?", BRIDGE).loose == 0


def test_a_year_that_stands_with_other_things_does_not_count() -> None:
    near = read("What was the population of Tolvern in 2019?", BRIDGE)
    assert near.loose > 0.5


def test_a_sentence_that_is_far_likelier_than_the_others_makes_surer() -> None:
    found, ranked = found_for("Who mended the bridge?", BRIDGE, FERRY, cosines=(0.8, 0.76))
    alike = [replace(each, score=0.25) for each in ranked]
    ahead = [replace(ranked[0], score=0.97), *(replace(each, score=0.01) for each in ranked[1:])]
    assert signs(found, ahead).ahead > 1 > -1 > signs(found, alike).ahead
    assert confidence(found, ahead) > confidence(found, alike)


def test_a_passage_may_be_nearer_than_each_of_its_sentences() -> None:
    found, ranked = found_for("Who mended the bridge?", BRIDGE, FERRY, cosines=(0.8, 0.76))
    apart = [replace(each, meaning=0.78, freed=0.78) for each in ranked]
    assert signs(found, apart).nearest == signs(found, ranked).nearest == pytest.approx(0.8)
    assert signs(found, apart).above == pytest.approx(signs(found, ranked).above)


def test_a_single_sentence_is_ahead_of_nothing() -> None:
    found, ranked = found_for("Who invented the fountain pen?", "It sails on Mondays.")
    assert signs(found, [replace(each, score=1.0) for each in ranked]).ahead == pytest.approx(0)


def test_sentences_left_out_as_doubles_take_nothing_from_the_likelihood() -> None:
    found, ranked = found_for("When was the bridge closed?", BRIDGE, FERRY, cosines=(0.85, 0.76))
    half = [replace(each, score=each.score / 2) for each in ranked]
    assert signs(found, half).ahead == pytest.approx(signs(found, ranked).ahead)


def test_how_far_the_nearest_stands_above_the_others_counts_in_the_same_language_too() -> None:
    found, ranked = found_for("Who mended the bridge?", BRIDGE, cosines=(0.8,))
    far, close = (replace(found, near=around(cosine, "en")) for cosine in (0.7, 0.78))
    assert confidence(far, ranked) > confidence(close, ranked)


def test_several_near_passages_make_surer_than_one() -> None:
    asked = "Who closed the bridge?"
    one = found_for(asked, BRIDGE, *[FERRY] * 5, cosines=(0.85, *[0.7] * 5))
    more = found_for(asked, *[BRIDGE] * 3, *[FERRY] * 3, cosines=(*[0.85] * 3, *[0.7] * 3))
    assert signs(*one).several == pytest.approx(0.75)
    assert signs(*more).several == pytest.approx(0.85)
    assert confidence(*more) > confidence(*one)


def test_the_language_of_two_words_is_a_guess() -> None:
    assert not read("ancient ruins", "Die Brücke wurde wegen der Risse gesperrt.").foreign
    asked = "Why was the old bridge closed so soon?"
    assert read(asked, "Die Brücke wurde wegen der Risse gesperrt.").foreign


def test_longer_words_weigh_more_and_kana_alone_nothing() -> None:
    assert weight_of("of") < weight_of("bridge") <= weight_of("bridgekeeper")
    assert weight_of("2019") > weight_of("year")
    assert weight_of("ですか") == 0
    assert weight_of("東京") > 0


def test_a_near_passage_that_holds_the_words_is_an_answer() -> None:
    found = found_for("When was the glass bridge closed?", BRIDGE, FERRY, cosines=(0.89, 0.76))
    assert holds_answer(*found)


def test_a_question_about_nothing_there_gets_a_no() -> None:
    found = found_for("Who invented the fountain pen?", BRIDGE, FERRY, cosines=(0.78, 0.77))
    assert not holds_answer(*found)


def test_no_passage_and_no_words_are_a_no() -> None:
    found, _ = found_for("When was the bridge closed?", BRIDGE, cosines=(0.9,))
    assert not holds_answer(found, [])


def test_a_year_that_nothing_tells_of_makes_less_sure() -> None:
    there = found_for("Was the bridge closed in 2019?", BRIDGE, FERRY, cosines=(0.88, 0.76))
    other = found_for("Was the bridge closed in 2021?", BRIDGE, FERRY, cosines=(0.88, 0.76))
    assert confidence(*other) < confidence(*there) - 1


def test_words_decide_where_there_are_no_vectors() -> None:
    assert holds_answer(*found_for("When was the glass bridge closed?", BRIDGE, FERRY))
    assert not holds_answer(*found_for("Who invented the fountain pen?", BRIDGE, FERRY))


def test_between_languages_words_that_are_missed_do_not_count() -> None:
    text = "Die gläserne Brücke wurde wegen Rissen in den Bolzen gesperrt."
    asked = "Why was the glass bridge closed down?"
    assert holds_answer(*found_for(asked, text, cosines=(0.87,)))
    assert not holds_answer(*found_for(asked, text, cosines=(0.76,)))


def test_the_subject_is_there_but_not_what_is_asked_of_it() -> None:
    asked = "What was the population of Tolvern in 2021?"
    found, ranked = found_for(asked, BRIDGE, FERRY, cosines=(0.82, 0.76))
    assert not holds_answer(replace(found, near=around(0.76, "en")), ranked)


def test_a_language_wrongly_guessed_makes_no_passage_foreign() -> None:
    asked = "When was the glass bridge at Tolvern closed?"
    found, ranked = found_for(asked, BRIDGE, cosines=(0.9,), language="gd")
    assert not signs(found, ranked).foreign
    assert holds_answer(found, ranked)


def test_a_passage_without_a_vector_yet_is_as_near_as_its_sentences() -> None:
    asked = "When was the glass bridge closed?"
    found, ranked = found_for(asked, BRIDGE, FERRY, cosines=(0.89, 0.76))
    bare = tuple(replace(each, meaning=0.0) for each in found.candidates)
    assert signs(replace(found, candidates=bare), ranked) == signs(found, ranked)


def test_sentences_that_could_not_be_embedded_leave_it_to_the_passages() -> None:
    asked = "When was the glass bridge closed?"
    found, ranked = found_for(asked, BRIDGE, FERRY, cosines=(0.89, 0.76))
    assert holds_answer(found, [replace(each, meaning=0.0) for each in ranked])


def around(cosine: float, language: str, count: int = 30) -> tuple[Hit, ...]:
    return tuple(Hit(place, cosine, cosine, language) for place in range(count))


def test_between_languages_it_counts_how_far_the_nearest_stands_above_those_around() -> None:
    text = "Die gläserne Brücke wurde wegen Rissen in den Bolzen gesperrt."
    found, ranked = found_for("Why was the glass bridge closed down?", text, cosines=(0.8,))
    assert holds_answer(replace(found, near=around(0.7, "de")), ranked)
    assert not holds_answer(replace(found, near=around(0.78, "de")), ranked)


def test_a_cosine_is_measured_against_passages_of_its_own_language() -> None:
    text = "Die gläserne Brücke wurde wegen Rissen in den Bolzen gesperrt."
    found, ranked = found_for("Why was the glass bridge closed down?", text, cosines=(0.8,))
    mixed = replace(found, near=around(0.7, "de") + around(0.85, "en"))
    assert signs(mixed, ranked).mixed
    assert not signs(replace(found, near=around(0.7, "de")), ranked).mixed
    assert confidence(mixed, ranked) < confidence(replace(found, near=around(0.7, "de")), ranked)
    assert signs(mixed, ranked).above == signs(replace(found, near=around(0.7, "de")), ranked).above


def test_few_passages_around_say_little_of_what_is_usual() -> None:
    text = "Die gläserne Brücke wurde wegen Rissen in den Bolzen gesperrt."
    found, ranked = found_for("Why was the glass bridge closed down?", text, cosines=(0.86,))
    alone = signs(replace(found, near=around(0.86, "de", 1)), ranked)
    many = signs(replace(found, near=around(0.86, "de")), ranked)
    assert alone.above > 0.05 > many.above


def test_what_sentences_have_in_common_with_any_question_is_taken_off_them() -> None:
    any_question = np.array([1, 0, 0], np.float32)
    like_any, about_it = (np.array(row, np.float32) for row in ([0.9, 0.1, 0], [0.1, 0.5, 0]))
    rows = np.stack([like_any, about_it])
    cosines = rows @ np.array([0.7, 0.7, 0], np.float32)
    clear = freed(cosines, rows, any_question * 0.5)
    assert cosines[0] > cosines[1]
    assert clear[0] < clear[1]
    assert clear.mean() == pytest.approx(cosines.mean())
    assert (freed(cosines, rows, None) == cosines).all()
