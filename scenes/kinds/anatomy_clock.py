"""The clock of the kind ``anatomy``."""

from __future__ import annotations

from scenes.clock import Clock
from scenes.shots import AnatomyShot
from scenes.spec import FilmSpec


def anatomy_clock(shot: AnatomyShot, spec: FilmSpec) -> Clock[object]:
    """The clock of the shot in the film of ``spec``."""
    raise NotImplementedError
