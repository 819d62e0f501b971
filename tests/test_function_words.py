"""Words of any script stay whole, and those that only hold a question together are dropped."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.answering.words import content_words, words
from handlers.language import function_words

# What is left of a question once its function words are gone.
LEFT = {
    "ar": ("من الذي أسس المتحف الوطني؟", ["أسس", "المتحف", "الوطني"]),
    "bg": ("Кога беше основан музеят?", ["основан", "музеят"]),
    "bn": ("জাদুঘর কখন খোলা হয়?", ["জাদুঘর", "খোলা"]),
    "ca": ("Quan va obrir el museu?", ["obrir", "museu"]),
    "cs": ("Kdy byl otevřen ten most?", ["otevřen", "most"]),
    "el": ("Πότε άνοιξε το μουσείο;", ["άνοιξε", "μουσείο"]),
    "fa": ("موزه کجا است؟", ["موزه"]),
    "fi": ("Milloin museo avattiin?", ["museo", "avattiin"]),
    "he": ("מתי נפתח המוזיאון?", ["נפתח", "המוזיאון"]),
    "hi": ("हिन्दी भाषा कहाँ बोली जाती है?", ["हिन्दी", "भाषा", "बोली", "जाती"]),
    "hr": ("Kada je otvoren muzej?", ["otvoren", "muzej"]),
    "hu": ("Mikor nyílt meg a múzeum?", ["nyílt", "múzeum"]),
    "id": ("Kapan museum itu dibuka?", ["museum", "dibuka"]),
    "ro": ("Când a fost deschis muzeul?", ["deschis", "muzeul"]),
    "sk": ("Kedy bol otvorený most?", ["otvorený", "most"]),
    "uk": ("Коли відкрили цей музей?", ["відкрили", "музей"]),
    "ur": ("عجائب گھر کہاں ہے؟", ["عجائب", "گھر"]),
    "vi": ("Bảo tàng mở cửa khi nào?", ["bảo", "tàng", "mở", "cửa"]),
}


@pytest.mark.parametrize("language", LEFT)
def test_a_question_is_left_with_the_words_that_say_what_it_is_about(language: str):
    question, left = LEFT[language]
    assert content_words(question, language) == left


@pytest.mark.parametrize("word", ["हिन्दी", "தமிழ்", "తెలుగు", "معلّمو", "שָׁלוֹם", "বাংলা"])
def test_marks_belong_to_the_letters_before_them(word: str):
    assert words(f"({word})") == [unicodedata.normalize("NFKC", word)]


@given(st.text())
def test_no_letter_or_digit_of_a_text_is_lost(text: str):
    plain = unicodedata.normalize("NFKC", text).lower()
    wanted = {char for char in plain if unicodedata.category(char)[0] in "LN"}
    assert wanted <= set("".join(words(text)))


@pytest.mark.parametrize("language", LEFT)
def test_function_words_are_single_words_in_small_letters(language: str):
    held = function_words(language)
    assert held
    assert all(words(word) == [word] for word in held)
