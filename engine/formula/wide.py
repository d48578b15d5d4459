"""Numbers with more range than float64: a mantissa times a power of two, both in float64 arrays.

A float64 overflows beyond 1.8e308 and vanishes below 5e-324. Here the exponent is a number of its
own, so that ``exp(1000)`` and its reciprocal are numbers like any other. A pair ``(m, e)`` of
arrays of one shape stands for ``m * 2**e``; ``m`` is 0, NaN or in [0.5, 1) up to its sign.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_NO_EXPONENT = -1e300  # that of zero, below all others
_KNOWN = 1e18  # beyond, neighbors among float64 numbers are more than a factor of e apart
_FAR = 2200.0  # a float64 shifted by so many bits overflows or vanishes
_MOST_POWER = 512.0  # a mantissa to such a power is still within float64
_LN2 = 0.6931471805599453
_LN2_HIGH = 6.93147180369123816490e-01  # its products with whole numbers to 2**20 are exact
_LN2_LOW = 1.90821492927058770002e-10


class Wide(NamedTuple):
    """``m * 2**e``, elementwise."""

    m: Array
    e: Array


def normal(m: Array, e: Array) -> Wide:
    """The pair with its mantissa in [0.5, 1)."""
    mantissa, shift = np.frexp(m)
    return Wide(mantissa, np.where(m == 0, _NO_EXPONENT, e + shift))


def from_float(values: npt.ArrayLike) -> Wide:
    """float64 numbers as wide ones."""
    m = np.asarray(values, dtype=np.float64)
    return normal(m, np.zeros(m.shape))


def to_float(value: Wide) -> Array:
    """Wide numbers as float64: infinite or 0 where they are out of its range."""
    shift = np.clip(value.e, -_FAR, _FAR).astype(np.int32)
    return np.asarray(np.ldexp(value.m, shift), dtype=np.float64)


def times(a: Wide, b: Wide) -> Wide:
    """The products."""
    return normal(a.m * b.m, a.e + b.e)


def over(a: Wide, b: Wide) -> Wide:
    """The quotients."""
    return normal(a.m / b.m, a.e - b.e)


def total(parts: Wide, noise: float) -> Wide:
    """The sums along the first axis; a sum below ``noise`` times its largest part is 0."""
    top = parts.e.max(axis=0)
    aligned = np.ldexp(parts.m, np.clip(parts.e - top, -_FAR, 0).astype(np.int32))
    sums = aligned.sum(axis=0)
    if noise:
        sums = np.where(np.abs(sums) <= noise * np.abs(aligned).max(axis=0), 0.0, sums)
    return normal(sums, top)


def exponential(x: Array) -> Wide:
    """``exp(x)`` of float64 numbers; of the largest only the size is known."""
    turns = np.clip(np.rint(x / _LN2), _NO_EXPONENT, -_NO_EXPONENT)
    rest = (x - turns * _LN2_HIGH) - turns * _LN2_LOW
    return normal(np.exp(np.where(np.abs(x) > _KNOWN, 0.0, rest)), turns)


def logarithm(value: Wide) -> Array:
    """``log`` of positive wide numbers, in float64."""
    m, e = _around_one(value)
    return np.asarray(np.log(m) + e * _LN2)


def power(value: Wide, exponent: float) -> Wide:
    """``value ** exponent`` of positive wide numbers."""
    if abs(exponent) > _MOST_POWER:
        return exponential(exponent * logarithm(value))
    m, e = _around_one(value)
    scaled = e * exponent
    turns = np.rint(scaled)
    return normal(m**exponent * 2.0 ** (scaled - turns), turns)


def _around_one(value: Wide) -> Wide:
    """The same with mantissas around 1, so that 1 itself has the exponent 0."""
    low = value.m < np.sqrt(0.5)
    return Wide(np.where(low, 2 * value.m, value.m), np.where(low, value.e - 1, value.e))
