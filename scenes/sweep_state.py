"""A sweep at a moment, and the places and digits of values on its slider."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scenes.parts.figures import MINUS
from scenes.shots import SweepShot

INTRO, GLIDE, REST, HOLD = "intro", "glide", "rest", "hold"
MOST_PLACES = 7


@dataclass(frozen=True)
class SweepState:
    """A sweep at a moment.

    ``value`` is that of the hyper-parameter ``name``; the knob has been from ``low`` to ``high``.
    ``stop`` is the stop (from 1) at which it rests or to which it last came, ``calm`` (0 to 1) how
    far what is said there has come, ``reveal`` how far the introduction.
    """

    kind: str
    name: str
    value: float
    low: float
    high: float
    stop: int = 1
    calm: float = 0.0
    reveal: float = 1.0


def ends_of(shot: SweepShot) -> tuple[float, float]:
    """The ends of the slider: the lowest and the highest stop."""
    return min(shot.stops), max(shot.stops)


def place_of(shot: SweepShot, value: float) -> float:
    """Where a value stands on the slider, 0 to 1."""
    low, high = ends_of(shot)
    if low == high:
        return 0.5
    if shot.log:
        return math.log(value / low) / math.log(high / low)
    return (value - low) / (high - low)


def value_at(shot: SweepShot, place: float) -> float:
    """The value at a place of the slider."""
    low, high = ends_of(shot)
    return low * (high / low) ** place if shot.log else low + place * (high - low)


def digits_of(shot: SweepShot, value: float) -> str:
    """A value as the slider shows it: to a thousandth of the range, in decades to four digits."""
    low, high = ends_of(shot)
    places = max(0, math.ceil(3 - math.log10(high - low))) if low < high else 4
    if shot.log or places > MOST_PLACES:
        text = f"{value:z#.4g}".rstrip(".")
        if "e" in text:
            mantissa, exponent = text.split("e")
            text = f"{mantissa}e{int(exponent)}"
    else:
        text = f"{value:z.{places}f}"
    return text.replace("-", MINUS)


def shown_value(shot: SweepShot, value: float, first: float, last: float) -> float:
    """The number that the digits of ``value`` say, between two stops.

    A gliding picture shows the run of exactly the value that can be read.
    """
    number = float(digits_of(shot, value).replace(MINUS, "-"))
    return min(max(number, min(first, last)), max(first, last))
