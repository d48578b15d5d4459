"""The words of the formula language: one row a function, no column optional."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Style = Literal["root", "bars", "application"]


@dataclass(frozen=True, slots=True)
class Function:
    """One function as every evaluator and printer knows it.

    Attributes:
        name: What a formula calls it.
        numpy: Its name in NumPy.
        javascript: Its JavaScript spelling.
        style: How it is typeset: under a root, between bars, or as a name before parentheses.
        symbol: The typeset name, where the style shows one.
        derivatives: The derivative by each argument, as formulas in ``a`` and ``b``.
    """

    name: str
    numpy: str
    javascript: str
    style: Style
    symbol: str
    derivatives: tuple[str, ...]

    @property
    def arity(self) -> int:
        """How many arguments it takes."""
        return len(self.derivatives)


_ABOVE = "(1 + sign(a - b)) / 2"  # 1 where a > b, 0 where a < b, a half where they meet
_BELOW = "(1 - sign(a - b)) / 2"

_ROWS = (
    Function("sqrt", "sqrt", "Math.sqrt", "root", "√", ("1 / (2 * sqrt(a))",)),
    Function("abs", "abs", "Math.abs", "bars", "|", ("sign(a)",)),
    Function("sign", "sign", "Math.sign", "application", "sgn", ("0",)),
    Function("exp", "exp", "Math.exp", "application", "exp", ("exp(a)",)),
    Function("log", "log", "Math.log", "application", "log", ("1 / a",)),
    Function("sin", "sin", "Math.sin", "application", "sin", ("cos(a)",)),
    Function("cos", "cos", "Math.cos", "application", "cos", ("-sin(a)",)),
    Function("maximum", "maximum", "Math.max", "application", "max", (_ABOVE, _BELOW)),
    Function("minimum", "minimum", "Math.min", "application", "min", (_BELOW, _ABOVE)),
)

FUNCTIONS: Mapping[str, Function] = MappingProxyType({row.name: row for row in _ROWS})

CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": 3.141592653589793})

GRADIENT = "grad"
"""``grad(y)``, in update rules only: the objective's gradient at the point ``y``."""
