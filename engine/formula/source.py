"""Formulas as NumPy source: the code that a listing shows."""

from __future__ import annotations

from collections.abc import Sequence

from engine.formula.infix import Dialect, infix
from engine.formula.nodes import Call, Expression, Name, Program
from engine.formula.vocabulary import CONSTANTS, FUNCTIONS


def numpy_source(formula: Expression | Program) -> str:
    """NumPy code of a formula, or one statement a line of an update rule.

    Names stand as they are, functions as ``np.sqrt``, ``grad(y)`` as a call of ``grad``.
    """
    if isinstance(formula, Program):
        return "\n".join(f"{line.target.id} = {numpy_source(line.value)}" for line in formula.lines)
    return infix(formula, _NUMPY)


def _name(name: Name) -> str:
    return f"np.{name.id}" if name.id in CONSTANTS else name.id


def _call(call: Call, arguments: Sequence[str]) -> str:
    row = FUNCTIONS.get(call.function)
    return f"{f'np.{row.numpy}' if row else call.function}({', '.join(arguments)})"


_NUMPY = Dialect(_name, _call)
