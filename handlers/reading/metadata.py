"""What a page says of its article: title, authors, day, site and address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from courlan import extract_domain
from htmldate import find_date
from lxml.html import HtmlElement

from handlers.reading.files import seen
from handlers.reading.jsonld import Said
from handlers.sound import sound

LEAST = 4  # letters of a title
LONGEST = 300  # characters of a title
LONGEST_NAME = 100
_BARS = re.compile(r"\s+(?:[|·•–—»«:]+|-)\s+|\s*\|\s*|\s*[_＿丨]\s*")
_DAY = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d")
_ADDRESS = re.compile(r"(?:https?:)?//|www\.|@|\.(?:com|org|net)\b", re.IGNORECASE)
_BY = re.compile(
    r"^(?:(?:(?:text|words|story|analysis|opinion|review|report(?:ing|ed)?|interview|commentary|essay"
    r"|column|written|posted|published|an? \w+)(?: (?:and|&) \w+)? )?by"
    r"|(?:eine? \w+ |texte |text |propos recueillis )?(?:von|par)|(?:texto |escrito )?por|di"
    r"|door|av|af|autor(?:a|en|in)?|auteur|text|texte|texto|testo|from"
    r"|(?:текст|автор(?:ы)?|беседовал[аи]?|подготовил[аи]?|записал[аи]?))\b[:\s]+",
    re.I,
)
# what somebody is rather than who: "Ada Quill, senior editor"
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|analyst|producer|contributor|critic"
    r"|chief|staff|redakteur\w*|korrespondent\w*|reporterin|journalist\w*|rédact\w+|correspondante?"
    r"|corresponsal|redactor\w*|periodista|giornalista|corrispondente|jornalista|repórter"
    r"|редактор|корреспондент|обозреватель|журналист(?:ка)?|muhabir\w*|editör\w*)\b",
    re.I,
)
_AND = re.compile(r"\s*(?:,|;|/|\||&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\bog\b|\boch\b|、|，)\s*")
_OFFICE = re.compile(r"\s*(?:기자|記者|记者)$")
_NO_NAME = re.compile(r"[():;|<>{}\[\]]|^\W*$|^\d+$")
_DATES = (
    "article:published_time", "datepublished", "og:article:published_time", "date", "pubdate",
    "dc.date", "dc.date.issued", "dcterms.created", "parsely-pub-date", "publishdate",
    "sailthru.date", "publish-date", "article.published",
)  # fmt: skip
_AUTHORS = ("author", "parsely-author", "dc.creator", "article:author", "sailthru.author", "byl")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says. `published` is an ISO date."""

    title: str | None
    author: str | None
    site: str | None
    url: str | None
    published: str | None


def facts_of(
    root: HtmlElement,
    said: Said,
    url: str | None,
    fallback: Callable[[], Sequence[str]],
    *,
    search_date: bool,
) -> Facts:
    """Read the head and body of a page; JSON-LD first, then the meta elements, then the text.

    `fallback` gives authors where the page names none in its data; `search_date` says
    whether a date is looked for in the text too. The tree must still have its head.
    """
    meta = _Meta(root)
    title = _title(root, said, meta)
    authors = _authors(root, said, meta, fallback)
    site = meta.first("og:site_name", "application-name") or said.site
    address = _canonical(root, meta, url)
    return Facts(
        title=_kept(title, LONGEST),
        author=_kept(", ".join(authors), LONGEST),
        site=_kept(site, LONGEST_NAME) or (urlsplit(address).hostname if address else None),
        url=address,
        published=_published(root, said, meta, search=search_date),
    )


def _kept(text: str, most: int) -> str | None:
    text = " ".join(seen(sound(text)).split())
    if len(text) > most:
        text = text[:most].rsplit(" ", 1)[0].rstrip(",;: ") + "…"
    return text or None


class _Meta:
    """The meta elements of a page by their names."""

    def __init__(self, root: HtmlElement) -> None:
        self._values: dict[str, list[str]] = {}
        for element in root.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            value = (element.get("content") or "").strip()
            if value:
                self._values.setdefault(name.strip().lower(), []).append(value)

    def all(self, name: str) -> list[str]:
        return self._values.get(name, [])

    def first(self, *names: str) -> str:
        return next((values[0] for name in names if (values := self.all(name))), "")


def _bare(text: str) -> str:
    return "".join(re.findall(r"\w", text.lower()))


def _title(root: HtmlElement, said: Said, meta: _Meta) -> str:
    """An h1 that the page's data confirm, or what it holds of them; else what they say alone."""
    page = " ".join((root.findtext(".//title") or "").split())
    data = [
        " ".join(each.split()) for each in (said.headline, meta.first("og:title", "twitter:title"))
    ]
    claims = [claim for claim in (*data, page) if len(_bare(claim)) >= LEAST]
    for heading in root.iter("h1"):
        if title := _confirmed(" ".join(" ".join(heading.itertext()).split()), claims):
            return title
    if any(data):
        first, second = (data[0] or data[1]), (data[1] or data[0])
        return second if _bare(second) in _bare(first) else first
    parts = [part for part in _BARS.split(page) if part]
    return max(parts, key=len, default="")


def _confirmed(heading: str, claims: Sequence[str]) -> str:
    """Give a heading that a claim holds, or the longest claim that it holds; else nothing."""
    bare = _bare(heading)
    if len(bare) < LEAST:
        return ""
    if inside := [claim for claim in claims if _bare(claim) in bare]:
        return max(inside, key=len)
    closed = heading.replace(" :", ":")
    if any(closed in claim for claim in claims):
        return closed
    return heading if any(bare in _bare(claim) for claim in claims) else ""


def _authors(
    root: HtmlElement, said: Said, meta: _Meta, fallback: Callable[[], Sequence[str]]
) -> tuple[str, ...]:
    in_data = [said.authors, *(meta.all(name) for name in _AUTHORS), tuple(_bylines(root))]
    for claim in in_data:
        if names := _all_names(claim):
            return names
    return _all_names(fallback())


def _all_names(claims: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for claim in claims for name in _names_in(claim)))


def _names_in(claim: str) -> Iterator[str]:
    """Take a byline apart into names; addresses and credits of pictures are none."""
    claim = _BY.sub("", " ".join(claim.split()))
    if len(claim) > LONGEST_NAME * 3 or _ADDRESS.search(claim):
        return
    parts = _AND.split(claim)
    for place, part in enumerate(parts):
        if place and _ROLE.search(part):
            continue
        name = _OFFICE.sub("", part).strip(" .:-–")
        if 2 <= len(name) <= LONGEST_NAME and not _NO_NAME.search(name):
            yield name


def _bylines(root: HtmlElement) -> Iterator[str]:
    for element in root.iterfind('.//*[@rel="author"]'):
        text = " ".join("".join(element.itertext()).split())
        if text and len(text.split()) <= 5:
            yield text


def _published(root: HtmlElement, said: Said, meta: _Meta, *, search: bool) -> str | None:
    for claim in (said.published, *(meta.first(name) for name in _DATES)):
        if day := _DAY.match(claim):
            return day.group()
    if not search:
        return None
    found = _found_day(root, extensive=True)
    # the first may be made up: a year or a month somewhere in the text has no day of its own
    return _found_day(root, extensive=False) if found and found.endswith("-01") else found


def _found_day(root: HtmlElement, *, extensive: bool) -> str | None:
    try:
        found: str | None = find_date(root, original_date=True, extensive_search=extensive)
    except (ValueError, OverflowError, RecursionError):
        return None
    return found


def _canonical(root: HtmlElement, meta: _Meta, url: str | None) -> str | None:
    """The address that the page gives itself, if it is one of the same site.

    A site that names its first page on every page would make them all one article.
    """
    links = (each.get("href") for each in root.iterfind('.//link[@rel="canonical"]'))
    for claim in (*links, meta.first("og:url")):
        address = _joined(url, claim or "")
        if address and (
            url is None or (_same_site(address, url) and not _first_page(address, url))
        ):
            return address
    return url


def _same_site(address: str, url: str) -> bool:
    return extract_domain(address) == extract_domain(url)


def _first_page(address: str, url: str) -> bool:
    """Say whether an address is a site's first page, and the page's own is not."""
    named, own = urlsplit(address), urlsplit(url)
    return not (named.path.strip("/") or named.query) and bool(own.path.strip("/") or own.query)


def _joined(url: str | None, claim: str) -> str | None:
    try:
        address = urljoin(url or "", claim.strip())
        parts = urlsplit(address)
    except ValueError:
        return None
    good = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", address)
    return address if good and len(address) < 2000 else None
