"""What a hyper-parameter does: the same run for many of its values, and where it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
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
"""The share of the way, in loss or along a coordinate, that counts as noticeable."""

_SCAN = 1025
_PRECISION = 1e-4
_BAD = (Outcome.DIVERGED, Outcome.UNDEFINED, Outcome.CLIMBED)


class Behaviour(Enum):
    """How a run behaves; the first that fits.

    DIVERGES    the run diverges, stops undefined, or ends above the loss it began with
    OVERSHOOTS  a step raises the loss, or carries a coordinate past the minimum nearest to the
                run's end, by more than a hundredth of what there was to go
    SLOW        at the end more than a hundredth of the loss that could go is left
    SETTLES     none of these

    What could go is the first loss less the lowest: at the known minima or, where none is known,
    on the objective's own view. Without known minima only the loss tells that a run overshoots.
    """

    DIVERGES = "diverges"
    OVERSHOOTS = "overshoots"
    SLOW = "slow"
    SETTLES = "settles"


@dataclass(frozen=True, eq=False)
class Sweep:
    """The runs for ``values`` (n,) of a hyper-parameter, as one batch, and their behaviours."""

    name: str
    values: Array
    batch: Trajectory
    behaviours: tuple[Behaviour, ...]

    def member(self, index: int) -> Trajectory:
        """The run of one value."""
        return self.batch.member(index)


@dataclass(frozen=True)
class Zone:
    """Values of a hyper-parameter, from ``low`` to ``high``, for which runs behave alike."""

    low: float
    high: float
    behaviour: Behaviour


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
    return Sweep(name, row, batch, _behaviours(batch))


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

    def looked(place: Array) -> tuple[Behaviour, ...]:
        made = sweep(optimizer, objective, start, steps, name, value(place), hyper)
        return made.behaviours

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


def behaviour(trajectory: Trajectory) -> Behaviour:
    """How one run behaves."""
    return _judged(trajectory.objective, trajectory.points, trajectory.losses, trajectory.outcome)


def _behaviours(batch: Trajectory) -> tuple[Behaviour, ...]:
    return tuple(
        _judged(
            batch.objective,
            batch.points[: length + 1, index],
            batch.losses[: length + 1, index],
            batch.outcomes[index],
        )
        for index, length in enumerate(batch.lengths)
    )


def _judged(objective: Objective, points: Array, losses: Array, outcome: Outcome) -> Behaviour:
    """The behaviour of a run with points (T + 1, 2) and losses (T + 1,)."""
    if outcome in _BAD:
        return Behaviour.DIVERGES
    room = float(losses[0]) - _lowest(objective)
    if len(losses) > 1 and float(np.diff(losses).max()) > SMALL * room:
        return Behaviour.OVERSHOOTS
    if objective.minima and _passes(np.asarray(objective.minima), points):
        return Behaviour.OVERSHOOTS
    if float(losses[-1]) - _lowest(objective) > SMALL * room:
        return Behaviour.SLOW
    return Behaviour.SETTLES


def _passes(minima: Array, points: Array) -> bool:
    """Whether a coordinate goes noticeably past the minimum nearest to the end."""
    nearest = minima[np.hypot(*(minima - points[-1]).T).argmin()]
    offset = points - nearest
    beyond = -offset * np.sign(offset[0])
    return bool((beyond.max(axis=0) > SMALL * np.abs(offset[0])).any())


def _lowest(objective: Objective) -> float:
    """The lowest loss that is known."""
    if objective.minima:
        return float(objective.value(np.asarray(objective.minima)).min())
    return shade_of(objective).low
