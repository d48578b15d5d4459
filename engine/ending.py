"""How a run ended: where it left the finite numbers, or what it reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from engine.objectives import Array, Objective
from engine.optimizers import Optimizer
from engine.rest import converged
from engine.scale import scale_of
from engine.tape import Tape
from engine.trajectory import KINKED, Outcome

FLAT, FLATTER = 1e-3, 1e-6
"""The shares of what could still go, and of the usual height, that a flat gradient promises."""

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


def judge(
    optimizer: Optimizer, objective: Objective, hyper: Mapping[str, Any], tape: Tape
) -> Ending:
    """Judge each run of a filled tape; ``hyper`` as `engine.tape.descend` takes it."""
    steps, runs = len(tape.effective), np.arange(tape.points.shape[1])
    taken = [each.values for each in tape.taken.values()]
    values = [*taken, *tape.terms.values(), tape.losses[1:, :, np.newaxis]]
    begun = np.isfinite(tape.losses[0])
    finite = begun & np.all([np.isfinite(array).all(axis=-1) for array in values], axis=0)
    infinite = begun & np.any([np.isinf(array).any(axis=-1) for array in values], axis=0)
    whole = finite.all(axis=0)
    lengths = np.where(whole, steps, finite.argmin(axis=0))

    last = tape.losses[lengths, runs]
    far = np.abs(tape.points[lengths, runs]).max(axis=-1) > BEYOND
    higher = last > tape.losses[0]
    candidates = np.flatnonzero(whole & ~far & ~higher)
    settled = np.isin(runs, converged(optimizer, objective, hyper, tape, candidates))
    outcomes = [
        _outcome(*facts)
        for facts in zip(
            whole.tolist(),
            infinite[np.minimum(lengths, steps - 1), runs].tolist(),
            far.tolist(),
            settled.tolist(),
            flat(objective, tape.points[lengths, runs], tape.losses[0], last).tolist(),
            higher.tolist(),
            grows(tape.losses).tolist(),
            strict=True,
        )
    ]
    messages = _sentences(tape, outcomes, np.where(whole, lengths, lengths + 1), lengths)
    return Ending(tuple(lengths.tolist()), tuple(outcomes), tuple(messages))


def _sentences(
    tape: Tape,
    outcomes: list[Outcome],
    told: npt.NDArray[np.intp],
    lengths: npt.NDArray[np.intp],
) -> list[str]:
    """The sentence for each run; ``told`` are the steps made, or that in which it broke off."""
    return [
        outcome.value.format(
            step=step, steps=f"{step} step{'s' * (step != 1)}", first=first, last=last
        )
        + KINKED * met
        for outcome, step, first, last, met in zip(
            outcomes,
            told.tolist(),
            tape.losses[0].tolist(),
            tape.losses[lengths, np.arange(len(lengths))].tolist(),
            _met_kinks(tape, lengths),
            strict=True,
        )
    ]


def flat(objective: Objective, ends: Array, first: Array, last: Array) -> npt.NDArray[np.bool_]:
    """Whether runs from losses ``first`` to ``last`` (n,) end, at (n, 2), on flat ground.

    What that is `Outcome` says.
    """
    scale = scale_of(objective)
    with np.errstate(all="ignore"):
        promised = np.hypot(*objective.gradient(ends).T) * scale.reach
        left, little = FLAT * (last - scale.lowest), FLATTER * scale.usual
        return np.asarray(
            ((promised < left) & (last - first <= left))
            | ((promised <= little) & (np.abs(last - first) <= little))
        )


def _met_kinks(tape: Tape, lengths: npt.NDArray[np.intp]) -> list[bool]:
    """Whether each run took a subgradient in a step that it made."""
    made = np.arange(len(tape.kinks))[:, np.newaxis] < lengths
    return [bool(column.any()) for column in (tape.kinks & made).T]


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
    whole: bool,
    infinite: bool,
    far: bool,
    settled: bool,
    level: bool,
    higher: bool,
    growing: bool,
) -> Outcome:
    if not whole:
        return Outcome.DIVERGED if infinite else Outcome.UNDEFINED
    if far:
        return Outcome.DIVERGING
    if settled:
        return Outcome.CONVERGED
    if level:
        return Outcome.FLAT
    if not higher:
        return Outcome.FINISHED
    return Outcome.DIVERGING if growing else Outcome.CLIMBED
