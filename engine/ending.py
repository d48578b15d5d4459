"""How a run ended: where it left the finite numbers, or what it reached."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.objectives import Array, Objective
from engine.tape import Tape
from engine.trajectory import Outcome

CONVERGED_NORM = 1e-6
"""A run has converged when its last gradient is this small, relative to a first one above 1."""

BEYOND = 1e100
"""A run whose last point is this far away is diverging, whatever its losses did."""

_QUARTERS = 4
_LEAST = 2 * _QUARTERS
"""Of fewer losses nothing can be told about their growth."""


class Ending(NamedTuple):
    """For each run: its finite steps, how it ended, and the sentence that says so."""

    lengths: tuple[int, ...]
    outcomes: tuple[Outcome, ...]
    messages: tuple[str, ...]


def judge(objective: Objective, tape: Tape) -> Ending:
    """Judge each run of a filled tape."""
    steps, runs = len(tape.effective), np.arange(tape.points.shape[1])
    taken = [each.values for each in tape.taken.values()]
    values = [*taken, *tape.terms.values(), tape.losses[1:, :, np.newaxis]]
    begun = np.isfinite(tape.losses[0])
    finite = begun & np.all([np.isfinite(array).all(axis=-1) for array in values], axis=0)
    infinite = begun & np.any([np.isinf(array).any(axis=-1) for array in values], axis=0)
    whole = finite.all(axis=0)
    lengths = np.where(whole, steps, finite.argmin(axis=0))

    start, end = tape.points[0], tape.points[lengths, runs]
    slope, rest = (np.hypot(*objective.gradient(x).T) for x in (start, end))
    outcomes = [
        _outcome(*facts)
        for facts in zip(
            whole.tolist(),
            infinite[np.minimum(lengths, steps - 1), runs].tolist(),
            (np.abs(end).max(axis=-1) > BEYOND).tolist(),
            (rest <= CONVERGED_NORM * np.maximum(1, slope)).tolist(),
            (tape.losses[lengths, runs] > tape.losses[0]).tolist(),
            grows(tape.losses).tolist(),
            strict=True,
        )
    ]
    messages = [
        outcome.value.format(
            step=step, steps=f"{step} step{'s' * (step != 1)}", first=first, last=last
        )
        for outcome, step, first, last in zip(
            outcomes,
            np.where(whole, lengths, lengths + 1).tolist(),
            tape.losses[0].tolist(),
            tape.losses[lengths, runs].tolist(),
            strict=True,
        )
    ]
    return Ending(tuple(lengths.tolist()), tuple(outcomes), tuple(messages))


def grows(losses: Array) -> npt.NDArray[np.bool_]:
    """Whether losses (T + 1, n) of n runs grow to the end, and no slower toward it.

    Compared are the highest losses of the last three quarters of each run, so that losses that go
    up and down while they grow are seen to grow, and those that come to a bound are not.
    """
    rows = len(losses)
    if rows < _LEAST:
        return np.zeros(losses.shape[1:], np.bool_)
    starts = [quarter * rows // _QUARTERS for quarter in range(_QUARTERS)]
    with np.errstate(all="ignore"):
        peaks = np.maximum.reduceat(losses, starts, axis=0)
        before, after = peaks[2] - peaks[1], peaks[3] - peaks[2]
        return np.asarray((before > 0) & (after >= before) & (peaks[3] > losses[0]))


def _outcome(
    whole: bool, infinite: bool, far: bool, settled: bool, higher: bool, growing: bool
) -> Outcome:
    if not whole:
        return Outcome.DIVERGED if infinite else Outcome.UNDEFINED
    if far:
        return Outcome.DIVERGING
    if settled:
        return Outcome.CONVERGED
    if not higher:
        return Outcome.FINISHED
    return Outcome.DIVERGING if growing else Outcome.CLIMBED
