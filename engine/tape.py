"""The arrays of a batch of runs, and the loop that fills them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from engine.formula import Expression, numpy_function
from engine.objectives import Array, Objective
from engine.optimizers import Optimizer


@dataclass(frozen=True)
class Tape:
    """What a batch of n runs of T steps leaves behind; shapes as in `engine.Trajectory`.

    ``states`` (T + 1, n, 2) each are the state's values from the start, the point ``x`` among them.
    Points and terms share their memory.
    """

    states: dict[str, Array]
    losses: Array
    gradients: Array
    terms: dict[str, Array]
    effective: Array

    @property
    def points(self) -> Array:
        """The point at the start and after each step, (T + 1, n, 2)."""
        return self.states["x"]

    @classmethod
    def blank(cls, optimizer: Optimizer, starts: Array, steps: int) -> Tape:
        """A tape to be filled, for runs from ``starts`` (n, 2); its state has their values."""
        runs = len(starts)
        begun = {
            "x": starts,
            **{entry.name: entry.initial_values(starts) for entry in optimizer.state},
        }
        states = {name: np.empty((steps + 1, runs, 2)) for name in begun}
        for name, values in begun.items():
            states[name][0] = values
        return cls(
            states=states,
            losses=np.empty((steps + 1, runs)),
            gradients=np.empty((steps, runs, 2)),
            terms={
                name: states[name][1:] if name in states else np.empty((steps, runs, 2))
                for name in optimizer.terms
            },
            effective=np.empty((steps, runs, 2)),
        )

    def part(self, runs: slice) -> Tape:
        """Some of the runs; what is written into the part is written into the whole."""
        return Tape(
            states={name: values[:, runs] for name, values in self.states.items()},
            losses=self.losses[:, runs],
            gradients=self.gradients[:, runs],
            terms={name: values[:, runs] for name, values in self.terms.items()},
            effective=self.effective[:, runs],
        )

    def finish(self, lengths: tuple[int, ...]) -> None:
        """Put NaN after each run's last finite step, and make the arrays read-only."""
        stopped = np.arange(len(self.gradients))[:, np.newaxis] >= np.array(lengths)
        arrays = [self.gradients, *self.terms.values(), self.effective]
        for array in [self.losses[1:], *arrays]:
            array[stopped] = np.nan
        for array in [self.points, self.losses, *arrays]:
            array.flags.writeable = False


def descend(
    optimizer: Optimizer, objective: Objective, hyper: Mapping[str, Any], tape: Tape
) -> None:
    """Fill the tape from its first row of points; ``hyper`` broadcasts against (n, 2).

    The effective step is NaN where it is the step divided by a gradient that is 0.
    """
    lines = _lines(optimizer)
    fixed = {**hyper, "grad": _gradients(objective, tape.points[0].shape)}
    with np.errstate(all="ignore"):
        for row in range(len(tape.gradients)):
            known = {**fixed, "t": np.float64(row + 1)}
            known |= {name: values[row] for name, values in tape.states.items()}
            known["g"] = tape.gradients[row] = objective.gradient(known["x"])
            for name, value in lines:
                known[name] = tape.terms[name][row] = value(known)
        tape.losses[:] = objective.value(tape.points)
        known = _timed(hyper, tape) | {"grad": _gradients(objective, tape.effective.shape)}
        tape.effective[:] = _compiled(optimizer.effective, timed=True)(known)
        if optimizer.multiple is None:
            tape.effective[~np.isfinite(tape.effective)] = np.nan


def continued(
    optimizer: Optimizer,
    objective: Objective,
    hyper: Mapping[str, Any],
    states: Mapping[str, Array],
    made: int,
) -> Iterator[Array]:
    """The points (n, 2) after each further step of runs that have ``made`` so many, without end.

    ``states`` (n, 2) each are what the runs are in, the point ``x`` among them.
    """
    lines = _lines(optimizer)
    fixed = {**hyper, "grad": _gradients(objective, states["x"].shape)}
    while True:
        made += 1
        known = {**fixed, "t": np.float64(made), **states, "g": objective.gradient(states["x"])}
        with np.errstate(all="ignore"):
            for name, value in lines:
                known[name] = value(known)
        states = {name: known[name] for name in states}
        yield states["x"]


def _lines(optimizer: Optimizer) -> list[tuple[str, Callable[[Mapping[Any, Any]], Any]]]:
    """The rule's lines: the name that is assigned, and what computes its value."""
    return [(line.target.id, _compiled(line.value)) for line in optimizer.program.lines]


def _gradients(objective: Objective, shape: tuple[int, ...]) -> Callable[[Any], Array]:
    """The gradient at points that need not have all coordinates of ``shape`` (..., 2)."""
    return lambda points: objective.gradient(np.broadcast_to(points, shape))


def _timed(hyper: Mapping[str, Any], tape: Tape) -> dict[Any, Any]:
    """The values of all steps by (name, time): -1 before a step, 0 after it, None without time."""
    counted = np.arange(1.0, len(tape.gradients) + 1)[:, np.newaxis, np.newaxis]
    return {
        **{(name, None): value for name, value in {**hyper, "t": counted}.items()},
        **{(name, -1): values[:-1] for name, values in tape.states.items()},
        **{(name, 0): values for name, values in {**tape.terms, "g": tape.gradients}.items()},
    }


@lru_cache(maxsize=256)
def _compiled(expression: Expression, timed: bool = False) -> Callable[[Mapping[Any, Any]], Any]:
    return numpy_function(expression, timed=timed)
