"""The columns by which a conversation goes on from any of its answers, not the newest alone."""

from __future__ import annotations

TURNS = (
    # the question that a message of ours answers; 0 where that was not kept
    "alter table replies add column question integer not null default 0",
    # the question that one goes on from; null: the one before it in its conversation
    "alter table questions add column before integer",
)
