"""Formulas rewritten so that nothing overflows, or divides 0 by 0, on the way to a finite value.

What is equal in exact arithmetic is not in float64: ``log(1 + exp(a))`` is infinite from 710 on,
``softplus(a)`` is not; ``x * sign(x) / sqrt(abs(x))`` has no value at 0, ``sqrt(abs(x))`` has.
Known are quotients and logarithms of sums of exponentials, as in logistic functions, hyperbolic
tangents and mixtures, and products whose factors cancel. Other formulas come back as they are.
"""

from __future__ import annotations

import math
from functools import reduce

from engine.formula.algebra import constant, minus, plus, scaled
from engine.formula.errors import FormulaError
from engine.formula.evaluate import constant_value
from engine.formula.exponentials import Term, multiplied, sum_of_exponentials
from engine.formula.factors import Factor, factors_of, merged, written
from engine.formula.nodes import Binary, Call, Expression, Unary
from engine.formula.rewrite import ONE, ZERO

_MOST_TERMS = 3
_MOST_FACTORS = 64


def stable(node: Expression) -> Expression:
    """The formula in a form that keeps its value where float64 would lose it."""
    try:
        return _stable(node)
    except (FormulaError, RecursionError, OverflowError, ZeroDivisionError):
        return node  # beyond what SymPy can work with


def _stable(node: Expression) -> Expression:
    match node:
        case Call():
            return _call(node)
        case Unary(operand):
            inner = _stable(operand)
            return inner.operand if isinstance(inner, Unary) else Unary(inner)
        case Binary("*" | "/"):
            return _product(node)
        case Binary("+" | "-" as operator, left, right):
            first, second = _stable(left), _stable(right)
            if operator == "-" and isinstance(second, Unary) and second != right:
                return _sum(Binary("+", first, second.operand))
            return _sum(Binary(operator, first, second))
        case Binary(operator, left, right):
            return Binary(operator, _stable(left), _stable(right))
    return node


def _call(node: Call) -> Expression:
    if node.function in ("log", "log1p"):
        [argument] = node.arguments
        inside = Binary("+", ONE, argument) if node.function == "log1p" else argument
        terms = _positive(inside)
        if terms is not None:
            return _log_of_sum(terms)
    inner = Call(node.function, tuple(map(_stable, node.arguments)))
    return _log_of_product(inner) if inner.function == "log" else inner


def _product(node: Binary) -> Expression:
    """A product whose exponentials are set against the sum of exponentials that divides it."""
    factors = factors_of(node)
    if len(factors) > _MOST_FACTORS:
        return Binary(node.operator, _stable(node.left), _stable(node.right))
    for position, (base, power) in enumerate(factors):
        sums = _positive(base) if power < 0 else None
        if sums is None or len(sums) < 2:
            continue
        rest, parts = _drawn([*factors[:position], *factors[position + 1 :]])
        share = _share(parts, sums, -power)
        if share is not None:
            return _product_of([*rest, (share, 1.0)])
    return _product_of(factors, node)


def _product_of(factors: list[Factor], node: Expression | None = None) -> Expression:
    steady = [(_stable(base), power) for base, power in factors]
    found = merged(steady)
    return node if node is not None and found == factors else written(found)


def _drawn(factors: list[Factor]) -> tuple[list[Factor], list[Term]]:
    """The factors that are no sums of exponentials, and the product of those that are."""
    rest: list[Factor] = []
    parts = [Term(1.0, ZERO)]
    for base, power in factors:
        terms = sum_of_exponentials(Binary("**", base, constant(power)) if power != 1 else base)
        longer = terms and multiplied(parts, terms)
        if longer and len(longer) <= _MOST_TERMS:
            parts = longer
        else:
            rest.append((base, power))
    return rest, parts


def _positive(node: Expression) -> list[Term] | None:
    """A sum of a few exponentials, each with a factor above 0, or None."""
    terms = sum_of_exponentials(node)
    if terms is None or len(terms) > _MOST_TERMS or any(term.factor <= 0 for term in terms):
        return None
    return terms


def _share(parts: list[Term], sums: list[Term], power: float) -> Expression | None:
    """A sum of exponentials over a power of another; None where that is as good as it stands."""
    exponents = [term.exponent for term in sums]
    if len(sums) == 2 and all(part.exponent in exponents for part in parts):
        if power == 1:
            return _logistic(parts, sums)
        if len(parts) == 1 and float(power).is_integer() and ZERO in exponents:
            others = Binary("**", _logistic([Term(1.0, ZERO)], sums), constant(power - 1))
            return Binary("*", _logistic(parts, sums), others if power > 2 else others.left)
    if all(part.exponent == ZERO for part in parts):
        return None
    level = scaled(power, _log_of_sum(sums))
    shares = [scaled(part.factor, Call("exp", (minus(part.exponent, level),))) for part in parts]
    return reduce(plus, shares)


def _logistic(parts: list[Term], sums: list[Term]) -> Expression:
    """A sum of exponentials over one of two terms with the same exponents."""
    first, second = (
        sum(part.factor for part in parts if part.exponent == term.exponent) / term.factor
        for term in sums
    )
    balance = constant(math.log(sums[0].factor / sums[1].factor))
    gap = plus(minus(sums[0].exponent, sums[1].exponent), balance)
    if first == -second:
        return _tanh(first, scaled(0.5, gap))
    if first == second:
        return constant(first)
    rising, falling = Call("sigmoid", (gap,)), Call("sigmoid", (scaled(-1, gap),))
    return plus(scaled(first, rising), scaled(second, falling))


def _tanh(factor: float, argument: Expression) -> Expression:
    """``factor * tanh(argument)`` with a minus drawn out of the argument."""
    if isinstance(argument, Unary):
        return _tanh(-factor, argument.operand)
    return scaled(factor, Call("tanh", (argument,)))


def _log_of_sum(terms: list[Term]) -> Expression:
    """The logarithm of a sum of exponentials, each with a factor above 0."""
    levels = [plus(term.exponent, constant(math.log(term.factor))) for term in terms]
    # A constant comes first, so that log(1 + exp(a)) is softplus(a) and no more.
    levels.sort(key=lambda level: constant_value(level) is None)
    return reduce(lambda a, b: plus(a, Call("softplus", (minus(b, a),))), levels)


def _log_of_product(node: Call) -> Expression:
    """``log`` of a multiple of a logistic function, of an exponential or of ``cosh``."""
    factor, inner = _multiple(node.arguments[0])
    if factor <= 0 or not isinstance(inner, Call):
        return node
    [argument, *_] = inner.arguments
    match inner.function:
        case "exp":
            level = argument
        case "sigmoid":
            level = scaled(-1, Call("softplus", (scaled(-1, argument),)))
        case "cosh":
            level = _log_of_sum([Term(0.5, argument), Term(0.5, scaled(-1, argument))])
        case _:
            return node
    return plus(level, constant(math.log(factor)))


def _sum(node: Binary) -> Expression:
    """A logistic function and the constant that it comes from or goes to, without cancellation."""
    sign = -1.0 if node.operator == "-" else 1.0
    first, second = constant_value(node.left), constant_value(node.right)
    if (first is None) == (second is None):
        return node
    level = first if first is not None else sign * (second or 0.0)
    factor, inner = _multiple(node.left if first is None else node.right)
    factor *= 1.0 if first is None else sign
    if level == 0 or not (isinstance(inner, Call) and inner.function == "sigmoid"):
        return node
    [argument] = inner.arguments
    if level == -factor:
        return scaled(level, Call("sigmoid", (scaled(-1, argument),)))
    if level == -factor / 2:
        return _tanh(factor / 2, scaled(0.5, argument))
    return node


def _multiple(node: Expression) -> tuple[float, Expression]:
    """A number and what it multiplies."""
    match node:
        case Unary(operand):
            factor, inner = _multiple(operand)
            return -factor, inner
        case Binary("*", left, right) if (value := constant_value(left)) is not None:
            factor, inner = _multiple(right)
            return value * factor, inner
        case Binary("*" | "/" as sign, left, right) if value := constant_value(right):
            factor, inner = _multiple(left)
            return factor * value if sign == "*" else factor / value, inner
    return 1.0, node
