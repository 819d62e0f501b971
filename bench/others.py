"""What other libraries make of a page, each as its own documentation calls it."""

from __future__ import annotations

import warnings
from collections.abc import Callable

from lxml.html import fromstring
from readability import Document
from readability.readability import Unparseable
from resiliparse.extract.html2text import extract_plain_text
from trafilatura import extract, extract_metadata

from bench.pages import Page

Facts = tuple[str | None, list[str], str | None]


def _trafilatura(page: Page) -> str:
    return extract(page.raw, output_format="markdown", include_comments=False) or ""


def _trafilatura_text(page: Page) -> str:
    return extract(page.raw, include_comments=False) or ""


def _trafilatura_decoded(page: Page) -> str:
    return extract(page.html, include_comments=False) or ""


def _readability(page: Page) -> str:
    try:
        return fromstring(Document(page.html).summary()).text_content()
    except (Unparseable, ValueError):
        return ""


def _resiliparse(page: Page) -> str:
    return extract_plain_text(page.html, main_content=True, alt_texts=False, links=False)


def _newspaper(page: Page) -> str:
    article = _newspaper_article(page)
    return article.text if article else ""


def _newspaper_article(page: Page):
    import newspaper

    for language in (None, "en"):  # its own, unless that takes a library more
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            named = {"language": language} if language else {}
            address = page.url or "https://page.example/"
            article = newspaper.Article(address, fetch_images=False, **named)
            try:
                article.download(input_html=page.html)
                article.parse()
            except ImportError:
                continue
            except (newspaper.ArticleException, ValueError, TypeError, AttributeError):
                return None
            return article
    return None


OTHERS: dict[str, Callable[[Page], str]] = {
    "trafilatura (Markdown)": _trafilatura,
    "trafilatura (text)": _trafilatura_text,
    "trafilatura (text, our charsets)": _trafilatura_decoded,
    "readability-lxml": _readability,
    "newspaper4k": _newspaper,
    "resiliparse": _resiliparse,
}


def facts() -> dict[str, Callable[[Page], Facts]]:
    """Give the ways in which others read a page's title, authors and day."""
    return {"trafilatura": _facts_of_trafilatura, "newspaper4k": _facts_of_newspaper}


def _facts_of_trafilatura(page: Page) -> Facts:
    said = extract_metadata(page.raw, default_url=page.url)
    return said.title, [each for each in (said.author or "").split("; ") if each], said.date


def _facts_of_newspaper(page: Page) -> Facts:
    article = _newspaper_article(page)
    if article is None:
        return None, [], None
    day = article.publish_date.date().isoformat() if article.publish_date else None
    return article.title, list(article.authors), day
