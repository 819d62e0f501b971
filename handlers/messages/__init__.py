"""What travels between a platform and a handler: requests in, pictures of the whole reply out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from handlers.messages.answers import Answer, Disagreement, Nearest, Seconds, Source, Usage
from handlers.messages.lists import Excerpt, Feeds, Found, FoundPassage, Gap, Gaps, Listing, Shown
from handlers.messages.notices import Action, Draft, Failure, Notice, Progress
from handlers.messages.receipts import Batch, Kept, ReadArticle, Reading, Receipt
from handlers.messages.requests import Origin, Person, Place, Request, Upload

Reply = (
    Progress
    | Draft
    | Answer
    | Reading
    | Receipt
    | Batch
    | Found
    | Listing
    | Shown
    | Excerpt
    | Gaps
    | Feeds
    | Notice
    | Failure
)
Handler = Callable[[Request], AsyncIterator[Reply]]

__all__ = [
    "Action",
    "Answer",
    "Batch",
    "Disagreement",
    "Draft",
    "Excerpt",
    "Failure",
    "Feeds",
    "Found",
    "FoundPassage",
    "Gap",
    "Gaps",
    "Handler",
    "Kept",
    "Listing",
    "Nearest",
    "Notice",
    "Origin",
    "Person",
    "Place",
    "Progress",
    "ReadArticle",
    "Reading",
    "Receipt",
    "Reply",
    "Request",
    "Seconds",
    "Shown",
    "Source",
    "Upload",
    "Usage",
]
