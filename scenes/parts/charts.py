"""The loss curve with its playhead, and the scale of charts."""

from __future__ import annotations

import math
from collections.abc import Hashable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scenes.canvas import Brush, Element
from scenes.kit import Kit
from scenes.kit import within as clipped
from scenes.parts.axisticks import Axis, axis
from scenes.parts.figures import MINUS, ticks
from scenes.parts.looks import Look, paint_exit
from scenes.parts.places import Point, along, leaving, within
from scenes.parts.scenery import fitted_math, tick_text
from scenes.stage import SMALL, Box
from scenes.state import State

LOG_FROM, LEAST_SHARE = 100.0, 1e-12
DIM, HEAD, EXIT = 0.6, 8.0, 22.0
OFF = 9.0
"""How many heights of the plot a curve goes at most beyond it."""

LABEL_ROOM, TICK_ROOM, TICKS = 86.0, 36.0, (3, 4, 5, 6)
LEAST_SPAN, BELOW = 0.6, 0.05
"""Positive numbers that span less than this share of the largest have an axis without 0, which
begins by a share of their span below them."""


class Scale:
    """Numbers to 0..1: evenly, or by their logarithm where they span more than a hundredfold.

    An even scale begins at 0 where that leaves the numbers most of it or, with ``from_zero``, in
    any case; else it follows them.
    """

    def __init__(self, values: NDArray[np.float64], *, from_zero: bool = False) -> None:
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
            self.low, self.high = _even(finite, from_zero=from_zero)

    def shares(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Where ``values`` stand: 0 to 1 on the scale, less and more off it."""
        if self.log:
            with np.errstate(divide="ignore", invalid="ignore"):
                values = np.where(values > 0, np.log10(values), -np.inf)
        low, high = self.low / 2, self.high / 2
        return np.asarray((values / 2 - low) / (high - low))

    def __call__(self, value: float) -> float:
        """Where ``value`` stands; clipped to 0..1."""
        if not math.isfinite(value):
            return 1.0
        return min(max(float(self.shares(np.array(value))), 0.0), 1.0)


def _even(values: NDArray[np.float64], *, from_zero: bool) -> tuple[float, float]:
    """The ends of an even scale of finite values."""
    if not values.size:
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    if from_zero or (low >= 0 and high - low >= LEAST_SPAN * high):
        low, high = min(low, 0.0), max(high, 0.0)
    elif high > low:
        low -= BELOW * (high - low) if high - low < math.inf else 0.0
    if high > low:
        return low, high
    more = max(1.0, abs(low) / 10)
    return (low - more, high + more) if low else (0.0, 1.0)


class LossAxes:
    """The frame of a loss chart in ``box`` for ``last`` steps; ``plot`` is where curves lie."""

    def __init__(self, kit: Kit, box: Box, scale: Scale, last: int) -> None:
        self.kit, self.box, self.scale, self.last = kit, box, scale, last
        self.plot = Box(box.left + 96, box.top + 56, box.right - 26, box.bottom - 38)

    def points(self, losses: NDArray[np.float64]) -> NDArray[np.float64]:
        """A curve (n, 2) in stage pixels; what lies off the scale lies outside the plot."""
        plot = self.plot
        across = plot.left + plot.width * np.arange(len(losses)) / max(self.last, 1)
        share = np.clip(self.scale.shares(losses), -OFF, OFF)
        return np.column_stack([across, plot.bottom - share * plot.height])

    def paint(self, brush: Brush, more: str = "") -> None:
        """Heading, axes and their numbers; ``more`` follows the heading's word."""
        kit, theme = self.kit, self.kit.theme
        word = self.heading + more
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
            sprite = fitted_math(kit, label, 30, LABEL_ROOM, theme.muted)
            brush.write(sprite, self.plot.left - 14 - sprite.ink[2], y)
        for value in ticks(0, self.last, 5):
            if value == int(value):
                x = self.plot.left + (self.plot.width * value / self.last if self.last else 0)
                brush.line([(x, self.plot.bottom), (x, self.plot.bottom + 6)], 2, theme.muted)
                sprite = kit.text(tick_text(value), SMALL, theme.muted)
                brush.write(sprite, x - sprite.width / 2 - sprite.ink[0], self.plot.bottom + 34)

    @cached_property
    def even(self) -> Axis:
        """The ticks of an even scale."""
        found = [axis(self.scale.low, self.scale.high, most) for most in TICKS]
        roomy = [each for each in found if len(each.values) * TICK_ROOM <= self.plot.height]
        three = [each for each in roomy if len(each.values) > 2]
        two = [each for each in found if len(each.values) > 1]
        return next(iter((*three, *two, *found)))

    @property
    def heading(self) -> str:
        """What the axis tells."""
        words = self.kit.words
        return words["loss_log"] if self.scale.log else self.even.text(words["loss"])

    def _heights(self) -> list[tuple[float, str]]:
        """Ticks of the loss as (share, Typst)."""
        low, high = self.scale.low, self.scale.high
        if not self.scale.log:
            even = zip(self.even.values, self.even.labels, strict=True)
            return [(self.scale(value), label.replace(MINUS, "-")) for value, label in even]
        leap = max(1, math.ceil((high - low) / 3))
        powers = range(int(high), int(low) - 1, -leap)
        return [((power - low) / (high - low), f"10^({power})") for power in powers]


class LossCurve(Element[State]):
    """The loss so far, bright, with a playhead; the whole curve lies dim behind it.

    Beside another run it is drawn on a common ``scale`` and for as many steps, ``last``. While the
    loss is off the scale, an angle where the curve has left the axes stands for the playhead.
    """

    def __init__(self, kit: Kit, box: Box, scale: Scale | None = None, last: int = 0) -> None:
        self.kit = kit
        losses = kit.run.losses
        self.scale = scale or Scale(losses)
        self.axes = LossAxes(kit, box, self.scale, max(last, len(losses) - 1))
        self.plot, self.points = self.axes.plot, self.axes.points(losses)
        self.room = self.plot.grown(1)
        self.inside = within(self.points, self.room)
        self.look = Look(kit.theme.roles["point"], (), "disc", kit.theme.background)

    def head(self, state: State) -> Point:
        """Where the curve ends; outside the plot while the loss is off the scale."""
        return along(self.points, state.step + state.moving)

    def gone(self, state: State) -> tuple[Point, Point] | None:
        """Where the curve has left the axes, and whether up or down; None while it is on them."""
        spot = leaving(self.points, self.inside, self.room, state.step + state.moving)
        return spot and (spot[0], (0.0, math.copysign(1.0, spot[1][1])))

    def paint_ground(self, brush: Brush) -> None:
        """Heading, axes with numbers, and the dim curve."""
        self.axes.paint(brush)
        self._line(brush, self.points.tolist(), 3, self.kit.theme.muted, DIM)

    def _line(
        self, brush: Brush, points: list[Point], width: float, color: str, alpha: float = 1.0
    ) -> None:
        """A curve as far as it is on the axes."""
        with clipped(brush, self.plot.grown(2)):
            brush.line(points, width, color, alpha)

    def key(self, state: State) -> Hashable:
        return self.gone(state) or self.head(state)

    def reach(self, state: State) -> Box | None:
        return Box(self.plot.left, self.plot.top, self.plot.right, self.plot.bottom).grown(16)

    def damage(self, before: State, after: State) -> list[Box]:
        low, high = sorted((before.step, after.step))
        gone = [spot[0] for spot in map(self.gone, (before, after)) if spot]
        ends = [*self.points[low : high + 2].tolist(), self.head(before), self.head(after), *gone]
        plot = self.plot
        x = [end[0] for end in ends]
        y = [min(max(end[1], plot.top), plot.bottom) for end in ends]
        return [Box(min(x), min(y), max(x), max(y)).grown(EXIT + 6 if gone else 11)]

    def paint(self, brush: Brush, state: State) -> None:
        color, head, gone = self.look.color, self.head(state), self.gone(state)
        self._line(brush, [*self.points[: state.step + 1].tolist(), head], 4, color)
        if gone is not None:
            paint_exit(brush, self.look, gone, EXIT)
        else:
            brush.disc(*head, HEAD, color)
