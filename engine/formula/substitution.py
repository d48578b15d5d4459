"""A line of an update rule worked out: its names replaced by numbers, as at the board.

What is written down is what a reader works with, so the numbers are rounded first; whether the
rounded numbers give the rounded result decides between an equals sign and ``≈``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from engine.formula.evaluate import numpy_function
from engine.formula.nodes import (
    Assignment,
    Binary,
    Call,
    Expression,
    Name,
    Number,
    Quantity,
    Unary,
)
from engine.formula.notation import (
    DOT,
    HIDDEN,
    THIN,
    Accent,
    Fence,
    Fraction,
    Notation,
    Root,
    Row,
    Script,
    Symbol,
    Term,
)
from engine.formula.typeset import notation
from engine.formula.typst import typst
from engine.formula.vocabulary import CONSTANTS, GRADIENT

DIGITS = (4, 5)
"""Significant digits that are tried in turn until the line can be worked out again."""
EXACT = 6
SMALL, LARGE = Decimal("1e-3"), Decimal("1e5")


@dataclass(frozen=True, slots=True)
class Substitution:
    """One line in numbers, for one step and one coordinate.

    Attributes:
        target: What is assigned, with the numbers of the step and of the coordinate: ``s_(3,1)``.
        value: The right side in numbers; each number that stands for a term is a Term.
        result: The run's own result, rounded.
        result_text: The same as text, ``-0.25`` or ``1.2e-5``.
        reproduced: Whether the numbers shown give the result shown.
        expression: The right side as a formula without names, for working it out again.
        summands: The values of the right side's terms with their signs, not rounded.
        stated: Whether the right side is the result itself, as where a formula has no value.
    """

    target: Notation
    value: Notation
    result: Notation
    result_text: str
    reproduced: bool
    expression: Expression
    summands: tuple[float, ...]
    stated: bool

    @property
    def opposite(self) -> str:
        """Typst math of the result with its sign turned."""
        text = self.result_text
        turned = text[1:] if text.startswith("-") else text if text == "0" else f"-{text}"
        return typst(notation(Number(float(turned), turned)))

    @property
    def typst(self) -> str:
        """Typst math ``target = value = result`` with labelled groups."""
        if self.stated:
            return (
                f"{typst(self.target)} {{{{ = : relation }}}} "
                f"{{{{ {typst(self.result)} : result }}}}"
            )
        works = "=" if self.reproduced else "approx"
        return (
            f"{typst(self.target)} {{{{ = : relation }}}} {typst(self.value)} "
            f"{{{{ {works} : works }}}} {{{{ {typst(self.result)} : result }}}}"
        )

    @property
    def typst_short(self) -> str:
        """The same without the right side, for where that has no room."""
        if self.stated:
            return self.typst
        works = "=" if self.reproduced else "approx"
        return (
            f"{typst(self.target)} {{{{ = : relation }}}} dots.h.c "
            f"{{{{ {works} : works }}}} {{{{ {typst(self.result)} : result }}}}"
        )


def substitution(
    line: Assignment, step: int, values: Mapping[Any, Any], coordinate: int
) -> Substitution:
    """``line`` worked out in step ``step`` (from 1) for one coordinate (0 or 1).

    Args:
        line: The line as parsed.
        step: The step's number, which the target carries as its first index.
        values: By ``(name, time)`` all that the line reads and assigns, each a number or an array
            (2,); where the line calls it, ``"grad"`` is the objective's gradient.
        coordinate: Which of the two numbers of each array is meant; the target's second index.
    """
    result = _pick(values[(line.target.id, 0)], coordinate)
    tries = [_rounded(line.value, values, coordinate, digits) for digits in DIGITS]
    good = [_reproduces(tried, result, n) for tried, n in zip(tries, DIGITS, strict=True)]
    best = good.index(True) if any(good) else 0
    with np.errstate(all="ignore"):
        summands = tuple(
            sign * _pick(numpy_function(term, timed=True)(values), coordinate)
            for sign, term in _terms(line.value)
        )
    return Substitution(
        target=_at(notation(line.target), step, coordinate),
        value=_dotted(notation(tries[best])),
        result=notation(_number(result, DIGITS[best])),
        result_text=shown(result, DIGITS[best]),
        reproduced=good[best],
        expression=tries[best],
        summands=summands,
        stated=line.value == line.target,
    )


def shown(value: float, digits: int) -> str:
    """``value`` with that many significant digits and no zeros at the end: ``-0.25``, ``1.2e-5``.

    Before the point nothing is rounded away; what is tiny or huge has a power of ten, and
    one digit fewer.
    """
    if not np.isfinite(value) or value == 0:
        return "0" if value == 0 else str(value)
    rounded = Decimal(f"{value:.{digits - 1}e}")
    if SMALL <= abs(rounded) < LARGE:
        places = max(digits - 1 - rounded.adjusted(), 0)
        text = f"{value:.{places}f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, exponent = f"{value:.{max(digits - 2, 1)}e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"


def _pick(value: Any, coordinate: int) -> float:
    array = np.asarray(value, dtype=np.float64)
    return float(array[coordinate] if array.ndim else array)


def _number(value: float, digits: int, name: str = "") -> Number:
    """The number as it is shown, whose value is what is shown."""
    text = shown(value, digits)
    return Quantity(float(text), text, name) if name else Number(float(text), text)


def _rounded(node: Expression, values: Mapping[Any, Any], coordinate: int, digits: int) -> Any:
    """The formula with numbers for names; terms are rounded, settings and the step hardly."""
    match node:
        case Name(name) if name in CONSTANTS:
            return node
        case Name(name, time):
            value = _pick(values[(name, time)], coordinate)
            return _number(value, EXACT) if time is None else _number(value, digits, name)
        case Call("grad", _):
            with np.errstate(all="ignore"):
                slope = numpy_function(node, timed=True)(values)
            return _number(_pick(slope, coordinate), digits, GRADIENT)
        case Call(function, arguments):
            inner = (_rounded(each, values, coordinate, digits) for each in arguments)
            return Call(function, tuple(inner))
        case Unary(operand):
            return Unary(_rounded(operand, values, coordinate, digits))
        case Binary(sign, left, right):
            sides = (_rounded(side, values, coordinate, digits) for side in (left, right))
            return Binary(sign, *sides)
    return node


def _reproduces(expression: Expression, result: float, digits: int) -> bool:
    """Whether working out the numbers shown gives the result shown."""
    with np.errstate(all="ignore"):
        value = float(numpy_function(expression, timed=True)({}))
    return bool(np.isfinite(value)) and shown(value, digits) == shown(result, digits)


def _terms(node: Expression, sign: float = 1.0) -> list[tuple[float, Expression]]:
    """The terms of a sum with their signs."""
    match node:
        case Binary("+" | "-" as operator, left, right):
            second = sign if operator == "+" else -sign
            return [*_terms(left, sign), *_terms(right, second)]
        case Unary(operand):
            return _terms(operand, -sign)
    return [(sign, node)]


def _dotted(tree: Notation) -> Notation:
    """The notation with a dot for each product: factors in numbers would run together."""
    match tree:
        case Symbol(text, "operator") if text in (HIDDEN, THIN):
            return Symbol(DOT, "operator")
        case Row(items):
            return Row(tuple(_dotted(item) for item in items))
        case Fraction(above, below):
            return Fraction(_dotted(above), _dotted(below))
        case Root(body):
            return Root(_dotted(body))
        case Fence(body, kind):
            return Fence(_dotted(body), kind)
        case Accent(body, accent):
            return Accent(_dotted(body), accent)
        case Script(base, lower, upper):
            return Script(_dotted(base), lower and _dotted(lower), upper and _dotted(upper))
        case Term(name, body):
            return Term(name, _dotted(body))
    return tree


def _at(tree: Notation, step: int, coordinate: int) -> Notation:
    """A target with the numbers of step and coordinate in place of t.

    The step alone would not do: ``x_1`` is the first coordinate, not the point after one step.
    """
    match tree:
        case Symbol("t", "letter"):
            first, second = Symbol(str(step), "number"), Symbol(str(coordinate + 1), "number")
            return Row((first, Symbol(",", "operator"), second))
        case Row(items):
            return Row(tuple(_at(item, step, coordinate) for item in items))
        case Script(base, lower, upper):
            return Script(base, lower and _at(lower, step, coordinate), upper)
        case Term(name, body):
            return Term(name, _at(body, step, coordinate))
    return tree
