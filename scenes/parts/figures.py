"""Numbers as a film writes them: short, with true minus signs, in columns that do not move."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable

from engine.digits import digits_apart

MINUS, JOINED = "\u2212", "\u00a0"
"""The true minus sign, and a blank at which no line breaks."""
NONE = "\N{EN DASH}"
"""Stands for a number that there is not."""
WIDTH, LONG = 10, 14
"""The most characters of a number in a column of the rule's, and of a loss."""
OFFSET = 0.05
"""Numbers that differ by less than this share of their size get more digits in a column."""
MANY = 20
"""So many different texts in a column are enough."""

FINE, COARSE = 1e-3, 0.1
"""A column's last digit is to count a share of what its numbers span: wanted, and at most."""
SET = 6
"""Digits of a value that an author has set, so that 0.99999 is not told as 1."""


def decimals_for(values: Iterable[float]) -> int:
    """Decimal places (2 to 4) for a column, by the largest ordinary number that stands in it."""
    sizes = [abs(value) for value in values if math.isfinite(value) and abs(value) < 1e5]
    largest = max(sizes, default=0.0)
    return 4 if largest < 100 else 3 if largest < 1000 else 2


def figure(value: float, decimals: int = 4) -> str:
    """``value`` in at most ten characters; tiny and huge ones with a power of ten (``1.54e−7``).

    Those have at most nine (``−1.5e−170``), as ten would nearly touch the column before them.
    """
    if not math.isfinite(value):
        return NONE if math.isnan(value) else (MINUS if value < 0 else "") + "∞"
    size = abs(value)
    if size != 0 and (size >= 1e5 or size < 10.0 ** (1 - decimals)):
        mantissa, exponent = f"{value:.2e}".split("e")
        if int(exponent) <= -100:
            mantissa, exponent = f"{value:.1e}".split("e")
        text = f"{mantissa}e{int(exponent)}"
    else:
        text = f"{value:z.{decimals}f}"
    return text.replace("-", MINUS)


def counter(value: float) -> str:
    """A live loss or distance: with two decimals from a thousand on, else with four."""
    return figure(value, 4 if abs(value) < 1000 else 2)


def brief(value: float, digits: int = 4) -> str:
    """``value`` for a sentence: ``digits`` that count, without zeros at the end, nor ``1 ×``."""
    if not math.isfinite(value):
        return figure(value)
    text = f"{value:z.{digits}g}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        power = f"10{superscript(int(exponent))}"
        factor = {"1": "", "-1": MINUS}.get(mantissa, f"{mantissa}{JOINED}×{JOINED}")
        return factor.replace("-", MINUS) + power
    return text.replace("-", MINUS)


def against(first: float, second: float, digits: int = 4) -> tuple[str, str]:
    """Two numbers of a sentence that are set against each other: with digits that tell them apart.

    Equal numbers have equal texts.
    """
    digits = digits_apart(first, second, digits)
    return brief(first, digits), brief(second, digits)


def column(
    values: Iterable[float], usual: Callable[[float], str], most: int = WIDTH
) -> Callable[[float], str]:
    """How the numbers of a column are written: as ``usual``, or with more digits.

    Numbers that lie close together for their size, as losses of ``x1**2 + 1e6`` do, would be told
    as one: they get as many digits as tell them apart and as ``most`` characters hold. What
    is far larger than they are is written as usual.
    """
    finite = [value for value in values if math.isfinite(value)]
    low, high = min(finite, default=0.0), max(finite, default=0.0)
    size, span = max(abs(low), abs(high)), high / 2 - low / 2
    known = set(finite)
    if not 0 < 2 * span < OFFSET * size or _apart(known, usual):
        return usual
    span *= 2
    before = len(f"{size:.0f}") + (low < 0)
    places = min(max(4, math.ceil(-math.log10(FINE * span))), most - before - 1)
    if size >= 1 and places >= 0 and 10.0**-places <= COARSE * span:
        return lambda value: _fixed(value, places) if abs(value) < 10 * size else usual(value)
    exponent = len(f"e{math.floor(math.log10(size))}") + (low < 0) + 2
    places = min(math.ceil(math.log10(size) - math.log10(FINE * span)), most - exponent)
    if 10.0**-places > COARSE * span / size:
        return usual
    return lambda value: _powered(value, places) if 0 < abs(value) < 10 * size else usual(value)


def _apart(values: Collection[float], usual: Callable[[float], str]) -> bool:
    """Whether numbers written as usual are all told apart, or enough of them."""
    return len({usual(value) for value in values}) >= min(len(values), MANY)


def _fixed(value: float, places: int) -> str:
    return f"{value:z.{places}f}".replace("-", MINUS)


def _powered(value: float, places: int) -> str:
    mantissa, exponent = f"{value:.{places}e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", MINUS)


def superscript(number: int) -> str:
    """An integer in superscript characters."""
    return str(number).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def ticks(low: float, high: float, most: int) -> list[float]:
    """At most ``most`` round numbers evenly spaced in [low, high]."""
    if not (math.isfinite(low) and math.isfinite(high) and high > low):
        return []
    rough = high / max(most, 1) - low / max(most, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((power * unit for unit in (1, 2, 5, 10) if power * unit >= rough), power * 10)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [
        round(index * step, 12) if step > 1e-9 else index * step for index in range(first, last + 1)
    ]
