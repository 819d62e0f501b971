"""What the model has of every token of a text, its text around it taken in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text that came in parts, in order, as far as the model sees at once.

    `states` has a row of the last layer for each, `part` says which part it is of, and `rarity` is
    minus the logarithm of how often its piece is met in the texts that the model's pieces are of.
    """

    states: NDArray[np.float16]
    part: NDArray[np.int32]
    rarity: NDArray[np.float32]
