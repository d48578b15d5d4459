"""Formulas computed with NumPy: closures over the tree; nothing is evaluated as code."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import numpy as np

from engine.formula.nodes import Binary, Call, Expression, Name, Number, Unary
from engine.formula.vocabulary import CONSTANTS, FUNCTIONS

Evaluator = Callable[[Mapping[Any, Any]], Any]

_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "**": np.power,
}


def product_count(node: Binary) -> int | None:
    """How many factors a small integer power is computed as, or None for a general power.

    Powers 2 to 8 are products in NumPy and in JavaScript, so that the two agree to the last bit.
    """
    match node:
        case Binary("**", _, Number(value)) if value.is_integer() and 2 <= value <= 8:
            return int(value)
    return None


def numpy_function(expression: Expression, *, timed: bool = False) -> Evaluator:
    """A function that computes the formula from a mapping of names to numbers or arrays.

    Everything is elementwise and broadcasts. Names are looked up by id, or by ``(id, time)``
    if ``timed``; ``grad(y)`` calls the mapping's entry ``"grad"``. NumPy's floating-point
    warnings are left to the caller's ``np.errstate``.
    """
    match expression:
        case Number(value):
            return lambda env: value
        case Name(name) if name in CONSTANTS:
            constant = CONSTANTS[name]
            return lambda env: constant
        case Name(name, time):
            return operator.itemgetter((name, time) if timed else name)
        case Unary(operand):
            inner = numpy_function(operand, timed=timed)
            return lambda env: np.negative(inner(env))
        case Binary():
            return _binary(expression, timed)
        case Call("grad", (argument,)):
            point = numpy_function(argument, timed=timed)
            return lambda env: env["grad"](point(env))
        case Call(name, arguments):
            function = FUNCTIONS[name].compute
            inners = [numpy_function(argument, timed=timed) for argument in arguments]
            return lambda env: function(*(inner(env) for inner in inners))


def _binary(node: Binary, timed: bool) -> Evaluator:
    left = numpy_function(node.left, timed=timed)
    count = product_count(node)
    if count is not None:
        return lambda env: reduce(np.multiply, [left(env)] * count)
    right = numpy_function(node.right, timed=timed)
    operation = _OPERATORS[node.operator]
    return lambda env: operation(left(env), right(env))


def constant_value(expression: Expression) -> float | None:
    """The value of a formula without variables, in float64; None where it has variables."""
    if not _is_constant(expression):
        return None
    with np.errstate(all="ignore"):
        return float(numpy_function(expression)({}))


def _is_constant(expression: Expression) -> bool:
    """Whether no variable is in a formula; the last operands are looked at first, for a sum is
    deep on its left side.
    """
    open_ = [expression]
    while open_:
        match open_.pop():
            case Name(name) if name not in CONSTANTS:
                return False
            case Unary(operand):
                open_.append(operand)
            case Binary(_, left, right):
                open_ += (left, right)
            case Call("grad", _):
                return False
            case Call(_, arguments):
                open_ += arguments
    return True
