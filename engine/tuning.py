"""Choosing hyper-parameters by a search whose every trial is counted and kept.

The search begins with the product of the grids that it is given and goes on around its best trial,
one setting at a time, by a step that begins as wide as the grid and is halved where neither side
is better: compass search (Kolda, Lewis and Torczon 2003). A setting whose best value is the lowest
or the highest tried is looked at beyond it, so that the ends of a grid do not decide. It stops
when its trials are used, so that several methods can be given the same number.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.arguments import checked_start, require_loss
from engine.descent import run
from engine.errors import UserError
from engine.grid_scale import Scale
from engine.objectives import Objective
from engine.objectives import objective as objective_named
from engine.optimizers import Optimizer
from engine.optimizers import optimizer as optimizer_named
from engine.ranking import TOLERANCE, Finish, Goal, Ranking, finishes, goal
from engine.trajectory import Outcome

BEYOND = 8
"""A search that is not told how many trials to make goes on for so many, a setting each."""

MOST_TRIALS = 1000

_FINEST = 2.0**-40
"""Steps shorter than this, in values of the grid, cannot be told apart."""

Values = tuple[float, ...]
"""The settings of a trial, in the order of their scales."""


@dataclass(frozen=True)
class Trial:
    """One run of a search: its ``values``, a setting each, and how far it came."""

    values: Values
    finish: Finish


@dataclass(frozen=True)
class Tuned:
    """The outcome of a search: which settings take which values, and all that was tried.

    The first ``begun`` of ``trials`` are the product of ``grids``; the others follow in the order
    in which they were made. ``at_end`` are the settings whose value is the lowest or highest that
    was tried and could still go on: there the search has not found a best.
    """

    names: tuple[str, ...]
    values: tuple[float, ...]
    grids: tuple[tuple[float, ...], ...]
    trials: tuple[Trial, ...]
    begun: int
    at_end: tuple[str, ...]

    @property
    def settings(self) -> dict[str, float]:
        """The chosen values by name."""
        return dict(zip(self.names, self.values, strict=True))


def usual_trials(grids: Collection[Sequence[float]]) -> int:
    """The trials of a search with these grids where none are named."""
    return math.prod(map(len, grids)) + BEYOND * len(grids)


def tune(
    optimizer: Optimizer | str,
    objective: Objective | str,
    start: npt.ArrayLike | None,
    steps: int,
    grids: Mapping[str, Sequence[float]],
    *,
    trials: int | None = None,
    tolerance: float = TOLERANCE,
    hyper: Mapping[str, Any] | None = None,
) -> Tuned:
    """The values of the settings in ``grids`` with which ``steps`` steps from ``start`` do best.

    Best is what `engine.ranking.Ranking` puts first; of equal trials the one with the smaller
    values. ``start`` (2,) is by default the objective's own; ``hyper`` holds other settings.
    Raises UserError where a grid is none, where it has more values than there are ``trials``, and
    where every trial diverges or breaks off.
    """
    rule = optimizer_named(optimizer) if isinstance(optimizer, str) else optimizer
    target = objective_named(objective) if isinstance(objective, str) else objective
    point = checked_start(target.start if start is None else start)
    if point.ndim != 1:
        raise UserError(f"start: expected two numbers such as -5,-2, found {start!r}")
    require_loss(target, point)
    scales = [_scale(rule, name, grid) for name, grid in grids.items()]
    if not scales:
        raise UserError(f"optimizer '{rule.name}': no setting to tune is named")
    count = usual_trials(grids.values()) if trials is None else trials
    _check_count(rule, scales, count)
    search = _Search(rule, target, point, steps, scales, goal(target, point, tolerance), hyper)
    search.run(count)
    return search.tuned()


class _Search:
    """A search under way: where it has been, and what came of it."""

    def __init__(
        self,
        rule: Optimizer,
        target: Objective,
        start: npt.NDArray[np.float64],
        steps: int,
        scales: Sequence[Scale],
        aim: Goal,
        hyper: Mapping[str, Any] | None,
    ) -> None:
        self.rule, self.target, self.start, self.steps = rule, target, start, steps
        self.scales, self.aim, self.hyper = scales, aim, dict(hyper or {})
        self.trials: list[Trial] = []
        self.diverged: list[bool] = []
        self.begun = 0

    def run(self, count: int) -> None:
        """Make ``count`` trials."""
        self.make(product(*(scale.grid for scale in self.scales)))
        self.begun = len(self.trials)
        step = 1.0
        while len(self.trials) < count and step > _FINEST:
            ahead = self.around(self.trials[self.best].values, step)
            self.make(ahead[: count - len(self.trials)])
            step = step if ahead else step / 2
        if all(self.diverged):
            raise UserError(
                f"optimizer '{self.rule.name}': {' and '.join(s.name for s in self.scales)}: every "
                f"one of {len(self.trials)} trials diverges or breaks off within {self.steps} "
                f"steps on '{self.target.name}'; begin with other values"
            )

    def around(self, center: Values, step: float) -> list[Values]:
        """The trials a step to either side of one that are new, those beyond an end first."""
        found: dict[Values, bool] = {}
        known = {trial.values for trial in self.trials}
        for axis, scale in enumerate(self.scales):
            tried = [values[axis] for values in known]
            for side, end in ((1, max(tried)), (-1, min(tried))):
                inside = center[axis] != end
                # Beyond an end the search goes a whole value of the grid, never a part of one.
                way = step if inside else max(step, 1.0)
                values = (
                    *center[:axis],
                    scale.beside(center[axis], side * way),
                    *center[axis + 1 :],
                )
                if values not in known:
                    found.setdefault(values, inside)
        return sorted(found, key=lambda values: found[values])

    def make(self, values: Iterable[Values]) -> None:
        """Make these trials, as one batch."""
        made = list(values)
        if not made:
            return
        columns = zip(self.scales, zip(*made, strict=True), strict=True)
        tuned = {scale.name: np.array(column) for scale, column in columns}
        batch = run(self.rule, self.target, self.start, self.steps, **{**self.hyper, **tuned})
        ends = finishes(batch.losses, batch.lengths, batch.requested, self.aim)
        self.trials += [Trial(*each) for each in zip(made, ends, strict=True)]
        self.diverged += [
            outcome.diverges or outcome is Outcome.UNDEFINED for outcome in batch.outcomes
        ]

    @property
    def best(self) -> int:
        """The number of the best trial; of equal ones that with the smaller values."""
        keys = Ranking(tuple(trial.finish for trial in self.trials), self.aim).keys
        return min(range(len(keys)), key=lambda index: (keys[index], self.trials[index].values))

    def tuned(self) -> Tuned:
        """What the search has found."""
        taken = self.trials[self.best].values
        at_end = []
        for axis, scale in enumerate(self.scales):
            tried = [trial.values[axis] for trial in self.trials]
            if taken[axis] in (min(tried), max(tried)) and not scale.bounded(taken[axis]):
                at_end.append(scale.name)
        return Tuned(
            names=tuple(scale.name for scale in self.scales),
            values=taken,
            grids=tuple(scale.grid for scale in self.scales),
            trials=tuple(self.trials),
            begun=self.begun,
            at_end=tuple(at_end),
        )


def _check_count(rule: Optimizer, scales: Sequence[Scale], trials: int) -> None:
    """The trials suffice for the grids."""
    sizes = [len(scale.grid) for scale in scales]
    if not math.prod(sizes) <= trials <= MOST_TRIALS:
        many = " x ".join(map(str, sizes))
        raise UserError(
            f"optimizer '{rule.name}': trials: expected from {math.prod(sizes)}, the values of its "
            f"grid ({many}), to {MOST_TRIALS}, found {trials}"
        )


def _scale(rule: Optimizer, name: str, grid: Sequence[float]) -> Scale:
    """The grid of a setting as a scale: different finite numbers, in rising order."""
    rule.require_hyper(name)
    where = f"optimizer '{rule.name}': {name}"
    try:
        values = np.asarray(grid, dtype=np.float64)
    except (TypeError, ValueError):
        raise UserError(f"{where}: expected a grid of numbers, found {grid!r}") from None
    if values.ndim != 1 or not values.size or not np.isfinite(values).all():
        raise UserError(f"{where}: expected a grid of finite numbers, found {grid!r}")
    if len(set(values.tolist())) < len(values):
        raise UserError(f"{where}: the grid names a value twice: {grid!r}")
    hyper = next(hyper for hyper in rule.hyper if hyper.name == name)
    low = 0.0 if hyper.low >= 0 else -math.inf
    if not all(low <= value < hyper.below for value in values.tolist()):
        room = f"from {low:g} " if math.isfinite(low) else ""
        end = f"to below {hyper.below:g}" if math.isfinite(hyper.below) else "up"
        raise UserError(f"{where}: expected values {room}{end} in the grid, found {grid!r}")
    return Scale(name, tuple(sorted(values.tolist())), low, hyper.below)
