"""The effective step as bars, and the loss curve with its playhead."""

from __future__ import annotations

import math
from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray

from scenes.canvas import Brush, Element, Shown, Word
from scenes.kit import Kit
from scenes.parts.figures import figure, ticks
from scenes.parts.readings import Readings
from scenes.parts.scenery import tick_text
from scenes.stage import SMALL, Box
from scenes.state import State

BAR_LEFT, BAR_RIGHT, BAR_HEIGHT = 58.0, 170.0, 24.0
LOG_FROM, LEAST_SHARE = 100.0, 1e-12
DIM = 0.6


class Scale:
    """Numbers to 0..1: evenly, or by their logarithm where they span more than a hundredfold."""

    def __init__(self, values: NDArray[np.float64], *, from_zero: bool) -> None:
        finite = values[np.isfinite(values)]
        top = float(finite.max(initial=0.0))
        positive = finite[finite > 0]
        least = float(positive.min(initial=top if top > 0 else 1.0))
        self.log = bool(finite.size and finite.min() >= 0 and top > LOG_FROM * least)
        self.low: float
        self.high: float
        if self.log:
            anchor = next((float(v) for v in finite.ravel() if v > 0), top)
            self.low = math.floor(math.log10(max(least, anchor * LEAST_SHARE)))
            self.high = max(math.ceil(math.log10(top)), self.low + 1)
        else:
            low = float(finite.min(initial=0.0))
            self.low = min(low, 0.0) if from_zero or low > 0 else low
            self.high = top if top > self.low else self.low + 1

    def __call__(self, value: float) -> float:
        """Where ``value`` stands; clipped to 0..1."""
        if not math.isfinite(value):
            return 1.0
        if self.log:
            value = math.log10(value) if value > 0 else self.low
        return min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)


def paint_bars_ground(kit: Kit, scale: Scale, box: Box, brush: Brush) -> None:
    """Heading, names of the coordinates and the bars' tracks."""
    word = kit.words["effective_log" if scale.log else "effective"]
    brush.write(kit.text(word, SMALL, kit.theme.muted), box.left, box.top + 24)
    for index in range(2):
        middle = bar_middle(box, index)
        symbol = kit.lettering.math(f"x_{index + 1}", 34, kit.theme.text, {})
        brush.write(symbol, box.left, middle + 4)
        brush.panel(bar_track(box, index), 5, kit.theme.surface)


def bar_middle(box: Box, index: int) -> float:
    """The height at which bar ``index`` lies."""
    return box.top + 60 + 42 * index


def bar_track(box: Box, index: int) -> Box:
    """Where bar ``index`` may lie in the bars' box."""
    middle, half = bar_middle(box, index), BAR_HEIGHT / 2
    return Box(box.left + BAR_LEFT, middle - half, box.right - BAR_RIGHT, middle + half)


class Bar(Element[State]):
    """The effective step of one coordinate, as a bar and a number."""

    def __init__(self, kit: Kit, readings: Readings, scale: Scale, box: Box, index: int) -> None:
        self.kit, self.readings, self.scale, self.index = kit, readings, scale, index
        self.middle, self.track, self.right = (
            bar_middle(box, index),
            bar_track(box, index),
            box.right,
        )

    def _length(self, state: State) -> float:
        """The bar's share of its track, gliding from the last step's to this one's."""
        now = self.readings.effective(state)
        if now is None:
            return 0.0
        share = self.scale(float(now[self.index]))
        if state.acting in (None, self.readings.update) and state.fresh > self.readings.update:
            before = self.readings.run.effective[state.step - 1] if state.step else None
            old = 0.0 if before is None else self.scale(float(before[self.index]))
            share = old + state.turn * (share - old)
        return share

    def _text(self, state: State) -> str:
        now = self.readings.effective(state)
        return "–" if now is None else figure(float(now[self.index]))

    def key(self, state: State) -> Hashable:
        return round(self._length(state), 4), self._text(state)

    def reach(self, state: State) -> Box | None:
        return Box(self.track.left, self.middle - 16, self.right, self.middle + 16)

    def paint(self, brush: Brush, state: State) -> None:
        track = self.track
        width = self._length(state) * track.width
        if width > 0.5:
            bar = Box(track.left, track.top, track.left + width, track.bottom)
            brush.panel(bar, 5, self.kit.theme.roles["step"])
        font = self.kit.figures
        brush.figures(
            self._text(state),
            font,
            self.right - 18,
            self.middle + font.height / 2,
            self.kit.theme.text,
        )

    def words(self, state: State) -> list[Word]:
        font = self.kit.figures
        return [self.kit.counted(self._text(state), self.right - 18, self.middle + font.height / 2)]

    def numbers(self, state: State) -> list[Shown]:
        step = self.readings.step_of(self.readings.update, state)
        return [Shown(self._text(state), self.readings.run, "effective", step, self.index)]


class LossAxes:
    """The frame of a loss chart in ``box`` for ``last`` steps; ``plot`` is where curves lie."""

    def __init__(self, kit: Kit, box: Box, scale: Scale, last: int) -> None:
        self.kit, self.box, self.scale, self.last = kit, box, scale, last
        self.plot = Box(box.left + 96, box.top + 56, box.right - 26, box.bottom - 38)

    def paint(self, brush: Brush) -> None:
        """Heading, axes and their numbers."""
        kit, theme = self.kit, self.kit.theme
        word = kit.words["loss_log" if self.scale.log else "loss"]
        brush.write(kit.text(word, SMALL, theme.muted), self.box.left, self.box.top + 24)
        brush.line(
            [
                (self.plot.left, self.plot.top - 8),
                (self.plot.left, self.plot.bottom),
                (self.plot.right, self.plot.bottom),
            ],
            2,
            theme.line,
        )
        for share, label in self._heights():
            y = self.plot.bottom - share * self.plot.height
            brush.line([(self.plot.left - 6, y), (self.plot.left, y)], 2, theme.muted)
            sprite = kit.lettering.math(label, 30, theme.muted, {})
            brush.write(sprite, self.plot.left - 14 - sprite.ink[2], y)
        for value in ticks(0, self.last, 5):
            if value == int(value):
                x = self.plot.left + (self.plot.width * value / self.last if self.last else 0)
                brush.line([(x, self.plot.bottom), (x, self.plot.bottom + 6)], 2, theme.muted)
                sprite = kit.text(tick_text(value), SMALL, theme.muted)
                brush.write(sprite, x - sprite.width / 2 - sprite.ink[0], self.plot.bottom + 34)

    def _heights(self) -> list[tuple[float, str]]:
        """Ticks of the loss as (share, Typst)."""
        low, high = self.scale.low, self.scale.high
        if not self.scale.log:
            return [(self.scale(value), tick_text(value)) for value in ticks(low, high, 3)]
        leap = max(1, math.ceil((high - low) / 3))
        powers = range(int(high), int(low) - 1, -leap)
        return [((power - low) / (high - low), f"10^({power})") for power in powers]


class LossCurve(Element[State]):
    """The loss so far, bright, with a playhead; the whole curve lies dim behind it.

    Beside another run it is drawn on a common ``scale`` and for as many steps, ``last``.
    """

    def __init__(self, kit: Kit, box: Box, scale: Scale | None = None, last: int = 0) -> None:
        self.kit = kit
        losses = kit.run.losses
        self.scale = scale or Scale(losses, from_zero=True)
        last = max(last, len(losses) - 1)
        self.axes = LossAxes(kit, box, self.scale, last)
        self.plot = self.axes.plot
        across = self.plot.left + self.plot.width * np.arange(len(losses)) / max(last, 1)
        height = [self.plot.bottom - self.scale(float(loss)) * self.plot.height for loss in losses]
        self.points = np.column_stack([across, height])

    def head(self, state: State) -> tuple[float, float]:
        """Where the playhead stands."""
        here = self.points[state.step]
        if state.step + 1 < len(self.points):
            here = here + state.moving * (self.points[state.step + 1] - here)
        return float(here[0]), float(here[1])

    def paint_ground(self, brush: Brush) -> None:
        """Heading, axes with numbers, and the dim curve."""
        self.axes.paint(brush)
        brush.line(self.points, 3, self.kit.theme.muted, DIM)

    def key(self, state: State) -> Hashable:
        return self.head(state)

    def reach(self, state: State) -> Box | None:
        return Box(self.plot.left, self.plot.top, self.plot.right, self.plot.bottom).grown(11)

    def damage(self, before: State, after: State) -> list[Box]:
        low, high = sorted((before.step, after.step))
        x, y = zip(
            *self.points[low : high + 2].tolist(), self.head(before), self.head(after), strict=True
        )
        return [Box(min(x), min(y), max(x), max(y)).grown(11)]

    def paint(self, brush: Brush, state: State) -> None:
        theme, head = self.kit.theme, self.head(state)
        brush.line([*self.points[: state.step + 1].tolist(), head], 4, theme.roles["point"])
        brush.disc(*head, 8, theme.roles["point"])
