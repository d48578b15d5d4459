"""The trials of a search as small charts: the loss at the end over each setting that was tuned."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from engine import Goal, Tuned
from publish.formulas import symbol_mathml
from publish.numbers import power

WIDTH, HEIGHT = 300, 180
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 10, 26
HIGHEST = 100.0
"""Losses beyond so many times the first one stand at the upper edge."""

LOWEST = 1e-12
"""Losses below this share of the first one stand at the lower edge."""

DECADES = 20.0
"""Settings that span so many times their least are spread evenly in decades."""

MOST_TICKS = 5


@dataclass(frozen=True)
class Dot:
    """One trial in the chart; ``beyond`` where its loss is off the scale or it broke off."""

    x: float
    y: float
    taken: bool
    reached: bool
    beyond: bool


@dataclass(frozen=True)
class Tick:
    """A number on an axis: its place in pixels, its digits, and a power of ten or ""."""

    at: float
    digits: str
    raised: str = ""


@dataclass(frozen=True)
class TrialChart:
    """A chart ready to be printed, all places in pixels; ``goal`` is the height of the goal."""

    symbol: Markup
    dots: tuple[Dot, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    goal: float | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


@dataclass(frozen=True)
class Axis:
    """Values from ``low`` to ``high`` along pixels, evenly or, if ``log``, in decades."""

    low: float
    high: float
    log: bool
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value stands; clipped to the ends."""
        low, high, value = (
            (math.log10(part) if self.log else part) for part in (self.low, self.high, value)
        )
        share = (value - low) / (high - low)
        return round(self.start + min(max(share, 0.0), 1.0) * (self.end - self.start), 1)


def trial_charts(search: Tuned, goal: Goal) -> tuple[TrialChart, ...]:
    """A chart for each tuned setting."""
    return tuple(_chart(search, index, goal) for index in range(len(search.names)))


def _chart(search: Tuned, index: int, goal: Goal) -> TrialChart:
    values = [trial.values[index] for trial in search.trials]
    losses = [trial.finish.loss for trial in search.trials]
    across = _settings(values)
    up = _losses(losses, goal)
    base = goal.floor or 0.0
    dots = []
    for trial, value in zip(search.trials, values, strict=True):
        loss = trial.finish.loss - base
        beyond = not trial.finish.whole or loss > up.high
        height = up.high if beyond else max(loss, up.low)
        dots.append(
            Dot(
                across.at(value),
                up.at(height),
                trial.values == search.values,
                trial.finish.reached is not None,
                beyond,
            )
        )
    level = None if goal.loss is None else goal.loss - base
    return TrialChart(
        symbol=Markup(symbol_mathml(search.names[index])),  # noqa: S704  printed by the engine
        dots=tuple(dots),
        across=_ticks(across),
        up=_ticks(up),
        goal=up.at(level) if level is not None and up.low < level < up.high else None,
    )


def _settings(values: Sequence[float]) -> Axis:
    low, high = min(values), max(values)
    log = low > 0 and high > DECADES * low
    if low == high:
        low, high = low - 0.5, high + 0.5
    return Axis(low, high, log, LEFT + 8, WIDTH - RIGHT - 8)


def _losses(losses: Sequence[float], goal: Goal) -> Axis:
    """Losses above the lowest known one, in decades; without one evenly."""
    first = goal.first - (goal.floor or 0.0)
    kept = [loss - (goal.floor or 0.0) for loss in losses]
    if goal.floor is None or first <= 0:
        low, high = min(*kept, first), first
        return Axis(low, high if high > low else low + 1, False, HEIGHT - BOTTOM, TOP)
    top = min(max(*kept, first), HIGHEST * first)
    least = min((loss for loss in kept if loss > 0), default=first)
    low = 10.0 ** math.floor(math.log10(max(min(least, first), LOWEST * first)))
    return Axis(low, 10.0 ** math.ceil(math.log10(top) + 1e-9), True, HEIGHT - BOTTOM, TOP)


def _ticks(axis: Axis) -> tuple[Tick, ...]:
    """Round numbers on an axis, a few."""
    if axis.log:
        low, high = math.ceil(math.log10(axis.low) - 1e-9), math.floor(math.log10(axis.high) + 1e-9)
        leap = max(1, math.ceil((high - low) / (MOST_TICKS - 1)))
        return tuple(_power(axis, exponent) for exponent in range(high, low - 1, -leap))
    rough = (axis.high - axis.low) / (MOST_TICKS - 1)
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough * 0.999)
    first = math.ceil(axis.low / step - 1e-9)
    count = math.floor(axis.high / step + 1e-9) - first
    numbers = [round((first + index) * step, 12) for index in range(count + 1)]
    return tuple(Tick(axis.at(number), _plain(number)) for number in numbers)


def _power(axis: Axis, exponent: int) -> Tick:
    if -2 <= exponent <= 2:
        return Tick(axis.at(10.0**exponent), _plain(10.0**exponent))
    return Tick(axis.at(10.0**exponent), "10", power(str(exponent)))


def _plain(number: float) -> str:
    return f"{number + 0.0:g}".replace("-", "\N{MINUS SIGN}")
