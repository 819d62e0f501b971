"""Which libraries are asked for a page's article: the slow one only where the others differ."""

from __future__ import annotations

from lxml.html import document_fromstring

from handlers.reading.choose import votes_of
from handlers.reading.pieces import pieces_of

STORY = "The ferry between Ostley and Marden stopped running on Monday after its hull was cracked."
ASIDE = "Nobody on the quay could say how long the repair would take, or who would pay for it."
PAGE = document_fromstring(f"<body><p>{STORY}</p><p>{ASIDE}</p></body>")


def asked_of(precise: str, resiliparse: str) -> tuple[list[str], list[float]]:
    """Give who was asked in what order, and what readability is counted as saying."""
    asked: list[str] = []

    def says(name: str, text: str):
        return lambda: asked.append(name) or text

    heard = {
        "trafilatura": says("trafilatura", f"{STORY}\n{ASIDE}"),
        "precise": says("precise", precise),
        "readability": says("readability", STORY),
        "resiliparse": says("resiliparse", resiliparse),
    }
    votes = votes_of(pieces_of(PAGE), heard)
    return asked, votes["readability"]


def test_readability_is_not_asked_where_the_others_agree():
    asked, counted = asked_of(f"{STORY}\n{ASIDE}", f"{STORY}\n{ASIDE}")
    assert "readability" not in asked
    assert counted == [1.0, 1.0]


def test_readability_is_asked_where_the_others_differ():
    asked, counted = asked_of(STORY, f"{STORY}\n{ASIDE}")
    assert asked[-1] == "readability"
    assert counted == [1.0, 0.0]


def test_trafilatura_is_asked_behind_those_that_need_the_whole_page():
    # it uses the tree up
    asked, _ = asked_of(STORY, STORY)
    assert asked.index("trafilatura") > max(asked.index("precise"), asked.index("resiliparse"))
