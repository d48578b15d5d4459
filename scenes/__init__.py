"""Films of optimization runs. Importing this package does not import Manim; rendering does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scenes.clock import Chapter, TimedCue
from scenes.finished import Film
from scenes.shots import (
    KINDS,
    AnatomyShot,
    Choice,
    Cue,
    DescentShot,
    RaceShot,
    RunSpec,
    Shot,
    SweepShot,
)
from scenes.spec import QUALITIES, FilmSpec, Quality
from scenes.timeline import Timeline, timeline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from scenes.film import Progress

__all__ = [
    "KINDS",
    "QUALITIES",
    "AnatomyShot",
    "Chapter",
    "Choice",
    "Cue",
    "DescentShot",
    "Film",
    "FilmSpec",
    "Quality",
    "RaceShot",
    "RunSpec",
    "Shot",
    "SweepShot",
    "TimedCue",
    "Timeline",
    "render",
    "still",
    "timeline",
]


def render(spec: FilmSpec, folder: Path, progress: Progress | None = None) -> Film:
    """Make the film of ``spec`` in ``folder``; see :func:`scenes.film.render`."""
    from scenes import film

    return film.render(spec, folder, progress)


def still(
    spec: FilmSpec, *, step: int | None = None, frame: int | None = None, shot: int = 0
) -> NDArray[np.uint8]:
    """One frame of the film of ``spec``; see :func:`scenes.film.still`."""
    from scenes import film

    return film.still(spec, step=step, frame=frame, shot=shot)
