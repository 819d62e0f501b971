"""What every storage engine promises. A second engine is one more address in `ENGINES`."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.engines import open_store
from storage.finder import Finder
from storage.records import Found, Question, Removed, Span, Status
from storage.store import Store, StoreError
from tests.engines import E5, found, new, save, unit


async def test_what_is_saved_comes_back_whole(engine: Store) -> None:
    text = "😀 The kiln was lit.\n\n- birch"
    article = dataclasses.replace(
        new(text, "https://a.example/k", "The Kiln"),
        spans=(Span(2, 20, "Why › Now"), Span(22, 29)),
        author="Ada Quill",
        site="Post",
        published="2024-06-04",
    )
    cut = [Removed("image", "a picture", 3), Removed("ad", "a promotion")]
    (saved,) = await engine.save("main", [article], cut, source="k.txt", by="me")
    assert saved.status is Status.STORED
    kept = await engine.article("main", saved.article)
    assert kept is not None
    assert (kept.title, kept.author, kept.site, kept.published, kept.url, kept.language) == (
        "The Kiln",
        "Ada Quill",
        "Post",
        "2024-06-04",
        "https://a.example/k",
        "en",
    )
    assert (kept.version, kept.versions, kept.passages, kept.library) == (1, 1, 2, "main")
    version = await engine.version("main", saved.article, 1)
    assert version is not None
    assert version.text == text
    assert [each.text for each in version.passages] == [text[2:20], text[22:29]]
    assert version.passages[0].heading == "Why › Now"
    assert await engine.removed("main", saved.article, 1) == cut


async def test_the_same_text_is_kept_once_in_a_library_also_within_one_source(
    engine: Store,
) -> None:
    saved = await engine.save("main", [new("one"), new("one"), new("two")], [], source="s", by="m")
    assert [each.status for each in saved] == ["stored", "duplicate", "stored"]
    assert saved[0].article == saved[1].article
    again = await engine.save("main", [new("two")], [], source="s", by="m")
    assert again[0] == dataclasses.replace(saved[2], status=Status.DUPLICATE)
    assert len(await engine.articles("main")) == 2


async def test_new_text_at_a_link_is_a_new_version_and_the_old_one_still_opens(
    engine: Store,
) -> None:
    (number,) = await save(engine, new("The roof leaks.", "https://a.example/"))
    await engine.embed(E5, [((await engine.unembedded(E5, 9))[0][0], unit(1, 0))])
    saved = await engine.save(
        "main", [new("The wall fell.", "https://a.example/", "New")], [], source="s", by="me"
    )
    assert [(each.article, each.status) for each in saved] == [(number, "updated")]
    article = await engine.article("main", number)
    assert article is not None
    assert (article.title, article.version, article.versions, article.passages) == ("New", 2, 2, 1)
    old = await engine.version("main", number, 1)
    assert old is not None
    assert old.passages[0].text == "The roof leaks."
    assert await found(engine, "roof") == []
    assert await found(engine, "wall") == ["The wall fell."]
    assert await engine.by_meaning("main", E5, unit(1, 0), 5) == []
    assert len(await engine.unembedded(E5, 9)) == 1


async def test_libraries_see_nothing_of_each_other(engine: Store) -> None:
    (mine,) = await save(engine, new("The roof leaks.", "https://a.example/"), library="mine")
    (yours,) = await save(engine, new("The roof leaks.", "https://a.example/"), library="yours")
    assert mine != yours
    for passage, _ in await engine.unembedded(E5, 9):
        await engine.embed(E5, [(passage, unit(1, 0))])
    passage = (await engine.by_words("yours", ["roof"], 5))[0].passage
    assert await engine.passages("mine", [passage]) == []
    assert len(await engine.by_meaning("mine", E5, unit(1, 0), 5)) == 1
    assert await engine.article("mine", yours) is None
    assert await engine.version("mine", yours, 1) is None
    assert await engine.removed("mine", yours, 1) == []
    assert await engine.forget("mine", yours, by="me") is None
    assert await engine.forget("mine", mine, by="me") is not None
    assert await found(engine, "roof", "mine") == []
    assert await found(engine, "roof", "yours") == ["The roof leaks."]
    assert await engine.document_frequencies("mine", ["roof"]) == ({"roof": 0}, 0)
    assert await engine.document_frequencies("yours", ["roof", "zzz"]) == ({"roof": 1, "zzz": 0}, 1)


async def test_forgetting_takes_all_of_an_article(engine: Store) -> None:
    (number,) = await save(engine, new("The roof leaks."))
    ((passage, _),) = await engine.unembedded(E5, 9)
    await engine.embed(E5, [(passage, unit(1, 0))])
    gone = await engine.forget("main", number, by="me")
    assert gone is not None
    assert gone.title == "A title"
    assert await engine.forget("main", number, by="me") is None
    assert await engine.articles("main") == []
    assert await engine.by_meaning("main", E5, unit(1, 0), 5) == []
    assert await engine.version("main", number, 1) is None
    (after,) = await save(engine, new("The roof leaks."))
    assert after > number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The miller was leaving early.", ["leave", "MILLER", "leaves"]),
        ("Der Müller fährt über die Brücke.", ["muller", "brücke", "BRUCKE"]),
        ("杨立昆离开了公司。", ["杨立", "立昆", "离开", "公司", "司", "离"]),
        ("彼はメタを去った。", ["メタ", "去っ", "彼"]),
        ("공장이 문을 닫았다", ["공장", "닫았"]),
        ("โรงสีปิดแล้ว", ["โรง", "ปิด"]),
        ("Meta公司的股票 ABC", ["meta", "公司", "股票", "abc"]),
        ("Ｆｕｌｌ ｗｉｄｔｈ １２３", ["full", "width", "123"]),
        ("C++ and AT&T, 3.5% e-mail", ["at&t", "3.5", "e-mail", "mail"]),
    ],
)
async def test_words_are_found_in_any_script(engine: Store, text: str, words: list[str]) -> None:
    await save(engine, new(text), new("Something else entirely, 别的东西。"))
    for word in words:
        assert await found(engine, word) == [text], word


async def test_titles_and_headings_are_found_too(engine: Store) -> None:
    await save(engine, new("It burned.", title="The kiln", heading="Losses › Roof"))
    for word in ("kiln", "losses", "roof", "burn"):
        assert await found(engine, word) == ["It burned."]


async def test_more_and_rarer_words_rank_higher_and_scores_fall(engine: Store) -> None:
    await save(engine, new("roof and wall"), new("roof and door"), new("roof"), new("nothing"))
    hits = await engine.by_words("main", ["roof", "wall"], 10)
    assert (await engine.passages("main", [hits[0].passage]))[0].text == "roof and wall"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(hit.score > 0 for hit in hits)
    assert len(await engine.by_words("main", ["roof"], 2)) == 2


ODD = {
    "none": [],
    "empty": [""],
    "syntax": ['NEAR( * " OR', "a:b", "^x", "-y", "z*", "(q", "'s", "{c}"],
    "operators": ["AND", "OR", "NOT"],
    "nul": ["\x00"],
    "long": ["x" * 100_000],
    "the same": ["word"] * 5_000,
    "many": [f"w{n}" for n in range(5_000)],
    "emoji": ["😀"],
}


@pytest.mark.parametrize("words", ODD.values(), ids=ODD.keys())
async def test_no_words_are_an_error(engine: Store, words: list[str]) -> None:
    await save(engine, new("Nothing of that, plain words only."))
    hits = await engine.by_words("main", words, 5)
    frequencies, total = await engine.document_frequencies("main", words[:50])
    assert total == 1
    assert frequencies.keys() == set(words[:50])
    assert len(hits) <= 1


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
    words=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=6),
)
async def test_any_text_is_stored_as_it_is_and_any_words_may_be_asked(
    engine: Store, text: str, words: list[str]
) -> None:
    (number,) = await save(engine, new(text))
    version = await engine.version("main", number, 1)
    assert version is not None
    assert version.text == text
    assert version.passages[0].text == text
    await engine.by_words("main", words, 5)
    await engine.document_frequencies("main", words)


async def test_meaning_finds_the_nearest_first_for_each_embedder(engine: Store) -> None:
    await save(engine, new("north"), new("east"), new("north-east"))
    waiting = await engine.unembedded(E5, 9)
    assert [text for _, text in waiting] == [
        "A title\nnorth",
        "A title\neast",
        "A title\nnorth-east",
    ]
    ids = [passage for passage, _ in waiting]
    vectors = [unit(0, 1), unit(1, 0), unit(1, 1)]
    await engine.embed(E5, list(zip(ids, vectors, strict=True)))
    await engine.embed("other", [(ids[0], unit(1, 0, 0))])
    hits = await engine.by_meaning("main", E5, unit(0, 1), 2)
    assert [hit.passage for hit in hits] == [ids[0], ids[2]]
    assert hits[0].score == pytest.approx(1, abs=1e-3)
    assert [hit.passage for hit in await engine.by_meaning("main", "other", unit(1, 0, 0), 5)] == [
        ids[0]
    ]
    assert await engine.by_meaning("main", E5, unit(1, 0, 0), 5) == []  # of another length
    stats = await engine.stats("main", E5)
    assert (stats.articles, stats.passages, stats.embedded) == (3, 3, 3)
    assert (await engine.stats("main", "other")).embedded == 1
    assert len(await engine.unembedded("other", 1)) == 1


async def test_vectors_of_vanished_passages_are_left_out(engine: Store) -> None:
    (number,) = await save(engine, new("gone soon"))
    ((passage, _),) = await engine.unembedded(E5, 9)
    await engine.forget("main", number, by="me")
    await engine.embed(E5, [(passage, unit(1, 0)), (999_999, unit(1, 0))])
    assert await engine.by_meaning("main", E5, unit(1, 0), 5) == []


async def test_what_does_not_exist_is_nothing_and_no_error(engine: Store) -> None:
    assert await engine.articles("nowhere") == []
    assert await engine.article("nowhere", 1) is None
    assert await engine.version("nowhere", 1, 1) is None
    assert await engine.by_words("nowhere", ["roof"], 5) == []
    assert await engine.by_meaning("nowhere", E5, unit(1, 0), 5) == []
    assert await engine.passages("nowhere", [1, 2]) == []
    assert await engine.conversation("nowhere", "c") == []
    assert await engine.bound("place") is None
    assert (await engine.stats("nowhere", E5)).passages == 0
    assert await engine.libraries() == []


async def test_places_are_bound_and_bound_again(engine: Store) -> None:
    await engine.bind("telegram:1", "main", by="me")
    await engine.bind("telegram:1", "other", by="me")
    assert await engine.bound("telegram:1") == "other"
    assert await engine.libraries() == ["main", "other"]


async def test_a_conversation_keeps_its_questions_in_order(engine: Store) -> None:
    for text, answered in (("why?", True), ("and when?", False)):
        await engine.log_question(Question("main", "c1", "p", text, answered))
    await engine.log_question(Question("main", "c2", "p", "other", True))
    asked = await engine.conversation("main", "c1")
    assert [(each.text, each.answered) for each in asked] == [("why?", True), ("and when?", False)]
    assert all(each.asked.startswith("20") for each in asked)


async def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(StoreError, match="mysql"):
        await open_store("mysql://somewhere")


async def test_words_are_stemmed_by_the_language_of_each_text(engine: Store) -> None:
    german = dataclasses.replace(new("Die Brücken wurden geschlossen."), language="de")
    await save(engine, german, new("The bridges were closed."))
    assert await found(engine, "Brücke") == ["Die Brücken wurden geschlossen."]
    assert await found(engine, "bridge") == ["The bridges were closed."]
    assert await engine.languages("main") == {"de": 1, "en": 1}
    assert await engine.languages("nowhere") == {}


async def test_a_phrase_is_found_as_such(engine: Store) -> None:
    await save(engine, new("a slow fuse in a room"), new("a fuse that is slow, in a room"))
    assert await found(engine, "slow fuse") == ["a slow fuse in a room"]


async def test_words_written_much_alike_are_known(engine: Store) -> None:
    await save(engine, new("Pavo Lindqvist and the Schwarzstorchgutachten."))
    near = await engine.spellings("main", ["Lindquvist", "Schwarzstorch", "elephant", "ox", "4711"])
    assert near["Lindquvist"] == ["lindqvist"]
    assert near["Schwarzstorch"] == ["schwarzstorchgutachten"]
    assert near.keys() == {"Lindquvist", "Schwarzstorch"}
    await save(engine, new("An elephant."))
    assert (await engine.spellings("main", ["elephannt"]))["elephannt"] == ["eleph"]


async def test_what_is_asked_for_besides_is_scored_too(engine: Store) -> None:
    await save(engine, new("roof and wall"), new("roof"), new("nothing"))
    ids = [passage for passage, _ in await engine.unembedded(E5, 9)]
    hits = await engine.by_words("main", ["wall", "roof"], 1, ids)
    assert [hit.passage for hit in hits] == ids[:2]
    await engine.embed(E5, list(zip(ids, [unit(1, 0), unit(0, 1), unit(1, 1)], strict=True)))
    near = await engine.by_meaning("main", E5, unit(1, 0), 1, also=[ids[1], 999])
    assert [hit.passage for hit in near] == ids[:2]
    assert [hit.passage for hit in await engine.by_meaning("main", E5, unit(1, 0), 0)] == []


async def test_the_language_of_a_passage_does_not_make_it_near(engine: Store) -> None:
    """Forty subjects, each once in German and once in English; a German question about one."""

    def about(subject: int, german: float, english: float) -> np.ndarray:
        return unit(*(float(at == subject) for at in range(40)), german, english)

    german = [dataclasses.replace(new(f"de {n}"), language="de") for n in range(40)]
    await save(engine, *german, *(new(f"en {n}") for n in range(40)))
    ids = [passage for passage, _ in await engine.unembedded(E5, 99)]
    rows = [about(n, 3, 0) for n in range(40)] + [about(n, 0, 3) for n in range(40)]
    await engine.embed(E5, list(zip(ids, rows, strict=True)))
    best = await engine.by_meaning("main", E5, about(3, 3, 0), 2)
    assert {hit.passage for hit in best} == {ids[3], ids[43]}
    assert {hit.language for hit in best} == {"de", "en"}
    assert max(hit.cosine for hit in best) == pytest.approx(1, abs=0.01)


async def test_what_is_stored_embedded_and_forgotten_later_is_found_at_once(engine: Store) -> None:
    async def near() -> list[int]:
        return [hit.passage for hit in await engine.by_meaning("main", E5, unit(1, 0), 9)]

    await save(engine, *(new(f"text {n}") for n in range(6)))
    ids = [passage for passage, _ in await engine.unembedded(E5, 9)]
    await engine.embed(E5, [(ids[0], unit(0, 1))])
    assert await near() == [ids[0]]
    await engine.embed(E5, [(ids[1], unit(1, 0))])
    assert await near() == [ids[1], ids[0]]
    await engine.embed(E5, [(ids[0], unit(1, 0)), (ids[1], unit(0, 1))])
    assert await near() == [ids[0], ids[1]]
    first = (await engine.passages("main", [ids[0]]))[0].article
    await engine.forget("main", first, by="me")
    assert await near() == [ids[1]]
    assert await found(engine, "text") == [f"text {n}" for n in range(1, 6)]


async def test_several_things_are_asked_of_a_library_in_one_go(engine: Store) -> None:
    article = dataclasses.replace(new("a roof", "https://a.example/1"), published="2025-02-03")
    await save(engine, article, new("a wall"))
    await save(engine, new("another roof"), library="other")

    def work(finder: Finder) -> tuple[list[Found], list[Found], dict[str, int]]:
        ids = [hit.passage for hit in finder.by_words("main", ["roof"], 9)]
        return finder.found("main", ids), finder.found("other", ids), finder.languages("main")

    held, elsewhere, languages = await engine.find(work)
    assert [each.passage.text for each in held] == ["a roof"]
    assert (held[0].url, held[0].published) == ("https://a.example/1", "2025-02-03")
    assert (elsewhere, languages) == ([], {"en": 2})
    with pytest.raises(ZeroDivisionError):
        await engine.find(lambda finder: 1 // len(finder.by_words("main", ["zzz"], 9)))
