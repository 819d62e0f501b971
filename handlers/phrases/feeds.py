"""Feeds and sitemaps: subscribed, read again, announced."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.phrases.counts import counted

NO_FEED = "There is no feed behind that link, and its page names none. Send the feed's own link."
FEED_DEFINES = "This feed or sitemap defines entities of its own (a DTD) and is never read."
A_MAP = "That is a sitemap, which is not read again by itself. /ingest stores its pages once."
ROBOTS_FILE = (
    "That is a robots.txt, which is for programs and holds no article. Send the link of an article,"
    " a feed or a sitemap."
)
WHICH_FEED = (
    "Say which feed: /feed and its link, or a page that names it. To change one: `pause`, `resume`,"
    " `poll`, `tell`, `hush` or `remove` and its number, as /feeds lists them."
)
NO_FEEDS = "This library is fed from nothing. /feed and a link subscribes to a feed."
MANY_FEEDS = "This library has as many feeds as it may have. Remove one first."
BUSY_FEED = "This feed is being read just now. Look again in a minute."
READING_MAPS = "Reading the sitemaps…"
READING_PAGES = "Reading pages…"
READING_FEED = "Reading the feed…"
SUBSCRIBE = "Subscribe"
PAUSE, RESUME, POLL_NOW, REMOVE = "Pause", "Resume", "Poll now", "Remove"
TELL, HUSH = "Announce", "Be quiet"


def only_a_map(link: str) -> str:
    return (
        "There is no feed behind that link. Its site names a sitemap, which is not read again by"
        f" itself: /ingest {link} stores its pages once."
    )


def no_such_feed(number: str) -> str:
    return f"There is no feed {number} in this library. /feeds lists those that there are."


def feed_button(label: str, number: int) -> str:
    return f"{label} {number}"


def subscribed(title: str, when: str) -> str:
    return f"Subscribed to “{title}”, which is read again by itself, next at {when}."


def polled(title: str, fresh: int, when: str) -> str:
    new = counted(fresh, "new article") if fresh else "nothing new"
    return f"“{title}”: {new}. It is read next at {when}."


def unsubscribed(title: str) -> str:
    return f"“{title}” is not read any more. Its articles stay."


def paused(title: str) -> str:
    return f"“{title}” is not read until you resume it."


def resumed(title: str) -> str:
    return f"“{title}” is read again."


def told_of(title: str) -> str:
    return f"This chat is told of new articles of “{title}”."


def hushed(title: str) -> str:
    return f"New articles of “{title}” come without a word."


def feed_news(title: str, titles: Sequence[str], more: int) -> str:
    rest = f" and {more} more" if more else ""
    return f"New from “{title}”: {', '.join(f'“{each}”' for each in titles)}{rest}."


def feed_gone(title: str, url: str) -> str:
    return (
        f"The feed “{title}” was taken away for good by its site, so I read it no more: {url}"
        " Its articles stay."
    )


def feed_state(state: str, last: str, due: str, fresh: int, stored: int, waiting: int) -> str:
    """`last` and `due` are times, empty where there are none."""
    said = [] if state == "active" else [state]
    said.append(f"last {last}" if last else "not read yet")
    if due:
        said.append(f"next {due}")
    said.append(f"{fresh} new, {stored} in all")
    if waiting:
        said.append(f"{waiting} still to read")
    return ", ".join(said)


def feed_faults(faults: int, why: str) -> str:
    often = "the last time" if faults == 1 else f"the last {faults} times"
    return f"could not be read {often}: {why}"


def feeds_text(title: str) -> str:
    return f"{title or 'a feed'} (the feed's own text)"


def gathered(title: str, took: int, total: int) -> str:
    if took >= total:
        return f"{title}: all {counted(total, 'entry', 'entries')}."
    return f"{title}: the {took} newest of {total:,} entries; the others were left out."


def own_texts(number: int) -> str:
    one = number == 1
    what = "1 article is" if one else f"{number} articles are"
    whose = "it" if one else "them"
    return f"{what} the feed's own text, as no page of {whose} could be read."


def refused_for(number: int, link: str, why: str) -> str:
    which = link if number == 1 else f"{link} and {number - 1} more"
    return f"Refused {which}: {why}"


def all_refused(number: int, why: str) -> str:
    return why if number == 1 else f"None of {number} pages could be read. The first: {why}"
