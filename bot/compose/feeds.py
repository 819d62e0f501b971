"""What a library is fed from → plain Markdown."""

from __future__ import annotations

from bot.compose.parts import LINE, paging, title_of
from handlers import phrases
from handlers.markdown import escape, one_line, tame
from handlers.messages import Feeds
from handlers.times import minute
from storage.feeds import Feed, FeedState


def feeds_text(reply: Feeds) -> str:
    """Give the Markdown of a list of feeds; their titles and addresses are shown as they are."""
    if not reply.feeds:
        return "\n\n".join(filter(None, [tame(reply.head), phrases.NO_FEEDS]))
    head = [tame(reply.head), ""] if reply.head else []
    head += paging(reply.page, reply.pages)
    return "\n".join([*head, *(_feed(each) for each in reply.feeds)])


def _feed(feed: Feed) -> str:
    due = minute(feed.due) if feed.state is FeedState.ACTIVE else ""
    state = phrases.feed_state(
        feed.state, minute(feed.polled), due, feed.fresh, feed.stored, feed.waiting
    )
    lines = [
        f"- {feed.id} · {title_of(feed.title)} · {escape(one_line(feed.url, LINE))}",
        f"  {state}",
    ]
    if feed.faults:
        lines.append(f"  {escape(phrases.feed_faults(feed.faults, feed.fault), own=True)}")
    return "  \n".join(lines)
