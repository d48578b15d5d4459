"""The clock of the kind ``race``."""

from __future__ import annotations

from scenes.clock import Clock
from scenes.shots import RaceShot
from scenes.spec import FilmSpec


def race_clock(shot: RaceShot, spec: FilmSpec) -> Clock[object]:
    """The clock of the shot in the film of ``spec``."""
    raise NotImplementedError
