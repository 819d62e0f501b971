"""Reads one source: a link, a file or a text becomes clean articles."""

from __future__ import annotations

import asyncio
import re

from handlers import phrases
from handlers.errors import Code, Refused
from handlers.messages import ReadArticle, Reading, Upload
from handlers.reading.extract import article_in
from handlers.reading.fetch import Fetcher
from handlers.reading.files import FileKind, open_text
from handlers.reading.lines import lines_of
from storage.records import Removed

LEAST_WORDS = 5  # of all articles of a source together
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
PASTED = "text"


class Reader:
    """Reads sources. Every refusal is a `Refused` with its code and a sentence."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    async def read(self, source: Upload | str) -> Reading:
        """Read a file, or a text that is a link or the article itself."""
        if isinstance(source, Upload):
            return await asyncio.to_thread(read_file, source)
        if address := address_in(source):
            page = await self._fetcher.fetch(address)
            return await asyncio.to_thread(_read_page, source, page.url, page.body, page.charset)
        return await asyncio.to_thread(_read_text, PASTED, source)


def address_in(text: str) -> str | None:
    """Give the link that a text is, where it is nothing else."""
    text = text.strip()
    if _ADDRESS.fullmatch(text):
        return text
    return f"https://{text}" if _BARE_ADDRESS.fullmatch(text) else None


def read_file(file: Upload) -> Reading:
    """Read the bytes of a file; blocks for as long as that takes."""
    kind, text = open_text(file.name, file.data)
    return (
        _read_html(file.name, text, None) if kind is FileKind.HTML else _read_text(file.name, text)
    )


def _read_page(source: str, url: str, body: bytes, charset: str | None) -> Reading:
    kind, text = open_text(url, body, charset)
    if kind is FileKind.HTML:
        return _read_html(source, text, url)
    reading = _read_text(source, text)
    return Reading(source, tuple(_at(each, url) for each in reading.articles), reading.removed)


def _at(article: ReadArticle, url: str) -> ReadArticle:
    return ReadArticle(
        article.title, article.text, article.language, article.author, None, url, article.published
    )


def _read_text(name: str, text: str) -> Reading:
    from handlers.reading.clean import clean  # noqa: PLC0415 - 230 ms, no answer needs it

    articles, removed = clean(text)
    _check(" ".join(each.text for each in articles))
    return Reading(
        name,
        tuple(
            ReadArticle(
                each.title, each.text, each.language, each.author, None, None, each.published
            )
            for each in articles
        ),
        tuple(removed),
    )


def _read_html(name: str, html: str, url: str | None) -> Reading:
    from handlers.reading.clean import clean  # noqa: PLC0415 - as above

    page = article_in(html, url)
    articles, removed = clean(page.text, page.title or None)
    _check(" ".join(each.text for each in articles))
    article = articles[0]
    read = ReadArticle(
        title=article.title,
        text=article.text,
        language=article.language,
        author=page.author or article.author,
        site=page.site,
        url=page.url,
        published=page.published or article.published,
    )
    # the numbers of lines are those of the extracted text, which nobody has seen
    return Reading(name, (read,), tuple(Removed(each.text, each.reason) for each in removed))


def _check(text: str) -> None:
    if sum(line.words for line in lines_of(text)) < LEAST_WORDS:
        raise Refused(Code.EMPTY, phrases.TOO_SHORT)
