"""Formulas of the engine as MathML for the pages."""

from __future__ import annotations

from engine import Objective
from engine.formula import Name, mathml, notation
from publish.numbers import short

NO_ROLES: dict[str, str] = {}


def symbol_mathml(name: str) -> str:
    """A name such as ``beta1`` as inline MathML."""
    return mathml(notation(Name(name)), NO_ROLES, display="inline")


def objective_mathml(item: Objective) -> str:
    """The right side of an objective as inline MathML."""
    return mathml(notation(item.expression), NO_ROLES, display="inline")


def field_mathml(item: Objective) -> str:
    """``f = …`` for an objective as inline MathML."""
    return objective_mathml(item).replace(">", "><mi>f</mi><mo>=</mo>", 1)


def component_mathml(name: str, axis: int) -> str:
    """A coordinate of a term, whose name may be more than a letter, as inline MathML."""
    opening, rest = symbol_mathml(name).split(">", 1)
    symbol = rest.removesuffix("</math>")
    return f"{opening}><msub><mrow>{symbol}</mrow><mn>{axis}</mn></msub></math>"


def setting_mathml(name: str, value: float) -> str:
    """``η = 0.4`` as inline MathML."""
    symbol = symbol_mathml(name)
    return symbol.replace("</math>", f"<mo>=</mo>{short(value)}</math>")
