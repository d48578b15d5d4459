"""Formulas as NumPy source: the code that a listing shows."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence

from engine.formula.evaluate import constant_value
from engine.formula.infix import Dialect, infix, number
from engine.formula.nodes import Binary, Call, Expression, Name, Number, Program, Unary
from engine.formula.rewrite import functions_in
from engine.formula.vocabulary import CONSTANTS, FUNCTIONS

_LONG = 2.0**53


def numpy_source(formula: Expression | Program) -> str:
    """NumPy code of a formula, or one statement a line of an update rule.

    Names stand as they are, functions as ``np.sqrt``, ``grad(y)`` as a call of ``grad``. What is
    called without ``np.`` has to be defined before, see `numpy_helpers`.
    """
    if isinstance(formula, Program):
        return "\n".join(f"{line.target.id} = {numpy_source(line.value)}" for line in formula.lines)
    return infix(_without_long_integers(formula), _NUMPY)


def numpy_helpers(formulas: Iterable[Expression]) -> str:
    """NumPy code that defines the functions which `numpy_source` of the formulas calls by name."""
    found = frozenset().union(*(functions_in(formula) for formula in formulas))
    rows = [row for name, row in FUNCTIONS.items() if name in found]
    own = [row.compute for row in rows if not row.numpy.startswith("np.")]
    return "\n\n\n".join(inspect.getsource(function).rstrip() for function in own)


def _without_long_integers(node: Expression) -> Expression:
    """The formula with constants beyond NumPy's integers worked out; Python's would be longer."""
    if isinstance(node, Binary):
        value = constant_value(node)
        if value is not None and abs(value) >= _LONG:
            size = Number(abs(value), number(abs(value)))
            return size if value > 0 else Unary(size)
        sides = map(_without_long_integers, (node.left, node.right))
        return Binary(node.operator, *sides)
    if isinstance(node, Unary):
        return Unary(_without_long_integers(node.operand))
    if isinstance(node, Call):
        return Call(node.function, tuple(map(_without_long_integers, node.arguments)))
    return node


def _name(name: Name) -> str:
    return f"np.{name.id}" if name.id in CONSTANTS else name.id


def _call(call: Call, arguments: Sequence[str]) -> str:
    row = FUNCTIONS.get(call.function)
    return f"{row.numpy if row else call.function}({', '.join(arguments)})"


_NUMPY = Dialect(_name, _call)
