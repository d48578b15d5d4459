"""Who is first: runs on one objective ranked by how soon they come to a goal, then by loss."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from engine.errors import UserError
from engine.objectives import Array, Objective
from engine.trajectory import Trajectory

TOLERANCE = 0.01
"""The usual goal, as a share of the loss that could go."""

RESOLUTION = 1e-12
"""Losses closer to each other than this share of what could go are equal: the rest is rounding."""


@dataclass(frozen=True)
class Goal:
    """What runs on one objective are ranked by.

    What could go is the loss at the start, ``first``, less the lowest one, ``floor``: that of the
    known minima. ``loss`` is the loss to come to, the floor plus a share of what could go, in so
    few digits that it can be told; both are None where no minimum is known.
    """

    first: float
    loss: float | None
    floor: float | None


def goal(objective: Objective, starts: npt.ArrayLike, tolerance: float = TOLERANCE) -> Goal:
    """The goal of runs from ``starts`` (2,) or (n, 2): of several, for the lowest start.

    Raises UserError where ``tolerance`` is not between 0 and 1, and where a start has no loss.
    """
    if not 0 < tolerance < 1:
        raise UserError(f"tolerance: expected a share between 0 and 1, found {tolerance:g}")
    first = float(np.min(objective.value(np.asarray(starts, dtype=np.float64))))
    if not math.isfinite(first):
        raise UserError(f"objective '{objective.name}' has no finite value at the start")
    if not objective.minima:
        return Goal(first, None, None)
    floor = float(np.min(objective.value(np.asarray(objective.minima))))
    room = max(first - floor, 0.0)
    return Goal(first, _told(floor, tolerance * room), floor)


def _told(floor: float, share: float) -> float:
    """Their sum, with three digits of ``share``."""
    if share <= 0:
        return floor
    return round(floor + share, 2 - math.floor(math.log10(share)))


@dataclass(frozen=True)
class Finish:
    """How far one run came.

    ``reached`` is the step from which on its loss is at most the goal's, until the last step; None
    where it never is, and for a run that breaks off. ``loss`` is the last one, ``steps`` are those
    that were made, ``whole`` is False for a run that broke off.
    """

    reached: int | None
    loss: float
    steps: int
    whole: bool


def finish(run: Trajectory, aim: Goal) -> Finish:
    """How far one run came."""
    [found] = finishes(run.losses[:, np.newaxis], (run.steps,), run.requested, aim)
    return found


def finishes(
    losses: Array, lengths: Sequence[int], requested: int, aim: Goal
) -> tuple[Finish, ...]:
    """How far each of n runs came, from their losses (T + 1, n) and the steps they made."""
    return tuple(
        _finish(losses[: length + 1, index], length == requested, aim)
        for index, length in enumerate(lengths)
    )


def _finish(losses: Array, whole: bool, aim: Goal) -> Finish:
    reached = None
    if whole and aim.loss is not None:
        above = np.flatnonzero(~(losses <= aim.loss))
        last = int(above[-1]) if above.size else -1
        reached = last + 1 if last + 1 < len(losses) else None
    return Finish(reached, float(losses[-1]), len(losses) - 1, whole)


@dataclass(frozen=True)
class Ranking:
    """Several finishes in their order.

    First come those that reach the goal, by the step at which they do; then those that do not, by
    their last losses; then those that broke off, the one that came farthest first. A loss that is
    above the least by no more than `RESOLUTION` of what could go, with an unknown floor of what
    went, counts as equal to it. Nothing else decides: equal ones share a rank.
    """

    finishes: tuple[Finish, ...]
    aim: Goal

    @cached_property
    def keys(self) -> tuple[tuple[int, float], ...]:
        """For each run what it is ranked by; the least comes first."""
        left = [f.loss for f in self.finishes if f.whole and f.reached is None]
        least = min(left, default=0.0)
        floor = least if self.aim.floor is None else self.aim.floor
        equal = RESOLUTION * max(self.aim.first - floor, 0.0)

        def key(found: Finish) -> tuple[int, float]:
            if not found.whole:
                return 2, -float(found.steps)
            if found.reached is not None:
                return 0, float(found.reached)
            away = found.loss - least
            return 1, 0.0 if away <= equal else away

        return tuple(key(found) for found in self.finishes)

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The numbers of the runs, the best first; equal ones as they were given."""
        return tuple(sorted(range(len(self.keys)), key=lambda index: self.keys[index]))

    @cached_property
    def ranks(self) -> tuple[int | None, ...]:
        """The rank of each run, from 1; None for one that broke off."""
        return tuple(
            1 + sum(other < key for other in self.keys) if found.whole else None
            for found, key in zip(self.finishes, self.keys, strict=True)
        )


def ranking(runs: Sequence[Trajectory], tolerance: float = TOLERANCE) -> Ranking:
    """The ranking of single runs on one objective."""
    aim = goal(runs[0].objective, np.array([run.points[0] for run in runs]), tolerance)
    return Ranking(tuple(finish(run, aim) for run in runs), aim)
