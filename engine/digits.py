"""How many digits two numbers need beside each other, so that they are told apart."""

from __future__ import annotations

import math

MOST = 17
"""Digits that tell any two numbers of double precision apart."""


def digits_apart(first: float, second: float, least: int = 4) -> int:
    """How many significant digits both numbers need, at least ``least``.

    The first two digits of what lies between the numbers are then seen, as far as double precision
    has them. Numbers that are equal or not finite need no more than ``least``.
    """
    gap = abs(first / 2 - second / 2)
    if not math.isfinite(gap) or gap == 0:
        return least
    size = max(abs(first / 2), abs(second / 2))
    needed = math.ceil(math.log10(size) - math.log10(gap)) + 2
    found = min(max(least, needed), MOST)
    while found < MOST and f"{first:.{found}g}" == f"{second:.{found}g}":
        found += 1
    return found
