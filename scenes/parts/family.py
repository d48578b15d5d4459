"""All runs of a sweep: one for each value that a frame of it shows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine import Trajectory
from engine.sweep import Behavior, Sweep, Zone, behavior, sweep, zones
from scenes.clock import Clock
from scenes.shots import SweepShot
from scenes.sweep_state import SweepState, ends_of

FAR = 1e7


@dataclass(eq=False)
class Family:
    """The runs of a sweep by value; a run is cut out of the batch when it is first asked for."""

    shot: SweepShot
    made: Sweep
    zones: tuple[Zone, ...]
    _index: dict[float, int] = field(init=False)
    _runs: dict[int, Trajectory] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._index = {value: index for index, value in enumerate(self.made.values.tolist())}

    @classmethod
    def of(cls, shot: SweepShot, clock: Clock[SweepState]) -> Family:
        """The runs of all frames of ``clock``, computed as one batch."""
        values = sorted({clock.state(frame).value for frame in range(clock.frames)})
        run = shot.run
        trajectory = run.trajectory
        start, others = tuple(trajectory.points[0].tolist()), dict(run.hyper)
        others.pop(shot.hyper, None)
        common = (trajectory.optimizer, trajectory.objective, start, run.steps, shot.hyper)
        made = sweep(*common, values, others)
        low, high = ends_of(shot)
        found = zones(*common, (low, high), others, log=shot.log) if low < high else ()
        return cls(shot, made, found)

    def run(self, value: float) -> Trajectory:
        """The run of a value that some frame shows."""
        index = self._index[value]
        if index not in self._runs:
            self._runs[index] = self.made.member(index)
        return self._runs[index]

    def behavior(self, value: float) -> Behavior:
        """How the run of a value behaves."""
        return self.made.behaviors[self._index[value]]

    @property
    def stops(self) -> list[Trajectory]:
        """The runs of the stops."""
        return [self.run(stop) for stop in self.shot.stops]

    @property
    def steady(self) -> list[Trajectory]:
        """The runs of the stops that do not diverge; all of them where none is left."""
        runs = self.stops
        return [run for run in runs if behavior(run) is not Behavior.DIVERGES] or runs


def pixels_of(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Stage pixels that Cairo can hold."""
    return np.clip(points, -FAR, FAR)
