"""Opens the ZIP files that documents come in, and the XML in them, without trusting either."""

from __future__ import annotations

import io
import zipfile
import zlib
from types import TracebackType

from lxml import etree

from handlers import phrases
from handlers.errors import Code, Refused

MOST_PART = 20 * 1024 * 1024  # bytes of one inflated part
MOST_WHOLE = 60 * 1024 * 1024  # of all parts that are read
MOST_MEMBERS = 50_000
_ENCRYPTED = 0x1


class Archive:
    """A ZIP file whose parts are read by name, each no further than it may be long."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as fault:
            raise Refused(Code.BROKEN, phrases.BROKEN_FILE) from fault
        self.names = frozenset(self._zip.namelist())
        self._left = MOST_WHOLE
        if len(self.names) > MOST_MEMBERS:
            raise Refused(Code.TOO_LARGE, phrases.TOO_MUCH_INSIDE)
        if any(info.flag_bits & _ENCRYPTED for info in self._zip.infolist()):
            raise Refused(Code.ENCRYPTED, phrases.ENCRYPTED)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes:
        """Inflate one part; raises `Refused` where it is missing, locked, broken or too large."""
        try:
            info = self._zip.getinfo(name)
        except KeyError as fault:
            raise Refused(Code.BROKEN, phrases.BROKEN_FILE) from fault
        most = min(MOST_PART, self._left)
        try:
            with self._zip.open(info) as part:
                data = part.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as fault:
            raise Refused(Code.BROKEN, phrases.BROKEN_FILE) from fault
        if len(data) > most:
            raise Refused(Code.TOO_LARGE, phrases.TOO_MUCH_INSIDE)
        self._left -= len(data)
        return data


def xml_of(data: bytes) -> etree._Element:
    """Parse XML that defines nothing of its own; raises `Refused` for anything else."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Refused(Code.BROKEN, phrases.BROKEN_FILE) from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused(Code.BROKEN, phrases.BROKEN_FILE)
    return root
