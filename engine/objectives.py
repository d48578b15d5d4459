"""Objectives: functions of two variables, each written as one formula."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.errors import Mistakes, UserError, nearest, shown
from engine.evaluation import Evaluation
from engine.formula import (
    Expression,
    derivative,
    latex,
    mathml,
    notation,
    numpy_source,
    parse_expression,
    stable,
    typst,
)
from engine.minima import Function, Polished, polished
from engine.plaintext import plain_text
from engine.quadratic import lowest_point
from engine.reading import Pair, Table

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
View = tuple[Pair, Pair]

VARIABLES = ("x1", "x2")
_VIEW: View = ((-5.5, 3.0), (-3.0, 3.0))
_START: Pair = (-5.0, -2.0)


@dataclass(frozen=True)
class Objective:
    """A function of ``x1`` and ``x2`` to be minimized; its gradient is derived from the formula.

    ``view`` is the part of the plane worth drawing, ((x1 low, x1 high), (x2 low, x2 high));
    ``start`` the usual starting point; ``minima`` the known global minima. Where none is given
    that of a quadratic is worked out; of other formulas none is known. ``notes`` tell which of the
    minima are not quite where they were declared.

    Raises FormulaError where the formula is none.
    """

    name: str
    formula: str
    view: View = _VIEW
    start: Pair = _START
    minima: tuple[Pair, ...] = ()
    title: str = ""
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        for axis, (low, high) in zip(VARIABLES, self.view, strict=True):
            if low >= high:
                raise UserError(
                    f"objective '{shown(self.name)}': view: {axis} must run from low to high, "
                    f"found {low:g} to {high:g}"
                )
        object.__setattr__(self, "title", plain_text(self.title))
        if not self.title:
            object.__setattr__(self, "title", self.name)
        if not self.minima and (lowest := lowest_point(self.expression)):
            object.__setattr__(self, "minima", (lowest,))

    @cached_property
    def expression(self) -> Expression:
        """The formula as a tree."""
        return parse_expression(self.formula, VARIABLES, where=f"objective '{shown(self.name)}'")

    @cached_property
    def computed(self) -> Expression:
        """The formula in the form in which it is computed, equal to it in exact arithmetic."""
        return stable(self.expression)

    @cached_property
    def partials(self) -> tuple[Expression, Expression]:
        """The derivatives by ``x1`` and by ``x2`` as trees."""
        by_x1, by_x2 = (stable(derivative(self.computed, name)) for name in VARIABLES)
        return by_x1, by_x2

    @property
    def gradient_source(self) -> tuple[str, str]:
        """The derivatives by ``x1`` and by ``x2`` as NumPy source."""
        by_x1, by_x2 = self.partials
        return numpy_source(by_x1), numpy_source(by_x2)

    @cached_property
    def typst(self) -> str:
        """The formula as Typst math, without a left side."""
        return typst(notation(self.expression))

    @cached_property
    def mathml(self) -> str:
        """The formula as a MathML ``math`` element."""
        return mathml(notation(self.expression), {})

    @cached_property
    def latex(self) -> str:
        """The formula as LaTeX math."""
        return latex(notation(self.expression))

    def value(self, x: Array) -> Array:
        """The function's values at the points ``x`` (..., 2); shape (...).

        Where the formula has none but a limit it is that, else NaN or infinite.
        """
        return self.evaluation.value(np.asarray(x, dtype=np.float64))

    def gradient(self, x: Array) -> Array:
        """The gradient at the points ``x`` (..., 2), or its limit; same shape.

        At a kink it is a subgradient: 0 where the function has a minimum, else the mean of the
        slopes on both sides. It is NaN or infinite where there is none of these.
        """
        return self.subgradient(x)[0]

    def subgradient(self, x: Array) -> tuple[Array, Mask]:
        """The gradient, and at which of the points (...) it is a subgradient at a kink."""
        return self.evaluation.gradient(np.asarray(x, dtype=np.float64))

    @cached_property
    def evaluation(self) -> Evaluation:
        """The formula and its derivatives as they are computed."""
        return Evaluation(self.computed, self.partials)

    def distance(self, x: Array) -> Array | None:
        """How far the points ``x`` (..., 2) lie from the nearest known minimum, shape (...).

        None where no minimum is known.
        """
        if not self.minima:
            return None
        points = np.asarray(x, dtype=np.float64)[..., np.newaxis, :]
        away = points - np.asarray(self.minima)
        return np.asarray(np.hypot(away[..., 0], away[..., 1]).min(axis=-1), dtype=np.float64)

    @classmethod
    def from_table(cls, table: Mapping[str, Any], where: str = "objective") -> Objective:
        """An objective from a parsed TOML table with the keys of this class.

        ``view`` is written ``[[x1 low, x1 high], [x2 low, x2 high]]``. Raises UserError.
        """
        reader, mistakes = Table(table, where), Mistakes()
        name = mistakes.of(reader.name, "name") or ""
        formula = mistakes.of(reader.text, "formula") or ""
        title = mistakes.of(reader.text, "title", name) or name
        view = mistakes.of(_view, reader) or _VIEW
        start = mistakes.of(reader.pair, "start", _START) or _START
        minima = mistakes.of(reader.pairs, "minima", ()) or ()
        mistakes.of(reader.close)
        mistakes.close()
        made = cls(name, formula, view, start, minima, title)
        function = Function(made.value, made.gradient, made.view)
        found = [mistakes.of(_polished, function, pair, reader) for pair in minima]
        mistakes.close()
        used = tuple(item for item in found if item is not None)
        return replace(
            made,
            minima=tuple(dict.fromkeys(item.used for item in used)) if used else made.minima,
            notes=tuple(item.words for item in used if item.moved),
        )


def _view(reader: Table) -> View:
    view = reader.pairs("view", _VIEW)
    if len(view) != 2:
        raise reader.error(f"view: expected two pairs, found {len(view)}", "view")
    return view[0], view[1]


def _polished(function: Function, minimum: Pair, reader: Table) -> Polished:
    """A declared minimum in full precision. Raises TableError."""
    try:
        return polished(function, minimum)
    except UserError as error:
        raise reader.error(f"minima: {error}", "minima") from None


OBJECTIVES: Mapping[str, Objective] = MappingProxyType(
    {
        entry.name: entry
        for entry in (
            Objective(
                name="valley",
                title="Valley",
                formula="0.1*x1**2 + 2*x2**2",
                minima=((0.0, 0.0),),
            ),
            Objective(
                name="bowl",
                title="Bowl",
                formula="x1**2 + x2**2",
                minima=((0.0, 0.0),),
            ),
            Objective(
                name="rosenbrock",
                title="Rosenbrock",
                formula="(1 - x1)**2 + 100*(x2 - x1**2)**2",
                view=((-2.0, 2.0), (-1.0, 3.0)),
                start=(-1.2, 1.0),
                minima=((1.0, 1.0),),
            ),
            Objective(
                name="himmelblau",
                title="Himmelblau",
                formula="(x1**2 + x2 - 11)**2 + (x1 + x2**2 - 7)**2",
                view=((-6.0, 6.0), (-6.0, 6.0)),
                start=(-0.15, 0.67),
                minima=(
                    (3.0, 2.0),
                    (-2.805118086952745, 3.131312518250573),
                    (-3.779310253377747, -3.283185991286170),
                    (3.584428340330492, -1.848126526964404),
                ),
            ),
            Objective(
                name="beale",
                title="Beale",
                formula=(
                    "(1.5 - x1 + x1*x2)**2 + (2.25 - x1 + x1*x2**2)**2 + (2.625 - x1 + x1*x2**3)**2"
                ),
                view=((-4.5, 4.5), (-4.5, 4.5)),
                start=(1.0, 2.0),
                minima=((3.0, 0.5),),
            ),
        )
    }
)


def objective(text: str, catalog: Mapping[str, Objective] = OBJECTIVES) -> Objective:
    """The objective of this name, or the one that a formula in ``x1`` and ``x2`` describes.

    Raises UserError for a lone word that is no name, FormulaError for what is no formula.
    """
    if text in catalog:
        return catalog[text]
    if re.fullmatch(r"[^\W\d]\w*", text) and text not in VARIABLES:
        raise UserError(
            f"unknown objective '{shown(text)}'{nearest(text, catalog)}; there are: "
            f"{', '.join(catalog)}, or write a formula such as 'x1**2 + 3*x2**2'"
        )
    return Objective(name=text, formula=text)
