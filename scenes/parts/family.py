"""All runs of a sweep: one for each value that a frame of it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine import Objective, Optimizer, Trajectory
from engine.sweep import Behavior, Sweep, Zone, behavior, sweep, zones
from scenes.clock import Clock
from scenes.shots import SweepShot
from scenes.sweep_state import SweepState, ends_of

FAR = 1e7
ROWS, FEWEST, KEPT = 200_000, 16, 2
"""Rows of the runs computed together, the fewest runs of a block, and the blocks that are kept."""


@dataclass(frozen=True)
class Common:
    """What the runs of a sweep share."""

    optimizer: Optimizer
    objective: Objective
    start: tuple[float, float]
    steps: int
    name: str
    others: tuple[tuple[str, float], ...]

    @classmethod
    def of(cls, shot: SweepShot) -> Common:
        """That of a shot."""
        known = shot.run.trajectory
        first, second = known.points[0].tolist()
        others = tuple(pair for pair in shot.run.hyper if pair[0] != shot.hyper)
        return cls(
            known.optimizer, known.objective, (first, second), shot.run.steps, shot.hyper, others
        )

    def sweep(self, values: Sequence[float]) -> Sweep:
        """The runs of some values."""
        return sweep(
            self.optimizer,
            self.objective,
            self.start,
            self.steps,
            self.name,
            values,
            dict(self.others),
        )


class Family:
    """The runs of a sweep by value.

    Those of the stops are kept. The others are computed in blocks of neighboring values when one
    is asked for, and only the last blocks are kept, so that long runs need little memory.
    """

    def __init__(self, shot: SweepShot, values: Sequence[float]) -> None:
        """The family of a shot whose frames show ``values``, in rising order."""
        self.shot, self.common = shot, Common.of(shot)
        self.zones = _zones(self.common, *ends_of(shot), shot.log)
        self._index = {value: index for index, value in enumerate(values)}
        self._size = max(ROWS // (shot.run.steps + 1), FEWEST)
        self._values = values
        self._rests = {stop: index for index, stop in enumerate(dict.fromkeys(shot.stops))}
        self._resting = self.common.sweep(list(self._rests))
        self._block = lru_cache(maxsize=KEPT)(self._computed)
        self.run = lru_cache(maxsize=KEPT)(self._run)

    @classmethod
    def of(cls, shot: SweepShot, clock: Clock[SweepState]) -> Family:
        """The runs of all frames of ``clock``."""
        return cls(shot, sorted({clock.state(frame).value for frame in range(clock.frames)}))

    def _computed(self, number: int) -> Sweep:
        """A block of runs."""
        first = number * self._size
        return self.common.sweep(self._values[first : first + self._size])

    def _found(self, value: float) -> tuple[Sweep, int]:
        """The runs among which that of a value is, and its number there."""
        if value in self._rests:
            return self._resting, self._rests[value]
        number, index = divmod(self._index[value], self._size)
        return self._block(number), index

    def _run(self, value: float) -> Trajectory:
        """The run of a value that some frame shows."""
        made, index = self._found(value)
        return made.member(index)

    def behavior(self, value: float) -> Behavior:
        """How the run of a value behaves."""
        made, index = self._found(value)
        return made.behaviors[index]

    @property
    def stops(self) -> list[Trajectory]:
        """The runs of the stops."""
        return [self.run(stop) for stop in self.shot.stops]

    @property
    def steady(self) -> list[Trajectory]:
        """The runs of the stops that do not diverge; all of them where none is left."""
        runs = self.stops
        return [run for run in runs if behavior(run) is not Behavior.DIVERGES] or runs


@lru_cache(maxsize=16)
def _zones(common: Common, low: float, high: float, log: bool) -> tuple[Zone, ...]:
    """The zones of a slider, worked out once in a process; none where it has no length."""
    if low == high:
        return ()
    return zones(
        common.optimizer,
        common.objective,
        common.start,
        common.steps,
        common.name,
        (low, high),
        dict(common.others),
        log=log,
    )


def pixels_of(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Stage pixels that Cairo can hold."""
    return np.clip(points, -FAR, FAR)
