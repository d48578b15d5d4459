"""The steps of a run worked out by hand, so to say: every line in numbers."""

from __future__ import annotations

from typing import Any

from engine.formula import Assignment, Name, Substitution, substitution
from engine.formula.rewrite import substitute
from engine.objectives import VARIABLES
from engine.trajectory import Trajectory

Pair = tuple[Substitution, Substitution]


def worked(run: Trajectory, step: int) -> tuple[Pair, ...]:
    """Step ``step`` (from 1) of one run: the gradient, then each line, for both coordinates.

    Raises IndexError for a step that the run has not made.
    """
    if not 1 <= step <= run.steps:
        raise IndexError(f"the run has {run.steps} steps, not step {step}")
    values = timed_values(run, step)
    lines = run.optimizer.program.lines
    rows = [
        (substitution(line, step, values, 0), substitution(line, step, values, 1)) for line in lines
    ]
    return (_gradient(run, step), *rows)


def timed_values(run: Trajectory, step: int) -> dict[Any, Any]:
    """What step ``step`` reads and assigns, by ``(name, time)``; arrays (2,) and numbers."""
    values: dict[Any, Any] = {(name, None): value for name, value in run.hyper.items()}
    values |= {("t", None): float(step), "grad": run.objective.gradient}
    values |= {(name, 0): terms[step - 1] for name, terms in run.terms.items()}
    for state in run.optimizer.state:
        values[(state.name, -1)] = run.before(state.name)[step - 1]
    points = {("x", -1): run.points[step - 1], ("x", 0): run.points[step]}
    return values | points | {("g", 0): run.gradients[step - 1]}


def _gradient(run: Trajectory, step: int) -> Pair:
    """The gradient's components: the objective's derivatives in numbers."""
    point = run.points[step - 1]
    values: dict[Any, Any] = {
        (name, -1): float(value) for name, value in zip(VARIABLES, point, strict=True)
    }
    values[("g", 0)] = run.gradients[step - 1]
    timed = {Name(name): Name(name, -1) for name in VARIABLES}
    first, second = (
        substitution(Assignment(Name("g", 0), substitute(partial, timed), ""), step, values, index)
        for index, partial in enumerate(run.objective.partials)
    )
    return first, second
