"""What has to be so before anything else is loaded, and is imported first for that.

Modules load without the collector of cyclic garbage looking through them: they make nothing but
objects that stay, and looking was a tenth of the time. And products of a matrix with one question's
vector are computed by one thread: with one for each core, which wait for each other at full speed,
a question to 10,000 passages took 21 ms of a busy machine's two cores instead of 8.

Loading takes a second: Ctrl-C in it ends the program as it ends any other, without a traceback.
"""

from __future__ import annotations

import gc
import os
import signal

gc.disable()
_interrupt = signal.getsignal(signal.SIGINT)
if _interrupt is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is loaded


def loaded() -> None:
    """Look for garbage again, among what is made from now on; Ctrl-C is an exception again."""
    signal.signal(signal.SIGINT, _interrupt)
    gc.freeze()
    gc.enable()
