"""Signs on the field while a step is taken apart: where they stand, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine import Trajectory
from engine.formula import Name as Symbol
from engine.formula import notation, typst
from engine.formula.notation import Term
from scenes.lettering import Sprite
from scenes.parts.arrows import StepArrow
from scenes.parts.arrowwords import gradient_word, step_word
from scenes.parts.gradients import GradientArrow
from scenes.parts.measured import Measure
from scenes.parts.names import Names
from scenes.parts.pieces import Pieces, Setting
from scenes.parts.places import Point, cut, dense, lead, place_somewhere
from scenes.parts.sign import PAD_X, PAD_Y, TALL, Sign
from scenes.parts.track import FAR, Track
from scenes.parts.worksheet import Worksheet
from scenes.stage import SMALL, Box
from scenes.state import LINE, State

SIZE, SPACING, TOUCHING = 30.0, 8.0, 4.0
"""The last is how far from its mark the line from a sign ends."""


class Other:
    """Another run's steps in stage pixels, magnified like the steps that are taken apart."""

    def __init__(self, track: Track, run: Trajectory, label: str, arrow: StepArrow) -> None:
        self.track, self.run, self.label, self.arrow = track, run, label, arrow
        self.pixels = track.plot.at(np.clip(run.points, -FAR, FAR))

    def factor(self, step: int) -> int:
        """How many times the arrows of ``step`` (from 1) are longer than the steps."""
        return self.arrow.scales.steps.get(step - 1, 1)

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
        measure: Measure,
        arrows: Sequence[GradientArrow],
        step: StepArrow,
        other: Other | None = None,
    ) -> None:
        self.sheet, self.names, self.measure, self.arrow = sheet, names, measure, step
        self.arrows, self.other, self.field = tuple(arrows), other, measure.track.field
        self.setting = Setting(sheet.kit, self._sources(), sheet.colors)
        self._taken: dict[int, list[Box]] = {}
        self._covered: dict[int, NDArray[np.float64]] = {}
        self._components: dict[tuple[int, int, int], Sign | None] = {}
        self._gradients: dict[tuple[int, int], Sign | None] = {}
        self._quantities: dict[tuple[int, int], Sign | None] = {}
        self._steps: dict[int, Sign | None] = {}
        self._ghosts: dict[tuple[int, bool], Sign] = {}
        if other is not None:
            self._called(other.label)

    def _called(self, label: str) -> Sprite:
        """The name of the other run; a LongTextError where it has no room on the field."""
        return self.sheet.kit.block(label, SMALL, 0.45 * self.field.width)

    def _component_source(self, step: int, row: int, coordinate: int) -> str:
        """The component of the negative gradient that a row takes, with its number."""
        worked = self.sheet.worked[step][row][coordinate]
        target = worked.target
        letter = typst(target.body if isinstance(target, Term) else target)
        label = self.sheet.names[row].replace("_", "-")
        return f"{{{{ -{letter} = {worked.opposite} : {label} }}}}"

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
        measured = [
            self._component_source(step, arrow.row, coordinate)
            for step in self.sheet.steps
            for arrow in self.arrows
            for coordinate in (0, 1)
        ]
        letters = [self._quantity_source(row) for row in range(len(self.sheet.names))]
        return [*measured, *filter(None, letters)]

    def component(self, step: int, arrow: GradientArrow, coordinate: int) -> Sign | None:
        """The number at a component's tip in the step after ``step`` steps."""
        self._place(step)
        return self._components.get((step, arrow.row, coordinate))

    def gradient(self, step: int, row: int) -> Sign | None:
        """The words at the arrow of a gradient that is magnified."""
        self._place(step)
        return self._gradients.get((step, row))

    def quantity(self, step: int, row: int) -> Sign | None:
        """The letter at what a row gathers."""
        self._place(step)
        return self._quantities.get((step, row))

    def step(self, step: int) -> Sign | None:
        """The word at the step's arrow."""
        self._place(step)
        return self._steps.get(step)

    def ghost(self, step: int, magnified: bool) -> Sign | None:
        """The name at the other run's arrow, with its factor while it is ``magnified``."""
        self._place(step)
        return self._ghosts.get((step, magnified))

    def _place(self, step: int) -> None:
        """Find places for all signs of a step, once."""
        if step in self._taken or step + 1 not in self.sheet.steps:
            return
        full = State(LINE, step, gradient=1.0, leap=1.0)
        gradients, leap = [arrow.ends(full) for arrow in self.arrows], self.arrow.ends(full)
        tail, tips, other = self._tail(step), self._tips(step), self._other_ends(step, True)
        shown = [*gradients, leap, other, *((tail, tip) for tip in tips.values())]
        drawn = np.array([spot for ends in shown for spot in spots(ends)]).reshape(-1, 2)
        made = self.measure.track.pixels[: step + 1]
        way = self.other.pixels[: step + 1] if self.other else np.zeros((0, 2))
        self._covered[step] = np.concatenate(
            [drawn, dense(made, self.field), dense(way, self.field)]
        )
        self._taken[step] = [*self.names.taken, Box(*tail, *tail).grown(17)]
        for arrow, ends in zip(self.arrows, gradients, strict=True):
            if ends is not None:
                self._place_gradient(step, arrow, ends)
        if leap is not None:
            word = step_word(self.sheet.kit, self.arrow.scales.factors(full)[1])
            self._steps[step] = self._sign(step, word, [leap[1]])
        self._place_ghost(step)
        for row, tip in tips.items():
            letter = self._quantity_source(row)
            if letter is not None and self.measure.track.inside(tail):
                pieces = self.setting.pieces(letter, SIZE)
                self._quantities[step, row] = self._sign(step, pieces, _along(tail, tip))

    def _place_gradient(self, step: int, arrow: GradientArrow, ends: tuple[Point, Point]) -> None:
        """The numbers of a gradient's components and, where it is magnified, its name."""
        (a, b), (c, d) = ends
        for coordinate, tip in enumerate(((c, b), (a, d))):
            source = self._component_source(step + 1, arrow.row, coordinate)
            size = abs(c - a) if coordinate == 0 else abs(d - b)
            self._components[step, arrow.row, coordinate] = (
                self._sign(step, self.setting.pieces(source, SIZE), [tip]) if size >= 1 else None
            )
        factor = self.measure.scales.gradients.get(step, 1)
        if factor > 1:
            word = gradient_word(self.sheet.kit, [arrow.taken], factor)
            self._gradients[step, arrow.row] = self._sign(step, word, [(c, d)])

    def _place_ghost(self, step: int) -> None:
        """The name at the other run's arrow, while it is magnified and when it no longer is."""
        for magnified in (True, False):
            ends = self._other_ends(step, magnified)
            if ends is None or self.other is None:
                return
            factor = self.other.factor(step + 1)
            if factor == 1 and not magnified:
                self._ghosts[step, False] = self._ghosts[step, True]
                return
            label = self.other.label + (f" ×{factor}" if magnified and factor > 1 else "")
            word = self._called(label)
            (a, b), (c, d) = ends
            anchors = [(c, d), ((a + c) / 2, (b + d) / 2)]
            self._ghosts[step, magnified] = self._sign(step, word, anchors)

    def _tail(self, step: int) -> Point:
        x, y = self.measure.track.pixels[step].tolist()
        return x, y

    def _tips(self, step: int) -> dict[int, Point]:
        """Where the drawings of the rows' quantities end, inside the field."""
        tips, run, tail = {}, self.sheet.run, self._tail(step)
        for row, name in enumerate(self.sheet.names):
            if self._quantity_source(row) is not None:
                squares = run.optimizer.role(name) == "second"
                tip = self.measure.tip(step, run.terms[name][step], squares=squares)
                part = cut(tail, tip, self.field.grown(-8))
                tips[row] = part[1] if part else tail
        return tips

    def _other_ends(self, step: int, magnified: bool) -> tuple[Point, Point] | None:
        if self.other is None or step >= self.other.run.steps:
            return None
        return self.other.ends(step + 1, 1.0, self.other.factor(step + 1) if magnified else 1)

    def _sign(self, step: int, text: Pieces | Sprite, anchors: list[Point]) -> Sign:
        ink, field = text.ink, self.field
        size = (ink[2] - ink[0] + 2 * PAD_X, max(TALL, ink[3] - ink[1] + 2 * PAD_Y))
        taken, covered = self._taken[step], self._covered[step]
        box = place_somewhere(size, anchors, self._tail(step), field, taken, covered)
        line = lead(box, anchors, TOUCHING)
        self._taken[step] += [box, *along_lead(line)]
        return Sign(text, box, line, self.sheet.kit.theme.text)


def along_lead(line: tuple[Point, Point] | None) -> list[Box]:
    """Small boxes along the line from a sign to its mark, but for its end."""
    return [Box(x, y, x, y).grown(4) for x, y in spots(line)[:-2]]


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
