"""A run beside the one that is taken apart: its path, and its step as a ghost of an arrow."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray

from engine import Trajectory
from scenes.anatomy_state import AnatomyState
from scenes.brush import Brush
from scenes.canvas import Element
from scenes.kit import Kit, within
from scenes.parts.arrows import StepArrow
from scenes.parts.marks import arrow_box
from scenes.parts.places import Point, along, gone
from scenes.parts.places import within as places_within
from scenes.parts.sign import Sign
from scenes.parts.signs import Other, Signs
from scenes.parts.strokes import pieces
from scenes.parts.track import Track
from scenes.stage import Box
from scenes.state import HOLD

DASH, WIDTH, HEAD = (10.0, 7.0), 4.0, 16.0


class Beside(Other):
    """The other run as it is drawn; its first step is shown with step ``first``."""

    def __init__(
        self, kit: Kit, track: Track, run: Trajectory, label: str, arrow: StepArrow, first: int
    ) -> None:
        super().__init__(track, run, label, arrow)
        self.kit, self.first = kit, first
        self.color = kit.theme.text

    def step_of(self, state: AnatomyState) -> int | None:
        """The step that is compared (from 1), None where there is none or the run has ended."""
        step = state.step if state.kind == HOLD else state.taken_apart
        if step is None or step > self.run.steps or step < 1 or state.beside <= 0:
            return None
        return step


class GhostPath(Element[AnatomyState]):
    """The other run's way so far, as soon as its first step has been compared."""

    def __init__(self, beside: Beside) -> None:
        self.beside, self.field = beside, beside.track.field
        self.gone = gone(places_within(beside.pixels, self.field), len(beside.pixels))

    def place(self, state: AnatomyState) -> float | None:
        """The steps of its own that it has come, as many as the run taken apart; None for none."""
        if state.step < self.beside.first and self.beside.step_of(state) is None:
            return None
        return min(state.step + state.moving, len(self.beside.pixels) - 1, self.gone)

    def points(self, state: AnatomyState) -> NDArray[np.float64]:
        """The points that it joins, (n, 2); the last one is on its way."""
        place = self.place(state)
        if place is None:
            return np.zeros((0, 2))
        made, last = self.beside.pixels[: int(place) + 1], along(self.beside.pixels, place)
        return made if place == int(place) else np.concatenate([made, [last]])

    def key(self, state: AnatomyState) -> Hashable:
        return self.place(state)

    def reach(self, state: AnatomyState) -> Box | None:
        points = self.points(state)
        if not len(points):
            return None
        field = self.field
        shown = np.clip(points, (field.left, field.top), (field.right, field.bottom))
        return Box(*shown.min(axis=0).tolist(), *shown.max(axis=0).tolist()).grown(9)

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        points, theme = self.points(state), self.beside.kit.theme
        if not len(points):
            return
        lines = pieces(points, self.field)
        with within(brush, self.field):
            for line in lines:
                brush.line(line, 5, theme.background, 0.5)
            for line in lines:
                brush.line(line, 2.5, self.beside.color, 0.9, DASH)
            seen = places_within(points, self.field.grown(9))
            for x, y in points[[at for at in seen if at]].tolist():
                brush.disc(x, y, 7, self.beside.color)
                brush.disc(x, y, 3.5, theme.background)


class GhostStep(Element[AnatomyState]):
    """The other run's step as a dashed arrow with an open head, and its name at the tip."""

    def __init__(self, beside: Beside, signs: Signs) -> None:
        self.beside, self.signs, self.track = beside, signs, beside.track

    def ends(self, state: AnatomyState) -> tuple[Point, Point] | None:
        """Tail and tip, None where there is none to see."""
        step = self.beside.step_of(state)
        if step is None:
            return None
        factor = 1 if state.kind == HOLD else self.beside.factor(step)
        return self.beside.ends(step, state.beside, factor)

    def sign(self, state: AnatomyState) -> tuple[Sign | None, float]:
        """Its name with its light."""
        step = self.beside.step_of(state)
        if step is None or self.ends(state) is None:
            return None, 0.0
        return self.signs.ghost(step - 1, state.kind != HOLD), state.beside

    def key(self, state: AnatomyState) -> Hashable:
        return self.ends(state)

    def reach(self, state: AnatomyState) -> Box | None:
        ends = self.ends(state)
        return arrow_box(*ends) if ends else None

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        ends = self.ends(state)
        if ends is not None:
            ghost_arrow(brush, *ends, self.beside.color, self.beside.kit.theme.background)


def ghost_arrow(brush: Brush, tail: Point, tip: Point, color: str, under: str) -> None:
    """A dashed arrow with an open head."""
    (a, b), (c, d) = tail, tip
    length = float(np.hypot(c - a, d - b))
    if length < 2:
        return
    u, v = (c - a) / length, (d - b) / length
    head = min(HEAD, 0.6 * length)
    wings = [
        (c - u * head - v * head * 0.55, d - v * head + u * head * 0.55),
        (c, d),
        (c - u * head + v * head * 0.55, d - v * head - u * head * 0.55),
    ]
    for width, paint, alpha, dash in ((WIDTH + 4, under, 0.6, ()), (WIDTH, color, 1.0, DASH)):
        brush.line([tail, tip], width, paint, alpha, dash)
    brush.line(wings, WIDTH + 3, under, 0.6)
    brush.line(wings, WIDTH, color)
