"""A reply → the JSON object of the command line's contract; unknown optional keys are left out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from handlers import phrases
from handlers.markdown import plain
from handlers.messages import (
    Answer,
    Failure,
    Feeds,
    Found,
    Gaps,
    Kept,
    Listing,
    Notice,
    ReadArticle,
    Reading,
    Receipt,
    Reply,
    Shown,
    Source,
)
from storage.feeds import Feed
from storage.records import Article, Removed

Json = dict[str, Any]


def line(value: Json) -> str:
    """Give one line: no line end inside, letters as they are."""
    return json.dumps(value, ensure_ascii=False)


def objects(reply: Reply) -> list[Json]:
    """Give the objects of a finished reply, one a line; a picture on the way has none."""
    match reply:
        case Answer():
            return [_answer(reply)]
        case Receipt():
            return [_receipt(reply)]
        case Reading():
            return [_reading(reply)]
        case Found():
            return [_found(reply)]
        case Listing():
            return [_article(article) for article in reply.articles]
        case Shown():
            return [_shown(reply)]
        case Gaps():
            return [_gaps(reply)]
        case Feeds():
            return [_feed(feed) for feed in reply.feeds]
        case Notice():
            return [{"ok": True, "message": plain(reply.text), **reply.detail}]
        case Failure():
            return [{"ok": False, "message": reply.text, **_known(code=reply.code or None)}]
        case _:
            return []


def refused(failure: Failure) -> Json:
    """Give the line of a source that was not read; faults of ours have no code."""
    known = _known(source=failure.source, status="refused", code=failure.code or None)
    return {**known, "reason": failure.text, "articles": [], "removed": []}


def _known(**values: object) -> Json:
    return {key: value for key, value in values.items() if value is not None}


def _answer(answer: Answer) -> Json:
    seconds = answer.seconds
    return {
        "question": answer.question,
        "answered": answer.answered,
        "answer": answer.text,
        "mode": answer.mode,
        "conversation": answer.conversation,
        **_known(as_of=answer.as_of),
        "sources": [_source(source) for source in answer.sources],
        "nearest": [
            {"article": near.article, "title": near.title, "quote": near.quote}
            for near in answer.nearest
        ],
        "seconds": {
            "retrieve": round(seconds.retrieve, 4),
            "write": round(seconds.write, 4),
            "prove": round(seconds.prove, 4),
            "total": round(seconds.total, 4),
        },
        **_known(
            usage=asdict(answer.usage) if answer.usage else None,
            disagreement=list(answer.disagreement.sources) if answer.disagreement else None,
        ),
    }


def _source(source: Source) -> Json:
    return {
        "n": source.n,
        "article": source.article,
        "version": source.version,
        "title": source.title,
        **_known(url=source.url, published=source.published),
        "quote": source.quote,
        "start": source.start,
        "end": source.end,
    }


def _receipt(receipt: Receipt) -> Json:
    return {
        "source": receipt.source,
        "status": receipt.status,
        "articles": [_kept(kept) for kept in receipt.articles],
        "removed": _removed(receipt.removed),
        **_known(note=receipt.note or None),
    }


def _kept(kept: Kept) -> Json:
    one = kept.article
    return {
        "id": one.id,
        "status": kept.status,
        "title": one.title,
        **_known(author=one.author, site=one.site, url=one.url, published=one.published),
        "language": one.language,
        "passages": one.passages,
        **_known(also=[each.id for each in kept.also] or None),
    }


def _reading(reading: Reading) -> Json:
    return {
        "source": reading.source,
        "status": "read",
        "articles": [_read(article) for article in reading.articles],
        "removed": _removed(reading.removed),
    }


def _read(one: ReadArticle) -> Json:
    return {
        "title": one.title,
        **_known(author=one.author, site=one.site, url=one.url, published=one.published),
        "language": one.language,
        "text": one.text,
    }


def _removed(pieces: Iterable[Removed]) -> list[Json]:
    return [{**_known(line=one.line), "text": one.text, "reason": one.reason} for one in pieces]


def _found(found: Found) -> Json:
    rows = [
        {
            "article": row.article,
            "passage": row.passage,
            "title": row.title,
            "heading": row.heading,
            "score": round(row.score, 6),
            "text": row.text,
        }
        for row in found.passages
    ]
    return {"passages": rows}


def _gaps(gaps: Gaps) -> Json:
    rows = [
        {
            "question": gap.question,
            "asked": gap.asked,
            "askers": gap.askers,
            "times": gap.times,
            "wordings": list(gap.wordings),
        }
        for gap in gaps.gaps
    ]
    said = phrases.GAPS if rows else phrases.NO_GAPS
    bad = [asdict(each) for each in gaps.disliked]
    return {"ok": True, "message": said, "gaps": rows, "disliked": bad}


def _feed(feed: Feed) -> Json:
    return {
        "id": feed.id,
        "url": feed.url,
        "title": feed.title,
        "state": feed.state,
        "loud": feed.loud,
        **_known(last=_time(feed.polled), next=_time(feed.due)),
        "new": feed.fresh,
        "stored": feed.stored,
        "waiting": feed.waiting,
        "faults": feed.faults,
        **_known(fault=feed.fault or None),
    }


def _time(seconds: float) -> str | None:
    when = datetime.fromtimestamp(seconds, UTC)
    return when.isoformat(timespec="seconds") if seconds > 0 else None


def _article(one: Article) -> Json:
    return {
        "id": one.id,
        "title": one.title,
        **_known(site=one.site, url=one.url, published=one.published),
        "language": one.language,
        "added": one.added,
        "passages": one.passages,
        "version": one.version,
    }


def _shown(shown: Shown) -> Json:
    one, version = shown.article, shown.version
    return {
        "id": one.id,
        "title": one.title,
        **_known(author=one.author, site=one.site, url=one.url, published=one.published),
        "language": one.language,
        "added": one.added,
        "version": version.number,
        "versions": one.versions,
        "text": version.text,
        "passages": [
            {"passage": row.id, "heading": row.heading, "start": row.start, "end": row.end}
            for row in version.passages
        ],
    }
