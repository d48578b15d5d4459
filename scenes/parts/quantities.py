"""What the lines gather, drawn at the point: averages of gradients as arrows, of squares as areas.

Arrows and areas have the scale of the gradients' arrows, so that they can be compared: the sides
of an area are the roots of the quantity's two numbers.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenes.anatomy_state import LEAP, AnatomyState
from scenes.brush import Brush
from scenes.canvas import Element
from scenes.clock import smooth
from scenes.kit import within
from scenes.parts.marks import arrow, arrow_box, reaching
from scenes.parts.measured import Measure
from scenes.parts.places import Point, cut
from scenes.parts.sign import Sign
from scenes.parts.signs import Signs
from scenes.parts.strokes import BEYOND
from scenes.parts.worksheet import Worksheet
from scenes.stage import Box
from scenes.state import LINE, MOVE

Array = NDArray[np.float64]
ARROWS, AREAS = ("first",), ("second",)


@dataclass(frozen=True)
class Look:
    """A quantity at a moment: its row, its numbers on the way to their new values, its light."""

    row: int
    values: tuple[float, float]
    light: float


class Quantity(Element[AnatomyState]):
    """The quantity that the lines of one role work out; each of them changes the same drawing."""

    def __init__(self, sheet: Worksheet, measure: Measure, signs: Signs, role: str) -> None:
        self.sheet, self.measure, self.signs, self.role = sheet, measure, signs, role
        self.track, self.theme = measure.track, sheet.kit.theme
        optimizer = sheet.run.optimizer
        self.own = [row for row, name in enumerate(sheet.names) if optimizer.role(name) == role]

    def _value(self, row: int, step: int) -> Array:
        """What a row worked out in a step (from 1)."""
        return np.asarray(self.sheet.run.terms[self.sheet.names[row]][step - 1])

    def _before(self, row: int, step: int) -> Array:
        """From what the row's drawing starts: the role's row above, else its own last number."""
        above = [other for other in self.own if other < row]
        if above:
            return self._value(above[-1], step)
        if step > 1:
            return self._value(row, step - 1)
        first = self.sheet.run.initial_values(self.sheet.names[row])
        return np.zeros(2) if first is None else first

    def look(self, state: AnatomyState) -> Look | None:
        """What is drawn, None where nothing is."""
        step = state.taken_apart
        if step is None:
            return None
        if state.kind in (LEAP, MOVE):
            light = 1 - smooth(state.moving * 2)
            first, second = self._value(self.own[-1], step).tolist()
            return Look(self.own[-1], (first, second), light) if light > 0 else None
        acted = [row for row in self.own if state.row is not None and row <= state.row]
        if not acted:
            return None
        row = acted[-1]
        new = self._value(row, step)
        if row != state.row:
            first, second = new.tolist()
            return Look(row, (first, second), 1.0)
        old = self._before(row, step)
        shares = np.array([state.solved(0), state.solved(1)])
        first, second = (old + shares * (new - old)).tolist()
        return Look(row, (first, second), state.turn if row == self.own[0] else 1.0)

    def key(self, state: AnatomyState) -> Hashable:
        look = self.look(state)
        return look and (state.step, look)

    def _tail(self, state: AnatomyState) -> Point:
        a, b = self.track.pixels[state.step]
        return float(a), float(b)

    def sign(self, state: AnatomyState) -> tuple[Sign | None, float]:
        """Its letter with its light."""
        look = self.look(state)
        if look is None or self.reach(state) is None:
            return None, 0.0
        acting = state.kind == LINE and look.row == state.row
        light = look.light * (state.solved(1) if acting else 1.0)
        return self.signs.quantity(state.step, look.row), light


class Gathered(Quantity):
    """An average or sum of gradients, as an arrow against it."""

    def _tip(self, state: AnatomyState, look: Look) -> Point:
        return self.measure.tip(state.step, np.array(look.values), squares=False)

    def ends(self, state: AnatomyState) -> tuple[Point, Point] | None:
        """Tail and tip, None where there is none to see."""
        look = self.look(state)
        tail = self._tail(state)
        if look is None or not self.track.inside(tail):
            return None
        tip = self._tip(state, look)
        if max(abs(tip[0] - tail[0]), abs(tip[1] - tail[1])) < 3:
            return None
        part = cut(tail, tip, self.track.field.grown(-4))
        return None if part is None else (tail, part[1])

    def reach(self, state: AnatomyState) -> Box | None:
        ends = self.ends(state)
        return arrow_box(*ends) if ends else None

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        ends, look = self.ends(state), self.look(state)
        if ends is None or look is None:
            return
        tip, field = self._tip(state, look), self.track.field
        brush.context.push_group()
        with within(brush, field):
            shown = reaching(ends[0], tip, field)
            arrow(brush, ends[0], shown, self.theme.roles[self.role], self.theme.background)
        brush.context.pop_group_to_source()
        brush.context.paint_with_alpha(look.light)


class Spread(Quantity):
    """An average or sum of squares, as the area whose sides are the roots of its numbers."""

    def area(self, state: AnatomyState) -> Box | None:
        """The area as far as it is seen, towards the side to which the point is drawn."""
        look = self.look(state)
        tail = self._tail(state)
        if look is None or not self.track.inside(tail) or min(look.values) < 0:
            return None
        room = self.track.field.grown(BEYOND)
        x, y = self.measure.tip(state.step, np.array(look.values), squares=True)
        tip = min(max(x, room.left), room.right), min(max(y, room.top), room.bottom)
        left, right = sorted((tail[0], tip[0]))
        top, bottom = sorted((tail[1], tip[1]))
        return Box(left, top, right, bottom)

    def reach(self, state: AnatomyState) -> Box | None:
        area = self.area(state)
        if area is None:
            return None
        field = self.track.field
        box = Box(
            max(area.left, field.left),
            max(area.top, field.top),
            min(area.right, field.right),
            min(area.bottom, field.bottom),
        )
        return box.grown(4)

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        area, look = self.area(state), self.look(state)
        if area is None or look is None:
            return
        color = self.theme.roles[self.role]
        corners = [
            (area.left, area.top),
            (area.right, area.top),
            (area.right, area.bottom),
            (area.left, area.bottom),
        ]
        with within(brush, self.track.field):
            brush.polygon(corners, color, 0.26 * look.light)
            brush.line([*corners, corners[0]], 5, self.theme.background, 0.5 * look.light)
            brush.line([*corners, corners[0]], 2.5, color, look.light, (3.0, 5.0))
