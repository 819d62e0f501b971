"""What several replies are made of: titles, facts, quotes."""

from __future__ import annotations

from collections.abc import Iterable

from handlers import phrases
from handlers.markdown import escape, one_line, tame

LINE = 90  # characters of a line that was cut, or of a passage in a list
PASSAGE = 300


def title_of(title: str) -> str:
    """Give a title in bold, whether there is one or not."""
    return f"**{escape(one_line(title)) or phrases.UNTITLED}**"


def about(*facts: str | None) -> str:
    """Give what is known of a thing, to stand behind its title."""
    return "".join(f" · {escape(one_line(fact))}" for fact in facts if fact)


def marked(quote: str, number: str = "") -> list[str]:
    """Give the lines of a quote in quotation marks."""
    lines = [line.strip() for line in tame(quote).strip().splitlines() if line.strip()]
    return escape(f"{number}“" + "\n".join(lines) + "”").splitlines()


def quoted(lines: Iterable[str]) -> str:
    """Give lines, escaped already, as a quote."""
    return "  \n".join(f"> {line}" for line in lines)


def is_link(url: str) -> bool:
    """Say whether an address can stand in Markdown as a link."""
    return url.startswith(("http://", "https://")) and not set(url) & set("<> \n\t")


def paging(page: int, pages: int) -> list[str]:
    """Give the lines above a list that say which page it is; none where it has but one."""
    return [f"*{phrases.page(page, pages)}*", ""] if pages > 1 else []
