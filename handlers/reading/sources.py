"""Makes clean articles of the bytes of a file or page, or of a text; the heavy half of reading."""

from __future__ import annotations

from dataclasses import replace

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.messages import ReadArticle, Reading
from handlers.reading.archive import Archive
from handlers.reading.book import read_book
from handlers.reading.clean import Cleaned, clean
from handlers.reading.documents import Document
from handlers.reading.extract import article_in
from handlers.reading.feed import is_feed, read_feed, shown
from handlers.reading.files import FileKind, binary_kind, check_size, open_text, seen
from handlers.reading.lines import lines_of
from handlers.reading.mail import is_mail, read_mail
from handlers.reading.pdf import read_pdf
from handlers.reading.places import placed
from handlers.reading.word import read_word
from storage.records import Removed

LEAST_WORDS = 5  # of all articles of a source together
_UNTITLED = "Untitled"


def read_bytes(
    source: str, data: bytes, *, name: str, charset: str | None = None, url: str | None = None
) -> Reading:
    """Read a file called `name`, or the page behind `url`; raises `Refused`."""
    check_size(data)
    kind = binary_kind(data)
    if kind is FileKind.PDF:
        return _of_document(source, read_pdf(data), url)
    if kind is FileKind.ZIP:
        return _of_document(source, _read_zip(data), url)
    if is_feed(data):
        return _of_document(source, read_feed(data), url)
    if url is None and is_mail(name, data):
        return _of_document(source, read_mail(data), url)
    kind, text = open_text(url or name, data, charset)
    return _of_page(source, text, url) if kind is FileKind.HTML else read_text(source, text, url)


def read_text(source: str, text: str, url: str | None = None) -> Reading:
    """Read a text that may hold several articles; raises `Refused` where it is too short."""
    seen_text = seen(text)
    articles, cut = clean(seen_text)
    _check(articles)
    removed = placed(seen_text, [each.text for each in articles], cut)
    read = tuple(
        ReadArticle(each.title, each.text, each.language, each.author, None, url, each.published)
        for each in articles
    )
    return Reading(source, read, tuple(removed))


def read_entry(
    source: str,
    html: str,
    url: str | None,
    *,
    title: str | None = None,
    author: str | None = None,
    published: str | None = None,
) -> Reading:
    """Read what a feed itself has of an entry, which its `url` leads to; raises `Refused`."""
    return _of_document(source, Document(shown(html), title, author, published), url)


def _read_zip(data: bytes) -> Document:
    with Archive(data) as archive:
        if "word/document.xml" in archive.names:
            return read_word(archive)
        if "META-INF/container.xml" in archive.names:
            return read_book(archive)
        if "word/styles.xml" in archive.names or "mimetype" in archive.names:
            raise Refused(Code.BROKEN, phrases.BROKEN_FILE)
    raise Refused(Code.UNSUPPORTED, phrases.unsupported("ZIP"))


def _of_document(source: str, document: Document, url: str | None) -> Reading:
    """A file is one article; what it says of itself goes before what its text looks like."""
    articles, removed = _alone(seen(document.text), document.title)
    article = articles[0]
    title = article.title if document.title else _first_words(article.text)
    read = ReadArticle(
        title, article.text, article.language, document.author or article.author, None, url,
        document.published or article.published,
    )  # fmt: skip
    return Reading(source, (read,), removed)


def _alone(text: str, title: str | None) -> tuple[list[Cleaned], tuple[Removed, ...]]:
    """Clean a text that is one article.

    The numbers of lines are those of the extracted text, which nobody has seen.
    """
    articles, cut = clean(text, title or _UNTITLED)
    _check(articles)
    found = placed(text, [each.text for each in articles], cut)
    return articles, tuple(replace(each, line=None) for each in found)


def _first_words(text: str) -> str:
    first = text.split("\n", 1)[0].lstrip("#>-| ").strip()
    return first if len(first) <= 120 else first[:120].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _of_page(source: str, html: str, url: str | None) -> Reading:
    page = article_in(html, url)
    articles, removed = _alone(seen(page.text), page.facts.title)
    article = articles[0]
    read = ReadArticle(
        title=article.title if page.facts.title else _first_words(article.text),
        text=article.text,
        language=article.language,
        author=page.facts.author or article.author,
        site=page.facts.site,
        url=page.facts.url,
        published=page.facts.published or article.published,
    )
    return Reading(source, (read,), removed, walled=page.walled)


def _check(articles: list[Cleaned]) -> None:
    text = " ".join(each.text for each in articles)
    if sum(line.words for line in lines_of(text)) < LEAST_WORDS:
        raise Refused(Code.EMPTY, phrases.TOO_SHORT)
