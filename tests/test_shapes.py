"""What a page says of itself shows by its shape, in a language that no rule has a word of."""

from __future__ import annotations

import pytest

from handlers.reading.clean import clean

ONE = "Penjaga mercusuar itu menyalakan lampu setiap malam selama tiga puluh satu tahun."
TWO = "Mulai bulan ini lampu itu dikendalikan dari kantor pelabuhan di daratan utama."
MORE = "Rumah dinas itu akan menjadi museum kecil untuk para nelayan dan anak sekolah."
TITLE = "Penjaga Mercusuar Terakhir di Pulau Tembeling Pensiun"


def cut_from(*lines: str) -> list[str]:
    return [each.text for each in clean("\n\n".join((TITLE, *lines)))[1]]


@pytest.mark.parametrize("line", ["♡ 128", "★ 4.6 ★", "👍 14  👎 1", "#laut #pulau"])
def test_a_counter_and_a_row_of_tags_go(line: str) -> None:
    assert cut_from(ONE, line, TWO) == [line]


@pytest.mark.parametrize("line", ["€ 128", "+ 3", "1 200", "128", "♡", "📍 Jalan Pulau 12"])
def test_a_price_a_number_and_a_place_stay(line: str) -> None:
    assert line not in cut_from(ONE, line, TWO) or line == "♡"


def test_titles_behind_the_same_words_between_paragraphs_go() -> None:
    links = ["Baca juga: Nelayan Keluhkan Harga Solar", "Baca juga: Jembatan Lama Akan Ditutup"]
    assert cut_from(ONE, links[0], TWO, links[1], MORE) == links


def test_one_line_with_a_colon_between_paragraphs_stays() -> None:
    assert cut_from(ONE, "Harga tiket: Lima Ribu Rupiah", TWO) == []


def test_a_mark_that_stands_between_paragraphs_three_times_goes_and_twice_stays() -> None:
    last = f"{MORE[:-1]}, katanya."
    assert cut_from(ONE, "IKLAN", TWO, "IKLAN", MORE, "IKLAN", last) == ["IKLAN"] * 3
    assert cut_from(ONE, "Tangga", TWO, "Tangga", MORE) == []


def test_a_row_of_buttons_under_the_day_goes_and_a_deck_stays() -> None:
    head = f"{TITLE}\nRatna Kusumawati\n27.05.2024\nBagikan\nIkuti kami\nTiga menit baca\n\n"
    articles, removed = clean(f"{head}{ONE}\n\n{TWO}")
    assert [each.text for each in removed] == ["Bagikan", "Ikuti kami", "Tiga menit baca"]
    assert articles[0].title == TITLE
    deck = "Lampu tua itu kini padam"
    assert deck in clean(f"{TITLE}\n27.05.2024\n{deck}\n\n{ONE}\n\n{TWO}")[0][0].text


@pytest.mark.parametrize(
    "facts", [("Serves 4", "Cook for 30 minutes", "Rest for 10"), ("Place: the mill", "Free entry")]
)
def test_facts_under_the_day_stay(facts: tuple[str, ...]) -> None:
    told = "\n".join(facts)
    _, removed = clean(f"{TITLE}\nRatna Kusumawati\n27.05.2024\n{told}\n\n{ONE}\n\n{TWO}")
    assert not set(facts) & {each.text for each in removed}
