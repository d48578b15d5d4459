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
    "other_fonts",
    "render",
    "render_overlay",
    "render_preview",
    "render_storyboard",
    "require_faces",
    "save_picture",
    "shown_texts",
    "still",
    "timeline",
    "try_out",
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


def render_storyboard(spec: FilmSpec) -> NDArray[np.uint8]:
    """Samples of the film on one sheet; see :func:`scenes.storyboard.storyboard`."""
    from scenes.storyboard import storyboard

    return storyboard(spec)


def render_preview(spec: FilmSpec, path: Path) -> None:
    """A few looping seconds of the film; see :func:`scenes.preview.write_preview`."""
    from scenes.preview import write_preview

    write_preview(spec, path)


def render_overlay(spec: FilmSpec, path: Path, progress: Progress | None = None) -> None:
    """The film without a ground; see :func:`scenes.overlay.render_overlay`."""
    from scenes import overlay

    overlay.render_overlay(spec, path, progress)


def save_picture(picture: NDArray[np.uint8], path: Path) -> None:
    """Write a still or a storyboard as a PNG."""
    from scenes import film

    film.save_picture(picture, path)


def shown_texts(spec: FilmSpec) -> tuple[str, ...]:
    """The titles and names that a film shows; see :func:`scenes.tryout.shown_texts`."""
    from scenes import shown

    return shown.shown_texts(spec)


def try_out(spec: FilmSpec) -> None:
    """Refuse a film whose words have no room; see :func:`scenes.tryout.try_out`."""
    from scenes.shown import is_doubtful

    if is_doubtful(spec):
        from scenes import tryout

        tryout.try_out(spec)


def require_faces(words: str) -> None:
    """Refuse words that no font here has; see :func:`scenes.typefaces.require_faces`."""
    from scenes import typefaces

    typefaces.require_faces(words)


def other_fonts(spec: FilmSpec) -> tuple[Path, ...]:
    """The files of the fonts of a film other than the films' own."""
    from scenes import shown, typefaces

    found = (typefaces.other_files(text) for text in shown.shown_texts(spec))
    return tuple(sorted({path for files in found for path in files}))
