"""The step that is taken apart and the one beside it in numbers, with samples of their arrows."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from engine import Trajectory
from scenes.anatomy_state import LEAP, AnatomyState
from scenes.brush import Brush, Word
from scenes.canvas import Element
from scenes.kit import spelled
from scenes.lettering import Sprite
from scenes.parts.beside import Beside, ghost_arrow
from scenes.parts.figures import decimals_for, figure
from scenes.parts.panel import column_right
from scenes.stage import FIGURE, SMALL, Box
from scenes.state import HOLD, MOVE

ROW, SAMPLE, AIR, HEADING = 38.0, 54.0, 26.0, 34.0


class Steps(Element[AnatomyState]):
    """Both steps in numbers, a row each, with the samples of their arrows."""

    def __init__(self, beside: Beside, box: Box, own: Trajectory) -> None:
        """``box`` has room for the two rows and, on a stage without charts, for a heading."""
        self.beside, self.box, self.own = beside, box, own
        self.top = box.bottom - 2 * ROW
        self.kit = beside.kit
        self.color = self.kit.theme.roles["step"]
        self._rows: dict[int, list[tuple[Sprite, float, float]]] = {}
        self.names = [
            self.kit.fitted(label, SMALL, self._name_room(), color)
            for label, color in ((own.optimizer.title, self.color), (beside.label, beside.color))
        ]

    def _name_room(self) -> float:
        return column_right(self.kit, 0) - 130 - self.box.left - SAMPLE - AIR

    def _headings(self) -> list[tuple[Sprite, float, float]]:
        """The names of the columns, where no row of the rule has them above."""
        if self.kit.stage.charts:
            return []
        places = [column_right(self.kit, index) - 66 for index in range(2)]
        color = self.kit.theme.muted
        symbols = [self.kit.lettering.math(f"x_{index + 1}", 30, color, {}) for index in range(2)]
        return [(symbol, x, self.top - 12) for symbol, x in zip(symbols, places, strict=True)]

    def _row_words(self, step: int, number: int) -> list[tuple[Sprite, float, float]]:
        """Name and numbers of a row with their places."""
        key = 2 * step + number
        if key not in self._rows:
            self._rows[key] = self._set(step, number)
        return self._rows[key]

    def _set(self, step: int, number: int) -> list[tuple[Sprite, float, float]]:
        kit = self.kit
        run = self.beside.run if number else self.own
        baseline = self.top + ROW * number + 28
        color = self.beside.color if number else self.color
        name = self.names[number]
        way = run.points[step] - run.points[step - 1]
        every = np.concatenate([self.own.points, self.beside.run.points]).ravel()
        places = decimals_for(every.tolist())
        texts = [kit.text(figure(value, places), FIGURE, color) for value in way.tolist()]
        figures = [
            (text, column_right(kit, index) - text.ink[2], baseline)
            for index, text in enumerate(texts)
        ]
        headings = [] if number else self._headings()
        return [*headings, (name, self.box.left + SAMPLE + AIR - name.ink[0], baseline), *figures]

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
            y = self.top + ROW * number + 18
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
