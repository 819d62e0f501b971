"""Why a source can't be read, and what to send instead."""

from __future__ import annotations

WHICH_SOURCE = "Say what to read: a link, a file, or a text of a few sentences."
EMPTY_FILE = "There is no text in it. Send a file or a text that has some."
BINARY = (
    "This is no text that can be read. Send a PDF, Word, EPUB, mail, HTML, Markdown or text file,"
    " or paste the text."
)
BROKEN_FILE = "The file is broken and cannot be read. Save it anew, or paste its text."
ENCRYPTED = "The file is locked with a password. Save it without one, or paste its text."
SCAN = (
    "The pages of this PDF are pictures (a scan) without text. Have its text recognised (OCR) and"
    " send the result, or paste the text."
)
TOO_MUCH_INSIDE = "Unpacked, the file is far too large to be read. Send a smaller one, or the text."
TOO_HARD = (
    "Reading this takes more time or memory than is sensible. Send a smaller part, or the text."
)
TOO_SHORT = "That is too short to be an article: send a link, a file, or a few sentences at least."


def unsupported(kind: str) -> str:
    return (
        f"This is a {kind} file, which cannot be read. Send a PDF, Word, EPUB, mail, HTML, Markdown"
        " or text file."
    )


def too_large(most: int) -> str:
    return f"It is larger than {most // 1_000_000} MB. Send a smaller file, or a part of it."


def too_long(most: int) -> str:
    return f"It has more than {most:,} characters. Split it and send the parts."


BROKEN_PAGE = "The page is too broken to be read. Paste its text instead."
NO_ARTICLE = "There is no article on that page, only a few words. Send the article's own link."
WALL = (
    "The page shows its article only to subscribers or to a browser that accepts its terms."
    " Open it yourself and paste the text."
)
GONE = "There is no such page any more. Check the link, or paste the text."
ROBOTS = "The site does not let bots read that page (robots.txt). Paste the text instead."
BAD_LINK = "That is no link that can be read. Copy it whole from the browser's address bar."
BAD_SCHEME = "Only http and https links are read. Send such a link, or the file or text itself."
BAD_PORT = "Links with that port are not read. Send the article's usual address."
INSIDE = "That address is inside a private network and is never read. Paste the text instead."
DOWNGRADE = "The page leads from https to unprotected http and was not followed. Paste the text."
NO_SUCH_NAME = (
    "No public site can have that name, which has no dot or an ending that is never given out."
    " Check the link for typing errors."
)
NO_SUCH_HOST = "There is no site of that name. Check the link for typing errors."
TOO_MANY_REDIRECTS = "The link leads round in circles. Open it in a browser and send where it ends."


def too_slow(host: str) -> str:
    return f"{host} takes too long to answer. Try again later, or paste the text."


def too_often(seconds: int | None) -> str:
    """`seconds` as the site says it, where it does."""
    wait = "some minutes"
    if seconds:
        wait = f"{seconds} s" if seconds < 120 else f"{seconds // 60 + 1} minutes"
    return f"The site says that it was asked too often. Try again in {wait}, or paste the text."


def unreachable(host: str) -> str:
    return f"{host} can't be reached. Check the link, try again later, or paste the text."


def bad_status(status: int) -> str:
    return f"The site answered with error {status}. Try again later, or paste the text."


WEB_ONLY = "Only http and https addresses are read. Give a web address, a file or a folder."
NO_PLAIN_FILE = "This is no plain file. Give a file, or pipe it in and name - as the source."
EMPTY_FOLDER = "The folder holds no files (hidden ones are passed over). Name another."


def no_such_source(why: str) -> str:
    reason = f" ({why})" if why else ""
    return (
        f"There is no such file or folder{reason}, and a web address starts with https://."
        " Check the path; to store a text, pipe it in and name - as the source."
    )


def unreadable(why: str) -> str:
    return f"The file cannot be read: {why}. Check its rights, or name another."
