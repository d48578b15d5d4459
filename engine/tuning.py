"""Choosing a hyper-parameter: the best of a grid, by the loss at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.arguments import checked_start, require_loss
from engine.descent import run
from engine.errors import UserError
from engine.objectives import Objective
from engine.objectives import objective as objective_named
from engine.optimizers import Optimizer
from engine.optimizers import optimizer as optimizer_named
from engine.trajectory import Outcome


@dataclass(frozen=True)
class Tuned:
    """The chosen ``value`` of hyper-parameter ``name``, and what it was chosen from.

    ``losses`` are the losses after the last step for each value of ``grid``, NaN where the run
    stopped before it.
    """

    name: str
    value: float
    grid: tuple[float, ...]
    losses: tuple[float, ...]


def best_of(
    optimizer: Optimizer | str,
    objective: Objective | str,
    start: npt.ArrayLike | None,
    steps: int,
    name: str,
    grid: Sequence[float],
    hyper: Mapping[str, Any] | None = None,
) -> Tuned:
    """The value of ``grid`` for ``name`` with the least loss after ``steps`` steps.

    All values run as one batch from ``start`` (2,), by default the objective's own, with the other
    hyper-parameters in ``hyper``. Of equal losses the smaller value wins. Raises UserError where
    the grid is none, and where every run of it diverges or breaks off.
    """
    rule = optimizer_named(optimizer) if isinstance(optimizer, str) else optimizer
    target = objective_named(objective) if isinstance(objective, str) else objective
    point = checked_start(target.start if start is None else start)
    if point.ndim != 1:
        raise UserError(f"start: expected two numbers such as -5,-2, found {start!r}")
    require_loss(target, point)
    values = _checked_grid(rule, name, grid)
    batch = run(rule, target, point, steps, **{**(hyper or {}), name: values})
    ended = [length == batch.requested for length in batch.lengths]
    losses = np.where(ended, batch.losses[-1], np.nan)
    if all(outcome.diverges or outcome is Outcome.UNDEFINED for outcome in batch.outcomes):
        raise UserError(
            f"optimizer '{rule.name}': {name}: every value of the grid diverges or stops within "
            f"{steps} steps on '{target.name}'; add values such as {values.min() / 10:g}"
        )
    best = min(np.flatnonzero(ended).tolist(), key=lambda index: (losses[index], values[index]))
    return Tuned(name, float(values[best]), tuple(values.tolist()), tuple(losses.tolist()))


def _checked_grid(rule: Optimizer, name: str, grid: Sequence[float]) -> npt.NDArray[np.float64]:
    """The grid as an array of different finite numbers."""
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
    return values
