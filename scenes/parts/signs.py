"""Signs on the field while a step is taken apart: where they stand, so that none covers another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine import Trajectory
from engine.formula import Name as Symbol
from engine.formula import notation, typst
from scenes.lettering import Sprite
from scenes.parts.arrows import StepArrow
from scenes.parts.measured import MeasuredArrow
from scenes.parts.names import Names
from scenes.parts.pieces import Pieces, Setting
from scenes.parts.places import Point, cut, dense, place
from scenes.parts.sign import PAD_X, PAD_Y, TALL, Sign
from scenes.parts.track import FAR, Track
from scenes.parts.worksheet import Worksheet
from scenes.stage import SMALL, Box
from scenes.state import LINE, State

SIZE, SPACING = 30.0, 8.0
GRID = tuple((i, j) for i in range(1, 5) for j in range(1, 5))
"""Further places, in fifths of the field, for when there is no room near a tip."""


class Other:
    """Another run's steps in stage pixels, magnified like the steps that are taken apart."""

    def __init__(self, track: Track, run: Trajectory, label: str, arrow: StepArrow) -> None:
        self.track, self.run, self.label, self.arrow = track, run, label, arrow
        self.pixels = track.plot.at(np.clip(run.points, -FAR, FAR))

    def factor(self, step: int) -> int:
        """How many times the arrows of ``step`` (from 1) are longer than the steps."""
        return self.arrow.factor(step - 1)

    def ends(self, step: int, grown: float, factor: float) -> tuple[Point, Point] | None:
        """Tail and tip of a step's arrow, None where it lies outside."""
        a, b = self.pixels[step - 1], self.pixels[step]
        tip = a + grown * factor * (b - a)
        return cut(a.tolist(), tip.tolist(), self.track.field.grown(-4))


class Signs:
    """The signs of every step that is taken apart, placed together."""

    def __init__(
        self,
        sheet: Worksheet,
        names: Names,
        gradient: MeasuredArrow,
        step: StepArrow,
        other: Other | None = None,
    ) -> None:
        self.sheet, self.names, self.gradient, self.arrow = sheet, names, gradient, step
        self.other = other
        self.setting = Setting(sheet.kit, self._sources(), sheet.colors)
        self._taken: dict[int, list[Box]] = {}
        self._covered: dict[int, NDArray[np.float64]] = {}
        self._components: dict[tuple[int, int], Sign | None] = {}
        self._quantities: dict[tuple[int, int], Sign | None] = {}
        self._steps: dict[int, Sign | None] = {}
        self._ghosts: dict[int, Sign] = {}

    def _component_source(self, step: int, coordinate: int) -> str:
        """The component of the negative gradient with its number."""
        text = self.sheet.worked[step][0][coordinate].opposite
        return f"{{{{ -g_({step} comma {coordinate + 1}) = {text} : g }}}}"

    def _quantity_source(self, row: int) -> str | None:
        """The letter of what a row works out, as it is drawn."""
        name = self.sheet.names[row]
        role = self.sheet.run.optimizer.role(name)
        letter = typst(notation(Symbol(name)))
        label = name.replace("_", "-")
        if role == "first":
            return f"{{{{ -{letter} : {label} }}}}"
        return f"{{{{ sqrt({letter}) : {label} }}}}" if role == "second" else None

    def _sources(self) -> list[str]:
        measured = [self._component_source(s, c) for s in self.sheet.steps for c in (0, 1)]
        letters = [self._quantity_source(row) for row in range(len(self.sheet.names))]
        return [*measured, *filter(None, letters)]

    def component(self, step: int, coordinate: int) -> Sign | None:
        """The number at a component's tip in the step after ``step`` steps."""
        self._place(step)
        return self._components.get((step, coordinate))

    def quantity(self, step: int, row: int) -> Sign | None:
        """The letter at what a row gathers."""
        self._place(step)
        return self._quantities.get((step, row))

    def step(self, step: int) -> Sign | None:
        """The word at the step's arrow."""
        self._place(step)
        return self._steps.get(step)

    def ghost(self, step: int) -> Sign | None:
        """The name at the other run's arrow."""
        self._place(step)
        return self._ghosts.get(step)

    def _place(self, step: int) -> None:
        """Find places for all signs of a step, once."""
        if step in self._taken or step + 1 not in self.sheet.steps:
            return
        field = self.gradient.track.field
        full = State(LINE, step, gradient=1.0, leap=1.0)
        gradient, leap = self.gradient.ends(full), self.arrow.ends(full)
        other = self._other_ends(step)
        tips = self._tips(step)
        arrows = [gradient, leap, other, *((self._tail(step), tip) for tip in tips.values())]
        drawn = np.array([spot for ends in arrows for spot in spots(ends)]).reshape(-1, 2)
        made = self.gradient.track.pixels[: step + 1]
        way = self.other.pixels[: step + 1] if self.other else np.zeros((0, 2))
        self._covered[step] = np.concatenate([drawn, dense(made, field), dense(way, field)])
        x, y = self.gradient.track.pixels[step].tolist()
        self._taken[step] = [*self.names.taken, Box(x, y, x, y).grown(17)]
        if gradient is None:
            return
        (a, b), (c, d) = gradient
        for coordinate, tip in enumerate(((c, b), (a, d))):
            source = self._component_source(step + 1, coordinate)
            size = abs(c - a) if coordinate == 0 else abs(d - b)
            self._components[step, coordinate] = (
                self._sign(step, self.setting.pieces(source, SIZE), [tip], field)
                if size >= 1
                else None
            )
        self._steps[step] = self._step_sign(step, leap, field)
        if other is not None and self.other is not None:
            word = self.sheet.kit.fitted(self.other.label, SMALL, 0.45 * field.width)
            (a1, b1), (c1, d1) = other
            anchors = [(c1, d1), ((a1 + c1) / 2, (b1 + d1) / 2)]
            self._ghosts[step] = self._sign(step, word, anchors, field)
        for row in tips:
            letter = self._quantity_source(row)
            if letter is not None:
                pieces = self.setting.pieces(letter, SIZE)
                self._quantities[step, row] = self._sign(
                    step, pieces, _along((a, b), tips[row]), field
                )

    def _tail(self, step: int) -> Point:
        x, y = self.gradient.track.pixels[step].tolist()
        return x, y

    def _tips(self, step: int) -> dict[int, Point]:
        """Where the drawings of the rows' quantities end, inside the field."""
        tips, run, tail = {}, self.sheet.run, self._tail(step)
        for row, name in enumerate(self.sheet.names):
            if self._quantity_source(row) is not None:
                squares = run.optimizer.role(name) == "second"
                tip = self.gradient.tip(step, run.terms[name][step], squares=squares)
                part = cut(tail, tip, self.gradient.track.field.grown(-8))
                tips[row] = part[1] if part else tail
        return tips

    def _other_ends(self, step: int) -> tuple[Point, Point] | None:
        if self.other is None or step >= self.other.run.steps:
            return None
        return self.other.ends(step + 1, 1.0, self.other.factor(step + 1))

    def _step_sign(self, step: int, leap: tuple[Point, Point] | None, field: Box) -> Sign | None:
        if leap is None:
            return None
        kit, factor = self.sheet.kit, self.arrow.factor(step)
        word = kit.words["step"]
        if factor != 1:
            word = kit.words["step_magnified"].format(factor=factor)
        sprite = kit.text(word, SMALL, kit.theme.roles["step"])
        return self._sign(step, sprite, [leap[1]], field)

    def _sign(self, step: int, text: Pieces | Sprite, anchors: list[Point], field: Box) -> Sign:
        ink = text.ink
        size = (ink[2] - ink[0] + 2 * PAD_X, max(TALL, ink[3] - ink[1] + 2 * PAD_Y))
        inside, taken, covered = field.grown(-6), self._taken[step], self._covered[step]
        box = place(size, anchors, 16, inside, taken, covered)
        if not inside.holds(box) or any(box.meets(other) for other in taken):
            (x, y), wide, tall = self._tail(step), field.width / 5, field.height / 5
            grid = [(field.left + i * wide, field.top + j * tall) for i, j in GRID]
            near = sorted(grid, key=lambda at: abs(at[0] - x) + abs(at[1] - y))
            box = place(size, [*anchors, *near], 16, inside, taken, covered)
        self._taken[step].append(box)
        return Sign(text, box)


def _along(tail: Point, tip: Point) -> list[Point]:
    """The end of a drawing and places on the way to it."""
    (a, b), (c, d) = tail, tip
    return [(a + share * (c - a), b + share * (d - b)) for share in (1.0, 0.75, 0.5)]


def spots(ends: tuple[Point, Point] | None) -> list[Point]:
    """Points along an arrow."""
    if ends is None:
        return []
    (a, b), (c, d) = ends
    count = max(2, int(np.hypot(c - a, d - b) / SPACING))
    return [(float(x), float(y)) for x, y in np.linspace((a, b), (c, d), count)]
