"""Formulas read as sums of exponentials."""

from __future__ import annotations

from dataclasses import dataclass

from engine.formula.algebra import plus, scaled
from engine.formula.evaluate import constant_value
from engine.formula.nodes import Binary, Call, Expression, Unary
from engine.formula.rewrite import ZERO, nodes_in

_MOST_TERMS = 16


@dataclass(frozen=True)
class Term:
    """``factor * exp(exponent)``."""

    factor: float
    exponent: Expression


def sum_of_exponentials(node: Expression) -> list[Term] | None:
    """The formula as exponentials of different exponents, at least one of which varies, or None."""
    calls = [each.function for each in nodes_in(node) if isinstance(each, Call)]
    found = sum(name in ("exp", "expm1") for name in calls)
    if not 0 < found <= _MOST_TERMS:
        return None
    terms = _terms(node)
    if terms is None or all(constant_value(term.exponent) is not None for term in terms):
        return None
    return terms


def multiplied(first: list[Term], second: list[Term]) -> list[Term]:
    """The product of two sums."""
    return _merged(
        [Term(a.factor * b.factor, plus(a.exponent, b.exponent)) for a in first for b in second]
    )


def _terms(node: Expression) -> list[Term] | None:
    value = constant_value(node)
    if value is not None:
        return [Term(value, ZERO)]
    match node:
        case Call("exp", (argument,)):
            return [Term(1.0, scaled(1, argument))]
        case Call("expm1", (argument,)):
            return [Term(1.0, scaled(1, argument)), Term(-1.0, ZERO)]
        case Unary(operand):
            return _times(_terms(operand), [Term(-1.0, ZERO)])
        case Binary("+" | "-" as sign, left, right):
            first, second = _terms(left), _terms(right)
            second = _times(second, [Term(1.0 if sign == "+" else -1.0, ZERO)])
            return None if first is None or second is None else _merged([*first, *second])
        case Binary("*", left, right):
            return _times(_terms(left), _terms(right))
        case Binary("/", left, right):
            return _times(_terms(left), _power(_terms(right), -1.0))
        case Binary("**", left, right):
            return _power(_terms(left), constant_value(right))
    return None


def _times(first: list[Term] | None, second: list[Term] | None) -> list[Term] | None:
    if first is None or second is None or len(first) * len(second) > _MOST_TERMS:
        return None
    return multiplied(first, second)


def _power(terms: list[Term] | None, exponent: float | None) -> list[Term] | None:
    """A single exponential to a fixed power."""
    if terms is None or exponent is None or len(terms) != 1 or terms[0].factor <= 0:
        return None
    [term] = terms
    return [Term(term.factor**exponent, scaled(exponent, term.exponent))]


def _merged(terms: list[Term]) -> list[Term]:
    found: dict[Expression, float] = {}
    for term in terms:
        found[term.exponent] = found.get(term.exponent, 0.0) + term.factor
    return [Term(factor, exponent) for exponent, factor in found.items() if factor]
