"""The scale of an objective: what its losses are, and how far its view reaches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import hypot

import numpy as np

from engine.field import sampled
from engine.objectives import Objective


@dataclass(frozen=True)
class Scale:
    """What an objective's own losses are measured by; all are 0 where its view has no losses.

    lowest  the lowest loss that is known: at the known minima or, where there are none, of the view
    usual   how far the first quarter of the view's losses rises above their lowest
    reach   the diagonal of the view
    """

    lowest: float
    usual: float
    reach: float


@lru_cache(maxsize=64)
def scale_of(objective: Objective) -> Scale:
    """The scale of an objective, over its own view."""
    losses = sampled(objective, objective.view)
    lowest, usual = 0.0, 0.0
    if losses.size:
        lowest, usual = float(losses[0]), float(losses[losses.size // 4] - losses[0])
    if objective.minima:
        lowest = float(objective.value(np.asarray(objective.minima)).min())
    return Scale(lowest, usual, hypot(*(high - low for low, high in objective.view)))
