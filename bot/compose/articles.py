"""An article, or a quote in it, → Markdown."""

from __future__ import annotations

import re

from bot.compose.parts import about, is_link, quoted, title_of
from handlers import phrases
from handlers.markdown import escape, tame
from handlers.messages import Excerpt, Shown
from storage.records import Article

_MARKS = re.compile(r"^ {0,3}(?:>[ \t]?|#{1,6}[ \t]+)", re.MULTILINE)


def shown_text(shown: Shown) -> str:
    """Show an article, or a part of it, below what is known of it."""
    one, version = shown.article, shown.version
    old = phrases.version(version.number, one.versions) if one.versions > 1 else None
    page = phrases.page(shown.page, shown.pages) if shown.pages > 1 else None
    text = version.text if shown.part is None else shown.part
    head = _head(one, one.author, one.site, one.published, one.language, old, page)
    return f"{head}\n\n{tame(text)}"


def excerpt_text(excerpt: Excerpt) -> str:
    """Show a quote strong in the text around it."""
    one = excerpt.article
    before, after = escape(_bare(excerpt.before)), escape(_bare(excerpt.after))
    strong = "\n".join(
        f"**{line}**" if line.strip() else line
        for line in escape(_bare(excerpt.quote)).splitlines()
    )
    head, tail = "" if excerpt.from_start else "… ", "" if excerpt.to_end else " …"
    around = f"{head}{before}{strong}{after}{tail}" if before or after else strong
    return f"{_head(one, one.site, one.published)}\n\n{quoted(around.splitlines())}"


def _bare(text: str) -> str:
    """Take the marks of quotes and headings away where all is shown as one quote."""
    return _MARKS.sub("", text)


def _head(article: Article, *facts: str | None) -> str:
    link = f"\n<{article.url}>" if article.url and is_link(article.url) else ""
    return f"{title_of(article.title)} · #{article.id}{about(*facts)}{link}"
