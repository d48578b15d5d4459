"""The gradient's arrow as the measure of a step: what the lines gather is drawn on its scale."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from scenes.parts.marks import GradientArrow
from scenes.parts.places import Point, cut
from scenes.parts.track import Track

Array = NDArray[np.float64]
SHARE, LEAST, AIR = 0.4, 60.0, 24.0


class MeasuredArrow(GradientArrow):
    """The negative gradient, as long as the field lets it and what is measured by it be."""

    def __init__(self, track: Track, steps: Collection[int]) -> None:
        super().__init__(track)
        sizes = np.hypot(self.vectors[:, 0], self.vectors[:, 1])
        shown = [step - 1 for step in steps]
        longest = SHARE * min(track.field.width, track.field.height)
        more = longest / max([*sizes[shown].tolist(), 1e-9])
        for step in shown:
            most = max(self._most(step), LEAST) / max(float(sizes[step]), 1e-9)
            self.vectors[step] *= min(more, most)

    def _most(self, step: int) -> float:
        """How long the arrow may be so that all drawn on its scale stays in the field."""
        axes, run = self._axes(), self.track.kit.run
        gradient = run.gradients[step]
        size = float(np.hypot(*(axes * gradient)))
        drawn = [gradient]
        for name, values in run.terms.items():
            role = run.optimizer.role(name)
            if role == "first":
                drawn.append(values[step])
            elif role == "second":
                roots = np.sqrt(np.maximum(values[step], 0.0))
                drawn.append(np.where(gradient > 0, roots, -roots))
        with np.errstate(all="ignore"):
            ways = [axes * value * [-1, 1] / size for value in drawn]
        return min(self._room(step, way) for way in ways)

    def _room(self, step: int, way: Array) -> float:
        """How many times ``way`` goes from the point into the field."""
        size = float(np.hypot(*way))
        if not np.isfinite(size) or size == 0:
            return float("inf")
        tail = self.track.pixels[step]
        part = cut(tail.tolist(), (tail + way / size * 4000).tolist(), self.track.field.grown(-AIR))
        return float(np.hypot(*(np.array(part[1]) - tail))) / size if part else LEAST

    def _axes(self) -> Array:
        """Stage pixels of a unit of the plane on either axis."""
        plot = self.track.plot
        return np.abs(plot.at(np.ones(2)) - plot.at(np.zeros(2)))

    def scale(self, step: int) -> Array:
        """Stage pixels of a number one on either axis, in the step after ``step`` steps."""
        gradient = np.abs(self.track.kit.run.gradients[step])
        axes = self._axes()
        drawn = np.abs(self.vectors[step])
        largest = int(np.argmax(gradient * axes))
        if gradient[largest] == 0:
            return np.zeros(2)
        return np.asarray(axes * drawn[largest] / gradient[largest] / axes[largest])

    def tip(self, step: int, values: Array, *, squares: bool) -> Point:
        """The end of an arrow against ``values``, or the far corner of the area of squares.

        The area lies towards the side to which the point is drawn.
        """
        tail = self.track.pixels[step]
        if squares:
            ways = np.where(self.vectors[step] < 0, -1.0, 1.0)
            far = tail + self.scale(step) * np.sqrt(np.maximum(values, 0.0)) * ways
        else:
            far = tail + self.scale(step) * values * [-1, 1]
        return float(far[0]), float(far[1])
