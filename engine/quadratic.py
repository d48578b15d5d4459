"""Formulas that are polynomials of degree two, and where these are lowest."""

from __future__ import annotations

from fractions import Fraction

from engine.formula.evaluate import constant_value
from engine.formula.nodes import Binary, Call, Expression, Name, Number, Unary

Polynomial = dict[tuple[int, int], Fraction]
"""The factor of each ``x1**i * x2**j``, exactly."""

_HIGHEST = 4  # what is of a higher degree on the way is given up


def lowest_point(expression: Expression) -> tuple[float, float] | None:
    """The only minimum of a quadratic function of ``x1`` and ``x2``.

    None where the formula is no quadratic, is unbounded below, or has a whole line of minima.
    Decimals count as they are written, so that the point is exact but for its rounding.
    """
    found = polynomial(expression)
    if found is None or any(sum(powers) > 2 for powers in found):
        return None
    a, b, c = (found.get(powers, Fraction(0)) for powers in ((2, 0), (1, 1), (0, 2)))
    d, e = (found.get(powers, Fraction(0)) for powers in ((1, 0), (0, 1)))
    gap = 4 * a * c - b * b
    if a <= 0 or gap <= 0:
        return None
    try:
        return float((b * e - 2 * c * d) / gap), float((b * d - 2 * a * e) / gap)
    except OverflowError:
        return None


def polynomial(node: Expression) -> Polynomial | None:
    """The formula as a polynomial of a low degree, None where it is none."""
    match node:
        case Number(_, text):
            return _cleared({(0, 0): Fraction(text)})
        case Name("x1"):
            return {(1, 0): Fraction(1)}
        case Name("x2"):
            return {(0, 1): Fraction(1)}
        case Unary(operand):
            return _times(polynomial(operand), {(0, 0): Fraction(-1)})
        case Binary("+" | "-" as sign, left, right):
            second = _times(polynomial(right), {(0, 0): Fraction(1 if sign == "+" else -1)})
            return _plus(polynomial(left), second)
        case Binary("*", left, right):
            return _times(polynomial(left), polynomial(right))
        case Binary("/", left, right):
            return _over(polynomial(left), polynomial(right))
        case Binary("**", left, right):
            return _power(left, polynomial(right))
    value = constant_value(node)
    return None if value is None else _cleared({(0, 0): Fraction(value)})


def _plus(a: Polynomial | None, b: Polynomial | None) -> Polynomial | None:
    if a is None or b is None:
        return None
    return _cleared({key: a.get(key, Fraction(0)) + b.get(key, Fraction(0)) for key in {**a, **b}})


def _times(a: Polynomial | None, b: Polynomial | None) -> Polynomial | None:
    if a is None or b is None:
        return None
    found: Polynomial = {}
    for (i, j), first in a.items():
        for (k, m), second in b.items():
            if i + j + k + m > _HIGHEST:
                return None
            powers = (i + k, j + m)
            found[powers] = found.get(powers, Fraction(0)) + first * second
    return _cleared(found)


def _over(a: Polynomial | None, b: Polynomial | None) -> Polynomial | None:
    if b is None or {*b} != {(0, 0)}:
        return None
    return _times(a, {(0, 0): 1 / b[0, 0]})


def _power(base: Expression, exponent: Polynomial | None) -> Polynomial | None:
    """A whole power; an even one of an absolute value is that of what is inside."""
    if exponent is None or {*exponent} - {(0, 0)}:
        return None
    count = exponent.get((0, 0), Fraction(0))
    if count.denominator != 1 or not 0 <= count <= _HIGHEST:
        value = constant_value(Binary("**", base, Number(float(count), str(float(count)))))
        return None if value is None else _cleared({(0, 0): Fraction(value)})
    if isinstance(base, Call) and base.function == "abs" and count % 2 == 0:
        [base] = base.arguments
    inner = polynomial(base)
    found: Polynomial | None = {(0, 0): Fraction(1)}
    for _ in range(int(count)):
        found = _times(found, inner)
    return found


def _cleared(found: Polynomial) -> Polynomial:
    return {powers: factor for powers, factor in found.items() if factor}
