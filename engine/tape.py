"""The arrays of a batch of runs, and the loop that fills them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from engine.formula import Expression, numpy_function
from engine.objectives import Array, Objective
from engine.optimizers import Optimizer


@dataclass(frozen=True)
class Tape:
    """What a batch of n runs of T steps leaves behind; shapes as in `engine.Trajectory`."""

    points: Array
    losses: Array
    gradients: Array
    terms: dict[str, Array]
    effective: Array

    @classmethod
    def blank(cls, optimizer: Optimizer, steps: int, runs: int) -> Tape:
        """A tape to be filled; the term ``x`` shares its memory with the points."""
        points = np.empty((steps + 1, runs, 2))
        return cls(
            points=points,
            losses=np.empty((steps + 1, runs)),
            gradients=np.empty((steps, runs, 2)),
            terms={
                name: points[1:] if name == "x" else np.empty((steps, runs, 2))
                for name in optimizer.terms
            },
            effective=np.empty((steps, runs, 2)),
        )

    def part(self, runs: slice) -> Tape:
        """Some of the runs; what is written into the part is written into the whole."""
        return Tape(
            points=self.points[:, runs],
            losses=self.losses[:, runs],
            gradients=self.gradients[:, runs],
            terms={name: values[:, runs] for name, values in self.terms.items()},
            effective=self.effective[:, runs],
        )

    def finish(self, lengths: tuple[int, ...]) -> None:
        """Put NaN after each run's last finite step, and make the arrays read-only."""
        stopped = np.arange(len(self.gradients))[:, np.newaxis] >= np.array(lengths)
        arrays = [self.gradients, *self.terms.values(), self.effective]
        for array in [self.points[1:], self.losses[1:], *arrays]:
            array[stopped] = np.nan
        for array in [self.points, self.losses, *arrays]:
            array.flags.writeable = False


def descend(
    optimizer: Optimizer, objective: Objective, hyper: Mapping[str, Any], tape: Tape
) -> None:
    """Fill the tape from its first row of points; ``hyper`` broadcasts against (n, 2)."""
    lines = [(line.target.id, _compiled(line.value)) for line in optimizer.program.lines]
    effective = _compiled(optimizer.effective, timed=True)
    x = tape.points[0]
    tape.losses[0] = objective.value(x)
    state = {entry.name: np.full_like(x, entry.initial) for entry in optimizer.state}
    with np.errstate(all="ignore"):
        for row in range(len(tape.gradients)):
            g = objective.gradient(x)
            known = {**hyper, "t": np.float64(row + 1), "g": g, "grad": objective.gradient}
            old = {**known, **state, "x": x}
            new = dict(old)
            for name, value in lines:
                new[name] = value(new)
                tape.terms[name][row] = new[name]
            tape.gradients[row] = g
            tape.effective[row] = effective(_timed(old, new))
            x, state = tape.points[row + 1], {name: new[name] for name in state}
            tape.losses[row + 1] = objective.value(x)


def _timed(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[Any, Any]:
    """Values by (name, time): -1 before the step, 0 after it, None for what has no time."""
    return {
        **{(name, -1): value for name, value in old.items()},
        **{(name, time): value for name, value in new.items() for time in (0, None)},
        "grad": new["grad"],
    }


@lru_cache(maxsize=256)
def _compiled(expression: Expression, timed: bool = False) -> Callable[[Mapping[Any, Any]], Any]:
    return numpy_function(expression, timed=timed)
