"""The arrows of the gradients that a step takes, each where it is taken."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scenes.canvas import Brush, Element
from scenes.kit import within
from scenes.parts.marks import arrow, arrow_box, reaching
from scenes.parts.places import Point, cut
from scenes.parts.scales import Scales, axes_of
from scenes.parts.track import FAR, Track
from scenes.stage import Box
from scenes.state import QUICK, State

Array = NDArray[np.float64]
RING = 8.0
"""Radius of the mark where a gradient is taken elsewhere."""


class GradientArrow(Element[State]):
    """A negative gradient where a row of the rule takes it, on the scale of the shot.

    One that is taken elsewhere than at the point begins at a mark of its own. Where steps follow
    quickly it is the gradient at the place between two of them.
    """

    def __init__(self, track: Track, scales: Scales, row: int) -> None:
        """``row`` is the number of the row that takes it."""
        run = track.kit.run
        taken = run.optimizer.rows[row].taken
        if taken is None:
            raise ValueError(f"row {row} of {run.optimizer.title} takes no gradient")
        self.track, self.scales, self.row, self.taken = track, scales, row, taken
        self.color = track.kit.theme.roles["gradient"]
        self.points, self.values = run.taken[taken.name].points, run.taken[taken.name].values
        self.whole = lru_cache(maxsize=4)(self._whole)

    def vector(self, gradient: Array, factor: float) -> Array:
        """The way of an arrow in stage pixels, (..., 2)."""
        with np.errstate(over="ignore"):
            way = factor * axes_of(self.track) * np.clip(gradient, -FAR, FAR) * [-1, 1]
        return np.asarray(np.clip(way, -FAR, FAR))

    def _whole(self, state: State) -> tuple[Point, Point] | None:
        """Tail and tip, be they in the field or not; None where there is none to see."""
        length = state.gradient_of(self.row)
        if length <= 0 or state.step >= len(self.values):
            return None
        point, value = self.points[state.step], self.values[state.step]
        if state.kind == QUICK and state.moving > 0:
            point, length = self._between(state, length)
            with np.errstate(all="ignore"):
                value = self.track.kit.run.objective.gradient(point)
        if not (np.isfinite(point).all() and np.isfinite(value).all()):
            return None
        tail = self.track.plot.at(np.clip(point, -FAR, FAR))
        factor = self.scales.base * self.scales.factors(state)[0]
        tip = tail + length * self.vector(value, factor)
        return (float(tail[0]), float(tail[1])), (float(tip[0]), float(tip[1]))

    def _between(self, state: State, length: float) -> tuple[Array, float]:
        """The place between this step's and the next's, and the length there.

        After the last step no gradient is taken: its arrow goes.
        """
        after = self.points[state.step + 1 : state.step + 2]
        if self.taken.here:
            after = self.track.kit.run.points[state.step + 1 : state.step + 2]
        if state.step + 1 == len(self.values):
            length *= 1 - state.moving
        here = self.points[state.step]
        return here + state.moving * ((after[0] if len(after) else here) - here), length

    def ends(self, state: State) -> tuple[Point, Point] | None:
        """Tail and tip as far as they are in the field."""
        whole = self.whole(state)
        if whole is None or not self.track.inside(whole[0]):
            return None
        part = cut(*whole, self.track.field.grown(-4))
        return part if part is None else (whole[0], part[1])

    def _link(self, state: State, tail: Point) -> tuple[Point, Point] | None:
        """From the point to where the gradient is taken elsewhere."""
        return None if self.taken.here else (self.track.now(state), tail)

    def key(self, state: State) -> Hashable:
        ends = self.ends(state)
        return ends and (ends, self._link(state, ends[0]))

    def reach(self, state: State) -> Box | None:
        ends = self.ends(state)
        if ends is None:
            return None
        link = self._link(state, ends[0])
        box = arrow_box(*ends)
        return box.joined(arrow_box(*link)) if link else box

    def paint(self, brush: Brush, state: State) -> None:
        ends, whole = self.ends(state), self.whole(state)
        if ends is None or whole is None:
            return
        under, link = self.track.kit.theme.background, self._link(state, ends[0])
        with within(brush, self.track.field):
            if link is not None:
                brush.line(link, 5, under, 0.5)
                brush.line(link, 2.5, self.color, 0.9, (7.0, 6.0))
            tip = reaching(*whole, self.track.field)
            arrow(brush, whole[0], tip, self.color, under, open_head=True)
            if link is not None:
                brush.disc(*whole[0], RING + 3, under, 0.75)
                brush.disc(*whole[0], RING, self.color)
                brush.disc(*whole[0], RING * 0.55, under)


def arrows_of(track: Track, scales: Scales) -> list[GradientArrow]:
    """The arrows of all gradients that a step takes, in order."""
    rows = track.kit.run.optimizer.rows
    return [GradientArrow(track, scales, index) for index, row in enumerate(rows) if row.taken]
