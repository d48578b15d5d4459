"""What a hyper-parameter does: the same run for many of its values, and where it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.behavior import Behavior, behavior, behaviors
from engine.descent import run
from engine.errors import UserError
from engine.objectives import Array, Objective
from engine.objectives import objective as objective_named
from engine.optimizers import Optimizer
from engine.optimizers import optimizer as optimizer_named
from engine.trajectory import Trajectory

__all__ = ["Behavior", "Sweep", "Zone", "behavior", "sweep", "zones"]

_SCAN = 1025
_PRECISION = 1e-4
_ROWS = 200_000
"""So many rows of runs are looked at together, so that long ones need little memory."""


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
    return Sweep(name, row, batch, behaviors(batch))


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
        size = max(_ROWS // max(steps, 1), 1)
        for first in range(0, len(places), size):
            block = value(places[first : first + size])
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
