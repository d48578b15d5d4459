"""The drawn field of an objective: how much plane, how it is shaded, where its isolines run."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import numpy as np
import numpy.typing as npt
from contourpy import LineType, contour_generator

from engine.objectives import Array, Objective, View

_MARGIN = 0.05
_SAMPLES = 4096
_SPREAD = (0.7548776662466927, 0.5698402909980532)
_KNOTS = 64
_LEAST_SHARE, _MOST_STEP = 0.5, 4.0
_ROUNDING = 4 * float(np.finfo(np.float64).eps)
_FARTHEST, _STEEPEST, _STRAIGHT = 4e307, 700.0, 1e-6
_LINE_GRID = 400
_MOST_BEYOND = 50


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


def sampled(objective: Objective, view: View) -> Array:
    """The finite losses at points spread over the view, its corners and its lowest minimum, rising.

    The points are those of Roberts' R2 sequence: no two share a coordinate, so that fields that
    depend on one coordinate alone, or hardly on the other, are sampled as finely as others.
    """
    (left, right), (bottom, top) = view
    spread = np.arange(1.0, _SAMPLES + 1)[:, np.newaxis] * _SPREAD % 1
    places = np.concatenate([spread, [(0, 0), (0, 1), (1, 0), (1, 1)]])
    low, extent = np.array([left, bottom]), np.array([right - left, top - bottom])
    inside = [x for x in objective.minima if left <= x[0] <= right and bottom <= x[1] <= top]
    lowest = np.sort(objective.value(np.reshape(inside, (-1, 2))))[:1]
    losses = np.concatenate([objective.value(low + places * extent), lowest])
    return np.sort(np.clip(losses[np.isfinite(losses)], -_FARTHEST, _FARTHEST))


@dataclass(frozen=True)
class Shade:
    """A rising map from losses to shades, 0 at the lowest loss of a view and 1 at its highest.

    ``losses`` and ``shades`` are its knots, both rising. Between two knots the slope changes
    evenly by a factor of exp(-bend), with one of ``bends`` for each interval, so that losses that
    grow a thousandfold from knot to knot are shaded as their logarithms. Beyond both ends the map
    goes on by ln(1 + d) / ``power`` at a distance of d spans of ``losses``.
    """

    losses: tuple[float, ...]
    shades: tuple[float, ...]
    bends: tuple[float, ...]
    power: float

    @property
    def span(self) -> float:
        """The highest less the lowest loss; 1 where they are one."""
        return (self.losses[-1] - self.losses[0]) or 1.0

    def __call__(self, losses: npt.ArrayLike) -> Array:
        """The shades of losses, of the same shape, below 0 and above 1 too; NaN stays NaN."""
        values = np.clip(np.asarray(losses, dtype=np.float64), -_FARTHEST, _FARTHEST)
        below = np.log1p(np.maximum(self.losses[0] - values, 0) / self.span)
        above = np.log1p(np.maximum(values - self.losses[-1], 0) / self.span)
        beyond = (above - below) / self.power
        if not self.bends:
            return np.asarray(beyond)
        knots, shades, bends = (np.array(row) for row in (self.losses, self.shades, self.bends))
        at = np.clip(np.searchsorted(knots, values, "right") - 1, 0, len(bends) - 1)
        inside, gaps = np.clip(values, knots[0], knots[-1]), np.diff(knots)[at]
        passed, left = (inside - knots[at]) / gaps, (knots[at + 1] - inside) / gaps
        within = shades[at] + np.diff(shades)[at] * _bent(passed, left, bends[at])
        return np.asarray(within + beyond)

    def loss(self, shade: float) -> float:
        """The loss of a shade, the inverse of calling."""
        if not self.bends or not 0 < shade < 1:
            outside = max(shade - 1 if self.bends else shade, -shade, 0.0) * self.power
            far = float(np.expm1(min(outside, _STEEPEST))) * self.span
            return self.losses[-1] + far if shade > 0 else self.losses[0] - far
        at = bisect_right(self.shades, shade) - 1
        (low, high), (first, last) = self.losses[at : at + 2], self.shades[at : at + 2]
        bend, share = self.bends[at], (shade - first) / (last - first)
        if abs(bend) < _STRAIGHT:
            return low + share * (high - low)
        if bend > 0:
            return low + float(np.expm1(bend * share) / np.expm1(bend)) * (high - low)
        return high - float(np.expm1(-bend * (1 - share)) / np.expm1(-bend)) * (high - low)


def _bent(passed: Array, left: Array, bends: Array) -> Array:
    """The share of the shades between two knots at shares ``passed`` and ``left`` of the losses."""
    falling, size = bends > 0, np.maximum(np.abs(bends), _STRAIGHT)
    curve = np.log1p(np.expm1(size) * np.where(falling, passed, left)) / size
    bent = np.where(falling, curve, 1 - curve)
    return np.asarray(np.where(np.abs(bends) < _STRAIGHT, passed, bent))


@lru_cache(maxsize=64)
def shade_of(objective: Objective, view: View | None = None) -> Shade:
    """The shade of an objective over a view, by default its own.

    Where no tone would cover much of the view it is a root of the height above the lowest loss,
    which spreads the low losses, where paths end, over more of the scale; the higher the middle
    loss, the lower the root. Losses of a share of the view get at least half that share of the
    scale, so that none of 14 tones covers much more than a fifth, and few losses, however far out,
    no more than a small part: the knots stand at shares of the view that are squares of sines of
    evenly spaced angles, closest at both ends, and two neighbors have at most 4 / 64 of the scale
    between them, before all are scaled to end at 1. A loss that a whole part of the view has, a
    plateau, takes nothing of the scale.

    The map depends on the order of losses and the ratios of their differences alone: a factor or a
    summand changes nothing. `templates/assets/playground/25-shade.js` has the same map.
    """
    losses = sampled(objective, view or objective.view)
    if not losses.size:
        return Shade((0.0,), (0.0,), (), 1.0)
    ranks = np.sin(np.linspace(0, np.pi / 2, _KNOTS + 1)) ** 2
    knots = losses[(ranks * (len(losses) - 1) + _STRAIGHT).astype(np.intp)]
    sizes = np.maximum(np.abs(knots[1:]), np.abs(knots[:-1]))
    apart = np.diff(knots) > _ROUNDING * sizes
    if not apart.any():
        return Shade((float(knots[0]),), (0.0,), (), 1.0)
    height = (knots - knots[0]) / (knots[-1] - knots[0])
    power = float(1 - np.log2(max(height[_KNOTS // 2], 1 / _FARTHEST)))
    steps = np.clip(
        np.diff(height ** (1 / power)), _LEAST_SHARE * np.diff(ranks), _MOST_STEP / _KNOTS
    )
    kept = np.flatnonzero(apart)
    losses = knots[[0, *(kept + 1)]]
    shades = np.concatenate([[0.0], np.cumsum(steps[kept])])
    shades /= shades[-1]
    slopes = np.log(np.diff(shades)) - np.log(np.diff(losses))
    around = np.concatenate([slopes[:1], slopes, slopes[-1:]])
    bends = np.clip((around[:-2] - around[2:]) / 2, -_STEEPEST, _STEEPEST)
    return Shade(tuple(losses.tolist()), tuple(shades.tolist()), tuple(bends.tolist()), power)


def isolines(
    objective: Objective, view: View, shade: Shade, count: int = 14
) -> list[tuple[float, list[Array]]]:
    """Lines of equal loss as (loss, polylines (k, 2)), rising, evenly spaced in shade.

    ``count`` intervals cover the shades 0 to 1; where the view has lower and higher losses the
    levels go on, wider apart where they would be too many. The shades 0 and 1 themselves, of single
    points, have no lines; a level whose lines are too small to be traced is left out.
    """
    (left, right), (bottom, top) = view
    x1, x2 = np.linspace(left, right, _LINE_GRID + 1), np.linspace(bottom, top, _LINE_GRID + 1)
    losses = objective.value(np.stack(np.meshgrid(x1, x2), axis=-1))
    finite = losses[np.isfinite(losses)]
    if not finite.size:
        return []
    generator = contour_generator(x1, x2, np.ma.masked_invalid(losses), line_type=LineType.Separate)
    low, high = float(finite.min()), float(finite.max())
    first, last = np.ceil(shade([low, high]) * count).astype(np.int64).tolist()
    below, above = range(first, 0), range(count + 1, last + 1)
    inside = range(1, count) if shade.bends else ()
    indices = [*_thinned(below[::-1])[::-1], *inside, *_thinned(above)]
    levels = (shade.loss(index / count) for index in indices)
    traced = (
        (level, cast("list[Array]", generator.lines(level)))
        for level in levels
        if low < level < high
    )
    return [(level, lines) for level, lines in traced if lines]


def _thinned(indices: range) -> range:
    """Evenly fewer, where they would be too many."""
    return indices[:: max(1, -(-len(indices) // _MOST_BEYOND))]
