"""Lets a command's modules load without the collector of cyclic garbage looking through them.

Loading makes nothing but objects that stay; looking for garbage among them, again and again, was a
tenth of the time. Imported before the modules that it is for; `loaded` ends it.
"""

from __future__ import annotations

import gc

gc.disable()


def loaded() -> None:
    """Look for garbage again, among what is made from now on."""
    gc.freeze()
    gc.enable()
