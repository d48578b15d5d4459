"""A setting's grid as a scale on which a search can go between its values and beyond them."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

_SLACK = 0.25
"""A value is written with so few digits that its way there changes by less than this share."""


@dataclass(frozen=True)
class Scale:
    """The values of setting ``name`` in ``grid``, which rises, one place apart.

    Between two values the scale goes evenly in their logarithms, or, for a setting that stays
    ``below`` a number as decays do below 1, in the logarithm of what is missing to that number.
    Where neither can be, it goes evenly. Beyond the ends it goes on as between the last two values,
    but not below ``low``, the least value, which may be taken.
    """

    name: str
    grid: tuple[float, ...]
    low: float = -math.inf
    below: float = math.inf

    def beside(self, value: float, way: float) -> float:
        """The setting ``way`` places above ``value``, or below, in the fewest digits that tell."""
        exact = self._value(self._place(value) + way)
        if exact <= self.low:
            return self.low
        room = _SLACK * abs(exact - value)
        # Close below a bound the digits that count are those of what is missing to it.
        whole = self.below if math.isfinite(self.below) else 0.0
        for digits in range(1, 17):
            missing = float(f"{whole - exact:.{digits - 1}e}")
            rounded = float(f"{whole - missing:.15g}")
            if abs(rounded - exact) <= room and self.low <= rounded < self.below:
                return rounded
        return exact

    def bounded(self, value: float) -> bool:
        """Whether nothing lies beyond a value: it is the least that the setting may take."""
        return value <= self.low

    @cached_property
    def _knots(self) -> tuple[float, ...]:
        """The grid, of at least two values: a single one is followed by one twice as far."""
        if len(self.grid) > 1:
            return self.grid
        [only] = self.grid
        if math.isfinite(self.below):
            return (only, (only + self.below) / 2)
        return (only, 2 * only) if only > 0 else (only, only + 1)

    def _segment(self, base: int) -> tuple[float, float]:
        return self._knots[base], self._knots[base + 1]

    def _value(self, place: float) -> float:
        """The setting at a place, were there no ``low``."""
        base = min(max(math.floor(place), 0), len(self._knots) - 2)
        first, second = self._segment(base)
        share = place - base
        if math.isfinite(self.below):
            gap, last = self.below - first, self.below - second
            return float(self.below - gap * (last / gap) ** share)
        if first > 0:
            return float(first * (second / first) ** share)
        return first + share * (second - first)

    def _place(self, value: float) -> float:
        """The place of a value; the other way round than `_value`."""
        base = min(max(bisect_right(self._knots, value) - 1, 0), len(self._knots) - 2)
        first, second = self._segment(base)
        if math.isfinite(self.below):
            gap, last = self.below - first, self.below - second
            return base + math.log((self.below - value) / gap) / math.log(last / gap)
        if first > 0:
            return base + math.log(value / first) / math.log(second / first)
        return base + (value - first) / (second - first)
