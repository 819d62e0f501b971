"""A reply → plain Markdown, the same on every platform."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.compose_feeds import feeds
from handlers import phrases
from handlers.markdown import commands, escape, one_line, tame
from handlers.messages import (
    Answer,
    Batch,
    Draft,
    Excerpt,
    Failure,
    Feeds,
    Found,
    FoundPassage,
    Gap,
    Gaps,
    Kept,
    Listing,
    Nearest,
    Notice,
    Progress,
    Reading,
    Receipt,
    Reply,
    Shown,
    Source,
)
from storage.records import Article, Removed

LINES_A_REASON = 3
ALSO = 3  # articles that tell the same, as shown
LINE = 90  # characters of a line that was cut, or of a passage in a list
PASSAGE = 300
_MARKS = re.compile(r"^ {0,3}(?:>[ \t]?|#{1,6}[ \t]+)", re.MULTILINE)


def compose(reply: Reply) -> str:
    """Give the Markdown of a picture; all that others wrote is escaped, a shown article apart."""
    match reply:
        case Progress():
            return _progress(reply)
        case Draft():
            return f"{escape(reply.text)} …"
        case Notice():
            return tame(reply.text)
        case Failure():
            return _failure(reply)
        case Answer():
            return _answer(reply)
        case Reading() | Receipt():
            return _source_read(reply)
        case Batch():
            return _batch(reply)
        case Found():
            return _found(reply)
        case Listing():
            return _listing(reply)
        case Shown():
            return _shown(reply)
        case Excerpt():
            return _excerpt(reply)
        case Gaps():
            return _gaps(reply)
        case Feeds():
            return feeds(reply)


def links_of(reply: Reply) -> frozenset[str]:
    """Give all that may be tapped in a picture: the addresses of what is cited or shown, and the
    commands that our own words name.
    """
    match reply:
        case Answer():
            return _addresses(source.url for source in reply.sources)
        case Shown() | Excerpt():
            return _addresses([reply.article.url])
        case Notice() | Failure() | Listing(articles=()) | Batch() | Feeds(feeds=()):
            return commands(compose(reply))
        case _:
            return frozenset()


def _addresses(urls: Iterable[str | None]) -> frozenset[str]:
    return frozenset(url for url in urls if url and _is_link(url))


def _failure(failure: Failure) -> str:
    named = f"{one_line(failure.source, LINE)}: " if failure.code and failure.source else ""
    return escape(named) + escape(failure.text, own=True)


def _progress(progress: Progress) -> str:
    count = f" {progress.done}/{progress.total}" if progress.total else ""
    return f"*{escape(one_line(progress.text))}{count} …*"


def _answer(answer: Answer) -> str:
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
        lines = [line for source in group for line in _marks(source.quote, f"[{source.n}] ")]
        if first.url and _is_link(first.url):
            lines.append(f"<{first.url}>")
        yield f"{_title(first.title)}{_about(first.site, first.published)}\n{_quoted(lines)}"


def _nearest(passages: Iterable[Nearest]) -> Iterator[str]:
    by_article: dict[int, list[Nearest]] = {}
    for near in passages:
        by_article.setdefault(near.article, []).append(near)
    for number, group in by_article.items():
        lines = [line for near in group for line in _marks(near.quote)]
        yield f"{_title(group[0].title)} · #{number}\n{_quoted(lines)}"


def _title(title: str) -> str:
    return f"**{escape(one_line(title)) or phrases.UNTITLED}**"


def _about(*facts: str | None) -> str:
    return "".join(f" · {escape(one_line(fact))}" for fact in facts if fact)


def _marks(quote: str, number: str = "") -> list[str]:
    """Give the lines of a quote in quotation marks."""
    lines = [line.strip() for line in tame(quote).strip().splitlines() if line.strip()]
    return escape(f"{number}“" + "\n".join(lines) + "”").splitlines()


def _quoted(lines: Iterable[str]) -> str:
    return "  \n".join(f"> {line}" for line in lines)


def _is_link(url: str) -> bool:
    return url.startswith(("http://", "https://")) and not set(url) & set("<> \n\t")


def _source_read(reply: Receipt | Reading) -> str:
    if isinstance(reply, Receipt):
        head = phrases.received(reply.status, len(reply.articles), escape(one_line(reply.source)))
        items = [_kept(kept) for kept in reply.articles]
    else:
        head = phrases.received("read", len(reply.articles), escape(one_line(reply.source)))
        items = [
            f"- {_title(one.title)}{_about(one.author, one.site, one.published, one.language)}"
            for one in reply.articles
        ]
    note = escape(reply.note) if isinstance(reply, Receipt) else ""
    if note and not reply.articles:
        head = ""
    blocks = [head, note, "\n".join(items), _cut(reply.removed)]
    return "\n\n".join(block for block in blocks if block)


def _batch(batch: Batch) -> str:
    """Give each source's outcome in a block of its own."""
    each = (
        _failure(result) if isinstance(result, Failure) else _source_read(result)
        for result in batch.results
    )
    return "\n\n".join([phrases.taken(len(batch.results)), *each])


def _kept(kept: Kept) -> str:
    one = kept.article
    about = _about(one.author, one.site, one.published, one.language)
    known = "" if kept.status == "stored" else f" · {phrases.KNOWN.get(kept.status, kept.status)}"
    also = "; ".join(_other(each) for each in kept.also[:ALSO])
    told = f"\n  {phrases.ALSO_HERE} {also}{_more(len(kept.also) - ALSO)}" if also else ""
    passages = phrases.passages(one.passages)
    return f"- {_title(one.title)} · #{one.id}{about} · {passages}{known}{told}"


def _other(article: Article) -> str:
    return f"#{article.id} {escape(one_line(article.title, LINE))}{_about(article.site)}"


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


def _found(found: Found) -> str:
    if not found.passages:
        return phrases.FOUND_NOTHING
    return "\n\n".join(_row(row) for row in found.passages)


def _row(row: FoundPassage) -> str:
    where = _about(row.heading or None)
    score = f"{row.score:.2f}"
    return f"{_title(row.title)} · #{row.article}{where} · {score}\n" + _quoted(
        _marks(one_line(row.text, PASSAGE))
    )


def _listing(listing: Listing) -> str:
    if not listing.articles:
        return phrases.NOTHING_STORED
    rows = (
        f"- #{one.id} {_title(one.title)}"
        f"{_about(one.site, one.published, one.language)} · {phrases.passages(one.passages)}"
        for one in listing.articles
    )
    head = [f"*{phrases.page(listing.page, listing.pages)}*", ""] if listing.pages > 1 else []
    return "\n".join([*head, *rows])


def _gaps(gaps: Gaps) -> str:
    if not gaps.gaps:
        return phrases.NO_GAPS
    head = [f"*{phrases.page(gaps.page, gaps.pages)}*", ""] if gaps.pages > 1 else []
    return "\n".join([phrases.GAPS, "", *head, *(_gap(each) for each in gaps.gaps)])


def _gap(gap: Gap) -> str:
    others = "".join(f"; “{escape(one_line(each, LINE))}”" for each in gap.wordings)
    question = escape(one_line(gap.question, PASSAGE))
    asked = phrases.asked_by(gap.askers, gap.times, gap.asked[:10])
    return f"- **{question}** · {asked}{others}"


def _shown(shown: Shown) -> str:
    one, version = shown.article, shown.version
    old = phrases.version(version.number, one.versions) if one.versions > 1 else None
    page = phrases.page(shown.page, shown.pages) if shown.pages > 1 else None
    text = version.text if shown.part is None else shown.part
    head = _head(one, one.author, one.site, one.published, one.language, old, page)
    return f"{head}\n\n{tame(text)}"


def _excerpt(excerpt: Excerpt) -> str:
    """Show a quote strong in the text around it."""
    one = excerpt.article
    before, after = escape(_bare(excerpt.before)), escape(_bare(excerpt.after))
    strong = "\n".join(
        f"**{line}**" if line.strip() else line
        for line in escape(_bare(excerpt.quote)).splitlines()
    )
    around = f"… {before}{strong}{after} …" if before or after else strong
    return f"{_head(one, one.site, one.published)}\n\n{_quoted(around.splitlines())}"


def _bare(text: str) -> str:
    """Take the marks of quotes and headings away where all is shown as one quote."""
    return _MARKS.sub("", text)


def _head(article: Article, *facts: str | None) -> str:
    link = f"\n<{article.url}>" if article.url and _is_link(article.url) else ""
    return f"{_title(article.title)} · #{article.id}{_about(*facts)}{link}"
