"""How the update of x moves with a direction: the effective step of each coordinate."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.formula.errors import FormulaError
from engine.formula.nodes import Assignment, Binary, Expression, Name, Program, Unary
from engine.formula.rewrite import ONE, ZERO, children, names, negate, substitute, tidy

MAX_SIZE = 2000

POINT = Name("x", -1)

STEP_OVER_GRADIENT: Expression = Binary("/", Binary("-", POINT, Name("x", 0)), Name("g", 0))
"""The step that was made, divided by the gradient; 0 / 0 or infinite where the gradient is 0."""


@dataclass(frozen=True, slots=True)
class Multiple:
    """An update of the form ``x = x - factor * direction + rest``.

    Attributes:
        direction: The name that is multiplied, at the time at which the update reads it.
        factor: What multiplies it; the state in it stays by name and time.
        alone: Whether there is no rest: the whole step is a multiple of the direction.
    """

    direction: Name
    factor: Expression
    alone: bool


def coefficient(program: Program, direction: str) -> Expression:
    """The factor of `multiple`; evaluate it with ``numpy_function(..., timed=True)``."""
    return multiple(program, direction).factor


def multiple(program: Program, direction: str) -> Multiple:
    """What multiplies ``direction`` in x's decrease, all else held: the slope of -x in it.

    The names that other lines assign are written out, except the state, which is known at the
    step: ``lr / sqrt(s + eps)`` for AdaGrad and ``g``. Only where the update of x reads a direction
    other than ``g`` through nothing but the state is the state written out too: ``lr`` for
    ``b = mu * b - lr * h`` with ``x = x + b`` and ``h``. A line that multiplies the direction by
    itself, divides by it, or hands it to a function or to ``grad`` has no such factor.

    Args:
        program: An update rule.
        direction: ``g`` or a name that the rule assigns.

    Raises:
        FormulaError: If ``x`` does not depend on the direction, or is bent in it as by ``sign``, or
            the formula grows too large.
    """
    state = {n.id for line in program.lines for n in names(line.value) if n.time == -1}
    value = _update(program, state | {direction})
    read = _read(value, direction)
    through = ""
    if read is None:
        value = _update(program, {direction})
        read = _read(value, direction)
        if read is not None and direction == "g":
            read, through = None, " but through the state"
    if read is None:
        raise FormulaError(
            f"the step of 'x' does not depend on {direction!r}{through}; "
            "name a term that the line of 'x' reads"
        )
    slope = _slope(value, read)
    if slope is None:
        letter = "u" if direction == "d" else "d"
        raise FormulaError(
            f"the step of 'x' is no multiple of {direction!r}; write a line for what it is a "
            f"multiple of, as in '{letter} = sign({direction})', and name that as the direction"
        )
    factor = negate(tidy(slope))
    if factor == ZERO:
        raise FormulaError(
            f"the step of 'x' is 0 times {direction!r}; name a term of which it is a multiple"
        )
    return Multiple(read, factor, alone=tidy(substitute(value, {read: ZERO})) == POINT)


def _update(program: Program, kept: Collection[str]) -> Expression:
    """The new point, with the names of the lines before it written out, but for ``kept`` ones."""
    written: dict[Name, Expression] = {}
    for line in program.lines:
        value = substitute(line.value, written)
        _check_size(value, line)
        if line.target.id == "x":
            return value
        if line.target.id not in kept:
            written[line.target] = value
    raise FormulaError("no line of the update rule assigns 'x'")


def _read(value: Expression, direction: str) -> Name | None:
    """The direction as the update reads it: of this step or, failing that, of the step before."""
    found = [name for name in names(value) if name.id == direction]
    return max(found, key=lambda name: name.time or 0, default=None)


def _slope(node: Expression, name: Name) -> Expression | None:
    """What multiplies a name in a formula; None where the formula is no straight line in it."""
    if name not in names(node):
        return ZERO
    match node:
        case Name():
            return ONE
        case Unary(operand):
            slope = _slope(operand, name)
            return slope and Unary(slope)
        case Binary("+" | "-" as sign, left, right):
            first, second = _slope(left, name), _slope(right, name)
            return first and second and Binary(sign, first, second)
        case Binary("*", left, right) if name not in names(left):
            slope = _slope(right, name)
            return slope and Binary("*", left, slope)
        case Binary("*" | "/" as sign, left, right) if name not in names(right):
            slope = _slope(left, name)
            return slope and Binary(sign, slope, right)
    return None


def _check_size(expression: Expression, line: Assignment) -> None:
    """Stop rules whose lines, written into each other, double at every line."""
    waiting, count = [expression], 0
    while waiting:
        count += 1
        if count > MAX_SIZE:
            raise FormulaError(f"the update rule is too large to write out: {line.source}")
        waiting.extend(children(waiting.pop()))
