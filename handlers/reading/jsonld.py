"""What a page says of its article in JSON-LD, in the words of schema.org."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

MOST_DEEP = 12
LEAST_BODY = 400  # characters: a shorter articleBody is a teaser
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Posting|Review|LiveBlogPosting)$")
_COMMA = re.compile(r",\s*([\]}])")


@dataclass(frozen=True, slots=True)
class Said:
    """What JSON-LD says. `body` is the article's text, `is_free` whether all may read it."""

    headline: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    site: str = ""
    body: str = ""
    is_free: bool = True


def said_of(root: HtmlElement) -> Said:
    """Read the first object of a page that describes an article; empty where there is none."""
    things = list(_things(root))
    articles = [thing for thing in things if _is_article(thing)]
    if not articles:
        return Said()
    best = max(articles, key=_facts)
    bodies = [_text(thing.get("articleBody")) for thing in articles]
    body = max(bodies, key=len)
    return Said(
        headline=_text(best.get("headline") or best.get("name")),
        authors=_names(best.get("author") or best.get("creator"), things),
        published=_text(best.get("datePublished") or best.get("dateCreated")),
        site=next(iter(_names(best.get("publisher"), things)), ""),
        body=body if len(body) >= LEAST_BODY else "",
        is_free=all(_is_free(thing) for thing in articles),
    )


def _things(root: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            yield from _inside(_loaded(script.text or ""), 0)


def _loaded(text: str) -> Any:
    text = text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip(" ;\n")
    for attempt in (text, _COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _inside(thing: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > MOST_DEEP:
        return
    if isinstance(thing, dict):
        yield thing
        for value in thing.values():
            yield from _inside(value, depth + 1)
    elif isinstance(thing, list):
        for value in thing:
            yield from _inside(value, depth + 1)


def _is_article(thing: dict[str, Any]) -> bool:
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds)


def _facts(thing: dict[str, Any]) -> int:
    return sum(
        bool(thing.get(name)) for name in ("headline", "author", "datePublished", "publisher")
    )


def _is_free(thing: dict[str, Any]) -> bool:
    return str(thing.get("isAccessibleForFree", True)).strip().lower() not in ("false", "0", "no")


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next((each for each in value if isinstance(each, str)), "")
    if not isinstance(value, str):
        return ""
    return html.unescape(html.unescape(value)).strip()


def _names(value: Any, things: list[dict[str, Any]], depth: int = 0) -> tuple[str, ...]:
    """Give the names that an author or publisher has: a text, an object, or a list of them."""
    if depth > 3:
        return ()
    if isinstance(value, list):
        found = [name for each in value for name in _names(each, things, depth + 1)]
        return tuple(dict.fromkeys(found))
    if isinstance(value, dict):
        name = value.get("name")
        if name is None and "@id" in value:
            same = (each for each in things if each.get("@id") == value["@id"] and each.get("name"))
            name = next(same, {}).get("name")
        return _names(name, things, depth + 1)
    name = " ".join(_text(value).split())
    return (name,) if name else ()
