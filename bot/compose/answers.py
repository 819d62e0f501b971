"""An answer → Markdown: what it says, then each quote below its article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.compose.parts import about, is_link, marked, quoted, title_of
from handlers import phrases
from handlers.markdown import escape
from handlers.messages import Answer, Nearest, Source


def answer_text(answer: Answer) -> str:
    """Give an answer with all that it rests on, or what came nearest, each part a block."""
    blocks = [f"*{escape(answer.head)}*"] if answer.head else []
    blocks.append(escape(answer.text).strip())
    blocks += _differing(answer)
    if answer.as_of:
        blocks.append(f"*{phrases.as_of(escape(answer.as_of))}*")
    blocks += _proofs(answer.sources)
    if answer.nearest:
        blocks.append(f"*{phrases.NEAREST}*")
        blocks += _nearest(answer.nearest)
    if answer.note:
        blocks.append(f"*{escape(answer.note)}*")
    return "\n\n".join(block for block in blocks if block)


def _differing(answer: Answer) -> Iterator[str]:
    """Say which sources of an answer differ, each with its date."""
    if answer.disagreement:
        dates = {source.n: source.published for source in answer.sources}
        earlier, later = (phrases.dated_source(n, dates[n]) for n in answer.disagreement.sources)
        said = phrases.corrected_later if answer.disagreement.corrected else phrases.sources_differ
        yield f"*{escape(said(earlier, later))}*"


def _proofs(sources: Iterable[Source]) -> Iterator[str]:
    """Give a block an article, each of its quotes behind the number that stands in the answer."""
    by_article: dict[tuple[int, int], list[Source]] = {}
    for source in sources:
        by_article.setdefault((source.article, source.version), []).append(source)
    for group in by_article.values():
        first = group[0]
        lines = [line for source in group for line in marked(source.quote, f"[{source.n}] ")]
        if first.url and is_link(first.url):
            lines.append(f"<{first.url}>")
        yield f"{title_of(first.title)}{about(first.site, first.published)}\n{quoted(lines)}"


def _nearest(passages: Iterable[Nearest]) -> Iterator[str]:
    by_article: dict[int, list[Nearest]] = {}
    for near in passages:
        by_article.setdefault(near.article, []).append(near)
    for number, group in by_article.items():
        lines = [line for near in group for line in marked(near.quote)]
        yield f"{title_of(group[0].title)} · #{number}\n{quoted(lines)}"
