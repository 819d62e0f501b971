"""What every storage engine promises of versions: read again, changed, reverted, taken back."""

from __future__ import annotations

import dataclasses

import pytest

from storage.records import NewArticle, Removed, Saved, Span, Status, Validators
from storage.store import Store
from tests.engines import E5, found, new, save, unit

LINK = "https://a.example/"
STORY = " ".join(
    f"The {n}th house of Ostley was sold to a family from the valley." for n in range(9)
)
CHINESE = "云岭镇上周开始拆除一条只用了两年的索道，这条索道当年花了六千万元，如今没有人愿意坐。" * 2


def told(text: str) -> NewArticle:
    return dataclasses.replace(new(text), url=None)


async def renewed(store: Store, number: int, text: str, after: int) -> Saved | None:
    fresh = dataclasses.replace(new(text, LINK), title="New")
    page = Validators('"two"', "Mon, 01 Jan 2024 00:00:00 GMT")
    cut = [Removed("ad", "a promotion", place=0)]
    return await store.renew("main", number, fresh, cut, after=after, by="me", page=page)


async def text_of(store: Store, number: int) -> str:
    article = await store.article("main", number)
    assert article is not None
    version = await store.version("main", number, article.version)
    assert version is not None
    return version.text


async def test_the_same_told_elsewhere_is_stored_and_linked_both_ways(engine: Store) -> None:
    (first,) = await save(engine, told(STORY))
    outlet = f"Our own head. {STORY[: len(STORY) * 6 // 10]} Read us every day."
    saved = await engine.save("main", [told(outlet)], [], source="s", by="me")
    assert [(each.status, each.also) for each in saved] == [(Status.STORED, (first,))]
    assert await engine.also("main", first) == [saved[0].article]
    again = await engine.save("main", [told(outlet)], [], source="s", by="me")
    assert (again[0].status, again[0].also) == (Status.DUPLICATE, (first,))


async def test_characters_without_spaces_are_compared_too(engine: Store) -> None:
    (first, _) = await save(engine, told(CHINESE), told("别的东西，" * 12))
    saved = await engine.save("main", [told(f"{CHINESE[10:]}编者按。")], [], source="s", by="me")
    assert saved[0].also == (first,)


@pytest.mark.parametrize("text", ["", "One.", "The 3th house of Ostley was sold.", "其他的消息。"])
async def test_a_few_words_in_common_link_nothing(engine: Store, text: str) -> None:
    await save(engine, told(STORY))
    saved = await engine.save("main", [told(text)], [], source="s", by="me")
    assert saved[0].also == ()


async def test_links_stay_within_a_library_and_end_with_an_article(engine: Store) -> None:
    (first,) = await save(engine, told(STORY))
    (yours,) = await save(engine, told(f"{STORY} More."), library="yours")
    assert await engine.also("yours", yours) == []
    (second,) = await save(engine, told(f"{STORY} Less."))
    assert await engine.also("main", first) == [second]
    assert await engine.also("yours", first) == []
    await engine.forget("main", first, by="me")
    assert await engine.also("main", second) == []


async def test_links_follow_the_newest_text(engine: Store) -> None:
    (first,) = await save(engine, told(STORY))
    (second,) = await save(engine, new(f"{STORY} More.", LINK))
    await save(engine, new("Nothing of that any more, and never again.", LINK))
    assert await engine.also("main", first) == []
    await engine.undo("main", second, 2, by="me")
    assert await engine.also("main", first) == [second]


async def test_what_a_source_says_now_is_a_new_version_found_in_place_of_the_old(
    engine: Store,
) -> None:
    (number,) = await save(engine, new("The roof leaks.", LINK))
    assert await renewed(engine, number, "The wall fell.", 1) == Saved(number, Status.UPDATED)
    article = await engine.article("main", number)
    version = await engine.version("main", number, 2)
    assert article is not None
    assert version is not None
    assert (article.title, article.version, article.url) == ("New", 2, LINK)
    assert (version.source, version.page.etag) == ("s", '"two"')
    assert [each.text for each in await engine.removed("main", number, 2)] == ["ad"]
    assert (await found(engine, "roof"), await found(engine, "wall")) == ([], ["The wall fell."])


async def test_the_same_again_keeps_only_what_the_site_said(engine: Store) -> None:
    (number,) = await save(engine, new("The roof leaks.", LINK))
    assert await renewed(engine, number, "The roof leaks.", 1) == Saved(number, Status.DUPLICATE)
    version = await engine.version("main", number, 1)
    assert version is not None
    assert version.page.modified == "Mon, 01 Jan 2024 00:00:00 GMT"
    assert (await engine.articles("main"))[0].title == "A title"


async def test_nothing_is_changed_behind_a_newer_version(engine: Store) -> None:
    (number,) = await save(engine, new("One.", LINK))
    await save(engine, new("Two.", LINK))
    assert await renewed(engine, number, "Three.", 1) is None
    amended = await engine.amend("main", number, new("Three."), [], after=1, by="me")
    assert amended is None
    assert await engine.revert("main", number, 2, by="me") is None
    assert await engine.revert("main", number, 7, by="me") is None
    assert await engine.revert("other", number, 1, by="me") is None
    assert await renewed(engine, 99, "Three.", 1) is None
    assert (await engine.articles("main"))[0].versions == 2


async def test_what_an_admin_changed_is_still_known_by_what_its_source_says(
    engine: Store,
) -> None:
    (number,) = await save(engine, new("The roof leaks.", LINK))
    now = await engine.amend("main", number, new("Ad. The roof leaks."), [], after=1, by="me")
    assert now is not None
    assert (now.version, now.url) == (2, LINK)
    assert await renewed(engine, number, "The roof leaks.", 2) == Saved(number, Status.DUPLICATE)
    again = await engine.save("main", [new("The roof leaks.", LINK)], [], source="s", by="me")
    assert again[0].status is Status.DUPLICATE
    assert await text_of(engine, number) == "Ad. The roof leaks."


async def test_an_older_version_becomes_the_newest_with_all_that_it_had(engine: Store) -> None:
    old = dataclasses.replace(
        new("The roof leaks.\n\nIt rains.", LINK, "Old"),
        spans=(Span(0, 15, "Roof"), Span(17, 26)),
        author="Ada",
    )
    cut = [Removed("image", "a picture", 3, place=15)]
    (saved,) = await engine.save("main", [old], cut, source="s", by="me")
    number = saved.article
    await engine.embed(E5, [((await engine.unembedded(E5, 9))[0][0], unit(1, 0))])
    await renewed(engine, number, "The wall fell.", 1)
    now = await engine.revert("main", number, 1, by="me")
    assert now is not None
    assert (now.title, now.author, now.version, now.versions) == ("Old", "Ada", 3, 3)
    version = await engine.version("main", number, 3)
    assert version is not None
    assert [(each.text, each.heading) for each in version.passages] == [
        ("The roof leaks.", "Roof"),
        ("It rains.", ""),
    ]
    assert await engine.removed("main", number, 3) == cut
    assert (await found(engine, "roof"), await found(engine, "wall")) == (["The roof leaks."], [])
    assert len(await engine.unembedded(E5, 9)) == 2
    assert await renewed(engine, number, "The wall fell.", 3) == Saved(number, Status.DUPLICATE)


async def test_undo_takes_back_what_was_stored_at_last_all_of_it_and_goes_on(
    engine: Store,
) -> None:
    (one,) = await save(engine, new("One.", LINK))
    await save(engine, new("Elsewhere."), library="other")
    two, three = await save(engine, new("Two."), new("Three."))
    await renewed(engine, one, "One more.", 1)
    gone = await engine.undo_last("main", by="me")
    assert [(each.id, each.version) for each in gone] == [(one, 2)]
    assert await text_of(engine, one) == "One."
    assert [each.id for each in await engine.undo_last("main", by="me")] == [two, three]
    assert [each.id for each in await engine.undo_last("main", by="me")] == [one]
    assert await engine.undo_last("main", by="me") == []
    assert await engine.undo_last("nowhere", by="me") == []
    assert len(await engine.articles("other")) == 1


async def test_what_was_cut_is_kept_with_the_article_that_it_was_cut_from(engine: Store) -> None:
    cut = [
        Removed("a", "why", 1, article=0, place=0),
        Removed("b", "why", 2, article=1, place=3),
        Removed("c", "why", 3),
    ]
    one, two = await engine.save("main", [new("One."), new("Two.")], cut, source="s", by="m")
    kept = [await engine.removed("main", each.article, 1) for each in (one, two)]
    assert [[each.text for each in pieces] for pieces in kept] == [["a", "c"], ["b"]]
    assert [each.place for each in kept[1]] == [3]
