"""How long the arrows of a shot are: one scale for its gradients, and its steps as they are.

What a slow step would show too short to be seen is magnified by a round number, which is told.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scenes.parts.track import FAR, Track
from scenes.state import State

Array = NDArray[np.float64]
UNITS = (1, 2, 5)
SHORT, LONG = 36.0, 170.0
"""An arrow that is shorter is hard to see; together magnified ones are to be no longer."""

MOST = 10_000
"""What needs more than this to be seen stays as small as it is."""

GRADIENT_LENGTH, GRADIENT_SHARE = 150.0, 0.34


@dataclass(frozen=True)
class Scales:
    """How long a shot's arrows are.

    A gradient of length 1 is drawn as long as a way of ``base`` in the plane, a step as long as it
    is. ``gradients`` and ``steps`` say how many times longer the arrows of a slow step are, by the
    steps made before it; where they say nothing, or steps follow quickly, it is once.
    """

    base: float
    gradients: Mapping[int, int] = field(default_factory=dict)
    steps: Mapping[int, int] = field(default_factory=dict)

    def factors(self, state: State) -> tuple[int, int]:
        """How many times longer than on the shot's scale gradients are drawn, and steps."""
        if not state.slow:
            return 1, 1
        return self.gradients.get(state.step, 1), self.steps.get(state.step, 1)

    @property
    def every(self) -> set[tuple[int, int]]:
        """Every pair of factors that is shown."""
        apart = {*self.gradients, *self.steps}
        pairs = {(self.gradients.get(step, 1), self.steps.get(step, 1)) for step in apart}
        return {(1, 1), *pairs}


def needed(length: float) -> int:
    """The least round number that makes an arrow of ``length`` stage pixels long enough."""
    if not 0 < length < SHORT:
        return 1
    digits = range(1 + math.ceil(math.log10(MOST)))
    factors = (unit * 10**power for power in digits for unit in UNITS)
    return next((factor for factor in factors if MOST >= factor >= SHORT / length), 1)


def magnified(lengths: Mapping[int, float]) -> dict[int, int]:
    """The factors of the arrows that need one, by step: one for all where it serves all."""
    found = {step: factor for step, length in lengths.items() if (factor := needed(length)) > 1}
    most = max(found.values(), default=1)
    if all(most * lengths[step] <= LONG for step in found):
        return dict.fromkeys(found, most)
    return found


def axes_of(track: Track) -> Array:
    """Stage pixels of a unit of the plane on either axis."""
    return np.abs(track.plot.at(np.ones(2)) - track.plot.at(np.zeros(2)))


def gradient_lengths(track: Track) -> Array:
    """Stage pixels of each step's longest gradient where a factor of 1 holds, (T,)."""
    run, axes = track.kit.run, axes_of(track)
    taken = [np.clip(each.values, -FAR, FAR) * axes for each in run.taken.values()]
    return _longest([np.hypot(each[:, 0], each[:, 1]) for each in taken] or [np.zeros(run.steps)])


def step_lengths(track: Track) -> Array:
    """Stage pixels of each step, (T,)."""
    ways = np.diff(track.pixels, axis=0)
    return np.asarray(np.hypot(ways[:, 0], ways[:, 1]))


def descent_scales(tracks: Sequence[Track], slow: Collection[int]) -> Scales:
    """The scales of a descent, the same for runs side by side; ``slow`` steps are counted from 1.

    What is seen of one of the runs is not magnified for the other's sake.
    """
    gradients, steps = (
        _longest([lengths(track) for track in tracks])
        for lengths in (gradient_lengths, step_lengths)
    )
    shown = [step - 1 for step in sorted(slow) if step <= len(steps)]
    gone = max(track.gone for track in tracks)
    base = _base(tracks, gradients[:gone], [step for step in shown if step < gone])
    return Scales(
        base,
        magnified({step: base * float(gradients[step]) for step in shown}),
        magnified({step: float(steps[step]) for step in shown}),
    )


def _longest(rows: Sequence[Array]) -> Array:
    """The largest of each step, of runs that may have stopped."""
    longest = np.zeros(max(len(row) for row in rows))
    for row in rows:
        longest[: len(row)] = np.maximum(longest[: len(row)], row)
    return longest


def _base(tracks: Sequence[Track], lengths: Array, shown: Sequence[int]) -> float:
    """The factor with which the gradients of the steps that are explained have room."""
    if not len(lengths):
        return 1.0
    longest = max(*lengths[[0, *shown]].tolist(), float(np.median(lengths)))
    room = min(min(track.field.width, track.field.height) for track in tracks)
    return min(GRADIENT_LENGTH, GRADIENT_SHARE * room) / longest if longest else 1.0
