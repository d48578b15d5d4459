"""The ticks of an axis and their labels, which tell each tick from every other."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scenes.parts.figures import JOINED, MINUS, superscript, ticks

ROUND = 1e5
"""Round numbers from here on are written with a power of ten."""


@dataclass(frozen=True)
class Axis:
    """The ticks of an axis: where they stand, and the labels of what is told there.

    That is the tick less ``base``, divided by ten to the power of ``power``.
    """

    values: tuple[float, ...]
    labels: tuple[str, ...]
    base: float = 0.0
    power: int = 0

    @property
    def plain(self) -> bool:
        """Whether the labels are the ticks themselves."""
        return self.base == 0 and self.power == 0

    def typst(self, name: str) -> str:
        """What the labels tell of ``name``, as Typst math."""
        told = name
        if self.base:
            told += f" {'-' if self.base > 0 else '+'} {_math(abs(self.base))}"
        if not self.power:
            return told
        told = f"({told})" if self.base else told
        return f"{told} slash {'10' if self.power == 1 else f'10^({self.power})'}"

    def text(self, name: str) -> str:
        """The same in words."""
        told = name
        if self.base:
            sign = MINUS if self.base > 0 else "+"
            told += f"{JOINED}{sign}{JOINED}{_words(abs(self.base))}"
        if not self.power:
            return told
        told = f"({told})" if self.base else told
        return f"{told}{JOINED}/{JOINED}10{superscript(self.power) if self.power != 1 else ''}"


def axis(low: float, high: float, most: int, longest: int = 6) -> Axis:
    """At most ``most`` ticks in [low, high] whose labels tell them apart.

    Where labels would have more than ``longest`` characters, less a sign, they tell how far ticks
    lie from a round number near them, or tell ticks in a unit that is a power of ten.
    """
    values = tuple(ticks(low, high, most))
    labels = _labels(values)
    if len(values) < 2 or _long(labels) <= longest:
        return Axis(values, labels)
    base = _base(values)
    moved = tuple(value - base for value in values)
    if _long(_labels(moved)) <= longest:
        return Axis(values, _labels(moved), base)
    power = math.floor(math.log10(max(map(abs, moved))) + 1e-9)
    scaled = tuple(_divided(value, power) for value in moved)
    return Axis(values, _labels(scaled), base, power)


def _base(values: tuple[float, ...]) -> float:
    """The roundest number that is about as near to the ticks as they are to each other; or 0."""
    span, middle = values[-1] / 2 - values[0] / 2, values[0] / 2 + values[-1] / 2
    if abs(middle) < 4 * span:
        return 0.0
    for power in range(math.floor(math.log10(abs(middle))), -300, -1):
        unit = 10.0**power
        base = float(f"{round(middle / unit)}e{power}")
        if abs(base / 2 - middle / 2) <= 2 * span:
            return base
    return 0.0


def _divided(value: float, power: int) -> float:
    """``value`` over a power of ten, which may be beyond what floats hold."""
    return float(f"{value / 10.0**power if abs(power) < 300 else value * 10.0**-power:.12g}")


def _labels(values: tuple[float, ...]) -> tuple[str, ...]:
    """Ticks in decimals, with as many places as their distance asks for, and no zeros after."""
    if len(values) < 2:
        return tuple(f"{value:z.6g}".replace("-", MINUS) for value in values)
    step = (values[-1] / 2 - values[0] / 2) / (len(values) - 1) * 2
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    texts = (f"{value:z.{places}f}" for value in values)
    return tuple(
        (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", MINUS)
        for text in texts
    )


def _long(labels: tuple[str, ...]) -> int:
    return max(len(label.removeprefix(MINUS)) for label in labels)


def _math(value: float) -> str:
    """A round number in Typst math."""
    mantissa, exponent = _round(value)
    if not exponent:
        return mantissa
    power = f"10^({exponent})"
    return power if mantissa == "1" else f"{mantissa} dot {power}"


def _words(value: float) -> str:
    """A round number in a sentence."""
    mantissa, exponent = _round(value)
    if not exponent:
        return mantissa
    power = f"10{superscript(exponent)}"
    return power if mantissa == "1" else f"{mantissa}{JOINED}×{JOINED}{power}"


def _round(value: float) -> tuple[str, int]:
    """Mantissa and exponent of a positive number, which is 0 where it is written out."""
    text = f"{value:.15g}"
    if value < ROUND and "e" not in text:
        return text, 0
    mantissa, exponent = f"{value:.14e}".split("e")
    return mantissa.rstrip("0").rstrip("."), int(exponent)
