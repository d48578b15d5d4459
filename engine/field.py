"""The drawn field of an objective: how much plane, how it is shaded, where its isolines run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import cast

import numpy as np
import numpy.typing as npt
from contourpy import LineType, contour_generator

from engine.objectives import Array, Objective, View

_MARGIN = 0.05
_SHADE_GRID = 64
_LINE_GRID = 400
_MAX_LEVELS = 120


def widened(view: View, points: Array, limit: float = 3.0) -> View:
    """The view with room for a path (k, 2): never smaller, and not all beyond ``limit`` times.

    Each side moves out as far as the path needs, with a margin, but by no more than half of
    ``limit - 1`` times the view's extent; a path that goes farther leaves the picture.
    """

    def side(axis: int) -> tuple[float, float]:
        low, high = view[axis]
        extent = high - low
        margin, reach = _MARGIN * extent, (limit - 1) / 2 * extent
        path = points[:, axis]
        return (
            float(max(low - reach, min(low, path.min() - margin))),
            float(min(high + reach, max(high, path.max() + margin))),
        )

    return side(0), side(1)


def sample(objective: Objective, view: View, width: int, height: int) -> Array:
    """The objective at the centers of a picture's pixels, (height, width), the top row first."""
    (left, right), (bottom, top) = view
    x1 = left + (np.arange(width) + 0.5) * (right - left) / width
    x2 = top - (np.arange(height) + 0.5) * (top - bottom) / height
    return objective.value(np.stack(np.meshgrid(x1, x2), axis=-1))


@dataclass(frozen=True)
class Shade:
    """A map from losses to shades, 0 at the lowest, 1 at the highest of the objective's own view.

    The root by ``power`` spreads the low losses, where the path ends, over more of the scale.
    """

    low: float
    span: float
    power: float

    def __call__(self, losses: npt.ArrayLike) -> Array:
        """The shades of losses, of the same shape, clipped to 0..1; NaN stays NaN."""
        fraction = (np.asarray(losses, dtype=np.float64) - self.low) / self.span
        return np.clip(fraction, 0, 1) ** (1 / self.power)

    def loss(self, shade: float) -> float:
        """The loss of a shade; beyond 1 it goes on as the same curve."""
        return self.low + self.span * float(shade**self.power)


@lru_cache(maxsize=64)
def shade_of(objective: Objective) -> Shade:
    """The shade of an objective, from a coarse grid over its own view and its known minima."""
    losses = sample(objective, objective.view, _SHADE_GRID, _SHADE_GRID)
    losses = losses[np.isfinite(losses)]
    if not losses.size:
        return Shade(0.0, 1.0, 1.0)
    low = float(losses.min())
    if objective.minima:
        low = min(low, float(objective.value(np.array(objective.minima)).min()))
    span = float(losses.max()) - low
    if span == 0:
        return Shade(low, 1.0, 1.0)
    middle = max(float(np.median(losses) - low) / span, 1e-6)
    return Shade(low, span, float(1 + np.log(middle) / np.log(0.5)))


def isolines(
    objective: Objective, view: View, shade: Shade, count: int = 14
) -> list[tuple[float, list[Array]]]:
    """Lines of equal loss as (loss, polylines (k, 2)), evenly spaced in shade.

    ``count`` intervals cover the shades 0 to 1; in a wider view the levels go on past 1. A level
    whose lines are too small to be traced is left out.
    """
    (left, right), (bottom, top) = view
    x1, x2 = np.linspace(left, right, _LINE_GRID + 1), np.linspace(bottom, top, _LINE_GRID + 1)
    losses = objective.value(np.stack(np.meshgrid(x1, x2), axis=-1))
    highest = losses[np.isfinite(losses)].max(initial=-np.inf)
    generator = contour_generator(x1, x2, np.ma.masked_invalid(losses), line_type=LineType.Separate)
    levels = (shade.loss(index / count) for index in range(1, _MAX_LEVELS + 1))
    traced = (
        (level, cast("list[Array]", generator.lines(level)))
        for level in takewhile(lambda level: level < highest, levels)
    )
    return [(level, lines) for level, lines in traced if lines]
