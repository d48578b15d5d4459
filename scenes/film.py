"""From a spec to a film: paints its frames in turn and encodes them."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from scenes.canvas import Canvas
from scenes.descent import descent
from scenes.encoder import Encoder
from scenes.film_scene import FilmScene, Progress
from scenes.finished import Film
from scenes.kit import Kit
from scenes.lettering import check_fonts, settings
from scenes.spec import FilmSpec
from scenes.timeline import timeline

KINDS = {"descent": descent}


@contextmanager
def canvas_of(spec: FilmSpec, scratch: Path | None = None) -> Iterator[Canvas]:
    """The film's picture, ready to show any state; Manim's files go to a folder of its own.

    Manim's scenes hold themselves in cycles, and with them a former film's pictures and encoder:
    these are freed first, so that a worker's memory does not grow from film to film.
    """
    gc.collect()
    check_fonts()
    with tempfile.TemporaryDirectory(dir=scratch) as folder, settings(Path(folder)):
        yield KINDS[spec.kind](Kit(spec))


def render(spec: FilmSpec, folder: Path, progress: Progress | None = None) -> Film:
    """Make the film of ``spec`` in ``folder``: ``NAME-LANGUAGE.mp4`` and its poster, a PNG.

    ``progress`` is called with the frames done and their total. Nothing half-written takes a final
    name. Raises :class:`UserError` where the spec's names, numbers or the fonts are wrong.
    """
    clock = timeline(spec)
    stem, quality = f"{spec.name}-{spec.language}", spec.quality
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".film-") as name:
        scratch = Path(name)
        with canvas_of(spec, scratch) as canvas:
            with Encoder(scratch / "film.mp4", quality) as encoder:
                FilmScene.show(canvas, clock, encoder, progress)
            Image.fromarray(_rgb(canvas)).save(scratch / "poster.png", optimize=True)
        video, poster = folder / f"{stem}.mp4", folder / f"{stem}.png"
        (scratch / "film.mp4").replace(video)
        (scratch / "poster.png").replace(poster)
    return Film(
        video,
        poster,
        quality.width,
        quality.height,
        quality.fps,
        clock.frames,
        clock.duration,
        clock.cues,
        clock.chapters,
    )


def still(
    spec: FilmSpec, *, step: int | None = None, frame: int | None = None
) -> NDArray[np.uint8]:
    """One frame as (H, W, 3) RGB: by its number, or where ``step`` is reached."""
    clock = timeline(spec)
    if frame is None:
        frame = clock.frame_of(step) if step is not None else -1
    with canvas_of(spec) as canvas:
        canvas.show(clock.state(frame % clock.frames))
        return _rgb(canvas)


def _rgb(canvas: Canvas) -> NDArray[np.uint8]:
    return np.ascontiguousarray(canvas.pixels[..., 2::-1])
