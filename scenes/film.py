"""From a spec to a film, or to one frame of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.errors import UserError
from scenes.finished import Film
from scenes.picture import reel_of
from scenes.segments import Studio, joined
from scenes.spec import FilmSpec
from scenes.timeline import Moment, Timeline, segments, timeline

Progress = Callable[[int, int], None]
TOLD = ("leap", "rest")
"""Beats at whose end all is said of a step that is taken apart, and of a stop."""


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
    """One frame as (H, W, 3) RGB: by its number, or where ``shot`` comes to place ``step``.

    Of the last place it is the last frame, which tells how the shot ends; without a number it is
    the film's last frame. Raises :class:`UserError` where the film has no such shot or step.
    """
    clock = timeline(spec)
    if step is None:
        moment = clock.state((-1 if frame is None else frame) % clock.frames)
    else:
        moment = moment_at(spec, clock, step, shot)
    with reel_of(spec) as reel:
        reel.show(moment)
        return np.ascontiguousarray(reel.pixels[..., 2::-1])


def moment_at(spec: FilmSpec, clock: Timeline, step: int, shot: int = 0) -> Moment:
    """What shows place ``step`` of a shot best, not faded; see `frame_at`. Raises UserError.

    Where steps are quicker than frames it need not be what any frame shows.
    """
    frame = frame_at(spec, clock, step, shot)
    if frame == clock.frame_of(step, shot):
        return Moment(shot, clock.clocks[shot].begin(step))
    return replace(clock.state(frame), light=1.0)


def frame_at(spec: FilmSpec, clock: Timeline, step: int, shot: int = 0) -> int:
    """The frame that shows place ``step`` of a shot best.

    That is where a step taken apart has been worked out, the end of a rest, the end of the
    introduction for place 0, and of the shot for its last place, else where the shot comes to the
    place. Raises UserError.
    """
    where, shots = f"film {spec.name!r}", len(spec.shots)
    if not 0 <= shot < shots:
        raise UserError(f"{where}: no shot {shot + 1}; it has {shots}")
    own, start = clock.clocks[shot], clock.starts[shot]
    last = own.beats[-1].step
    told = {beat.step: at for at, beat in enumerate(own.beats) if beat.kind in TOLD}
    known = sorted({0, *told, last}) if told else range(last + 1)
    if step not in known:
        of = f"shot {shot + 1} of " if shots > 1 else ""
        places = f"0 to {last}" if len(known) == last + 1 else ", ".join(map(str, known))
        word = spec.shots[shot].place
        raise UserError(f"{of}{where}: no {word} {step}; the {word}s are {places}")
    if step == last:
        return start + own.frames - 1
    if step == 0:
        return start + own.starts[1] - 1
    return start + (own.starts[told[step] + 1] - 1 if step in told else own.frame_of(step))


def save_picture(picture: NDArray[np.uint8], path: Path) -> None:
    """Write a picture (H, W, 3), RGB, as a PNG."""
    Image.fromarray(picture).save(path, "PNG", optimize=True)
