"""Formulas of the engine as MathML for the pages."""

from __future__ import annotations

from collections.abc import Sequence

from engine import Objective
from engine.formula import FUNCTIONS, Name, mathml, notation
from engine.formula.infix import Dialect, infix
from engine.formula.nodes import Call
from engine.formula.symbols import in_text
from engine.optimizers.taken import Taken
from publish.numbers import short

NO_ROLES: dict[str, str] = {}
MINUS = "\N{MINUS SIGN}"


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


def gradient_text(taken: Taken) -> str:
    """A negative gradient as plain text: its letter, or where it is taken if not at the point."""
    if taken.here:
        return f"{MINUS}{letter(Name(taken.name))}"
    place = infix(taken.point, Dialect(letter, called))
    for sign, plain in (("**", "^"), (" * ", "·"), ("-", MINUS)):
        place = place.replace(sign, plain)
    return f"{MINUS}∇f({place})"


def letter(name: Name) -> str:
    """A name as plain text, with its time."""
    return in_text(name.id) + {None: "", 0: "ₜ", -1: "ₜ₋₁"}[name.time]


def called(call: Call, arguments: Sequence[str]) -> str:
    """A call as plain text."""
    symbol = call.function if call.function in FUNCTIONS else "∇f"
    return f"{symbol}({', '.join(arguments)})"


def setting_mathml(name: str, value: float) -> str:
    """``η = 0.4`` as inline MathML."""
    symbol = symbol_mathml(name)
    return symbol.replace("</math>", f"<mo>=</mo>{short(value)}</math>")
