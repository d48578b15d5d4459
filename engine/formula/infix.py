"""Formulas written as one line of code, in the order of operations in which they were written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.formula.nodes import Binary, Call, Expression, Name, Number, Unary

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(1, 6)
_LEVELS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one programming language spells what differs between them.

    Attributes:
        name: The spelling of a variable or constant.
        call: The spelling of a call, from its node and its printed arguments.
        power: What a power is rewritten to before printing, or None to print ``**``.
    """

    name: Callable[[Name], str]
    call: Callable[[Call, Sequence[str]], str]
    power: Callable[[Binary, Callable[[Expression], str]], Expression | str] | None = None


def infix(expression: Expression, dialect: Dialect) -> str:
    """The formula in a dialect, with the parentheses that keep its order of operations."""
    return _write(expression, dialect)[0]


def number(value: float) -> str:
    """The shortest decimal that reads back as the same float64: ``2``, ``0.1``, ``1e-06``."""
    return repr(value).removesuffix(".0")


def _write(node: Expression, dialect: Dialect) -> tuple[str, int]:
    """The text of a node, and how strongly it binds."""
    match node:
        case Number(value):
            return number(value), _ATOM
        case Name():
            return dialect.name(node), _ATOM
        case Call(_, arguments):
            return dialect.call(node, [infix(each, dialect) for each in arguments]), _ATOM
        case Unary(operand):
            # -(a * b) as -a * b: a sign commutes with rounding, so the value is the same
            inner, own = _write(operand, dialect)
            unsafe = own < _PRODUCT or own == _SIGN
            return (f"-({inner})", _SIGN) if unsafe else (f"-{inner}", min(own, _SIGN))
        case Binary("**") if dialect.power is not None:
            rewritten = dialect.power(node, lambda each: infix(each, dialect))
            if isinstance(rewritten, str):
                return rewritten, _ATOM
            return _write(rewritten, dialect)
        case Binary("**", left, right):
            base = _at_least(_ATOM, left, dialect)
            return f"{base}**{_at_least(_ATOM, right, dialect)}", _POWER
        case Binary(operator, left, right):
            level = _LEVELS[operator]
            first = _at_least(level, left, dialect)
            # "a - -b" is legal, but nobody should have to read it
            least = _POWER if isinstance(right, Unary) else level + 1
            second = _at_least(least, right, dialect)
            return f"{first} {operator} {second}", level


def _at_least(level: int, node: Expression, dialect: Dialect) -> str:
    """The text of an operand, in parentheses where it binds more loosely than its place asks."""
    text, own = _write(node, dialect)
    return text if own >= level else f"({text})"
