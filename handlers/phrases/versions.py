"""Further versions of an article: fetched again, compared, reverted."""

from __future__ import annotations

WHAT_CHANGED = "What changed"
CHANGED_SINCE = "That article has a newer version meanwhile. Look at it again with /article."
NOTHING_CHANGED = "The two versions say the same."
NUMBERS_CHANGED = "Numbers that changed:"
SHORTER = (
    "the page has lost most of its text. If that is right, /ingest with its link stores it as it is"
)
ANOTHER_TEXT = (
    "the page holds another text now. If that is right, /ingest with its link stores it as it is"
)


def no_address(title: str, number: int) -> str:
    return (
        f"“{title}” (article {number}) did not come from a link, so it can't be fetched again."
        " Send its new text with /ingest."
    )


def kept_version(title: str, number: int, version_: int, why: str) -> str:
    return f"“{title}” (article {number}) stays as version {version_} has it: {why.rstrip('.')}."


def unchanged(title: str, number: int, version_: int) -> str:
    return f"“{title}” (article {number}) is unchanged since version {version_}."


def refreshed(title: str, number: int, version_: int, what: str) -> str:
    return f"“{title}” (article {number}) has a new version, {version_}: {what}."


def changed(new: int, gone: int, other: int) -> str:
    """How many sentences."""
    counts = [f"{new} new" if new else "", f"{gone} gone" if gone else ""]
    counts.append(f"{other} changed" if other else "")
    said = ", ".join(filter(None, counts))
    return f"sentences: {said}" if said else "other spacing only"


def changes_of(title: str, number: int, before: int, after: int, what: str) -> str:
    return f"**{title}** · #{number} · version {before} → {after} · {what}"


def only_one_version(title: str, number: int) -> str:
    return f"“{title}” (article {number}) has one version only."


def is_newest(number: int, version_: int) -> str:
    return f"Version {version_} of article {number} is its newest already."


def reverted(title: str, number: int, to: int, version_: int) -> str:
    return f"“{title}” (article {number}) is as version {to} was again, as version {version_}."
