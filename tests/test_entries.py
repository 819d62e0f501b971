"""Which entries of a feed are kept: new ones, changed ones, and none twice."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from handlers.entries import entry_of, news_of
from handlers.reading.outline import Entry
from storage.feeds import EntryState, FeedEntry

NOW = 1_750_000_000.0
KILN = Entry("k1", "https://post.example/kiln", "Kiln", "Ada", NOW - 9, None, "<p>Lit.</p>")
DONE = FeedEntry("k1", "https://post.example/kiln", NOW - 9, NOW, EntryState.DONE, 1, stored=True)
SMALL = st.integers(0, 5)
ENTRIES = st.lists(
    st.builds(
        Entry,
        SMALL.map(str),
        st.none() | SMALL.map("https://post.example/{}".format),
        published=st.none() | st.floats(1, NOW),
    ),
    max_size=12,
    unique_by=(lambda entry: entry.key, lambda entry: entry.link or entry.key),
)


def test_a_new_entry_waits_with_all_that_it_says() -> None:
    (kept,) = news_of([KILN], [], NOW)
    assert (kept.state, kept.seen, kept.tries, kept.stored) == (EntryState.WAITING, NOW, 0, False)
    assert entry_of(kept) == KILN


def test_an_entry_without_a_link_or_date_is_kept_by_its_key() -> None:
    bare = Entry("k2", text="<p>Words.</p>")
    (kept,) = news_of([bare], [], NOW)
    assert entry_of(kept) == bare
    assert news_of([bare], [kept], NOW) == []


def test_a_known_entry_is_kept_again_only_if_it_says_that_it_changed() -> None:
    assert news_of([KILN], [DONE], NOW) == []
    assert news_of([replace(KILN, published=None)], [DONE], NOW) == []
    (again,) = news_of([replace(KILN, updated=NOW)], [replace(DONE, own=True)], NOW + 1)
    assert (again.state, again.tries, again.stamp) == (EntryState.WAITING, 0, NOW)
    assert (again.stored, again.own, again.text) == (True, True, "<p>Lit.</p>")


def test_a_feed_begins_with_its_newest_and_what_was_passed_over_stays_so() -> None:
    many = [Entry(str(n), f"https://post.example/{n}", "T", None, NOW - n, None, "x")
            for n in range(5)]  # fmt: skip
    kept = news_of(many, [], NOW, newest=2)
    assert [each.state for each in kept] == [EntryState.WAITING] * 2 + [EntryState.PASSED] * 3
    assert {(each.title, each.text) for each in kept[2:]} == {("", "")}
    changed = replace(many[4], updated=NOW + 1)
    assert news_of([changed], kept, NOW) == []
    (new,) = news_of([replace(changed, key="new")], kept, NOW)  # a new entry on an old page
    assert (new.key, new.state) == ("4", EntryState.WAITING)


@given(ENTRIES, ENTRIES)
def test_no_entry_is_kept_twice_and_a_second_look_finds_nothing_new(
    first: list[Entry], second: list[Entry]
) -> None:
    kept = news_of(first, [], NOW)
    assert news_of(first, kept, NOW) == []
    for known in ([], kept):
        news = news_of(second, known, NOW)
        assert len({each.key for each in news}) == len(news) <= len(second)
