"""The clock of the kind ``sweep``."""

from __future__ import annotations

from scenes.clock import Clock
from scenes.shots import SweepShot
from scenes.spec import FilmSpec


def sweep_clock(shot: SweepShot, spec: FilmSpec) -> Clock[object]:
    """The clock of the shot in the film of ``spec``."""
    raise NotImplementedError
