"""Films of optimization runs. Importing this package does not import Manim; rendering does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scenes.finished import Film
from scenes.spec import KINDS, QUALITIES, Cue, FilmSpec, Quality
from scenes.timeline import Chapter, TimedCue, Timeline, timeline

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from scenes.film_scene import Progress

__all__ = [
    "KINDS",
    "QUALITIES",
    "Chapter",
    "Cue",
    "Film",
    "FilmSpec",
    "Quality",
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
    spec: FilmSpec, *, step: int | None = None, frame: int | None = None
) -> NDArray[np.uint8]:
    """One frame of the film of ``spec``; see :func:`scenes.film.still`."""
    from scenes import film

    return film.still(spec, step=step, frame=frame)
