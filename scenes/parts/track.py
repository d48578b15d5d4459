"""A run's points on the field, and how far its path is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from scenes.kit import Kit
from scenes.parts.places import Point, cut, gone, within
from scenes.parts.relief import Plot
from scenes.state import State

DOT_GAP = 15.0
FAR = 1e150


class Track:
    """The run's points in stage pixels."""

    def __init__(self, kit: Kit, plot: Plot) -> None:
        self.kit, self.plot, self.field = kit, plot, plot.box
        self.pixels = plot.at(np.clip(kit.run.points, -FAR, FAR))

    def now(self, state: State) -> Point:
        """Where the point is."""
        here = self.pixels[state.step]
        if state.moving and state.step + 1 < len(self.pixels):
            here = here + state.moving * (self.pixels[state.step + 1] - here)
        return float(here[0]), float(here[1])

    def inside(self, point: Point) -> bool:
        """Whether a point is in the picture."""
        field = self.field
        return field.left <= point[0] <= field.right and field.top <= point[1] <= field.bottom

    @cached_property
    def gone(self) -> int:
        """The number of the point with which the run leaves the picture for good."""
        return gone(within(self.pixels, self.field), len(self.pixels))

    def piece(self, step: int, end: Sequence[float], grown: float) -> tuple[Point, Point] | None:
        """What is drawn of the way from the point after ``step`` steps to ``end``."""
        if step >= self.gone:
            return None
        return cut(self.pixels[step], end, self.field.grown(grown))

    @cached_property
    def dots(self) -> list[bool]:
        """Which points get a dot: those far enough from the last that has one."""
        shown, last = [], self.pixels[0]
        for pixel in self.pixels:
            apart = bool(np.hypot(*(pixel - last)) >= DOT_GAP) and self.inside((pixel[0], pixel[1]))
            last = pixel if apart else last
            shown.append(apart)
        return shown
