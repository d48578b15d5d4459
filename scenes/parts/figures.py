"""Numbers as a film writes them: short, with true minus signs, in columns that do not move."""

from __future__ import annotations

import math
from collections.abc import Iterable

MINUS, JOINED = "\u2212", "\u00a0"
"""The true minus sign, and a blank at which no line breaks."""
NONE = "\N{EN DASH}"
"""Stands for a number that there is not."""
WIDTH = 10
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
