"""The gradient's arrow as the measure of a step: what the lines gather is drawn on its scale."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from scenes.parts.marks import GradientArrow, Track
from scenes.parts.places import Point, cut

Array = NDArray[np.float64]
SHARE, LEAST, AIR = 0.4, 120.0, 40.0


class MeasuredArrow(GradientArrow):
    """The negative gradient, as long as the field lets it be in the steps that are taken apart."""

    def __init__(self, track: Track, steps: Collection[int]) -> None:
        super().__init__(track)
        field = track.field
        longest = SHARE * min(field.width, field.height)
        for step in steps:
            longest = min(longest, max(self._room(step - 1), LEAST))
        sizes = [float(np.hypot(*self.vectors[step - 1])) for step in steps]
        self.vectors = self.vectors * (longest / max([*sizes, 1e-9]))

    def _room(self, step: int) -> float:
        """How long the arrow may be without leaving the field."""
        tail, way = self.track.pixels[step], self.vectors[step]
        size = float(np.hypot(*way))
        if size == 0:
            return float("inf")
        far = tail + way / size * 4000
        part = cut(tail.tolist(), far.tolist(), self.track.field.grown(-AIR))
        return float(np.hypot(*(np.array(part[1]) - tail))) if part else LEAST

    def scale(self, step: int) -> Array:
        """Stage pixels of a number one on either axis, in the step after ``step`` steps."""
        gradient = np.abs(self.track.kit.run.gradients[step])
        axes = np.abs(self.track.plot.at(np.ones(2)) - self.track.plot.at(np.zeros(2)))
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
