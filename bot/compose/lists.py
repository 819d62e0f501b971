"""What is listed → Markdown: articles, passages, gaps."""

from __future__ import annotations

import re

from bot.compose.parts import LINE, PASSAGE, about, marked, paging, quoted, title_of
from handlers import phrases
from handlers.markdown import escape, one_line
from handlers.messages import Found, FoundPassage, Gap, Gaps, Listing
from storage.asked import Disliked

_HEADING = re.compile(r"\A\s*#{1,6}[ \t][^\n]*\n")  # which is said already


def found_text(found: Found) -> str:
    """List the passages that a search found, each with its score."""
    if not found.passages:
        return phrases.FOUND_NOTHING
    return "\n\n".join(_row(row) for row in found.passages)


def _row(row: FoundPassage) -> str:
    where = about(row.heading or None)
    score = f"{row.score:.2f}"
    text = _HEADING.sub("", row.text, count=1) if row.heading else row.text
    return f"{title_of(row.title)} · #{row.article}{where} · {score}\n" + quoted(
        marked(one_line(text, PASSAGE))
    )


def listing_text(listing: Listing) -> str:
    """List articles by their numbers."""
    if not listing.articles:
        return phrases.NOTHING_STORED
    rows = (
        f"- #{one.id} {title_of(one.title)}"
        f"{about(one.site, one.published, one.language)} · {phrases.passages(one.passages)}"
        for one in listing.articles
    )
    head = paging(listing.page, listing.pages)
    return "\n".join([*head, *rows])


def gaps_text(gaps: Gaps) -> str:
    """List what was asked in vain, by how many and in which other words, and bad answers."""
    head = paging(gaps.page, gaps.pages)
    asked = [phrases.GAPS, "", *head, *(_gap(each) for each in gaps.gaps)]
    blocks = ["\n".join(asked) if gaps.gaps else phrases.NO_GAPS]
    if gaps.disliked:
        bad = [phrases.DISLIKED, "", *(_disliked(each) for each in gaps.disliked)]
        blocks.append("\n".join(bad))
    return "\n\n".join(blocks)


def _disliked(one: Disliked) -> str:
    why = [phrases.Fault[each.upper()].value.lower() for each in one.reasons]
    question = escape(one_line(one.question, PASSAGE))
    return f"- **{question}** · {phrases.disliked_by(one.people, why, one.at[:10])}"


def _gap(gap: Gap) -> str:
    others = "".join(f"; “{escape(one_line(each, LINE))}”" for each in gap.wordings)
    question = escape(one_line(gap.question, PASSAGE))
    asked = phrases.asked_by(gap.askers, gap.times, gap.asked[:10])
    return f"- **{question}** · {asked}{others}"
