"""From a spec to a film, or to one frame of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scenes.finished import Film
from scenes.picture import reel_of
from scenes.segments import Studio, joined
from scenes.spec import FilmSpec
from scenes.timeline import segments, timeline

Progress = Callable[[int, int], None]


def render(spec: FilmSpec, folder: Path, progress: Progress | None = None) -> Film:
    """Make the film of ``spec`` in ``folder``: ``NAME-LANGUAGE.mp4`` and its poster, a PNG.

    ``progress`` is called with the frames done and their total. Nothing half-written takes a final
    name. Raises :class:`UserError` where the spec's names, numbers or the fonts are wrong.
    """
    clock, done = timeline(spec), 0

    def shown() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done, clock.frames)

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".film-") as name:
        scratch = Path(name)
        with Studio(scratch) as studio:
            for number in range(len(segments(clock))):
                studio.render(spec, number, scratch, shown)
        return joined(spec, scratch, folder)


def still(
    spec: FilmSpec, *, step: int | None = None, frame: int | None = None, shot: int = 0
) -> NDArray[np.uint8]:
    """One frame as (H, W, 3) RGB: by its number, or where ``shot`` comes to place ``step``."""
    clock = timeline(spec)
    if frame is None:
        frame = clock.frame_of(step, shot) if step is not None else -1
    with reel_of(spec) as reel:
        reel.show(clock.state(frame % clock.frames))
        return np.ascontiguousarray(reel.pixels[..., 2::-1])
