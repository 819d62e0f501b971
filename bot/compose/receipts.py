"""What became of sources → Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from bot.compose.parts import LINE, about, title_of
from handlers import phrases
from handlers.markdown import escape, one_line
from handlers.messages import Batch, Failure, Kept, Reading, Receipt
from storage.records import Article, Removed

LINES_A_REASON = 3
ALSO = 3  # articles that tell the same, as shown


def source_read(reply: Receipt | Reading) -> str:
    """Say what was stored or read, then what was cut away."""
    if isinstance(reply, Receipt):
        head = phrases.received(reply.status, len(reply.articles), escape(one_line(reply.source)))
        items = [_kept(kept) for kept in reply.articles]
    else:
        head = phrases.received("read", len(reply.articles), escape(one_line(reply.source)))
        items = [
            f"- {title_of(one.title)}{about(one.author, one.site, one.published, one.language)}"
            for one in reply.articles
        ]
    note = escape(reply.note) if isinstance(reply, Receipt) else ""
    if note and not reply.articles:
        head = ""
    blocks = [head, note, "\n".join(items), _cut(reply.removed)]
    return "\n\n".join(block for block in blocks if block)


def batch_text(batch: Batch) -> str:
    """Give each source's outcome in a block of its own."""
    each = (
        failure_text(result) if isinstance(result, Failure) else source_read(result)
        for result in batch.results
    )
    return "\n\n".join([phrases.taken(len(batch.results)), *each])


def failure_text(failure: Failure) -> str:
    """Say what failed, with the name of the source where it was a source that failed."""
    named = f"{one_line(failure.source, LINE)}: " if failure.code and failure.source else ""
    return escape(named) + escape(failure.text, own=True)


def _kept(kept: Kept) -> str:
    one = kept.article
    facts = about(one.author, one.site, one.published, one.language)
    known = "" if kept.status == "stored" else f" · {phrases.KNOWN.get(kept.status, kept.status)}"
    also = "; ".join(_other(each) for each in kept.also[:ALSO])
    told = f"\n  {phrases.ALSO_HERE} {also}{_more(len(kept.also) - ALSO)}" if also else ""
    passages = phrases.passages(one.passages)
    return f"- {title_of(one.title)} · #{one.id}{facts} · {passages}{known}{told}"


def _other(article: Article) -> str:
    return f"#{article.id} {escape(one_line(article.title, LINE))}{about(article.site)}"


def _more(number: int) -> str:
    return f" {phrases.and_more(number)}" if number > 0 else ""


def _cut(removed: Sequence[Removed]) -> str:
    """List what cleaning cut, by reason, the first different lines of each."""
    if not removed:
        return ""
    by_reason: dict[str, list[str]] = {}
    for piece in removed:
        by_reason.setdefault(piece.reason, []).append(f"“{escape(one_line(piece.text, LINE))}”")
    lines = []
    for reason, texts in by_reason.items():
        different = list(dict.fromkeys(texts))
        shown = ", ".join(different[:LINES_A_REASON])
        more = ", …" if len(different) > LINES_A_REASON else ""
        lines.append(f"> - {escape(reason)} ({len(texts)}): {shown}{more}")
    return "\n".join([phrases.cut(len(removed)), "", *lines])
