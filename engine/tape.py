"""The arrays of a batch of runs, and the loop that fills them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from engine.formula import Expression, numpy_function
from engine.formula.rewrite import names
from engine.objectives import Array, Mask, Objective
from engine.optimizers import Optimizer
from engine.optimizers.taken import USUAL, Row
from engine.trajectory import Gradients

Work = Callable[[Mapping[str, Any], int], Any]


@dataclass(frozen=True)
class Tape:
    """What a batch of n runs of T steps leaves behind; shapes as in `engine.Trajectory`.

    ``states`` (T + 1, n, 2) each are the state's values from the start, the point ``x`` among them.
    ``kinks`` (T, n) tells in which steps a gradient was taken at a kink. Points and terms share
    their memory, and so do a gradient and the term of its line, and the points and where a gradient
    is taken at them.
    """

    states: dict[str, Array]
    losses: Array
    taken: dict[str, Gradients]
    terms: dict[str, Array]
    effective: Array
    kinks: Mask

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
        terms = {
            name: states[name][1:] if name in states else np.empty((steps, runs, 2))
            for name in optimizer.terms
        }
        taken = {
            each.name: Gradients(
                states["x"][:-1] if each.here else np.empty((steps, runs, 2)),
                terms[each.name] if each.own else np.empty((steps, runs, 2)),
            )
            for each in optimizer.taken
        }
        losses, effective = np.empty((steps + 1, runs)), np.empty((steps, runs, 2))
        return cls(states, losses, taken, terms, effective, np.zeros((steps, runs), np.bool_))

    def part(self, runs: slice) -> Tape:
        """Some of the runs; what is written into the part is written into the whole."""
        return Tape(
            states={name: values[:, runs] for name, values in self.states.items()},
            losses=self.losses[:, runs],
            taken={
                name: Gradients(each.points[:, runs], each.values[:, runs])
                for name, each in self.taken.items()
            },
            terms={name: values[:, runs] for name, values in self.terms.items()},
            effective=self.effective[:, runs],
            kinks=self.kinks[:, runs],
        )

    def finish(self, lengths: tuple[int, ...]) -> None:
        """Put NaN after each run's last finite step, and make the arrays read-only."""
        stopped = np.arange(len(self.effective))[:, np.newaxis] >= np.array(lengths)
        places = [each.points for each in self.taken.values()]
        values = [each.values for each in self.taken.values()]
        arrays = [*values, *self.terms.values(), self.effective]
        elsewhere = [place for place in places if not np.may_share_memory(place, self.points)]
        for array in [self.losses[1:], *elsewhere, *arrays]:
            array[stopped] = np.nan
        self.kinks[stopped] = False
        for array in [self.points, self.losses, *places, *arrays]:
            array.flags.writeable = False
        self.kinks.flags.writeable = False


def descend(
    optimizer: Optimizer, objective: Objective, hyper: Mapping[str, Any], tape: Tape
) -> None:
    """Fill the tape from its first row of points; ``hyper`` broadcasts against (n, 2).

    The effective step is NaN where it is the step divided by a gradient that is 0.
    """
    works = [_work(row, objective, tape) for row in optimizer.rows]
    with np.errstate(all="ignore"):
        for step in range(len(tape.effective)):
            known = {**hyper, "t": np.float64(step + 1)}
            known |= {name: values[step] for name, values in tape.states.items()}
            for name, work in works:
                known[name] = work(known, step)
        tape.losses[:] = _losses(objective, tape.points)
        at = _gradients(objective, tape.effective.shape, tape.kinks)
        timed = _timed(hyper, tape) | {"grad": at}
        if USUAL.id not in tape.taken and USUAL in names(optimizer.effective):
            timed[(USUAL.id, 0)] = at(tape.points[:-1])
        tape.effective[:] = _compiled(optimizer.effective, timed=True)(timed)
        if optimizer.multiple is None:
            tape.effective[~np.isfinite(tape.effective)] = np.nan


def _work(row: Row, objective: Objective, tape: Tape) -> tuple[str, Work]:
    """A row's name, and what works it out from the values known before, noting it on the tape."""
    if row.taken is None:
        value, terms = _compiled(row.line.value), tape.terms[row.name]

        def line(known: Mapping[str, Any], step: int) -> Any:
            terms[step] = value(known)
            return terms[step]

        return row.name, line
    place, kept, here = _compiled(row.taken.point), tape.taken[row.name], row.taken.here

    def gradient(known: Mapping[str, Any], step: int) -> Any:
        if not here:
            kept.points[step] = place(known)
        kept.values[step], found = objective.subgradient(kept.points[step])
        tape.kinks[step] |= found
        return kept.values[step]

    return row.name, gradient


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
    kinks = np.zeros(states["x"].shape[:-1], np.bool_)
    fixed = {**hyper, "grad": _gradients(objective, states["x"].shape, kinks)}
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


def _losses(objective: Objective, points: Array) -> Array:
    """The losses at points (T + 1, n, 2); of no interest is what comes after a run's first failure.

    What overflows is looked at again, and a run that diverges may overflow at most of its points.
    """
    losses = objective.evaluation.plain(points)
    failed = ~np.isfinite(losses) & np.isfinite(points).all(axis=-1)
    count = 1
    while failed.any():
        some = failed & (failed.cumsum(axis=0) <= count)
        losses[some] = objective.value(points[some])
        failed &= ~some & ~(some & ~np.isfinite(losses)).any(axis=0)
        count *= 4
    return losses


def _gradients(objective: Objective, shape: tuple[int, ...], kinks: Mask) -> Callable[[Any], Array]:
    """The gradient at points that need not have all coordinates of ``shape`` (..., 2).

    Where it was a subgradient is noted in ``kinks`` (...).
    """

    def at(points: Any) -> Array:
        gradient, found = objective.subgradient(np.broadcast_to(points, shape))
        kinks[...] |= found
        return gradient

    return at


def _timed(hyper: Mapping[str, Any], tape: Tape) -> dict[Any, Any]:
    """The values of all steps by (name, time): -1 before a step, 0 after it, None without time."""
    counted = np.arange(1.0, len(tape.effective) + 1)[:, np.newaxis, np.newaxis]
    taken = {name: each.values for name, each in tape.taken.items()}
    return {
        **{(name, None): value for name, value in {**hyper, "t": counted}.items()},
        **{(name, -1): values[:-1] for name, values in tape.states.items()},
        **{(name, 0): values for name, values in {**tape.terms, **taken}.items()},
    }


@lru_cache(maxsize=256)
def _compiled(expression: Expression, timed: bool = False) -> Callable[[Mapping[Any, Any]], Any]:
    return numpy_function(expression, timed=timed)
