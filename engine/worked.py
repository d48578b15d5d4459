"""The steps of a run worked out: every line in numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.formula import Assignment, Name, Substitution, numpy_function, substitution
from engine.formula.rewrite import substitute
from engine.objectives import VARIABLES
from engine.optimizers.taken import Taken
from engine.trajectory import Trajectory

Pair = tuple[Substitution, Substitution]

UNNAMED = "at"
"""What stands for the name of a point that has none."""


def worked(run: Trajectory, step: int) -> tuple[Pair, ...]:
    """Step ``step`` (from 1) of one run: each row of its rule in turn, for both coordinates.

    A row that takes a gradient has the objective's derivatives in numbers, at the point where it
    takes it. Raises IndexError for a step that the run has not made.
    """
    if not 1 <= step <= run.steps:
        raise IndexError(f"the run has {run.steps} steps, not step {step}")
    values = timed_values(run, step)
    return tuple(
        _gradient(run, step, row.taken)
        if row.taken
        else (substitution(row.line, step, values, 0), substitution(row.line, step, values, 1))
        for row in run.optimizer.rows
    )


def timed_values(run: Trajectory, step: int) -> dict[Any, Any]:
    """What step ``step`` reads and assigns, by ``(name, time)``; arrays (2,) and numbers."""
    values: dict[Any, Any] = {(name, None): value for name, value in run.hyper.items()}
    values |= {("t", None): float(step), "grad": run.objective.gradient}
    values |= {(name, 0): terms[step - 1] for name, terms in run.terms.items()}
    values |= {(name, 0): taken.values[step - 1] for name, taken in run.taken.items()}
    for state in run.optimizer.state:
        values[(state.name, -1)] = run.before(state.name)[step - 1]
    return values | {("x", -1): run.points[step - 1], ("x", 0): run.points[step]}


def _gradient(run: Trajectory, step: int, taken: Taken) -> Pair:
    """The gradient's components: the objective's derivatives in numbers.

    The numbers of a point that has a name are named after it and its coordinate. Where a derivative
    does not give what the run used, a limit or a subgradient, only that stands.
    """
    found = run.taken[taken.name]
    place = taken.point.id if isinstance(taken.point, Name) else UNNAMED
    called = {variable: f"{place}{axis}" for axis, variable in enumerate(VARIABLES, start=1)}
    values: dict[Any, Any] = {
        (name, -1): float(value)
        for name, value in zip(called.values(), found.points[step - 1], strict=True)
    }
    target = Name(taken.name, 0)
    values[(taken.name, 0)] = found.values[step - 1]
    timed = {Name(variable): Name(name, -1) for variable, name in called.items()}
    formulas = [substitute(partial, timed) for partial in run.objective.partials]
    with np.errstate(all="ignore"):
        plain = [float(numpy_function(formula, timed=True)(values)) for formula in formulas]
    first, second = (
        substitution(
            Assignment(target, formula if np.isclose(own, used, rtol=1e-9) else target, ""),
            step,
            values,
            index,
        )
        for index, (formula, own, used) in enumerate(
            zip(formulas, plain, found.values[step - 1], strict=True)
        )
    )
    return first, second
