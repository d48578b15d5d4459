"""Formulas rewritten: names replaced, zeros and ones cleared, the step's coefficient isolated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from engine.formula.errors import FormulaError
from engine.formula.evaluate import numpy_function
from engine.formula.nodes import Assignment, Binary, Call, Expression, Name, Number, Program, Unary

MAX_SIZE = 2000

ZERO = Number(0.0, "0")
ONE = Number(1.0, "1")


def coefficient(program: Program, direction: str) -> Expression:
    """The effective step of each coordinate: what multiplies ``direction`` in x's decrease.

    Where a rule reads ``x = x - c * direction`` this is ``c``, with the names that other lines
    assign written out, except the state, which stays by name and time: ``lr / sqrt(s + eps)``
    for AdaGrad and ``g``. Evaluate it with ``numpy_function(..., timed=True)``.

    Args:
        program: An update rule that is linear in ``direction`` and in ``x``.
        direction: ``g`` or a name that the rule assigns.

    Raises:
        FormulaError: If ``x`` does not depend on the direction, or is bent in it as by ``sign``, or
            the formula grows too large.
    """
    read_before = {n.id for line in program.lines for n in names(line.value) if n.time == -1}
    written: dict[Name, Expression] = {}
    for line in program.lines:
        value = substitute(line.value, written)
        _check_size(value, line)
        if line.target.id == "x":
            return _isolate(value, direction)
        if line.target.id not in read_before | {direction}:
            written[line.target] = value
    raise FormulaError("no line of the update rule assigns 'x'")


def _isolate(value: Expression, direction: str) -> Expression:
    if direction not in {name.id for name in names(value)}:
        raise FormulaError(f"the step of 'x' does not depend on {direction!r}")
    if _bends(value, direction):
        raise FormulaError(
            f"the step of 'x' is no multiple of {direction!r}; write a line for what it is a "
            f"multiple of, as in 'd = sign({direction})', and name that as the direction"
        )
    known = {name: ONE for name in names(value) if name.id == direction}
    known |= {name: ZERO for name in names(value) if name.id == "x"}
    return _negate(tidy(substitute(value, known)))


def _bends(value: Expression, direction: str) -> bool:
    """Whether a formula is no straight line in ``direction``, judged by values at three places."""
    keys = sorted({(name.id, name.time) for name in names(value)}, key=str)
    known: dict[Any, Any] = {key: 0.3 + 0.07 * index for index, key in enumerate(keys)}
    places = np.array([-1.0, 0.5, 2.0])
    known |= {key: places for key in known if key[0] == direction}
    with np.errstate(all="ignore"):
        found = np.asarray(numpy_function(value, timed=True)({**known, "grad": np.asarray}))
    first, second = np.diff(np.broadcast_to(found, places.shape))
    return bool(abs(first - second) > 1e-9 * (abs(first) + abs(second)))


def names(expression: Expression) -> frozenset[Name]:
    """Every name that the formula reads, with its time."""
    if isinstance(expression, Name):
        return frozenset({expression})
    return frozenset().union(*(names(child) for child in children(expression)))


def functions_in(expression: Expression) -> frozenset[str]:
    """The names of all functions that the formula calls."""
    return frozenset(node.function for node in nodes_in(expression) if isinstance(node, Call))


def nodes_in(expression: Expression) -> Iterator[Expression]:
    """The formula and all of its parts."""
    yield expression
    for child in children(expression):
        yield from nodes_in(child)


def children(expression: Expression) -> tuple[Expression, ...]:
    """The operands or arguments of a node, in order."""
    match expression:
        case Unary(operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
    return ()


def substitute(expression: Expression, values: Mapping[Name, Expression]) -> Expression:
    """The formula with each of the given names, at its time, replaced by its value."""
    match expression:
        case Name():
            return values.get(expression, expression)
        case Unary(operand):
            return Unary(substitute(operand, values))
        case Binary(operator, left, right):
            return Binary(operator, substitute(left, values), substitute(right, values))
        case Call(function, arguments):
            return Call(function, tuple(substitute(each, values) for each in arguments))
    return expression


def tidy(expression: Expression) -> Expression:
    """The formula without the terms and factors that are 0 or 1 in writing."""
    match expression:
        case Unary(operand):
            return _negate(tidy(operand))
        case Call(function, arguments):
            return Call(function, tuple(tidy(each) for each in arguments))
        case Binary(operator, left, right):
            return _tidy_binary(operator, tidy(left), tidy(right))
    return expression


def _tidy_binary(operator: str, left: Expression, right: Expression) -> Expression:
    match operator, left, right:
        case ("+", value, Number(0.0)) | ("-", value, Number(0.0)) | ("+", Number(0.0), value):
            return value
        case "-", Number(0.0), value:
            return _negate(value)
        case ("*", Number(0.0), _) | ("*", _, Number(0.0)) | ("/", Number(0.0), _):
            return ZERO
        case ("*", value, Number(1.0)) | ("/", value, Number(1.0)) | ("*", Number(1.0), value):
            return value
    return Binary(operator, left, right)


def _negate(expression: Expression) -> Expression:
    match expression:
        case Unary(operand):
            return operand
        case Number(0.0):
            return expression
        case Binary("-", left, right):
            return Binary("-", right, left)
    return Unary(expression)


def _check_size(expression: Expression, line: Assignment) -> None:
    """Stop rules whose lines, written into each other, double at every line."""
    waiting, count = [expression], 0
    while waiting:
        count += 1
        if count > MAX_SIZE:
            raise FormulaError(f"the update rule is too large to write out: {line.source}")
        waiting.extend(children(waiting.pop()))
