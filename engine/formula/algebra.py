"""Sums and multiples of formulas with what cancels cancelled, by SymPy."""

from __future__ import annotations

from engine.formula.derivative import from_sympy, to_sympy
from engine.formula.infix import number
from engine.formula.nodes import Expression, Number, Unary


def constant(value: float) -> Expression:
    """A number, which may be negative."""
    size = Number(abs(value), number(abs(value)))
    return Unary(size) if value < 0 else size


def plus(a: Expression, b: Expression) -> Expression:
    """``a + b``."""
    return from_sympy(to_sympy(a) + to_sympy(b))


def minus(a: Expression, b: Expression) -> Expression:
    """``a - b``."""
    return from_sympy(to_sympy(a) - to_sympy(b))


def scaled(factor: float, a: Expression) -> Expression:
    """``factor * a``; for the factor 1 still in the order in which equal formulas are written."""
    import sympy

    return from_sympy(to_sympy(a) if factor == 1 else sympy.Float(factor) * to_sympy(a))
