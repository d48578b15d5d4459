"""The gradient measured: its components along the axes, each with its number."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from scenes.anatomy_state import LEAP, AnatomyState
from scenes.brush import Brush
from scenes.canvas import Element
from scenes.clock import smooth
from scenes.parts.gradients import GradientArrow
from scenes.parts.marks import arrow_box
from scenes.parts.places import Point, cut
from scenes.parts.sign import Sign
from scenes.parts.signs import Signs
from scenes.stage import Box
from scenes.state import GRADIENT, LINE, State

WIDTH, DASH, HEAD = 4.0, (9.0, 6.0), 13.0


class Component(Element[AnatomyState]):
    """One component of a negative gradient, from where it is taken along an axis; its number stands
    at its tip. It goes when another gradient is taken, or when the step comes.
    """

    def __init__(self, arrow: GradientArrow, signs: Signs, coordinate: int) -> None:
        self.arrow, self.signs, self.coordinate = arrow, signs, coordinate
        self.track, self.theme = arrow.track, arrow.track.kit.theme
        later = [each.row for each in signs.arrows if each.row > arrow.row]
        self.until = min(later, default=None)

    def light(self, state: AnatomyState) -> float:
        """How bright it is."""
        if state.kind == LEAP:
            return 0.0 if self.until is not None else 1 - smooth(state.leap * 1.5)
        if state.kind not in (GRADIENT, LINE) or state.row is None or state.row < self.arrow.row:
            return 0.0
        if self.until is None or state.row < self.until:
            return 1.0
        return 1 - state.turn if state.row == self.until else 0.0

    def ends(self, state: AnatomyState) -> tuple[Point, Point] | None:
        """Tail and tip, None where there is none to see."""
        grown = state.flight(self.coordinate) if state.row == self.arrow.row else 1.0
        if self.light(state) <= 0 or grown <= 0:
            return None
        whole = self.whole(state.step)
        if whole is None:
            return None
        (a, b), (c, d) = whole
        return (a, b), (a + grown * (c - a), b + grown * (d - b))

    def whole(self, step: int) -> tuple[Point, Point] | None:
        """The full component in the step after ``step`` steps, cut at the field's border."""
        full = self.arrow.whole(State(LINE, step, gradient=1.0))
        if full is None or not self.track.inside(full[0]):
            return None
        (a, b), (c, d) = full
        tip = (c, b) if self.coordinate == 0 else (a, d)
        if max(abs(tip[0] - a), abs(tip[1] - b)) < 1:
            return None
        part = cut((a, b), tip, self.track.field.grown(-4))
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
        grown = state.solved(self.coordinate) if state.row == self.arrow.row else 1.0
        if self.ends(state) is None:
            return None, 0.0
        sign = self.signs.component(state.step, self.arrow, self.coordinate)
        return sign, grown * self.light(state)
