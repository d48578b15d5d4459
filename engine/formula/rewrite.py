"""Formulas rewritten: names replaced, zeros and ones cleared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.formula.nodes import Binary, Call, Expression, Name, Number, Unary

ZERO = Number(0.0, "0")
ONE = Number(1.0, "1")


def names(expression: Expression) -> frozenset[Name]:
    """Every name that the formula reads, with its time."""
    return frozenset(node for node in nodes_in(expression) if isinstance(node, Name))


def functions_in(expression: Expression) -> frozenset[str]:
    """The names of all functions that the formula calls."""
    return frozenset(node.function for node in nodes_in(expression) if isinstance(node, Call))


def nodes_in(expression: Expression) -> Iterator[Expression]:
    """The formula and all of its parts."""
    open_ = [expression]
    while open_:
        node = open_.pop()
        yield node
        open_ += reversed(children(node))


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
            return negate(tidy(operand))
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
            return negate(value)
        case ("*", Number(0.0), _) | ("*", _, Number(0.0)) | ("/", Number(0.0), _):
            return ZERO
        case ("*", value, Number(1.0)) | ("/", value, Number(1.0)) | ("*", Number(1.0), value):
            return value
    return Binary(operator, left, right)


def negate(expression: Expression) -> Expression:
    """The formula with its sign turned, without a second minus."""
    match expression:
        case Unary(operand):
            return operand
        case Number(0.0):
            return expression
        case Binary("-", left, right):
            return Binary("-", right, left)
    return Unary(expression)
