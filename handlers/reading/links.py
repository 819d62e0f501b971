"""Links as a page, a feed or a sitemap gives them, before anybody asks where they lead."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from handlers.sound import sound

LONGEST_LINK = 8_000  # characters


def web_link(base: str, link: str | None) -> str | None:
    """Give an absolute web address; None for what is none. Whether it is asked is not said yet."""
    try:
        joined = urljoin(base, sound(link or "").strip())
    except ValueError:  # brackets that are no IPv6 address
        return None
    is_web = joined.lower().startswith(("http://", "https://")) and link and link.strip()
    return joined if is_web and len(joined) <= LONGEST_LINK else None


def same_site(one: str, other: str) -> bool:
    """Say whether two addresses have one host, `www.` aside."""
    try:
        hosts = [(urlsplit(each).hostname or "").removeprefix("www.") for each in (one, other)]
    except ValueError:  # brackets that are no IPv6 address
        return False
    return hosts[0] == hosts[1]
