"""From a spec to a film: paints its frames in turn and encodes them."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from scenes.canvas import Canvas
from scenes.encoder import Encoder
from scenes.film_scene import FilmScene, Progress
from scenes.finished import Film
from scenes.kinds.anatomy import anatomy
from scenes.kinds.descent import descent
from scenes.kinds.race import race
from scenes.kinds.sweep import sweep
from scenes.kit import Kit
from scenes.lettering import check_fonts, settings
from scenes.palette import THEMES
from scenes.reel import Reel
from scenes.shots import AnatomyShot, DescentShot, RaceShot, Shot, SweepShot
from scenes.spec import FilmSpec
from scenes.timeline import timeline


def canvas_of(spec: FilmSpec, shot: Shot) -> Canvas[Any]:
    """The picture of one shot of a film, ready to show any of its states."""
    kit = Kit.of(spec, shot)
    match shot:
        case DescentShot():
            return descent(kit, shot)
        case AnatomyShot():
            return anatomy(kit, shot)
        case RaceShot():
            return race(kit, shot)
        case SweepShot():
            return sweep(kit, shot)
    raise TypeError(f"{type(shot).__name__} has no picture")


@contextmanager
def reel_of(spec: FilmSpec, scratch: Path | None = None) -> Iterator[Reel]:
    """The film's picture, ready to show any moment; Manim's files go to a folder of its own.

    Manim's scenes hold themselves in cycles, and with them a former film's pictures and encoder:
    these are freed first, so that a worker's memory does not grow from film to film.
    """
    gc.collect()
    check_fonts()
    ground = "" if spec.overlay else THEMES[spec.theme].background
    with tempfile.TemporaryDirectory(dir=scratch) as folder, settings(Path(folder)):
        yield Reel(lambda shot: canvas_of(spec, spec.shots[shot]), ground)


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
        with reel_of(spec, scratch) as reel:
            with Encoder(scratch / "film.mp4", quality, spec.size) as encoder:
                FilmScene.show(reel, clock, encoder, progress)
            Image.fromarray(_rgb(reel)).save(scratch / "poster.png", optimize=True)
        video, poster = folder / f"{stem}.mp4", folder / f"{stem}.png"
        (scratch / "film.mp4").replace(video)
        (scratch / "poster.png").replace(poster)
    width, height = spec.size
    return Film(
        video,
        poster,
        width,
        height,
        quality.fps,
        clock.frames,
        clock.duration,
        clock.cues,
        clock.chapters,
    )


def still(
    spec: FilmSpec, *, step: int | None = None, frame: int | None = None, shot: int = 0
) -> NDArray[np.uint8]:
    """One frame as (H, W, 3) RGB: by its number, or where ``shot`` comes to place ``step``."""
    clock = timeline(spec)
    if frame is None:
        frame = clock.frame_of(step, shot) if step is not None else -1
    with reel_of(spec) as reel:
        reel.show(clock.state(frame % clock.frames))
        return _rgb(reel)


def _rgb(reel: Reel) -> NDArray[np.uint8]:
    return np.ascontiguousarray(reel.pixels[..., 2::-1])
