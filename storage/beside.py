"""Keeps the index beside a large library's file; one that is missing is made in the background."""

from __future__ import annotations

import hashlib
import logging
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlite_utils import Database
from sqlite_utils.utils import sqlite3  # type: ignore[attr-defined]  # pysqlite3 if it is there

if TYPE_CHECKING:
    from storage.sealed import Sealed

log = logging.getLogger(__name__)

MEMORY = ":memory:"


class Beside:
    """The index of one library. Until it is ready, the file itself is searched."""

    def __init__(self, library: str, path: str) -> None:
        self._library = library
        self._path = path
        self._sealed: Sealed | None = None
        self._making: threading.Thread | None = None

    def ready(self, db: Database, size: int, most: int) -> Sealed | None:
        """Give the index where taking in `most` passages brings it in step with the file."""
        from storage.sealed import Busy, Sealed  # noqa: PLC0415 - tantivy, for large libraries only

        if self._making is not None and self._making.is_alive():
            return None
        try:
            if self._sealed is None:
                self._sealed = Sealed(self._library, self._folder())
            if self._sealed.catch_up(db, most):
                return self._sealed
            if size <= most or self._path == MEMORY:
                self._sealed.build(db)
                return self._sealed
        except (Busy, OSError, ValueError) as fault:
            log.info("the index beside %s is not used: %s", self._path, fault)
            return None
        self._making = threading.Thread(target=self._make, name="word index", daemon=True)
        self._making.start()
        return None

    def erase(self) -> None:
        """Remove the index; it is made anew when it is next wanted."""
        self.close()
        if (folder := self._folder()) and folder.exists():
            shutil.rmtree(folder)

    def close(self) -> None:
        """Wait for what is being made, and let go of the index."""
        if self._making is not None:
            self._making.join()
        self._making = self._sealed = None

    def _make(self) -> None:
        from storage.sealed import Busy, Sealed  # noqa: PLC0415 - as above

        db = Database(sqlite3.connect(f"{Path(self._path).resolve().as_uri()}?mode=ro", uri=True))
        try:
            sealed = Sealed(self._library, self._folder())
            sealed.build(db)
        except (Busy, OSError, ValueError, sqlite3.Error) as fault:
            log.warning("the index beside %s could not be made: %s", self._path, fault)
        finally:
            db.close()

    def _folder(self) -> Path | None:
        if self._path == MEMORY:
            return None
        path = Path(self._path)
        name = hashlib.blake2b(self._library.encode(), digest_size=8).hexdigest()
        return path.with_name(f"{path.name}-words") / name
