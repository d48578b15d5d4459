"""The picture of a film: the kinds of shots and what paints them."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scenes.canvas import Canvas
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
