"""Numbers as a reader sees them: true minus signs, powers of ten, times of a film."""

from __future__ import annotations

import math

from markupsafe import Markup, escape

from engine.digits import digits_apart

MINUS, UNDEFINED, INFINITE = "\N{MINUS SIGN}", "\N{EN DASH}", "\N{INFINITY}"


def readable(value: float | None, decimals: int = 4) -> Markup:
    """A number for a table: fixed decimals, or a power of ten where these would hide it.

    A missing number is an empty text, one that is not defined a dash.
    """
    if value is None:
        return Markup()
    if not math.isfinite(value):
        sign = MINUS if value < 0 else ""
        return escape(UNDEFINED if math.isnan(value) else f"{sign}{INFINITE}")
    if value == 0 or 5 * 10**-decimals <= abs(value) < 1e5:
        return escape(f"{value:z.{decimals}f}".replace("-", MINUS))
    return raised(value)


def in_sentence(value: float, digits: int = 4) -> Markup:
    """A number inside a sentence: ``digits`` that count, as the playgrounds write it."""
    if not math.isfinite(value) or value == 0 or 1e-4 <= abs(value) < 1e6:
        return escape(f"{float(f'{value:.{digits}g}'):z.{max(digits, 12)}g}".replace("-", MINUS))
    return raised(value, max(digits - 1, 2) if digits > 4 else 2)


def against(first: float, last: float) -> tuple[Markup, Markup]:
    """Two numbers of a sentence with as many digits as tell them apart."""
    digits = digits_apart(first, last)
    return in_sentence(first, digits), in_sentence(last, digits)


def raised(value: float, decimals: int = 2) -> Markup:
    """A number of ``decimals`` places times a power of ten."""
    mantissa, exponent = f"{value:.{decimals}e}".replace("-", MINUS).split("e")
    return Markup("{}×10<sup>{}</sup>").format(mantissa, power(exponent))


def short(value: float) -> str:
    """A setting as MathML in as few digits as it has: ``0.4``, ten to the power of −6."""
    if value == 0 or 1e-4 <= abs(value) < 1e6:
        return f"<mn>{value:z.12g}</mn>".replace("-", MINUS)
    mantissa, exponent = f"{value:e}".replace("-", MINUS).split("e")
    digits = mantissa.rstrip("0").rstrip(".")
    factor = "" if digits == "1" else f"<mn>{digits}</mn><mo>×</mo>"
    return f"{factor}<msup><mn>10</mn><mn>{power(exponent)}</mn></msup>"


def power(exponent: str) -> str:
    """The digits of an exponent without leading zeros: ``-06`` is ``−6``."""
    return str(int(exponent.replace(MINUS, "-"))).replace("-", MINUS)


def clock(seconds: float) -> str:
    """A time within a film as minutes and seconds: ``1:05``."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def stamp(seconds: float) -> str:
    """A time as WebVTT writes it: ``00:01:05.250``."""
    thousandths = round(seconds * 1000)
    minutes, thousandths = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{thousandths // 1000:02d}.{thousandths % 1000:03d}"
