"""Running an optimizer on an objective, once or in batches."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from engine import arguments
from engine.ending import judge
from engine.objectives import Array, Objective
from engine.objectives import objective as objective_named
from engine.optimizers import Optimizer
from engine.optimizers import optimizer as optimizer_named
from engine.tape import Tape, descend
from engine.trajectory import Trajectory

_BLOCK = 4096
"""Runs computed together: while steps are made, their arrays, 64 KiB each, stay in the cache."""


def run(
    optimizer: Optimizer | str,
    objective: Objective | str,
    start: npt.ArrayLike | None = None,
    steps: int = 50,
    **hyper: Any,
) -> Trajectory:
    """Let an optimizer descend an objective for a number of steps, in float64.

    ``start`` is a point (2,), by default the objective's own, or a batch of points (n, 2). A
    hyper-parameter is a number, by default the optimizer's own, or an array (n,). Any batch makes
    the result a batch. A run that leaves the finite numbers stops before that step and says so in
    its outcome.

    Raises UserError for an unknown name, for what is not a finite number, for shapes that do not
    fit together, and where a single run's start has no finite loss.
    """
    rule = optimizer_named(optimizer) if isinstance(optimizer, str) else optimizer
    target = objective_named(objective) if isinstance(objective, str) else objective
    values = arguments.checked_hyper(rule, hyper)
    starts = arguments.checked_start(target.start if start is None else start)
    count = arguments.checked_steps(steps)
    size = arguments.batch_size(starts, values)
    if size is None:
        arguments.require_loss(target, starts)
        starts = starts[np.newaxis]
    batch = _run_batch(rule, target, np.broadcast_to(starts, (size or 1, 2)), count, values)
    return batch.member(0) if size is None else batch


@lru_cache(maxsize=256)
def known_run(
    optimizer: Optimizer | str,
    objective: Objective | str,
    start: tuple[float, float] | None,
    steps: int,
    hyper: tuple[tuple[str, float], ...],
) -> Trajectory:
    """The one run of these settings, computed once in a process; see `run`."""
    return run(optimizer, objective, start, steps, **dict(hyper))


def _run_batch(
    rule: Optimizer, target: Objective, starts: Array, steps: int, hyper: dict[str, float | Array]
) -> Trajectory:
    """Run from all starts (n, 2), a block at a time."""
    tape = Tape.blank(rule, starts, steps)
    endings = []
    for low in range(0, len(starts), _BLOCK):
        runs = slice(low, low + _BLOCK)
        block = {
            name: value[runs, np.newaxis] if isinstance(value, np.ndarray) else np.float64(value)
            for name, value in hyper.items()
        }
        part = tape.part(runs)
        descend(rule, target, block, part)
        endings.append(judge(rule, target, block, part))
    lengths = tuple(length for ending in endings for length in ending.lengths)
    tape.finish(lengths)
    return Trajectory(
        optimizer=rule,
        objective=target,
        hyper=hyper,
        requested=steps,
        points=tape.points,
        losses=tape.losses,
        taken=tape.taken,
        terms=tape.terms,
        effective=tape.effective,
        outcomes=tuple(outcome for ending in endings for outcome in ending.outcomes),
        messages=tuple(message for ending in endings for message in ending.messages),
        lengths=lengths,
        kinks=tape.kinks,
    )
