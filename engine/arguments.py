"""Checks of what a run is asked for; every fault raises UserError."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.errors import UserError
from engine.objectives import Array, Objective
from engine.optimizers import Optimizer

MAX_STEPS = 100_000


def checked_hyper(optimizer: Optimizer, given: Mapping[str, Any]) -> dict[str, float | Array]:
    """All hyper-parameters, the defaults where none is given; each a float or an array (n,)."""
    lists: dict[str, Array] = {}
    for name, value in given.items():
        optimizer.require_hyper(name)
        if np.ndim(value) > 0:
            where = f"optimizer '{optimizer.name}': {name}"
            lists[name] = _finite(value, where)
            if lists[name].ndim != 1 or not lists[name].size:
                raise UserError(f"{where}: expected a number or a list of them, found {value!r}")
    single = {name: value for name, value in given.items() if name not in lists}
    return {**optimizer.hyper_values(**single), **lists}


def checked_start(start: npt.ArrayLike) -> Array:
    """A start (2,) or a batch of starts (n, 2)."""
    points = _finite(start, "start")
    if points.ndim not in (1, 2) or points.shape[-1] != 2 or not points.size:
        raise UserError(f"start: expected two numbers such as -5,-2, found {start!r}")
    return points


def checked_steps(steps: int) -> int:
    """A whole number of steps within bounds."""
    try:
        count = operator.index(steps)
    except TypeError:
        raise UserError(f"steps: expected a whole number, found {steps!r}") from None
    if not 1 <= count <= MAX_STEPS:
        raise UserError(f"steps: expected 1 to {MAX_STEPS}, found {count}")
    return count


def batch_size(start: Array, hyper: Mapping[str, float | Array]) -> int | None:
    """The number of runs of a batch, None for a single run."""
    sizes = {name: len(value) for name, value in hyper.items() if isinstance(value, np.ndarray)}
    if start.ndim == 2:
        sizes["start"] = len(start)
    if len(set(sizes.values())) > 1:
        found = ", ".join(f"{name} has {size}" for name, size in sizes.items())
        raise UserError(f"a batch needs one length for all of its lists, found: {found}")
    return next(iter(sizes.values()), None)


def require_loss(objective: Objective, start: Array) -> None:
    """Refuse a start (2,) where the objective has no finite value."""
    if not np.isfinite(objective.value(start)):
        raise UserError(
            f"objective '{objective.name}' has no finite value at the start "
            f"({start[0]:zg}, {start[1]:zg}); choose another start"
        )


def _finite(values: npt.ArrayLike, where: str) -> Array:
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise UserError(f"{where}: expected numbers, found {values!r}") from None
    if not np.isfinite(numbers).all():
        raise UserError(f"{where}: expected finite numbers, found {values!r}")
    return numbers
