"""How one run behaves: whether it settles, swings, falls short, climbs or diverges."""

from __future__ import annotations

from enum import Enum

import numpy as np
import numpy.typing as npt

from engine.objectives import Array, Objective
from engine.scale import scale_of
from engine.trajectory import Outcome, Trajectory

SMALL = 0.01
"""The share of the loss that could go, or of the steepest slope, that counts as noticeable."""

CLOSE = 0.05
"""The share of the loss that could go below which a run that settles stays at last."""

ROUNDING = 1e-6
"""Slopes below this share of the steepest of both coordinates tell nothing."""


class Behavior(Enum):
    """How a run behaves; the first that fits.

    STOPS       its outcome is UNDEFINED: it broke off where the formula has no value
    DIVERGES    its outcome is DIVERGED or DIVERGING: it grows without bound
    CLIMBS      its outcome is CLIMBED: it ends above the loss it began with, but does not grow so
    SETTLES     it never passes the floor, and at the end at most a hundredth of the loss that could
                go is left, or its outcome is CONVERGED: it is at rest, be it in a minimum that is
                not the lowest
    OVERSHOOTS  it passes the floor, yet settles: it ends as above, does not pass the floor in the
                last quarter of its steps, and has no more than a twentieth left in all of
                that quarter; or its outcome is CONVERGED
    SWINGS      it passes the floor in the second half of its steps too and, in that half, its loss
                rises by more than a hundredth of what could go, be it over several steps, or the
                middle of its points has no more than a hundredth left: it goes back and forth about
                the floor
    SLOW        none of these: it falls short, still on its way, though along one coordinate it may
                have passed the floor

    A step passes the floor when it raises the loss by more than a hundredth of what could go, or
    when its move in one coordinate alone ends on a slope against that move that is more than a
    hundredth of the steepest along that coordinate so far: it ends on the other side. What could go
    is the first loss less the lowest: at the known minima or, where none is known, on the
    objective's own view. The slope tells of the other side without knowing a minimum, and a valley
    that turns has none: gradient descent with small enough steps never moves against it. Outcomes
    are `engine.Outcome`'s.

    Where the curvature along a coordinate is L, gradient descent multiplies the way that is left by
    1 - lr L: it passes the floor beyond lr = 1.01 / L, and no longer settles a little before 2 / L.
    Beyond 2 / L it grows; that the run diverges shows a little later, when its steps suffice to
    come above the loss it began with.
    """

    STOPS = "stops"
    DIVERGES = "diverges"
    CLIMBS = "climbs"
    SETTLES = "settles"
    OVERSHOOTS = "overshoots"
    SWINGS = "swings"
    SLOW = "slow"


_ENDED = {
    Outcome.UNDEFINED: Behavior.STOPS,
    Outcome.DIVERGED: Behavior.DIVERGES,
    Outcome.DIVERGING: Behavior.DIVERGES,
    Outcome.CLIMBED: Behavior.CLIMBS,
}


def behavior(trajectory: Trajectory) -> Behavior:
    """How one run behaves."""
    if trajectory.outcome in _ENDED:
        return _ENDED[trajectory.outcome]
    [found] = _judged(
        trajectory.objective,
        trajectory.points[:, np.newaxis],
        trajectory.losses[:, np.newaxis],
        trajectory.outcomes,
    )
    return found


def behaviors(batch: Trajectory) -> tuple[Behavior, ...]:
    """How each run of a batch behaves."""
    return _judged(batch.objective, batch.points, batch.losses, batch.outcomes)


def _judged(
    objective: Objective, points: Array, losses: Array, outcomes: tuple[Outcome, ...]
) -> tuple[Behavior, ...]:
    """The behaviors of runs with points (T + 1, n, 2) and losses (T + 1, n), NaN after the last."""
    steps = len(losses) - 1
    late, half = steps - max(steps // 4, 1), steps // 2
    with np.errstate(all="ignore"):
        left, passes = _share(objective, losses, losses[1:]), _passes(objective, points, losses)
        middle = objective.value(points[half + 1 :].mean(axis=0))
        off = _share(objective, losses, middle) > SMALL
        lowest = np.minimum.accumulate(left[half:], axis=0)
        rises = ((left[half:] - lowest) > SMALL).any(axis=0)
    converged = np.array([outcome is Outcome.CONVERGED for outcome in outcomes])
    passed = np.asarray(passes.any(axis=0))
    arrived = converged | (left[-1] <= SMALL)
    calm = converged | ~(passes[late:].any(axis=0) | (left[late:] > CLOSE).any(axis=0))
    swings = passes[half:].any(axis=0) & (rises | ~off)
    facts = zip(outcomes, arrived, calm, passed, swings, strict=True)
    return tuple(_behavior(*each) for each in facts)


def _behavior(outcome: Outcome, arrived: bool, calm: bool, passed: bool, swings: bool) -> Behavior:
    if outcome in _ENDED:
        return _ENDED[outcome]
    if arrived and not passed:
        return Behavior.SETTLES
    if arrived and calm:
        return Behavior.OVERSHOOTS
    return Behavior.SWINGS if swings else Behavior.SLOW


def _share(objective: Objective, losses: Array, values: Array) -> Array:
    """The share of the loss that could go that ``values`` leave."""
    lowest = scale_of(objective).lowest
    return np.asarray((values - lowest) / (losses[0] - lowest))


def _passes(objective: Objective, points: Array, losses: Array) -> npt.NDArray[np.bool_]:
    """Which steps pass the floor, (T, *batch); see `Behavior`.

    ``points`` are (T + 1, *batch, 2), NaN after a run's last, ``losses`` (T + 1, *batch).
    """
    room = losses[0] - scale_of(objective).lowest
    before, after = points[:-1], points[1:]
    first = np.stack([after[..., 0], before[..., 1]], axis=-1)
    second = np.stack([before[..., 0], after[..., 1]], axis=-1)
    with np.errstate(all="ignore"):
        steepest = np.maximum.accumulate(np.abs(objective.gradient(before)), axis=0)
        met = (objective.gradient(first)[..., 0], objective.gradient(second)[..., 1])
        slopes = np.stack(met, axis=-1)
        least = np.maximum(SMALL * steepest, ROUNDING * steepest.max(axis=-1, keepdims=True))
        against = ((after - before) * slopes > 0) & (np.abs(slopes) > least)
        raised = np.diff(losses, axis=0) > SMALL * room
    return np.asarray(raised | against.any(axis=-1))
