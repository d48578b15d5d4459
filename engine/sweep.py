"""What a hyper-parameter does: the same run for many of its values, and where it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.descent import run
from engine.errors import UserError
from engine.field import shade_of
from engine.objectives import Array, Objective
from engine.objectives import objective as objective_named
from engine.optimizers import Optimizer
from engine.optimizers import optimizer as optimizer_named
from engine.trajectory import Outcome, Trajectory

SMALL = 0.01
"""The share of the loss that could go, or of the steepest slope, that counts as noticeable."""

ROUNDING = 1e-6
"""Slopes below this share of the steepest of both coordinates tell nothing."""

_SCAN = 1025
_PRECISION = 1e-4
_BLOCK = 128
"""Runs looked at together, so that long ones need little memory."""

_BAD = (Outcome.DIVERGED, Outcome.UNDEFINED, Outcome.CLIMBED)


class Behavior(Enum):
    """How a run behaves; the first that fits.

    DIVERGES    the run diverges, stops undefined, or ends above the loss it began with
    OVERSHOOTS  a step raises the loss by more than a hundredth of what could go, or its move in
                one coordinate alone ends on a slope against that move that is more than a hundredth
                of the steepest along that coordinate so far
    SLOW        at the end more than a hundredth of the loss that could go is left, and the gradient
                has not vanished
    SETTLES     none of these

    What could go is the first loss less the lowest: at the known minima or, where none is known,
    on the objective's own view. The slope tells of an overshoot without knowing a minimum, and a
    valley that turns is none: gradient descent with small enough steps never moves against it.

    Where the curvature along a coordinate is L, gradient descent multiplies the way that is left by
    1 - lr L: it overshoots beyond lr = 1.01 / L. Beyond 2 / L it grows; that the run diverges shows
    a little later, when its steps suffice to come above the loss it began with.
    """

    DIVERGES = "diverges"
    OVERSHOOTS = "overshoots"
    SLOW = "slow"
    SETTLES = "settles"


@dataclass(frozen=True, eq=False)
class Sweep:
    """The runs for ``values`` (n,) of a hyper-parameter, as one batch, and their behaviors."""

    name: str
    values: Array
    batch: Trajectory
    behaviors: tuple[Behavior, ...]

    def member(self, index: int) -> Trajectory:
        """The run of one value."""
        return self.batch.member(index)


@dataclass(frozen=True)
class Zone:
    """Values of a hyper-parameter, from ``low`` to ``high``, for which runs behave alike."""

    low: float
    high: float
    behavior: Behavior


def sweep(
    optimizer: Optimizer | str,
    objective: Objective | str,
    start: npt.ArrayLike | None,
    steps: int,
    name: str,
    values: npt.ArrayLike,
    hyper: Mapping[str, Any] | None = None,
) -> Sweep:
    """Run once for each of ``values`` (n,) of ``name``, all from ``start`` (2,), as one batch.

    Raises UserError as `run` does, and where ``values`` are not a row of finite numbers.
    """
    rule = optimizer_named(optimizer) if isinstance(optimizer, str) else optimizer
    target = objective_named(objective) if isinstance(objective, str) else objective
    rule.require_hyper(name)
    row = np.asarray(values, dtype=np.float64)
    if row.ndim != 1 or not row.size or not np.isfinite(row).all():
        raise UserError(f"optimizer '{rule.name}': {name}: expected a row of finite numbers")
    batch = run(rule, target, start, steps, **{**(hyper or {}), name: row})
    return Sweep(name, row, batch, _behaviors(batch))


def zones(
    optimizer: Optimizer | str,
    objective: Objective | str,
    start: npt.ArrayLike | None,
    steps: int,
    name: str,
    ends: tuple[float, float],
    hyper: Mapping[str, Any] | None = None,
    *,
    log: bool = False,
) -> tuple[Zone, ...]:
    """The zones between the two ``ends``, in rising order; ``log`` looks evenly in decades.

    Their limits are found on true runs: a scan, then halving, to a ten-thousandth of the range
    (of the range of the logarithm for ``log``). A zone narrower than the scan's step can be missed.
    """
    low, high = sorted(ends)
    if not low < high:
        raise UserError(f"{name}: expected two different ends, found {low:g} and {high:g}")
    if log and low <= 0:
        raise UserError(f"{name}: expected ends above 0 for decades, found {low:g}")

    def value(place: Array) -> Array:
        if log:
            return np.asarray(low * (high / low) ** place)
        return np.asarray(low + place * (high - low))

    def looked(places: Array) -> list[Behavior]:
        found: list[Behavior] = []
        for first in range(0, len(places), _BLOCK):
            block = value(places[first : first + _BLOCK])
            made = sweep(optimizer, objective, start, steps, name, block, hyper)
            found += made.behaviors
        return found

    places = np.linspace(0.0, 1.0, _SCAN)
    found = looked(places)
    turns = [index for index in range(_SCAN - 1) if found[index] is not found[index + 1]]
    before, after = places[turns], places[[index + 1 for index in turns]]
    while turns and float((after - before).max()) > _PRECISION:
        middle = (before + after) / 2
        alike = np.array(
            [kind is found[turn] for kind, turn in zip(looked(middle), turns, strict=True)]
        )
        before, after = np.where(alike, middle, before), np.where(alike, after, middle)
    limits = [low, *value((before + after) / 2).tolist(), high]
    kinds = [found[0], *(found[turn + 1] for turn in turns)]
    return tuple(Zone(limits[index], limits[index + 1], kind) for index, kind in enumerate(kinds))


def behavior(trajectory: Trajectory) -> Behavior:
    """How one run behaves."""
    climbs = _climbs(trajectory.objective, trajectory.points)
    return _judged(trajectory.objective, trajectory.losses, bool(climbs), trajectory.outcome)


def _behaviors(batch: Trajectory) -> tuple[Behavior, ...]:
    climbs = _climbs(batch.objective, batch.points).tolist()
    return tuple(
        _judged(batch.objective, batch.losses[: length + 1, index], climbs[index], outcome)
        for index, (length, outcome) in enumerate(zip(batch.lengths, batch.outcomes, strict=True))
    )


def _judged(objective: Objective, losses: Array, climbs: bool, outcome: Outcome) -> Behavior:
    """The behavior of a run with losses (T + 1,)."""
    if outcome in _BAD:
        return Behavior.DIVERGES
    lowest = _lowest(objective)
    room = float(losses[0]) - lowest
    if climbs or (len(losses) > 1 and float(np.diff(losses).max()) > SMALL * room):
        return Behavior.OVERSHOOTS
    if outcome is not Outcome.CONVERGED and float(losses[-1]) - lowest > SMALL * room:
        return Behavior.SLOW
    return Behavior.SETTLES


def _climbs(objective: Objective, points: Array) -> npt.NDArray[np.bool_]:
    """Whether a move in one coordinate alone ends noticeably far up the other side.

    ``points`` are (T + 1, *batch, 2), NaN after a run's last; the answer has the shape ``batch``.
    """
    before, after = points[:-1], points[1:]
    first = np.stack([after[..., 0], before[..., 1]], axis=-1)
    second = np.stack([before[..., 0], after[..., 1]], axis=-1)
    with np.errstate(all="ignore"):
        steepest = np.maximum.accumulate(np.abs(objective.gradient(before)), axis=0)
        met = (objective.gradient(first)[..., 0], objective.gradient(second)[..., 1])
        slopes = np.stack(met, axis=-1)
        least = np.maximum(SMALL * steepest, ROUNDING * steepest.max(axis=-1, keepdims=True))
        against = ((after - before) * slopes > 0) & (np.abs(slopes) > least)
    return np.asarray(against.any(axis=(0, -1)))


@lru_cache(maxsize=64)
def _lowest(objective: Objective) -> float:
    """The lowest loss that is known."""
    if objective.minima:
        return float(objective.value(np.asarray(objective.minima)).min())
    return shade_of(objective).low
