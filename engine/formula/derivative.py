"""Derivatives of formulas, by SymPy, as formulas again."""

from __future__ import annotations

import math
from functools import cache, reduce
from typing import Any

from engine.formula.chains import node_count
from engine.formula.errors import FormulaError
from engine.formula.evaluate import constant_value
from engine.formula.infix import number
from engine.formula.nodes import Binary, Call, Expression, Name, Number, Unary
from engine.formula.parse import parse_expression
from engine.formula.rewrite import ONE
from engine.formula.rules import derived_by_rules
from engine.formula.vocabulary import FUNCTIONS, Function

_LARGE = 500  # SymPy takes its time for larger formulas


def derivative(expression: Expression, name: str) -> Expression:
    """The derivative of a formula by one of its names, with constants evaluated.

    ``0.1*x1**2`` by ``x1`` gives ``0.2*x1``. At a kink of ``abs``, ``maximum`` or ``minimum``
    it is the mean of the slopes on both sides.

    Raises:
        FormulaError: If SymPy finds no derivative that float64 can hold.
    """
    import sympy

    try:
        if node_count(expression) > _LARGE:
            return derived_by_rules(expression, name)
        result = to_sympy(expression).diff(sympy.Symbol(name))
        return from_sympy(result)
    except (RecursionError, OverflowError, NotImplementedError):
        raise FormulaError(f"the formula is too involved to derive by {name!r}") from None


def to_sympy(node: Expression) -> Any:
    """SymPy's tree of a formula, its constants folded in float64 so that none can grow."""
    import sympy

    value = constant_value(node)
    if value is not None:
        return sympy.Float(value)
    match node:
        case Name(name):
            return sympy.Symbol(name)
        case Unary(operand):
            return -to_sympy(operand)
        case Binary("+", left, right):
            return to_sympy(left) + to_sympy(right)
        case Binary("-", left, right):
            return to_sympy(left) - to_sympy(right)
        case Binary("*", left, right):
            return to_sympy(left) * to_sympy(right)
        case Binary("/", left, right):
            return to_sympy(left) / to_sympy(right)
        case Binary(_, left, right):
            return to_sympy(left) ** _exponent(right)
        case Call(function, arguments) if function in FUNCTIONS:
            return _function(FUNCTIONS[function])(*(to_sympy(each) for each in arguments))
    raise FormulaError("grad(...) cannot be derived")


def _exponent(node: Expression) -> Any:
    import sympy

    value = constant_value(node)
    whole = value is not None and value.is_integer()
    return sympy.Integer(int(value)) if whole and value is not None else to_sympy(node)


@cache
def _function(row: Function) -> Any:
    """A SymPy function that knows its derivatives from the vocabulary and nothing else.

    SymPy's own functions would rewrite what they are given (``sqrt(x**2)`` to ``Abs(x)``)
    and ask questions about signs that can take forever.
    """
    import sympy

    slots = ("a", "b")[: row.arity]
    slopes = [parse_expression(text, slots) for text in row.derivatives]

    def fdiff(self: Any, argindex: int = 1) -> Any:
        slope = to_sympy(slopes[argindex - 1])
        return slope.xreplace(dict(zip(map(sympy.Symbol, slots), self.args, strict=True)))

    return type(row.name, (sympy.Function,), {"fdiff": fdiff, "nargs": row.arity})


def from_sympy(tree: Any) -> Expression:
    """The formula of SymPy's tree; FormulaError where no formula says it."""
    if tree.is_Number:
        return _constant(tree)
    if tree.is_Symbol:
        return Name(tree.name)
    if tree.is_Add:
        return _sum(tree)
    if tree.is_Mul or tree.is_Pow:
        return _product(tree)
    name = tree.func.__name__
    if name in FUNCTIONS:
        return Call(name, tuple(from_sympy(argument) for argument in tree.args))
    raise FormulaError(f"the formula has no real derivative: it would hold {tree}")


def _constant(tree: Any) -> Expression:
    value = float(tree)
    if not math.isfinite(value):
        raise FormulaError("the formula's derivative holds a number that is not finite")
    size = Number(abs(value), number(abs(value)))
    return Unary(size) if value < 0 else size


def _sum(tree: Any) -> Expression:
    terms = [from_sympy(term) for term in tree.as_ordered_terms()]
    leading = next((term for term in terms if not isinstance(term, Unary)), terms[0])
    terms.remove(leading)
    first = leading
    for term in terms:
        if isinstance(term, Unary):
            first = Binary("-", first, term.operand)
        else:
            first = Binary("+", first, term)
    return first


def _product(tree: Any) -> Expression:
    """A product as a fraction: factors with negative exponents go below the bar."""
    scale, rest = tree.as_coeff_Mul()
    above: list[Expression] = []
    below: list[Expression] = []
    for factor in rest.as_ordered_factors():
        base, exponent = factor.as_base_exp()
        inverse = exponent.is_Number and exponent < 0
        side, exponent = (below, -exponent) if inverse else (above, exponent)
        side.append(_power(base, exponent))
    size = _constant(abs(scale))
    if size != ONE or not above:
        above.insert(0, size)
    result = _times(above)
    if below:
        result = Binary("/", result, _times(below))
    return Unary(result) if scale < 0 else result


def _power(base: Any, exponent: Any) -> Expression:
    if exponent == 1:
        return from_sympy(base)
    return Binary("**", from_sympy(base), from_sympy(exponent))


def _times(factors: list[Expression]) -> Expression:
    return reduce(lambda left, right: Binary("*", left, right), factors)
