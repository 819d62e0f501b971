"""Finds the engine that a database address names."""

from __future__ import annotations

from storage.connection import MEMORY
from storage.sqlite import SqliteStore
from storage.store import Store, StoreError


async def open_store(address: str) -> Store:
    """Open the store at an address: `sqlite:///relative/path`, `sqlite:////absolute/path`.

    A plain path is a SQLite file, `sqlite://` one in memory. Raises `StoreError`.
    """
    store = SqliteStore(path_of(address))
    await store.open()
    return store


def path_of(address: str) -> str:
    """Give the file of a SQLite address. Raises `StoreError` where it names another engine."""
    scheme, separator, rest = address.partition("://")
    if separator and scheme != "sqlite":
        raise StoreError(f"{address} names no engine that is known: use sqlite:///path/to/file.db.")
    path = rest.removeprefix("/") if separator else address
    return path or MEMORY
