"""Derivatives of large formulas by the rules of calculus, part by part.

What SymPy gives is shorter, but takes longer than one waits for formulas of thousands of parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from engine.formula.chains import flat, grouped
from engine.formula.errors import FormulaError
from engine.formula.evaluate import constant_value
from engine.formula.infix import number
from engine.formula.nodes import Binary, Call, Expression, Name, Number, Unary
from engine.formula.parse import parse_expression
from engine.formula.rewrite import ONE, ZERO, negate, substitute, tidy
from engine.formula.vocabulary import FUNCTIONS, SLOTS


def derived_by_rules(node: Expression, name: str) -> Expression:
    """The derivative of a formula by one of its names.

    Raises:
        FormulaError: ``grad`` is called in it.
    """
    match node:
        case Name(word):
            return ONE if word == name else ZERO
        case Unary(operand):
            return negate(derived_by_rules(operand, name))
        case Binary("+" | "-"):
            first, rest = flat(node)
            terms = [("+", first), *rest]
            return _sum([(sign, derived_by_rules(term, name)) for sign, term in terms])
        case Binary("*", left, right):
            first, second = (derived_by_rules(each, name) for each in (left, right))
            return _sum([("+", _times(first, right)), ("+", _times(left, second))])
        case Binary("/", left, right):
            first, second = (derived_by_rules(each, name) for each in (left, right))
            if second == ZERO:
                return tidy(Binary("/", first, right))
            above = _sum([("+", _times(first, right)), ("-", _times(left, second))])
            return Binary("/", above, Binary("**", right, Number(2.0, "2")))
        case Binary("**", left, right):
            return _power(left, right, name)
        case Call(function, arguments) if function in FUNCTIONS:
            rates = [_filled(rate, arguments) for rate in _rates(function)]
            slopes = [derived_by_rules(each, name) for each in arguments]
            pairs = zip(rates, slopes, strict=True)
            return _sum([("+", _times(rate, slope)) for rate, slope in pairs])
        case Call():
            raise FormulaError("grad(...) cannot be derived")
    return ZERO


def _power(base: Expression, exponent: Expression, name: str) -> Expression:
    inner, value = derived_by_rules(base, name), constant_value(exponent)
    if value is None:
        outer = derived_by_rules(exponent, name)
        whole = Binary("**", base, exponent)
        rising = _times(outer, Call("log", (base,)))
        return _times(
            whole, _sum([("+", rising), ("+", Binary("/", _times(exponent, inner), base))])
        )
    if inner == ZERO or value == 0:
        return ZERO
    less = base if value == 2 else Binary("**", base, _number(value - 1))
    return inner if value == 1 else _times(_times(_number(value), less), inner)


def _number(value: float) -> Expression:
    size = Number(abs(value), number(abs(value)))
    return Unary(size) if value < 0 else size


def _times(left: Expression, right: Expression) -> Expression:
    """A product without zeros and ones."""
    if ZERO in (left, right):
        return ZERO
    if left == ONE:
        return right
    return left if right == ONE else Binary("*", left, right)


def _sum(terms: Sequence[tuple[str, Expression]]) -> Expression:
    """A sum without its zeros, in groups where it is long."""
    kept = [(sign, term) for sign, term in terms if term != ZERO]
    if not kept:
        return ZERO
    (sign, first), *rest = kept
    return grouped(negate(first) if sign == "-" else first, rest)


@cache
def _rates(function: str) -> tuple[Expression, ...]:
    row = FUNCTIONS[function]
    return tuple(parse_expression(text, SLOTS[: row.arity]) for text in row.derivatives)


def _filled(rate: Expression, arguments: Sequence[Expression]) -> Expression:
    return substitute(rate, dict(zip(map(Name, SLOTS), arguments, strict=False)))
