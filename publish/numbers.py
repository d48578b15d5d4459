"""Numbers as a reader sees them: true minus signs, powers of ten, times of a film."""

from __future__ import annotations

MINUS = "\N{MINUS SIGN}"
SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def readable(value: float | None, decimals: int = 4) -> str:
    """A number for a table: fixed decimals, or a power of ten where these would hide it.

    A missing number is an empty text.
    """
    if value is None:
        return ""
    if value == 0 or 0.5 * 10**-decimals * 10 <= abs(value) < 1e5:
        return f"{value:.{decimals}f}".replace("-", MINUS)
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"{mantissa}×10{str(int(exponent)).translate(SUPERSCRIPTS)}".replace("-", MINUS)


def short(value: float) -> str:
    """A setting in as few digits as it has: ``0.4``, ``10⁻⁶``."""
    if value != 0 and not 1e-4 <= abs(value) < 1e6:
        mantissa, exponent = f"{value:e}".split("e")
        digits = mantissa.rstrip("0").rstrip(".")
        power = f"10{str(int(exponent)).translate(SUPERSCRIPTS)}"
        return (power if digits == "1" else f"{digits}×{power}").replace("-", MINUS)
    return f"{value:.12g}".replace("-", MINUS)


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
