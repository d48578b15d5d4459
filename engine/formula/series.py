"""Power series with wide coefficients: their sums, products and functions, term by term.

A series is a `Wide` of shape (K, P): K coefficients of each of P series, of the powers 0 to K - 1.
The recurrences are those of Knuth, The Art of Computer Programming, volume 2, section 4.7.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.formula.wide import Array, Wide, from_float, over, power, times, total

NO_EXPONENT = -1e300
"""The exponent of a coefficient that is 0."""


class Series:
    """The arithmetic of series; sums whose parts cancel but for ``noise`` of the largest are 0."""

    def __init__(self, noise: float) -> None:
        self.noise = noise

    def plus(self, a: Wide, b: Wide) -> Wide:
        """``a + b``."""
        return total(Wide(np.stack([a.m, b.m]), np.stack([a.e, b.e])), self.noise)

    def times(self, a: Wide, b: Wide) -> Wide:
        """``a * b``."""
        return stacked([self._convolved(a, b, range(k + 1), k) for k in range(len(a.m))])

    def over(self, a: Wide, b: Wide) -> Wide:
        """``a / b``, where b does not begin with 0."""

        def term(k: int, found: Wide) -> Wide:
            return self.plus(row(a, k), self._convolved(b, found, range(1, k + 1), k, -1.0))

        return self._built(len(a.m), over(row(a, 0), row(b, 0)), term, row(b, 0))

    def power(self, a: Wide, exponent: float) -> Wide:
        """``a ** exponent`` with a fixed exponent, where a begins with a number above 0."""

        def term(k: int, found: Wide) -> Wide:
            weights = [(i * exponent - (k - i)) / k for i in range(1, k + 1)]
            return self._convolved(a, found, range(1, k + 1), k, *weights)

        return self._built(len(a.m), power(row(a, 0), exponent), term, row(a, 0))

    def exp(self, a: Wide, first: Wide) -> Wide:
        """``exp(a)``, which begins with ``first``."""

        def term(k: int, found: Wide) -> Wide:
            return self._convolved(a, found, range(1, k + 1), k, *(i / k for i in range(1, k + 1)))

        return self._built(len(a.m), first, term)

    def log(self, a: Wide, first: Wide) -> Wide:
        """``log(a)``, which begins with ``first``."""

        def term(k: int, found: Wide) -> Wide:
            weights = [-(k - i) / k for i in range(1, k)]
            return self.plus(row(a, k), self._convolved(a, found, range(1, k), k, *weights))

        return self._built(len(a.m), first, term, row(a, 0))

    def waves(self, a: Wide, sine: Wide, cosine: Wide) -> tuple[Wide, Wide]:
        """``sin(a)`` and ``cos(a)``, which begin with ``sine`` and ``cosine``."""
        for k in range(1, len(a.m)):
            weights = [i / k for i in range(1, k + 1)]
            rising = self._convolved(a, cosine, range(1, k + 1), k, *weights)
            falling = self._convolved(a, sine, range(1, k + 1), k, *(-each for each in weights))
            sine, cosine = stacked([sine, rising]), stacked([cosine, falling])
        return sine, cosine

    def integral(self, slope: Wide, first: Wide) -> Wide:
        """The series that begins with ``first`` and has this derivative, times the variable."""
        parts = from_float(1 / np.arange(1.0, len(slope.m))[:, np.newaxis])
        return stacked([first, times(Wide(slope.m[1:], slope.e[1:]), parts)])

    def rising(self, a: Wide) -> Wide:
        """The derivative of a series, times the variable."""
        return times(a, from_float(np.arange(float(len(a.m)))[:, np.newaxis]))

    def _built(
        self, count: int, first: Wide, term: Callable[[int, Wide], Wide], unit: Wide | None = None
    ) -> Wide:
        """A series term by term from its first; each term is divided by ``unit``."""
        found = first
        for k in range(1, count):
            following = term(k, found)
            found = stacked([found, over(following, unit) if unit else following])
        return found

    def _convolved(self, a: Wide, b: Wide, range_: range, k: int, *weights: float) -> Wide:
        """The sum of ``a[i] * b[k - i]``, weighted, over some i; a row."""
        if not len(range_):
            return Wide(0 * a.m[:1], np.full_like(a.e[:1], NO_EXPONENT))
        i = np.array(range_)
        scale = np.resize(weights or (1.0,), (len(i), 1))
        parts = times(Wide(a.m[i] * scale, a.e[i]), Wide(b.m[k - i], b.e[k - i]))
        summed = total(parts, self.noise)
        return Wide(summed.m[np.newaxis], summed.e[np.newaxis])


def row(a: Wide, k: int) -> Wide:
    """The coefficients of one power, (1, P)."""
    return Wide(a.m[k : k + 1], a.e[k : k + 1])


def stacked(rows: Sequence[Wide]) -> Wide:
    """Rows of coefficients below one another."""
    return Wide(np.concatenate([r.m for r in rows]), np.concatenate([r.e for r in rows]))


def moved(a: Wide, steps: Array) -> Wide:
    """Each series multiplied by its own power (P,), which may be negative; what leaves is lost."""
    source = np.arange(len(a.m))[:, np.newaxis] - steps.astype(np.intp)
    kept = (source >= 0) & (source < len(a.m))
    source = np.where(kept, source, 0)
    return Wide(
        np.where(kept, np.take_along_axis(a.m, source, axis=0), 0.0),
        np.where(kept, np.take_along_axis(a.e, source, axis=0), NO_EXPONENT),
    )


def degree(a: Wide) -> Array:
    """The last power whose coefficient is not 0, (P,); 0 where there is none."""
    filled = a.m != 0
    last = len(filled) - 1 - filled[::-1].argmax(axis=0)
    return np.where(filled.any(axis=0), last, 0)
