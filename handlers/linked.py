"""Reads a question that names a page by its link: the link stands for the article's title."""

from __future__ import annotations

from urllib.parse import urldefrag

from handlers import phrases
from handlers.errors import NotFound
from handlers.reading.read import links_of
from storage.store import Store

MOST = 3  # links of one question that are looked up


async def titled(store: Store, library: str, question: str) -> tuple[str, str]:
    """Give a question with titles in the place of links, and a sentence on a page not stored.

    Raises `NotFound` where it is nothing but the link of such a page.
    """
    question, missing = question.strip(), ""
    for link in links_of(question)[:MOST]:
        article = await store.article_at(library, _ways_to_write(link))
        title = f" {article.title} " if article else " "
        missing = missing or ("" if article else phrases.page_not_stored(link))
        question = " ".join(question.replace(link, title).split())
    if missing and not any(sign.isalnum() for sign in question):
        raise NotFound(missing)
    return question, missing


def _ways_to_write(link: str) -> list[str]:
    """Give the addresses that a link may be stored as: without marks of where it was shared."""
    bare = urldefrag(link).url
    ways = [link, bare, bare.partition("?")[0]]
    ways += [f"{way}/" for way in ways] + [way.rstrip("/") for way in ways]
    secure = [way.replace("http://", "https://", 1) for way in ways]
    return list(dict.fromkeys(ways + secure))
