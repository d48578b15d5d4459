"""The scale of a step's drawings: gradients, and what the lines gather, all on one in the shot."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from scenes.parts.places import Point, cut
from scenes.parts.scales import Scales, axes_of, magnified
from scenes.parts.track import FAR, Track
from scenes.stage import Box

Array = NDArray[np.float64]
SHARE, LEAST, AIR = 0.4, 60.0, 24.0


class Measure:
    """The drawings of the steps taken apart, which have one scale so that they can be compared.

    It is as large as the field lets the longest gradient and all that is drawn be. A step of which
    nothing could be seen on it is magnified by a round number.
    """

    def __init__(self, track: Track, steps: Collection[int]) -> None:
        """``steps`` are counted from 1."""
        self.track, self.run, self.axes = track, track.kit.run, axes_of(track)
        shown = [step - 1 for step in steps]
        base = self._base(shown)
        lengths = {step: base * max(self._sizes(step), default=0.0) for step in shown}
        ways = np.hypot(*np.diff(track.pixels, axis=0).T)
        leaps = {step: float(ways[step]) for step in shown}
        self.scales = Scales(base, magnified(lengths), magnified(leaps))

    def _drawn(self, step: int) -> list[tuple[Point, Array]]:
        """Tails and ways, on a scale of 1, of all that is drawn in a step."""
        point = self._tail(step)
        drawn = []
        for taken in self.run.taken.values():
            x, y = self.track.plot.at(np.clip(taken.points[step], -FAR, FAR)).tolist()
            drawn.append(((x, y), self._way(taken.values[step])))
        for name, values in self.run.terms.items():
            role = self.run.optimizer.role(name)
            if role == "first":
                drawn.append((point, self._way(values[step])))
            elif role == "second":
                roots = np.sqrt(np.maximum(values[step], 0.0))
                drawn.append((point, self.axes * np.clip(roots, 0, FAR) * self._sides(step)))
        return drawn

    def _way(self, values: Array) -> Array:
        """Stage pixels of an arrow against ``values``, on a scale of 1."""
        return np.asarray(self.axes * np.clip(values, -FAR, FAR) * [-1, 1])

    def _sizes(self, step: int) -> list[float]:
        """How long all that is drawn in a step is, on a scale of 1."""
        return [float(np.hypot(*way)) for _, way in self._drawn(step)]

    def _base(self, shown: Collection[int]) -> float:
        """The scale of the shot."""
        field = self.track.field
        gradients = [
            float(np.hypot(*self._way(taken.values[step])))
            for taken in self.run.taken.values()
            for step in shown
        ]
        longest = max(gradients, default=0.0)
        if not longest:
            return 1.0
        most = SHARE * min(field.width, field.height) / longest
        rooms = [_room(tail, way, field) for step in shown for tail, way in self._drawn(step)]
        return max(min(most, *rooms), LEAST / longest)

    def _tail(self, step: int) -> Point:
        x, y = self.track.pixels[step].tolist()
        return x, y

    def _sides(self, step: int) -> Array:
        """To which sides, on the stage, a gradient draws the point in a step."""
        values = next((each.values[step] for each in self.run.taken.values()), -np.ones(2))
        return np.where(values * [-1, 1] < 0, -1.0, 1.0)

    def tip(self, step: int, values: Array, *, squares: bool) -> Point:
        """The end of an arrow against ``values``, or the far corner of the area of squares.

        The area lies towards the side to which the point is drawn.
        """
        scale = self.scales.base * self.scales.gradients.get(step, 1)
        way = self._way(values)
        if squares:
            way = self.axes * np.sqrt(np.maximum(values, 0.0)) * self._sides(step)
        x, y = (self.track.pixels[step] + scale * way).tolist()
        return x, y


def _room(tail: Point, way: Array, field: Box) -> float:
    """How many times ``way`` goes from a place into the field."""
    size = float(np.hypot(*way))
    if not np.isfinite(size) or size == 0:
        return float("inf")
    far = (np.array(tail) + way / size * 4000).tolist()
    part = cut(tail, far, field.grown(-AIR))
    return float(np.hypot(*(np.array(part[1]) - tail))) / size if part else 0.0
