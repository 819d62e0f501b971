"""The column by which a question goes on from a message of ours that told of articles."""

from __future__ import annotations

TOLD = (
    # the numbers of the articles that a receipt, say, is about, with spaces between them
    "alter table replies add column articles text not null default ''",
)
