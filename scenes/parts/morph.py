"""The path and the loss curve of a sweep: whole runs that change with the value."""

from __future__ import annotations

import math
from collections.abc import Hashable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scenes.canvas import Brush, Element, Shown, Word
from scenes.kit import Kit, within
from scenes.parts.charts import LossAxes, Scale
from scenes.parts.family import Family, pixels_of
from scenes.parts.figures import LONG, WIDTH, column, counter
from scenes.parts.marks import DOT, OUTLINE, PATH_WIDTH
from scenes.parts.names import Name, name_size
from scenes.parts.places import Point, cut, gone, leaving
from scenes.parts.places import within as places_within
from scenes.parts.relief import Plot
from scenes.parts.strokes import pieces, trace
from scenes.parts.track import DOT_GAP
from scenes.stage import SMALL, Box
from scenes.sweep_state import SweepState
from scenes.words import steps_made

END, TIP, ASIDE = 11.0, 26.0, 40.0
CURVE, HEAD = 4.0, 8.0


class WholePath(Element[SweepState]):
    """The path of the value's run, from start to end, with its end marked."""

    def __init__(self, kit: Kit, family: Family, plot: Plot) -> None:
        self.kit, self.family, self.plot = kit, family, plot
        self.field = plot.box
        self.outside = kit.text(kit.words["outside"], SMALL, kit.theme.roles["point"])
        self._pixels = lru_cache(maxsize=4)(self._path)
        self._leaving = lru_cache(maxsize=4)(self._leaves)

    def _path(self, value: float) -> NDArray[np.float64]:
        return pixels_of(self.plot.at(self.family.run(value).points))

    def _leaves(self, value: float) -> tuple[Point, Point] | None:
        """Where the path leaves the picture for good, and in which direction."""
        pixels = self._pixels(value)
        inside, room = places_within(pixels, self.field), self.field.grown(-4)
        return leaving(pixels, inside, room, self._gone(value))

    def _gone(self, value: float) -> int:
        """The number of the point with which the path leaves the picture for good."""
        pixels = self._pixels(value)
        return gone(places_within(pixels, self.field), len(pixels))

    def _name(self, tip: Point, way: Point) -> Name:
        """The word beside the place where the path leaves, not on the line."""
        width, height = name_size(self.outside)
        room = self.field.grown(-ASIDE / 2)
        aside, down = (width / 2 + TIP, 0.0) if abs(way[1]) > abs(way[0]) else (0.0, ASIDE)
        x, y = tip[0] + aside, tip[1] + down
        x = x if x + width / 2 <= room.right else tip[0] - aside
        y = y if y + height / 2 <= room.bottom else tip[1] - down
        x = min(max(x, room.left + width / 2), room.right - width / 2)
        y = min(max(y, room.top + height / 2), room.bottom - height / 2)
        return Name(self.outside, Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2))

    def key(self, state: SweepState) -> Hashable:
        return state.value, state.reveal

    def reach(self, state: SweepState) -> Box | None:
        pixels = self._pixels(state.value)
        field = self.field
        x = np.clip(pixels[:, 0], field.left, field.right)
        y = np.clip(pixels[:, 1], field.top, field.bottom)
        box = Box(float(x.min()), float(y.min()), float(x.max()), float(y.max())).grown(END + 6)
        leaving = self._leaving(state.value)
        return box.joined(self._name(*leaving).box).grown(TIP) if leaving else box

    def paint(self, brush: Brush, state: SweepState) -> None:
        theme, pixels = self.kit.theme, self._pixels(state.value)
        color = theme.roles["point"]
        shown = pixels[: min(grown(state, len(pixels)), self._gone(state.value) + 1)]
        with within(brush, self.field):
            lines = pieces(shown, self.field)
            trace(brush, lines, PATH_WIDTH + 2 * OUTLINE, theme.background, 0.55)
            trace(brush, lines, PATH_WIDTH, color)
            x, y = pixels[0]
            for u, v in shown[_inside(self.field.grown(DOT), shown)].tolist():
                if math.hypot(u - x, v - y) >= DOT_GAP:
                    brush.disc(u, v, DOT, color)
                    x, y = u, v
        leaving = self._leaving(state.value)
        if leaving is None:
            x, y = (float(number) for number in shown[-1])
            with within(brush, self.field.grown(3)):
                brush.disc(x, y, END + 4, theme.background, 0.75)
                brush.disc(x, y, END, color)
                brush.disc(x, y, END * 0.38, theme.background)
        elif state.reveal >= 1:
            tip, way = leaving
            pointer(brush, tip, way, color, theme.background)
            self._name(tip, way).paint(brush, theme.background)

    def words(self, state: SweepState) -> list[Word]:
        leaving = self._leaving(state.value)
        return [self._name(*leaving).word] if leaving and state.reveal >= 1 else []


class WholeCurve(Element[SweepState]):
    """The losses of the value's run on axes that stay; the number after the last step above."""

    def __init__(self, kit: Kit, family: Family, box: Box) -> None:
        self.kit, self.family = kit, family
        steps = family.shot.run.steps
        losses = np.concatenate([run.losses for run in family.steady])
        self.axes = LossAxes(kit, box, Scale(losses), steps)
        self.plot = self.axes.plot
        self.outside = Box(
            self.plot.left - 12,
            self.plot.top - TIP - 4,
            self.plot.right + 12,
            self.plot.bottom + 12,
        )

    def points(self, value: float) -> NDArray[np.float64]:
        """The curve (T + 1, 2) in stage pixels; what lies off the axes lies outside the plot."""
        return self.axes.points(self.family.run(value).losses)

    def _exit(self, points: NDArray[np.float64]) -> tuple[Point, float] | None:
        """Where the curve first leaves its axes, and whether up (-1) or down (1)."""
        above, below = points[:, 1] < self.plot.top, points[:, 1] > self.plot.bottom
        leaves = np.flatnonzero((above | below)[1:] & ~(above | below)[:-1])
        if not len(leaves):
            return None
        index = int(leaves[0])
        part = cut(points[index], points[index + 1], self.plot)
        return None if part is None else (part[1], -1.0 if above[index + 1] else 1.0)

    def key(self, state: SweepState) -> Hashable:
        return state.value, state.reveal

    def reach(self, state: SweepState) -> Box | None:
        return self.outside

    def paint(self, brush: Brush, state: SweepState) -> None:
        theme, points, plot = self.kit.theme, self.points(state.value), self.plot
        points = points[: grown(state, len(points))]
        color, exit_ = theme.roles["point"], self._exit(points)
        with within(brush, plot if exit_ else plot.grown(2)):
            trace(brush, pieces(points, plot), CURVE, color)
        if exit_ is not None:
            (x, y), way = exit_
            pointer(brush, (x, y + way * TIP * 0.5), (0.0, way), color, theme.background)
        x, y = (float(number) for number in points[-1])
        if plot.grown(1).left <= x and plot.top - 1 <= y <= plot.bottom + 1:
            brush.disc(x, y, HEAD, color)


class FinalLoss(Element[SweepState]):
    """The loss after the last step, in words and digits."""

    def __init__(self, kit: Kit, family: Family, right: float, baseline: float) -> None:
        self.kit, self.family = kit, family
        self.right, self.baseline = right, baseline
        losses = [loss for run in family.steady for loss in run.losses.tolist()]
        self.written = column(losses, counter, LONG)
        room = max(WIDTH, *(len(self.written(loss)) for loss in losses))
        steps = steps_made(family.shot.run.steps, kit.spec.language)
        words = kit.words["sweep_final"].format(steps=steps)
        self.word = kit.text(words, SMALL, kit.theme.muted)
        self.x = right - room * kit.figures.advance / kit.scale - 14 - self.word.ink[2]

    def text(self, state: SweepState) -> str:
        """The digits."""
        run = self.family.run(state.value)
        return "\u2013" if run.stopped else self.written(float(run.losses[-1]))

    def key(self, state: SweepState) -> Hashable:
        return self.text(state)

    def reach(self, state: SweepState) -> Box | None:
        return Box(self.x - 2, self.baseline - 30, self.right + 2, self.baseline + 10)

    def paint(self, brush: Brush, state: SweepState) -> None:
        brush.sprite(self.word, self.x, self.baseline)
        color = self.kit.theme.text
        brush.figures(self.text(state), self.kit.figures, self.right, self.baseline, color)

    def words(self, state: SweepState) -> list[Word]:
        ink = self.word.ink
        box = Box(self.x + ink[0], self.baseline + ink[1], self.x + ink[2], self.baseline + ink[3])
        label = Word(box, self.word.size, self.word.text)
        return [label, self.kit.counted(self.text(state), self.right, self.baseline)]

    def numbers(self, state: SweepState) -> list[Shown]:
        run = self.family.run(state.value)
        return [Shown(self.text(state), run, "final loss", run.steps)]


def grown(state: SweepState, count: int) -> int:
    """How many of ``count`` points the introduction has shown."""
    return 1 + math.ceil(state.reveal * (count - 1))


def pointer(brush: Brush, tip: Point, way: Point, color: str, under: str) -> None:
    """A triangle at ``tip`` that points along ``way``."""
    (x, y), (u, v) = tip, way
    corners = [
        (x, y),
        (x - TIP * u - 15 * v, y - TIP * v + 15 * u),
        (x - TIP * u + 15 * v, y - TIP * v - 15 * u),
    ]
    brush.line([*corners, corners[0]], 5, under, 0.7)
    brush.polygon(corners, color)


def _inside(field: Box, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the points (n, 2) lie in ``field``."""
    x, y = points[:, 0], points[:, 1]
    across = (field.left <= x) & (x <= field.right)
    return np.asarray(across & (field.top <= y) & (y <= field.bottom))
