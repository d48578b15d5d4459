"""A run beside the one that is taken apart: its path, its step, and both steps in numbers."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from engine import Trajectory
from scenes.brush import Brush, Word
from scenes.canvas import Element
from scenes.kinds.anatomy_clock import LEAP, AnatomyState
from scenes.kit import Kit, spelled, within
from scenes.lettering import Sprite
from scenes.parts.arrows import StepArrow
from scenes.parts.figures import decimals_for, figure
from scenes.parts.marks import Track, arrow_box
from scenes.parts.panel import column_right
from scenes.parts.places import Point, cut
from scenes.stage import FIGURE, SMALL, TEXT_LEAST, Box
from scenes.state import HOLD, MOVE

DASH, WIDTH, HEAD = (10.0, 7.0), 4.0, 16.0
ROW, SAMPLE = 38.0, 54.0


class Beside:
    """The other run's points in stage pixels, and its name."""

    def __init__(
        self, kit: Kit, track: Track, run: Trajectory, label: str, step: StepArrow
    ) -> None:
        self.kit, self.track, self.run, self.label, self.arrow = kit, track, run, label, step
        self.pixels = track.plot.at(run.points)
        self.color = kit.theme.text

    def step_of(self, state: AnatomyState) -> int | None:
        """The step that is compared (from 1), None where there is none or the run has ended."""
        step = state.step if state.kind == HOLD else state.taken_apart
        if step is None or step > self.run.steps or step < 1 or state.beside <= 0:
            return None
        return step


class GhostStep(Element[AnatomyState]):
    """The other run's step as a dashed arrow with an open head, and its way until then."""

    def __init__(self, beside: Beside) -> None:
        self.beside, self.track = beside, beside.track

    def ends(self, state: AnatomyState) -> tuple[Point, Point] | None:
        """Tail and tip, None where there is none to see."""
        step = self.beside.step_of(state)
        if step is None:
            return None
        a, b = self.beside.pixels[step - 1], self.beside.pixels[step]
        times = state.beside * (1 if state.kind == HOLD else self.beside.arrow.factor(step - 1))
        return cut(a.tolist(), (a + times * (b - a)).tolist(), self.track.field.grown(-4))

    def key(self, state: AnatomyState) -> Hashable:
        return self.ends(state)

    def reach(self, state: AnatomyState) -> Box | None:
        ends = self.ends(state)
        if ends is None:
            return None
        step = self.beside.step_of(state) or 1
        box = arrow_box(*ends)
        field = self.track.field
        low, high = (field.left, field.top), (field.right, field.bottom)
        for x, y in np.clip(self.beside.pixels[:step], low, high).tolist():
            box = box.joined(Box(x, y, x, y).grown(8))
        return box

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        ends, step = self.ends(state), self.beside.step_of(state)
        if ends is None or step is None:
            return
        theme = self.beside.kit.theme
        with within(brush, self.track.field):
            brush.line(self.beside.pixels[:step], 3, theme.background, 0.5)
            brush.line(self.beside.pixels[:step], 2.5, self.beside.color, 0.8, DASH)
            for x, y in self.beside.pixels[1:step].tolist():
                brush.disc(x, y, 5, self.beside.color)
                brush.disc(x, y, 2.5, theme.background)
        ghost_arrow(brush, *ends, self.beside.color, theme.background)


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


class Steps(Element[AnatomyState]):
    """Both steps in numbers, a row each, with the samples of their arrows."""

    def __init__(self, beside: Beside, box: Box, own: Trajectory) -> None:
        self.beside, self.box, self.own = beside, box, own
        self.kit = beside.kit
        self.color = self.kit.theme.roles["step"]
        self._rows: dict[int, list[tuple[Sprite, float, float]]] = {}

    def _row_words(self, step: int, number: int) -> list[tuple[Sprite, float, float]]:
        """Name and numbers of a row with their places."""
        key = 2 * step + number
        if key not in self._rows:
            self._rows[key] = self._set(step, number)
        return self._rows[key]

    def _set(self, step: int, number: int) -> list[tuple[Sprite, float, float]]:
        kit = self.kit
        run = self.beside.run if number else self.own
        baseline = self.box.top + ROW * number + 28
        color = self.beside.color if number else self.color
        room = column_right(kit, 0) - 130 - self.box.left - SAMPLE - 14
        label = self.beside.label if number else run.optimizer.title
        name = kit.text(label, SMALL, color)
        if name.width > room:
            name = kit.text(label, max(SMALL * room / name.width - 0.2, TEXT_LEAST), color)
        way = run.points[step] - run.points[step - 1]
        every = np.concatenate([self.own.points, self.beside.run.points]).ravel()
        places = decimals_for(every.tolist())
        texts = [kit.text(figure(value, places), FIGURE, color) for value in way.tolist()]
        figures = [
            (text, column_right(kit, index) - text.ink[2], baseline)
            for index, text in enumerate(texts)
        ]
        return [(name, self.box.left + SAMPLE + 14 - name.ink[0], baseline), *figures]

    def look(self, state: AnatomyState) -> tuple[int, float, float] | None:
        """The step, and the light of the two rows."""
        step = state.step if state.kind == HOLD else state.taken_apart
        if step is None or state.kind not in (LEAP, MOVE, HOLD) or not 1 <= step <= self.own.steps:
            return None
        own = 1.0 if state.kind != LEAP else state.leap
        return step, own, state.beside if step <= self.beside.run.steps else 0.0

    def key(self, state: AnatomyState) -> Hashable:
        return self.look(state)

    def reach(self, state: AnatomyState) -> Box | None:
        return self.box if self.look(state) else None

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        look = self.look(state)
        if look is None:
            return
        step, *lights = look
        under = self.kit.theme.background
        for number, light in enumerate(lights):
            if light <= 0:
                continue
            y = self.box.top + ROW * number + 18
            tail, tip = (self.box.left + 10, y), (self.box.left + 10 + SAMPLE * light, y)
            if number:
                ghost_arrow(brush, tail, tip, self.beside.color, under)
            else:
                brush.line([tail, tip], 5, self.color)
                head = [(tip[0], y), (tip[0] - 16, y - 8), (tip[0] - 16, y + 8)]
                brush.polygon(head, self.color)
            for sprite, x, baseline in self._row_words(step, number):
                brush.sprite(sprite, x, baseline, light)

    def words(self, state: AnatomyState) -> list[Word]:
        look = self.look(state)
        if look is None:
            return []
        step, *lights = look
        return [
            spelled(*word)
            for number, light in enumerate(lights)
            if light > 0
            for word in self._row_words(step, number)
        ]
