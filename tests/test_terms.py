"""What the word index holds: stems, pairs of signs, and one form for each number, date and code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.fold import fold
from storage.forms import forms
from storage.stems import reduced
from storage.terms import asked, terms

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(ANY, st.sampled_from(["en", "de", "tr", "zh", "ar", "hi", "und", ""]))
def test_terms_of_any_text_are_words_without_spaces_or_signs(text: str, language: str) -> None:
    for term in terms(text, language):
        assert term
        assert term == term.strip()
        assert not set(term) & set(" \t\n\0\"'*^()")
    assert asked(text, [language]) == asked(text, [language, language])


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "leaving", "leaves"),
        ("de", "Häuser", "Hauser"),
        ("ru", "реки", "река"),
        ("ar", "الكتاب", "كتاب"),
        ("tr", "köprüsü", "KÖPRÜSÜ"),
        ("pl", "Świątek", "Swiatek"),
        ("sv", "Åkesson", "Akesson"),
        ("zh", "楊立昆", "杨立昆"),
        ("en", "Ｆｕｌｌ", "full"),
        ("no", "Øst", "Ost"),
    ],
)
def test_two_writings_of_a_word_meet(language: str, one: str, other: str) -> None:
    assert set(terms(one, language)) & set(terms(other, language))


def test_signs_that_carry_meaning_in_indic_scripts_stay() -> None:
    assert fold("हिन्दी") == "हिन्दी"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("38,000 euros", "38000"),
        ("38.000 euro", "38000"),
        ("12 500 mark", "12500"),
        ("7.4 million", "7ˑ4"),
        ("7,4 millionen", "7ˑ4"),
        ("bill hb-214", "hb214"),
        ("4 k 1187/24", "118724"),
        ("on 9 march 2024", "d20240309"),
        ("on march 9, 2024", "d20240309"),
        ("am 25. märz 2025", "d20250325"),
        ("el 8 de junio de 2024", "d20240608"),
        ("8 haziran 2024", "d20240608"),
        ("12 декабря 2024", "d20241212"),
        ("2025年6月8日", "d20250608"),
        ("2023-08-26", "d20230826"),
        ("28.09.2019", "d20190928"),
        ("26/08/2023", "d20230826"),
        ("03/04/2025", "d20250304"),
        ("03/04/2025", "d20250403"),
        ("in may 2024", "d202405"),
    ],
)
def test_numbers_codes_and_dates_have_one_form(text: str, form: str) -> None:
    assert form in forms(text)


@pytest.mark.parametrize("text", ["no digit here", "the year 2024", "room 12", "99.99.9999"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert not [form for form in forms(text) if form.startswith("d")]


def test_a_phrase_is_one_term_of_several_words_and_languages_give_several_terms() -> None:
    assert asked("a letter unopened", ["en"]) == ("a letter unopen",)
    assert asked("häuser", ["en", "de"]) == ("hauser", "haus")
    assert asked("...", ["en"]) == ()


@pytest.mark.parametrize("language", ["de", "und"])
def test_a_word_has_one_form_however_often_it_is_met(language: str):
    words = ["brücke", "brücken", "x", "brücke"]
    first = reduced(words, language)
    assert reduced(words, language) == first
    assert first[0] == first[3]
    assert [reduced([word], language)[0] for word in words] == first
