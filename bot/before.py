"""What has to be so before anything else is loaded, and is imported first for that.

Modules load without the collector of cyclic garbage looking through them: they make nothing but
objects that stay, and looking was a tenth of the time. And products of a matrix with one question's
vector are computed by one thread: with one for each core, which wait for each other at full speed,
a question to 10,000 passages took 21 ms of a busy machine's two cores instead of 8.
"""

from __future__ import annotations

import gc
import os

gc.disable()
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is loaded


def loaded() -> None:
    """Look for garbage again, among what is made from now on."""
    gc.freeze()
    gc.enable()
