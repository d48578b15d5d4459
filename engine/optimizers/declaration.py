"""What an optimizer is: a few lines of formula and the facts that go with them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from numbers import Real
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from engine.errors import UserError, nearest
from engine.formula import (
    STEP_OVER_GRADIENT,
    Equation,
    Expression,
    FormulaError,
    Multiple,
    Name,
    Program,
    equations,
    multiple,
    parse_program,
)
from engine.formula.rewrite import names, substitute
from engine.optimizers.habits import setting_hint
from engine.optimizers.taken import USUAL, Row, Taken, rows_of
from engine.plaintext import plain_text

ROLES = ("point", "gradient", "first", "second", "memory", "step")
"""What a color means: the point, the gradient, its mean, its squares, past steps, the step."""

RESERVED = frozenset(
    {
        *("optimizer", "objective", "start", "steps", "loss", "effective", "step_over_g"),
        *("np", "range", "print"),
    }
)
"""Names with a meaning of their own in a run, a table or a listing; no term may take one."""

STARTS = "a finite number or 'x', the start point"
"""What a state may start at, in words."""


@dataclass(frozen=True)
class Hyper:
    """A hyper-parameter with its default and the range of its slider.

    ``low`` and ``high`` bound the slider, not the value; on a ``"log"`` scale ``step`` is in
    decades. A search for the best value stays ``below`` a number, such as 1 for a decay.
    """

    name: str
    default: float
    low: float
    high: float
    step: float
    doc: str = ""
    scale: Literal["linear", "log"] = "linear"
    below: float = math.inf


@dataclass(frozen=True)
class State:
    """A quantity that is carried from step to step, one number a coordinate.

    ``initial`` is what it is before the first step: a number, or ``"x"`` for the start point.
    """

    name: str
    initial: float | Literal["x"] = 0.0

    def initial_values(self, start: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Its values before the first step of runs from ``start`` (..., 2)."""
        return start.copy() if self.initial == "x" else np.full_like(start, self.initial)


@dataclass(frozen=True)
class Reference:
    """The paper, or lecture, that introduced a method."""

    authors: str
    year: int
    title: str
    url: str


@dataclass(frozen=True)
class Optimizer:
    """An update rule, from which computation, equations, script and listing are all derived.

    ``formula`` is the rule, one assignment a line, elementwise on both coordinates; it may read
    the point ``x``, the gradient ``g`` there, the step number ``t`` (from 1), the states and the
    hyper-parameters, and take the gradient at another point, ``grad(...)``. ``roles`` pairs a term
    with the meaning of its color. ``direction`` names the term or the gradient that the effective
    step multiplies: x moves by ``-effective * direction``, and by what else its line adds. By
    default it is ``g`` or, for a rule that takes none there, its first gradient; where the step is
    no multiple of that, the effective step is the step that was made divided by the gradient.

    Raises UserError where the parts do not fit together, FormulaError where the rule is no formula.
    """

    name: str
    title: str
    formula: str
    hyper: tuple[Hyper, ...]
    state: tuple[State, ...] = ()
    roles: tuple[tuple[str, str], ...] = ()
    direction: str = "g"
    reference: Reference | None = None
    summary: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", plain_text(self.title) or self.name)
        for fault in self._faults():
            raise UserError(f"optimizer '{self.name}': {fault}")
        named = [taken.name for taken in self.taken]
        if self.direction != "g":
            self.require_multiple()
        elif named and "g" not in named:
            object.__setattr__(self, "direction", named[0])

    def _faults(self) -> Iterator[str]:
        """What is wrong with the declaration, in words; nothing where all fits."""
        assigned = [line.target.id for line in self.program.lines if line.target.id != "x"]
        for name in [*self.defaults, *assigned]:
            if name in RESERVED:
                yield f"'{name}' has a meaning of its own here; choose another name"
        for term, role in self.roles:
            if term not in assigned:
                yield f"roles: no line assigns '{term}'{nearest(term, assigned)}"
            if role not in ROLES:
                yield f"roles: '{role}' is not one of {', '.join(ROLES)}{nearest(role, ROLES)}"
        for state in self.state:
            if not _is_start(state.initial):
                yield f"state: {state.name}: expected {STARTS}, found {state.initial!r}"
        named = [taken.name for taken in self.taken]
        if self.direction not in ("g", *named, *assigned):
            hint = nearest(self.direction, [*named, *assigned])
            yield f"direction: expected g or a term of the formula, found '{self.direction}'{hint}"

    @cached_property
    def program(self) -> Program:
        """The rule as parsed lines."""
        return parse_program(
            self.formula,
            state=[state.name for state in self.state],
            hyper=[hyper.name for hyper in self.hyper],
            where=f"optimizer '{self.name}'",
        )

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Every name that the rule assigns, in order; ``x`` is among them."""
        return tuple(line.target.id for line in self.program.lines)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """What a step works out, in order: the lines, each after the gradients that it reads."""
        given = [*self.defaults, *(state.name for state in self.state)]
        return rows_of(self.program, given)

    @cached_property
    def taken(self) -> tuple[Taken, ...]:
        """The gradients that a step takes, in order."""
        return tuple(row.taken for row in self.rows if row.taken)

    @cached_property
    def equations(self) -> tuple[Equation, ...]:
        """The lines as typeset text, one equation a line."""
        return equations(self.program, self._roles)

    @cached_property
    def multiple(self) -> Multiple | None:
        """How x moves with the direction; None where the step is no multiple of the gradient."""
        try:
            return self._multiple()
        except FormulaError:
            return None

    def _multiple(self) -> Multiple:
        """Where the rule has no name for the direction, a gradient taken inside a line, it is
        read from the rows, in which every gradient has one.
        """
        read = {name.id for line in self.program.lines for name in names(line.value)}
        if self.direction in {*read, *self.terms}:
            return multiple(self.program, self.direction)
        lines = tuple(row.line for row in self.rows if not row.taken)
        return multiple(Program(lines), self.direction)

    def require_multiple(self) -> None:
        """Raise UserError unless the step is a multiple of the direction."""
        try:
            self._multiple()
        except FormulaError as error:
            raise UserError(
                f"optimizer '{self.name}': direction: {error}, "
                "or leave 'direction' out to see the step divided by the gradient"
            ) from None

    @cached_property
    def row_equations(self) -> tuple[Equation, ...]:
        """The rows as typeset text."""
        return equations(Program(tuple(row.line for row in self.rows)), self._roles)

    @cached_property
    def effective(self) -> Expression:
        """The effective step of a coordinate: what multiplies the direction in the update of x.

        Where the step is no multiple of the gradient: the step divided by the gradient.
        """
        if self.multiple is not None:
            return self.multiple.factor
        gradient = Name(self.direction, 0)
        return substitute(STEP_OVER_GRADIENT, {USUAL: gradient})

    @cached_property
    def defaults(self) -> dict[str, float]:
        """The hyper-parameters' defaults by name."""
        return {hyper.name: hyper.default for hyper in self.hyper}

    def role(self, term: str) -> str | None:
        """What the color of a term means: one of `ROLES`, or None for a plain term."""
        return self._roles.get(term)

    @cached_property
    def _roles(self) -> dict[str, str]:
        taken = {taken.name: "gradient" for taken in self.taken}
        return {"x": "point", "g": "gradient", **taken, **dict(self.roles)}

    def hyper_values(self, **overrides: float) -> dict[str, float]:
        """All hyper-parameters by name: the defaults with ``overrides`` put in.

        Raises UserError for an unknown name and for a value that is not a finite number.
        """
        values = dict(self.defaults)
        for name, value in overrides.items():
            self.require_hyper(name)
            if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
                raise UserError(
                    f"optimizer '{self.name}': {name}: expected a finite number, found {value!r}"
                )
            values[name] = float(value)
        return values

    def require_hyper(self, name: str) -> None:
        """Raise UserError unless the optimizer has a hyper-parameter of this name."""
        if name not in self.defaults:
            known = ", ".join(self.defaults) or "none"
            raise UserError(
                f"optimizer '{self.name}': no hyper-parameter '{name}'"
                f"{setting_hint(name, self.defaults)}; it has: {known}"
            )

    @classmethod
    def from_table(cls, table: Mapping[str, Any], where: str = "optimizer") -> Optimizer:
        """An optimizer from a parsed TOML table; see `engine.optimizers.reading`."""
        from engine.optimizers.reading import read_optimizer

        return read_optimizer(table, where)


def _is_start(value: object) -> bool:
    """Whether a state may start at a value; see `STARTS`."""
    if isinstance(value, str):
        return value == "x"
    return isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
