"""The bot's own table of commands, with as little behind it as can be."""

from __future__ import annotations

from handlers.access import Access
from handlers.answering.retrieve import Retriever
from handlers.command import Command
from handlers.reading.fetch import fetcher_from
from handlers.reading.read import Reader
from handlers.table import commands
from storage.store import Store


def bare_table(store: Store, access: Access) -> tuple[Command, ...]:
    return commands(
        store=store,
        access=access,
        reader=Reader(fetcher_from(None)),
        retriever=Retriever(store, None),
        embedder=None,
        model=None,
        worker=None,
    )
