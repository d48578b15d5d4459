"""Products as lists of factors, and what can be said shorter in them."""

from __future__ import annotations

from functools import reduce

from engine.formula.algebra import constant, plus, scaled
from engine.formula.evaluate import constant_value
from engine.formula.nodes import Binary, Call, Expression, Unary
from engine.formula.rewrite import ONE

Factor = tuple[Expression, float]
"""A formula and the power to which it is raised."""

_MINUS = Unary(ONE)


def factors_of(node: Expression, power: float = 1.0) -> list[Factor]:
    """The factors of a product, in order; a minus is a factor of its own."""
    match node:
        case Unary(operand) if constant_value(operand) is None:
            return [(_MINUS, 1.0), *factors_of(operand, power)]
        case Binary("*", left, right):
            return [*factors_of(left, power), *factors_of(right, power)]
        case Binary("/", left, right):
            return [*factors_of(left, power), *factors_of(right, -power)]
        case Binary("**", base, exponent) if constant_value(exponent) is not None:
            return [(base, power * (constant_value(exponent) or 0.0))]
        case Call("sqrt", (base,)):
            return [(base, power / 2)]
    return [(node, power)]


def merged(factors: list[Factor]) -> list[Factor]:
    """The product without factors that stand above and below the bar, and with one exponential.

    ``x * sign(x)`` becomes ``abs(x)``, ``sinh(x) / cosh(x)`` becomes ``tanh(x)``.
    """
    joined = _exponentials_joined(factors)
    return _cancelled(_paired(_paired(joined, "sign", 1), "sinh", -1))


def written(factors: list[Factor]) -> Expression:
    """The product as a fraction, its numbers in front."""
    negative = sum(base == _MINUS for base, _ in factors) % 2
    rest = [(base, power) for base, power in factors if base not in (_MINUS, ONE)]
    rest.sort(key=lambda factor: constant_value(factor[0]) is None)
    above = [_power(base, power) for base, power in rest if power > 0]
    below = [_power(base, -power) for base, power in rest if power < 0]
    result = _times(above or [ONE])
    result = Binary("/", result, _times(below)) if below else result
    return Unary(result) if negative else result


def _exponentials_joined(factors: list[Factor]) -> list[Factor]:
    exponents = [
        scaled(power, base.arguments[0])
        for base, power in factors
        if isinstance(base, Call) and base.function == "exp"
    ]
    if len(exponents) < 2:
        return factors
    others = [
        (base, power)
        for base, power in factors
        if not (isinstance(base, Call) and base.function == "exp")
    ]
    return [*others, (Call("exp", (reduce(plus, exponents),)), 1.0)]


def _paired(factors: list[Factor], function: str, side: int) -> list[Factor]:
    """Each call of ``sign`` joined with an odd power of what it is called with, to ``abs``; each of
    ``sinh`` with ``cosh`` on the other side of the bar, to ``tanh``.
    """
    for position, (base, power) in enumerate(factors):
        if not (isinstance(base, Call) and base.function == function and power == 1):
            continue
        [inner] = base.arguments
        partner = inner if function == "sign" else Call("cosh", (inner,))
        for other, (found, degree) in enumerate(factors):
            fits = degree % 2 == 1 if function == "sign" else degree <= side
            if found != partner or not fits:
                continue
            rest = [each for k, each in enumerate(factors) if k not in (position, other)]
            if function == "sign":
                rest.append((Call("abs", (inner,)), degree))
            else:
                rest += [(Call("tanh", (inner,)), 1.0), (partner, degree + 1)]
            return _paired([each for each in rest if each[1]], function, side)
    return factors


def _cancelled(factors: list[Factor]) -> list[Factor]:
    """Powers of one base joined, where some are above and some below the bar."""
    found: list[Factor] = []
    for base, power in factors:
        opposite = (k for k, (other, p) in enumerate(found) if other == base and p * power < 0)
        at = next(opposite, None)
        if at is None or constant_value(base) is not None:
            found.append((base, power))
            continue
        total = found[at][1] + power
        found[at : at + 1] = [(base, total)] if total else []
    return found


def _power(base: Expression, power: float) -> Expression:
    if power == 1:
        return base
    return Call("sqrt", (base,)) if power == 0.5 else Binary("**", base, constant(power))


def _times(factors: list[Expression]) -> Expression:
    return reduce(lambda left, right: Binary("*", left, right), factors)
