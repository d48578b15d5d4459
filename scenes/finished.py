"""What rendering gives back, apart from what renders: reading it needs no Manim."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scenes.clock import Chapter, TimedCue


@dataclass(frozen=True)
class Film:
    """A finished film: its files, its size in pixels, frames a second, frames and seconds.

    ``preview`` is a small silent loop of a few seconds.
    """

    video: Path
    poster: Path
    preview: Path
    width: int
    height: int
    fps: int
    frames: int
    duration: float
    cues: tuple[TimedCue, ...]
    chapters: tuple[Chapter, ...]
