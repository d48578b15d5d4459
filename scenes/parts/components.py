"""The gradient measured: its components along the axes, each with its number."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from scenes.anatomy_state import LEAP, AnatomyState
from scenes.brush import Brush
from scenes.canvas import Element
from scenes.clock import smooth
from scenes.parts.marks import arrow_box
from scenes.parts.measured import MeasuredArrow
from scenes.parts.places import Point, cut
from scenes.parts.sign import Sign
from scenes.parts.signs import Signs
from scenes.stage import Box
from scenes.state import GRADIENT, LINE, MOVE

WIDTH, DASH, HEAD = 4.0, (9.0, 6.0), 13.0


class Component(Element[AnatomyState]):
    """One component of the negative gradient, from the point along an axis, and a thin line from
    its tip to the arrow's; its number stands at its tip.
    """

    def __init__(self, arrow: MeasuredArrow, signs: Signs, coordinate: int) -> None:
        self.arrow, self.signs, self.coordinate = arrow, signs, coordinate
        self.track, self.theme = arrow.track, arrow.track.kit.theme

    def light(self, state: AnatomyState) -> float:
        """How bright it is: it goes when the step comes."""
        if state.kind == LEAP:
            return 1 - smooth(state.leap * 1.5)
        return float(state.kind in (GRADIENT, LINE))

    def ends(self, state: AnatomyState) -> tuple[Point, Point] | None:
        """Tail and tip, None where there is none to see."""
        grown = state.flight(self.coordinate) if state.row == 0 else 1.0
        if self.light(state) <= 0 or grown <= 0 or state.kind == MOVE:
            return None
        whole = self.whole(state.step)
        if whole is None:
            return None
        (a, b), (c, d) = whole
        return (a, b), (a + grown * (c - a), b + grown * (d - b))

    def whole(self, step: int) -> tuple[Point, Point] | None:
        """The full component in the step after ``step`` steps, cut at the field's border."""
        if step >= len(self.arrow.vectors):
            return None
        a, b = (float(value) for value in self.track.pixels[step])
        if not self.track.inside((a, b)):
            return None
        vector = np.zeros(2)
        vector[self.coordinate] = self.arrow.vectors[step][self.coordinate]
        if float(np.abs(vector).max()) < 1:
            return None
        part = cut((a, b), (a + vector[0], b + vector[1]), self.track.field.grown(-4))
        return None if part is None else ((a, b), part[1])

    def key(self, state: AnatomyState) -> Hashable:
        return self.ends(state), self.light(state)

    def reach(self, state: AnatomyState) -> Box | None:
        ends = self.ends(state)
        if ends is None:
            return None
        return arrow_box(*ends)

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        ends = self.ends(state)
        if ends is None:
            return
        color, light = self.theme.roles["gradient"], self.light(state)
        (a, b), (c, d) = ends
        axis = (np.sign(c - a), np.sign(d - b))
        length = abs(c - a) + abs(d - b)
        head = min(HEAD, 0.6 * length)
        neck = (c - axis[0] * head * 0.9, d - axis[1] * head * 0.9)
        wing = head * 0.55
        corners = [
            (c, d),
            (c - axis[0] * head - axis[1] * wing, d - axis[1] * head + axis[0] * wing),
            (c - axis[0] * head + axis[1] * wing, d - axis[1] * head - axis[0] * wing),
        ]
        brush.line([(a, b), neck], WIDTH + 4, self.theme.background, 0.5 * light)
        brush.line([(a, b), neck], WIDTH, color, light, DASH)
        brush.polygon(corners, color, light)

    def sign(self, state: AnatomyState) -> tuple[Sign | None, float]:
        """Its number with its light."""
        grown = state.solved(self.coordinate) if state.row == 0 else 1.0
        if self.ends(state) is None:
            return None, 0.0
        return self.signs.component(state.step, self.coordinate), grown * self.light(state)
