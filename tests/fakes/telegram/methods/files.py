"""Fetching files that people sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.telegram.errors import bad
from tests.fakes.telegram.methods.table import method

if TYPE_CHECKING:
    from tests.fakes.telegram.fake import Fake
    from tests.fakes.telegram.params import Params

DOWNLOAD_LIMIT = 20 * 1024 * 1024


@method
async def get_file(fake: Fake, p: Params) -> Any:
    file = fake.world.files.get(p.text("file_id"))
    if not file:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    return file.json() | {"file_path": file.path}
