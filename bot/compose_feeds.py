"""What a library is fed from → plain Markdown."""

from __future__ import annotations

from handlers import phrases
from handlers.markdown import escape, one_line, tame
from handlers.messages import Feeds
from handlers.times import minute
from storage.feeds import Feed, FeedState

LINE = 90  # characters of an address


def feeds(reply: Feeds) -> str:
    """Give the Markdown of a list of feeds; their titles and addresses are shown as they are."""
    if not reply.feeds:
        return "\n\n".join(filter(None, [tame(reply.head), phrases.NO_FEEDS]))
    head = [tame(reply.head), ""] if reply.head else []
    if reply.pages > 1:
        head += [f"*{phrases.page(reply.page, reply.pages)}*", ""]
    return "\n".join([*head, *(_feed(each) for each in reply.feeds)])


def _feed(feed: Feed) -> str:
    due = minute(feed.due) if feed.state is FeedState.ACTIVE else ""
    state = phrases.feed_state(
        feed.state, minute(feed.polled), due, feed.fresh, feed.stored, feed.waiting
    )
    lines = [
        f"- {feed.id} · **{escape(one_line(feed.title)) or phrases.UNTITLED}**"
        f" · {escape(one_line(feed.url, LINE))}",
        f"  {state}",
    ]
    if feed.faults:
        lines.append(f"  {escape(phrases.feed_faults(feed.faults, feed.fault), own=True)}")
    return "  \n".join(lines)
