"""Formulas on a path that starts at a point: what they tend to where they have no value.

A germ is a function of one step ``h`` that falls to 0, known by its first terms::

    h**order * (c0 + c1 * h**(1/grid) + c2 * h**(2/grid) + ...) + O(h**rest)

with wide coefficients. Sums, products and functions of germs are germs again. So ``sin(h) / h``
begins with 1, the root of ``h**2`` with h, and ``exp(1000 - h)`` divided by itself plus 1 with 1,
although each is out of reach of float64.

What is not known is never guessed: a germ without a known term is only ``O(h**rest)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.formula.definitions import definition
from engine.formula.evaluate import constant_value
from engine.formula.nodes import Binary, Call, Expression, Name, Number, Unary
from engine.formula.series import Series, degree, moved, row
from engine.formula.vocabulary import CONSTANTS, FUNCTIONS, SLOTS
from engine.formula.wide import Array, Mask, Wide, exponential, from_float, logarithm, to_float

VAGUE, SINGULAR, OUTSIDE = 1, 2, 3
"""Flaws: more terms may help; divides by what is 0 all along; outside the function's domain."""

_ULPS = 2.0**-50
_SAME_POWER = 1e-9
_SMALL = 60.0  # a small h is 2**-60
_FAR = 1e300  # the rest of what vanishes or grows faster than any power


@dataclass(frozen=True, eq=False)
class Germ:
    """P germs at once; ``terms`` (K, P), all else (P,).

    ``rest`` is infinite where there are no more terms than those given. Where none is known,
    ``order`` is ``rest`` and the first coefficient NaN. ``flaw`` is 0, or why there is no germ. An
    order of infinity belongs to 0 and to what vanishes faster than any power, such as
    ``exp(-1/h)``; minus infinity to what grows faster.
    """

    order: Array
    terms: Wide
    rest: Array
    flaw: Array

    @property
    def first(self) -> Array:
        """The mantissa of the leading coefficient."""
        return np.asarray(self.terms.m[0])

    @property
    def zero(self) -> Mask:
        """Whether it is 0 for every h."""
        return np.asarray((self.first == 0) & np.isinf(self.rest))

    @property
    def constant(self) -> Mask:
        """Whether it is the same number for every h."""
        only = (self.order == 0) & np.isinf(self.rest) & (degree(self.terms) == 0)
        return np.asarray(only | self.zero)

    def limit(self) -> tuple[Array, Array]:
        """What it tends to, maybe infinite, and the flaw that leaves it without a limit."""
        value = to_float(Wide(self.terms.m[0], self.terms.e[0]))
        value = np.where(self.order < 0, np.copysign(np.inf, self.first), value)
        value = np.where(np.isnan(self.first), np.nan, value)
        return self._told(np.where(self.order > 0, 0.0, value))

    def start(self, grid: int) -> tuple[Array, Array]:
        """The limit, or what grows at a small h together with the constant behind it."""
        powers = self.order + np.arange(len(self.terms.m))[:, np.newaxis] / grid
        e = np.where(np.isfinite(powers), self.terms.e - _SMALL * powers, _SMALL)
        parts = np.where(powers <= _SAME_POWER, to_float(Wide(self.terms.m, e)), 0.0)
        known = (self.rest > _SAME_POWER) | np.isinf(self.order)
        return self._told(np.where(known, parts.sum(axis=0), np.nan))

    def _told(self, value: Array) -> tuple[Array, Array]:
        return value, np.where(np.isnan(value), np.maximum(self.flaw, VAGUE), self.flaw)


class Germs:
    """The arithmetic of germs with ``count`` terms in steps of ``h**(1/grid)``.

    ``log_step`` stands for ``log(h)``. Sums whose parts cancel but for their rounding are 0, unless
    a plain number is asked for, without a path (``rounded=False``).
    """

    def __init__(self, count: int, grid: int, log_step: float, *, rounded: bool = True) -> None:
        self.count, self.grid, self.log_step = count, grid, log_step
        self.reach = count / grid
        self.series = Series(_ULPS if rounded else 0.0)
        self._operators: Mapping[str, Callable[[Germ, Germ], Germ]] = {
            "+": self.plus,
            "-": lambda a, b: self.plus(a, self.minus(b)),
            "*": self.times,
            "/": self.over,
            "**": self.power,
        }
        self._functions: Mapping[str, Callable[..., Germ]] = {
            "abs": lambda a: _where(a.first < 0, self.minus(a), a),
            "sign": self.sign,
            "exp": self.exp,
            "log": self.log,
            "sin": lambda a: self.waves(a)[0],
            "cos": lambda a: self.waves(a)[1],
            "atan": self.atan,
            "floor": self.floor,
            "maximum": self.maximum,
            "minimum": lambda a, b: self.minus(self.maximum(self.minus(a), self.minus(b))),
        }

    def of(self, node: Expression, names: Mapping[str, Germ]) -> Germ:
        """The germ of a formula, from those of its names; all have the same P."""
        match node:
            case Name(name) if name in names:
                return names[name]
            case Number() | Name():
                size = len(next(iter(names.values())).order)
                value = node.value if isinstance(node, Number) else CONSTANTS[node.id]
                return self.constant(np.full(size, value))
            case Unary(operand):
                return self.minus(self.of(operand, names))
            case Binary("**", left, right) if (exponent := constant_value(right)) is not None:
                return self.fixed_power(self.of(left, names), exponent)
            case Binary(operator, left, right):
                return self._operators[operator](self.of(left, names), self.of(right, names))
            case Call(name, arguments):
                return self.call(name, [self.of(each, names) for each in arguments])

    def call(self, name: str, arguments: Sequence[Germ]) -> Germ:
        """A function of the vocabulary: its own germ, or that of its definition."""
        if name in self._functions:
            return self._functions[name](*arguments)
        function = FUNCTIONS[name]
        names = dict(zip(SLOTS[: function.arity], arguments, strict=True))
        found = self.of(definition(name), names)
        # The function itself is more exact than its definition, in which digits may cancel.
        starts = [to_float(row(self._dense(each)[0], 0))[0] for each in arguments]
        value = function.compute(*starts)
        begun = np.all([each.order >= 0 for each in arguments], axis=0) & (found.order == 0)
        better = begun & np.isfinite(value) & (value != 0) & ~np.isnan(found.first)
        known = from_float(np.where(better, value, 0.0))
        m, e = found.terms.m.copy(), found.terms.e.copy()
        m[0], e[0] = np.where(better, known.m, m[0]), np.where(better, known.e, e[0])
        return replace(found, terms=Wide(m, e))

    def constant(self, values: Array) -> Germ:
        """Germs that are the same number for every h."""
        m = np.zeros((self.count, len(values)))
        m[0] = values
        order = np.where(values == 0, np.inf, 0.0)
        return Germ(order, from_float(m), np.full(len(values), np.inf), np.zeros(len(values)))

    def path(self, values: Array, slopes: Array, bends: Array) -> Germ:
        """The germs ``values + slopes * h + bends * h**2``."""
        m = np.zeros((max(self.count, 2 * self.grid + 1), len(values)))
        m[0], m[self.grid], m[2 * self.grid] = values, slopes, bends
        size = len(values)
        found = self._leading(np.zeros(size), from_float(m), np.full(size, np.inf), np.zeros(size))
        lost = (found.terms.m[self.count :] != 0).any(axis=0)
        terms = Wide(found.terms.m[: self.count], found.terms.e[: self.count])
        rest = np.where(lost, found.order + self.reach, np.inf)
        return replace(found, terms=terms, rest=rest)

    def minus(self, a: Germ) -> Germ:
        """``-a``."""
        return replace(a, terms=Wide(-a.terms.m, a.terms.e))

    def plus(self, a: Germ, b: Germ) -> Germ:
        """``a + b``."""
        order = np.minimum(a.order, b.order)
        (first, rest), (second, other) = self._from(a, order), self._from(b, order)
        rest, flaw = np.minimum(rest, other), np.maximum(a.flaw, b.flaw)
        return self._leading(order, self.series.plus(first, second), rest, flaw)

    def times(self, a: Germ, b: Germ) -> Germ:
        """``a * b``."""
        order = a.order + b.order
        full = degree(a.terms) + degree(b.terms) >= self.count
        rest = np.fmin(a.order + b.rest, b.order + a.rest)
        rest = np.where(full, np.fmin(rest, order + self.reach), rest)
        flaw = np.maximum(a.flaw, b.flaw)
        found = self._leading(order, self.series.times(a.terms, b.terms), rest, flaw)
        return _where(a.zero | b.zero, self._zero(flaw), found)

    def over(self, a: Germ, b: Germ) -> Germ:
        """``a / b``."""
        order = a.order - b.order
        known = np.fmin(a.rest - a.order, b.rest - b.order)
        known = np.where(degree(b.terms) > 0, np.fmin(known, self.reach), known)
        blind = np.where(b.zero, SINGULAR, np.where(np.isnan(b.first), VAGUE, 0))
        flaw = np.maximum(np.maximum(a.flaw, b.flaw), blind)
        found = self._leading(order, self.series.over(a.terms, b.terms), order + known, flaw)
        return _where(a.zero, self._zero(flaw), found)

    def fixed_power(self, a: Germ, exponent: float) -> Germ:
        """``a ** exponent`` with a number."""
        if exponent == 0:
            return replace(self.constant(np.ones_like(a.order)), flaw=a.flaw)
        whole, below = float(exponent).is_integer(), a.first < 0
        flaw = np.where(below, 0 if whole else OUTSIDE, 0)
        if exponent < 0:
            flaw = np.where(a.zero, SINGULAR, np.where(np.isnan(a.first), VAGUE, flaw))
        flaw = np.maximum(a.flaw, flaw)
        sign = np.where(below, -1.0, 1.0)
        terms = self.series.power(Wide(a.terms.m * sign, a.terms.e), exponent)
        terms = Wide(terms.m * (sign if exponent % 2 else 1.0), terms.e)
        order, last = a.order * exponent, degree(a.terms)
        ends = last * exponent < self.count if whole and exponent > 0 else last == 0
        known = np.where(ends, a.rest - a.order, np.fmin(a.rest - a.order, self.reach))
        found = self._leading(order, terms, order + known, flaw)
        return _where(a.zero, self._zero(flaw), found) if exponent > 0 else found

    def power(self, a: Germ, b: Germ) -> Germ:
        """``a ** b``."""
        found = self.exp(self.times(b, self.log(a)))
        values = np.where(b.zero, 0.0, to_float(row(b.terms, 0))[0])
        known = b.constant & np.isfinite(values)
        for exponent in np.unique(values[known]):
            fixed = self.fixed_power(a, float(exponent))
            fixed = replace(fixed, flaw=np.maximum(fixed.flaw, b.flaw))
            found = _where(known & (values == exponent), fixed, found)
        return found

    def exp(self, a: Germ) -> Germ:
        """``exp(a)``; of what grows or falls without bound only that it does so is kept."""
        dense, rest = self._dense(a)
        start = np.where(a.order < 0, np.copysign(np.inf, a.first), to_float(row(dense, 0))[0])
        # Where even the exponent of the result is out of reach it is as good as boundless.
        endless = np.isinf(start)
        first = exponential(np.where(endless, 0.0, start)[np.newaxis])
        known = (rest > 0) | ((a.order < 0) & ~np.isnan(a.first))
        flaw = np.maximum(a.flaw, np.where(known, 0, VAGUE))
        rest = np.where(a.constant, np.inf, np.minimum(rest, self.reach))
        found = self._leading(np.zeros_like(rest), self.series.exp(dense, first), rest, flaw)
        one = self.constant(np.ones(len(start)))
        far = np.where(start > 0, -np.inf, np.inf)
        return _where(endless, replace(one, order=far, rest=_FAR * np.sign(far), flaw=flaw), found)

    def log(self, a: Germ) -> Germ:
        """``log(a)``."""
        unknown = np.isnan(a.first) | (np.isinf(a.order) & ~a.zero)
        flaw = np.where(
            a.first < 0, OUTSIDE, np.where(a.zero, SINGULAR, np.where(unknown, VAGUE, 0))
        )
        turns = np.where(np.isinf(a.order), 0.0, a.order)
        value = logarithm(Wide(a.terms.m[0], a.terms.e[0])) + turns * self.log_step
        terms = self.series.log(a.terms, from_float(value[np.newaxis]))
        known = np.where(
            degree(a.terms) > 0, np.fmin(a.rest - a.order, self.reach), a.rest - a.order
        )
        return self._leading(np.zeros_like(value), terms, known, np.maximum(a.flaw, flaw))

    def waves(self, a: Germ) -> tuple[Germ, Germ]:
        """``sin(a)`` and ``cos(a)``; of what grows without bound only that they are bounded."""
        dense, rest = self._dense(a)
        start = to_float(row(dense, 0))
        noise = self.series.noise * np.abs(start)  # what is nothing but the argument's rounding
        begun = [wave(start) for wave in (np.sin, np.cos)]
        begun = [np.where(np.abs(value) <= noise, 0.0, value) for value in begun]
        flaw = np.maximum(a.flaw, np.where(np.isinf(start[0]), OUTSIDE, 0))
        full = np.where(a.constant, np.inf, np.minimum(rest, self.reach))
        both = self.series.waves(dense, *map(from_float, begun))
        bounded = self._bounded(np.zeros_like(rest), a.flaw)
        sine, cosine = (
            _where(rest <= 0, bounded, self._leading(np.zeros_like(rest), wave, full, flaw))
            for wave in both
        )
        return sine, cosine

    def atan(self, a: Germ) -> Germ:
        """``atan(a)``; of what grows without bound a right angle less that of its reciprocal."""
        grows = (a.order < 0) & ~np.isnan(a.first)
        one = self.constant(np.ones_like(a.order))
        inner = _where(grows, self.over(one, a), a)
        (dense, rest), (slope, _) = map(
            self._dense, (inner, self.plus(one, self.times(inner, inner)))
        )
        first = from_float(np.arctan(to_float(row(dense, 0))))
        terms = self.series.integral(self.series.over(self.series.rising(dense), slope), first)
        full = np.where(inner.constant, np.inf, np.minimum(rest, self.reach))
        near = self._leading(np.zeros_like(rest), terms, full, a.flaw)
        near = _where(rest <= 0, self._bounded(np.zeros_like(rest), a.flaw), near)
        right = self.constant(np.copysign(np.pi / 2, a.first))
        return _where(grows, self.plus(right, self.minus(near)), near)

    def sign(self, a: Germ) -> Germ:
        """``sign(a)``: 1, 0 or -1 for all small h."""
        known = replace(self.constant(np.sign(np.nan_to_num(a.first))), flaw=a.flaw)
        return _where(np.isnan(a.first), self._bounded(np.zeros_like(a.order), a.flaw), known)

    def maximum(self, a: Germ, b: Germ) -> Germ:
        """The larger of both; where they cannot be told apart, what they have in common."""
        gap = self.plus(a, self.minus(b))
        common = self.plus(a, self._bounded(gap.order, gap.flaw))
        found = _where(np.isnan(gap.first), common, _where(gap.first < 0, b, a))
        return replace(found, flaw=gap.flaw)

    def floor(self, a: Germ) -> Germ:
        """``floor(a)``; on a whole number it matters from where the path comes."""
        dense, rest = self._dense(a)
        start = to_float(row(dense, 0))[0]
        nearest = np.nan_to_num(np.rint(start))
        whole = np.abs(start - nearest) <= self.series.noise * np.abs(start)
        beyond = self.plus(a, self.minus(self.constant(nearest)))
        value = np.where(whole, nearest - (beyond.first < 0), np.floor(start))
        found = replace(self.constant(np.nan_to_num(value)), flaw=a.flaw)
        unsure = (rest <= 0) | (whole & np.isnan(beyond.first))
        found = _where(np.isinf(start), a, found)  # so large that it is a whole number
        return _where(unsure, self.plus(a, self._bounded(np.zeros_like(rest), a.flaw)), found)

    def slope(self, a: Germ) -> Germ:
        """``(a - a0) / h`` with the limit a0 of a; flawed where that is infinite."""
        flaw = np.maximum(a.flaw, np.where((a.order < 0) | (a.rest <= 0), VAGUE, 0))
        terms = Wide(
            np.where(a.order == 0, [[0.0]] + [[1.0]] * (self.count - 1), 1) * a.terms.m, a.terms.e
        )
        found = self._leading(a.order, terms, a.rest, flaw)
        return replace(found, order=found.order - 1, rest=found.rest - 1)

    def _bounded(self, order: Array, flaw: Array) -> Germ:
        """Germs of which nothing is known but that they are no larger than ``h**order``."""
        m = np.zeros((self.count, len(order)))
        m[0] = np.nan
        return Germ(order, Wide(m, np.zeros_like(m)), order, flaw)

    def _zero(self, flaw: Array) -> Germ:
        return replace(self.constant(np.zeros(len(flaw))), flaw=flaw)

    def _dense(self, a: Germ) -> tuple[Wide, Array]:
        """The coefficients from ``h**0`` on, and the rest: 0 or less where a is infinite."""
        terms, rest = self._from(a, np.zeros_like(a.order))
        return terms, np.where(a.order < 0, a.order, rest)

    def _from(self, a: Germ, order: Array) -> tuple[Wide, Array]:
        """The coefficients from a lower order on, and the rest.

        Terms that are no whole number of steps behind that order are not known.
        """
        if (a.order == order).all():
            return a.terms, a.rest
        gap = np.nan_to_num((a.order - order) * self.grid, nan=0.0, posinf=2.0 * self.count)
        steps = np.rint(np.clip(gap, 0, self.count))
        off = (np.abs(gap - np.rint(gap)) > _SAME_POWER) & (gap > 0) & (gap < self.count)
        terms = moved(a.terms, np.where(off, self.count, steps))
        rest = np.where(off, a.order, a.rest)
        lost = (degree(a.terms) + steps >= self.count) & ~off & ~a.zero
        return terms, np.where(lost, np.fmin(rest, order + self.reach), rest)

    def _leading(self, order: Array, terms: Wide, rest: Array, flaw: Array) -> Germ:
        """The germ with its order at the first known coefficient that is not 0."""
        steps = np.arange(len(terms.m))[:, np.newaxis] / self.grid
        known = (order + steps < rest - _SAME_POWER) | np.isinf(order)
        m = np.where(known, terms.m, 0.0)
        filled = m != 0
        some, first = filled.any(axis=0), filled.argmax(axis=0)
        led = moved(Wide(m, terms.e), -first) if first.any() else Wide(m, terms.e)
        # What grows against what vanishes, both faster than any power: nothing is known.
        unclear = np.isnan(order)
        flaw = np.maximum(flaw, np.where(unclear, VAGUE, 0))
        rest = np.where(np.isinf(order) & some, np.copysign(_FAR, order), rest)
        exact = np.isposinf(rest)
        order = np.where(some, order + first / self.grid, np.where(exact, np.inf, rest))
        begin = np.where(some | exact, led.m[0], np.nan)
        leading = Wide(np.concatenate([begin[np.newaxis], led.m[1:]]), led.e)
        return Germ(np.where(unclear, 0.0, order), leading, np.where(unclear, 0.0, rest), flaw)


def _where(condition: Mask, a: Germ, b: Germ) -> Germ:
    return Germ(
        np.where(condition, a.order, b.order),
        Wide(np.where(condition, a.terms.m, b.terms.m), np.where(condition, a.terms.e, b.terms.e)),
        np.where(condition, a.rest, b.rest),
        np.where(condition, a.flaw, b.flaw),
    )
