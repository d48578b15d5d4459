"""Whether a run has converged: whether it is at rest, and what is left to gain where it rests.

A run is at rest when it is drawn to where it is: nudged by a thousandth of its way, along x1 and
along x2, it goes on for a hundred steps and is never more than three thousandths away. Steps that
happen to be small are no rest: a method whose steps grow again, such as RMSProp, leaves.

Next to nothing is left to gain by one of three kinds of evidence:

- At the end, at most a millionth of what could go at the start is left above the known minima.
- At the end, slope and curvature promise at most a millionth of what the steepest slope of the run
  would bring over its way. By a slope g and a curvature L, |g| r - L r^2 / 2 can be gained at a
  distance r. What is promised is the sum of this along both principal axes of the curvature, at the
  best r up to the reach: g^2 / (2 L) in a bowl, a lot on a saddle, where L is negative.
- The same where there is no curvature to tell a minimum from any other plateau, if the end is as
  low, by the first bound, as the lowest loss that is known of the view.

In a bowl a thousandth of the way is a millionth of the loss, so that all these bounds are one. They
are ratios of one run: a factor on the objective, with the learning rate divided by it, and a
summand change nothing. The way is the largest distance of a run's points from its last, the reach
the diagonal of the objective's own view or, if that is longer, the way.
`templates/assets/playground/15-ending.js` has the same arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.objectives import Array, Objective
from engine.optimizers import Optimizer
from engine.scale import scale_of
from engine.tape import Tape, continued

GAIN = 1e-6
"""The share of what could go that counts as nothing."""

NUDGE, DRAWN, LONGER = 1e-3, 3.0, 100
"""The share of its way by which a run is nudged, how many nudges it may be off, for how long."""

_STENCIL, _FINEST = 1e-4, 1e-7
_ROUNDING = 4 * float(np.finfo(np.float64).eps)

Bools = npt.NDArray[np.bool_]


def converged(
    optimizer: Optimizer,
    objective: Objective,
    hyper: Mapping[str, Any],
    tape: Tape,
    candidates: npt.NDArray[np.intp],
) -> npt.NDArray[np.intp]:
    """Which of the ``candidates``, runs of a tape that made all steps, have converged.

    ``hyper`` are numbers and columns (n, 1), as `engine.tape.descend` takes them.
    """
    with np.errstate(all="ignore"):
        points, end = tape.points[:, candidates], tape.points[-1, candidates]
        way = np.hypot(*np.moveaxis(points - end, -1, 0)).max(axis=0)
        slopes = [each.values[:, candidates] for each in tape.taken.values()]
        slopes = slopes or [objective.gradient(points[:-1])]
        steepest = np.max(
            [np.hypot(*np.moveaxis(each, -1, 0)).max(axis=0) for each in slopes], axis=0
        )
        losses = tape.losses[:, candidates]
        floor = _floor_reached(objective, losses)
        calm, curved = _promises_nothing(objective, end, way, steepest)
        reached = calm & (curved | floor) | floor & bool(objective.minima)
    kept = np.flatnonzero(reached)
    resting = _at_rest(optimizer, objective, hyper, tape, candidates[kept], way[kept])
    return candidates[kept[resting]]


def _floor_reached(objective: Objective, losses: Array) -> Bools:
    """Whether the losses (T + 1, n) have come down to the lowest that is known."""
    lowest = scale_of(objective).lowest
    could = losses[0] - lowest
    told = GAIN * could > _ROUNDING * np.maximum(np.abs(losses[0]), abs(lowest))
    return np.asarray(told & (losses[-1] - lowest <= GAIN * could))


def _promises_nothing(
    objective: Objective, end: Array, way: Array, steepest: Array
) -> tuple[Bools, Bools]:
    """Whether slope and curvature at the ends (n, 2) promise nothing, and if there is curvature."""
    reach = np.maximum(scale_of(objective).reach, way)
    stencil = np.maximum(_STENCIL * way, _FINEST * (reach + np.abs(end).max(axis=-1)))
    beside = stencil[:, np.newaxis, np.newaxis] * np.eye(2)
    around = objective.gradient(end[:, np.newaxis] + beside)
    around = (around - objective.gradient(end[:, np.newaxis] - beside)) / (
        2 * stencil[:, np.newaxis, np.newaxis]
    )
    mixed, half = (around[:, 0, 1] + around[:, 1, 0]) / 2, (around[:, 0, 0] - around[:, 1, 1]) / 2
    middle, size = (around[:, 0, 0] + around[:, 1, 1]) / 2, np.hypot(half, mixed)
    angle = np.arctan2(mixed, half) / 2
    g1, g2 = objective.gradient(end).T
    along = np.abs(g1 * np.cos(angle) + g2 * np.sin(angle))
    across = np.abs(g2 * np.cos(angle) - g1 * np.sin(angle))
    most, nothing = middle + size, GAIN * steepest * way
    promised = _promised(along, most, reach) + _promised(across, middle - size, reach)
    return promised <= nothing, most * reach**2 / 2 > nothing


def _promised(slope: Array, curvature: Array, reach: Array) -> Array:
    """How far the loss would fall along an axis, at the best within the reach."""
    best = np.where(curvature * reach > slope, slope / curvature, reach)
    return np.asarray(slope * best - curvature * best**2 / 2)


def _at_rest(
    optimizer: Optimizer,
    objective: Objective,
    hyper: Mapping[str, Any],
    tape: Tape,
    runs: npt.NDArray[np.intp],
    way: Array,
) -> npt.NDArray[np.intp]:
    """The places in ``runs`` of those that are drawn to their last points."""
    if not runs.size:
        return runs
    twice = np.concatenate([runs, runs])
    nudge = NUDGE * np.concatenate([way, way])[:, np.newaxis]
    states = {name: values[-1, twice] for name, values in tape.states.items()}
    end = states["x"]
    states["x"] = end + nudge * np.repeat(np.eye(2), len(runs), axis=0)
    own = {
        name: value[twice] if isinstance(value, np.ndarray) else value
        for name, value in hyper.items()
    }
    near = np.ones(len(twice), np.bool_)
    made = len(tape.effective)
    for points in islice(continued(optimizer, objective, own, states, made), LONGER):
        near &= (np.abs(points - end) <= DRAWN * nudge).all(axis=-1)
        if not near.any():
            break
    return np.flatnonzero(near[: len(runs)] & near[len(runs) :])
