"""The words of the formula language: one row a function, no column optional."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from engine.formula import functions

Shape = Literal["root", "bars", "floor"]
"""A root over the argument, bars around it, or the brackets of the next lower whole number."""


@dataclass(frozen=True, slots=True)
class Named:
    """A function that is typeset as a name before parentheses; ``latex`` is LaTeX's command."""

    symbol: str
    latex: str


@dataclass(frozen=True, slots=True)
class Written:
    """A function that is typeset as a formula in ``a``."""

    formula: str


@dataclass(frozen=True, slots=True)
class Function:
    """One function as every evaluator and printer knows it.

    Attributes:
        name: What a formula calls it.
        numpy: Its spelling in a listing: a name of NumPy, or of `engine.formula.functions`.
        javascript: Its JavaScript spelling, which needs no other script.
        python: The function on one number in plain Python, to check the others against; where
            it has no finite value it raises ValueError or OverflowError.
        look: How it is typeset.
        derivatives: The derivative by each argument, as formulas in ``a`` and ``b``.
        definition: The function in terms of others, from which limits are found; a row that is
            defined by its own call is known to `engine.formula.germ` and the script of the pages.
    """

    name: str
    numpy: str
    javascript: str
    python: Callable[..., float]
    look: Shape | Named | Written
    derivatives: tuple[str, ...]
    definition: str

    @property
    def arity(self) -> int:
        """How many arguments it takes."""
        return len(self.derivatives)

    @property
    def call(self) -> str:
        """A call of it in the first letters: ``sqrt(a)``, ``maximum(a, b)``."""
        return f"{self.name}({', '.join(SLOTS[: self.arity])})"

    @property
    def compute(self) -> Callable[..., Any]:
        """The function on numbers and arrays."""
        library: Any = np if self.numpy.startswith("np.") else functions
        function: Callable[..., Any] = getattr(library, self.numpy.removeprefix("np."))
        return function


SLOTS = ("a", "b")
"""What a row's formulas call the arguments."""

_ABOVE = "(1 + sign(a - b)) / 2"  # 1 where a > b, 0 where a < b, a half where they meet
_BELOW = "(1 - sign(a - b)) / 2"


def _named(
    name: str,
    python: Callable[..., float],
    derivative: str,
    definition: str,
    *,
    numpy: str = "",
    symbol: str = "",
) -> Function:
    """A function that Python, JavaScript and mostly NumPy and LaTeX call by one name."""
    return Function(
        name=name,
        numpy=numpy or f"np.{name}",
        javascript=f"Math.{name}",
        python=python,
        look=Named(symbol or name, rf"\{symbol or name}"),
        derivatives=(derivative,),
        definition=definition,
    )


def _sigmoid(a: float) -> float:
    return 1 / (1 + math.exp(-a)) if a > 0 else math.exp(a) / (1 + math.exp(a))


_ROWS = (
    Function(
        name="sqrt",
        numpy="np.sqrt",
        javascript="Math.sqrt",
        python=math.sqrt,
        look="root",
        derivatives=("1 / (2 * sqrt(a))",),
        definition="a**0.5",
    ),
    Function(
        name="abs",
        numpy="np.abs",
        javascript="Math.abs",
        python=abs,
        look="bars",
        derivatives=("sign(a)",),
        definition="abs(a)",
    ),
    Function(
        name="sign",
        numpy="np.sign",
        javascript="Math.sign",
        python=lambda a: float((a > 0) - (a < 0)),
        look=Named("sgn", r"\operatorname{sgn}"),
        derivatives=("0",),
        definition="sign(a)",
    ),
    _named("exp", math.exp, "exp(a)", "exp(a)"),
    _named("log", math.log, "1 / a", "log(a)"),
    _named("sin", math.sin, "cos(a)", "sin(a)"),
    _named("cos", math.cos, "-sin(a)", "cos(a)"),
    _named("tan", math.tan, "1 / cos(a)**2", "sin(a) / cos(a)"),
    _named("atan", math.atan, "1 / (1 + a**2)", "atan(a)", numpy="np.arctan", symbol="arctan"),
    _named("sinh", math.sinh, "cosh(a)", "(exp(a) - exp(-a)) / 2"),
    _named("cosh", math.cosh, "sinh(a)", "(exp(a) + exp(-a)) / 2"),
    _named("tanh", math.tanh, "1 / cosh(a)**2", "1 - 2 / (exp(2 * a) + 1)"),
    Function(
        name="sigmoid",
        numpy="sigmoid",
        javascript="((a, e = Math.exp(-Math.abs(a))) => (a < 0 ? e : 1) / (1 + e))",
        python=_sigmoid,
        look=Named("sigmoid", r"\operatorname{sigmoid}"),
        derivatives=("sigmoid(a) * sigmoid(-a)",),
        definition="1 / (1 + exp(-a))",
    ),
    Function(
        name="softplus",
        numpy="softplus",
        javascript="((a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))))",
        python=lambda a: max(a, 0.0) + math.log1p(math.exp(-abs(a))),
        look=Named("softplus", r"\operatorname{softplus}"),
        derivatives=("sigmoid(a)",),
        definition="maximum(a, 0) + log(1 + exp(-abs(a)))",
    ),
    Function(
        name="log1p",
        numpy="np.log1p",
        javascript="Math.log1p",
        python=math.log1p,
        look=Written("log(1 + a)"),
        derivatives=("1 / (1 + a)",),
        definition="log(1 + a)",
    ),
    Function(
        name="expm1",
        numpy="np.expm1",
        javascript="Math.expm1",
        python=math.expm1,
        look=Written("exp(a) - 1"),
        derivatives=("exp(a)",),
        definition="exp(a) - 1",
    ),
    Function(
        name="floor",
        numpy="np.floor",
        javascript="Math.floor",
        python=lambda a: float(math.floor(a)),
        look="floor",
        derivatives=("0",),
        definition="floor(a)",
    ),
    Function(
        name="maximum",
        numpy="np.maximum",
        javascript="Math.max",
        python=max,
        look=Named("max", r"\max"),
        derivatives=(_ABOVE, _BELOW),
        definition="maximum(a, b)",
    ),
    Function(
        name="minimum",
        numpy="np.minimum",
        javascript="Math.min",
        python=min,
        look=Named("min", r"\min"),
        derivatives=(_BELOW, _ABOVE),
        definition="minimum(a, b)",
    ),
)

FUNCTIONS: Mapping[str, Function] = MappingProxyType({row.name: row for row in _ROWS})

CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": 3.141592653589793})

GRADIENT = "grad"
"""``grad(y)``, in update rules only: the objective's gradient at the point ``y``."""
