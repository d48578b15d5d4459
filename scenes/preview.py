"""What shows a film before it is played: its poster, and a small, silent, endless preview."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from scenes.brush import Pixels
from scenes.clock import Clock, smooth
from scenes.encoder import Encoder
from scenes.picture import reel_of
from scenes.samples import clear
from scenes.spec import FilmSpec, Quality
from scenes.timeline import Timeline, timeline

LOOP = Quality("preview", 360, 15, 26, "slow")
SOURCE = Quality("preview", 720, 15, 26, "slow")
"""What a preview is, and the size at which one is painted that no film is made with."""

FRAMES, FADE = 96, 14
"""All frames, and those in which the last picture becomes the first."""

MAIN = ("descent", "race", "sweep")
"""The kinds of shots that a film is known by."""

POSTER = 0.3
"""How far the main shot has come on the poster: all is in the picture, and the end is not told."""

BY_PLACE = 0.7
"""How much a preview follows the steps of a shot; the rest follows its time."""


def picked(spec: FilmSpec, clock: Timeline) -> tuple[int, ...]:
    """The film's frames that its preview shows before it fades, in order.

    They are of its main shot. What is explained at length passes quickly: a place takes nearly the
    same time as every other one.
    """
    frames, way = _way(spec, clock)
    goals = np.linspace(way[0], way[-1], FRAMES - FADE)
    return tuple(frames[int(at)] for at in np.searchsorted(way, goals - 1e-9))


def poster_frame(spec: FilmSpec, clock: Timeline) -> int:
    """The film's frame that is its poster."""
    frames, way = _way(spec, clock)
    return frames[int(np.searchsorted(way, way[0] + POSTER * (way[-1] - way[0])))]


def _way(spec: FilmSpec, clock: Timeline) -> tuple[range, NDArray[np.float64]]:
    """The clear frames of the first descent, race or sweep, else of the first shot, with their
    progress.
    """
    kinds = [getattr(shot, "kind", "") for shot in spec.shots]
    shot = next((at for at, kind in enumerate(kinds) if kind in MAIN), 0)
    start, frames = clock.starts[shot], clear(clock, shot)
    return frames, np.array([progress(clock.clocks[shot], frame - start) for frame in frames])


def progress(clock: Clock[Any], frame: int) -> float:
    """How far a shot has come at a frame, from 0 to 1: by its places, and by its time."""
    places = [beat.step for beat in clock.beats]
    place = places[bisect_right(clock.starts, frame) - 1]
    first = clock.starts[places.index(place)]
    last = len(places) - places[::-1].index(place)
    stop = clock.starts[last] if last < len(places) else clock.frames
    known = sorted(set(places))
    by_place = (known.index(place) + (frame - first) / max(stop - first, 1)) / len(known)
    return BY_PLACE * by_place + (1 - BY_PLACE) * frame / clock.frames


class Shrinker:
    """Takes a film's pictures to the size of a preview, as planes (3 H / 2, W) of yuv420p."""

    def __init__(self) -> None:
        self._reformatter = VideoReformatter()

    def painted(self, pixels: Pixels) -> Pixels:
        """The small picture of (H, W, 4), BGRx."""
        frame = VideoFrame.from_numpy_buffer(pixels, format="bgra")
        return self._small(frame, dst_color_range=ColorRange.MPEG, src_color_range=ColorRange.JPEG)

    def encoded(self, frame: VideoFrame) -> Pixels:
        """The small picture of a frame as it is encoded; this is the quick way."""
        return self._small(frame)

    def _small(self, frame: VideoFrame, **ranges: ColorRange) -> Pixels:
        factor = LOOP.height / min(frame.height, frame.width)
        small = self._reformatter.reformat(
            frame,
            width=round(frame.width * factor) & ~1,
            height=round(frame.height * factor) & ~1,
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709 if ranges else None,
            interpolation=Interpolation.AREA,
            threads=1,
            **ranges,
        )
        return np.array(small.to_ndarray(), np.uint8)


class Clipping:
    """Collects a preview's pictures while a film is encoded from its frame ``first`` on."""

    def __init__(self, wanted: Sequence[int], first: int) -> None:
        self._wanted, self._frame = wanted, first
        self._shrinker = Shrinker()
        self._taken: list[Pixels] = []

    def look(self, frame: VideoFrame) -> None:
        """Take the film's next frame as often as it is wanted."""
        times = self._wanted.count(self._frame)
        self._frame += 1
        if times:
            self._taken += [self._shrinker.encoded(frame)] * times

    def save(self, path: Path) -> None:
        """Write what was taken, (n, 3 H / 2, W), if it is anything."""
        if self._taken:
            np.save(path, np.array(self._taken))


def write_loop(pictures: Sequence[Pixels] | NDArray[np.uint8], path: Path) -> None:
    """Encode pictures, planes of yuv420p, with a fade from the last to the first."""
    height, width = pictures[0].shape
    with Encoder(path, LOOP, (width, height * 2 // 3)) as encoder:
        for picture in (*pictures, *_fade(pictures[-1], pictures[0])):
            encoder.put(VideoFrame.from_ndarray(picture, format="yuv420p"))


def _fade(last: Pixels, first: Pixels) -> Iterable[Pixels]:
    for frame in range(1, FADE + 1):
        share = smooth(frame / (FADE + 1))
        yield np.round(last * (1 - share) + first * share).astype(np.uint8)


def write_preview(spec: FilmSpec, path: Path) -> None:
    """Paint and encode the preview of a film that need not be there."""
    spec = replace(spec, quality=SOURCE, overlay=False)
    clock = timeline(spec)
    with reel_of(spec) as reel:
        shrinker, pictures = Shrinker(), []
        for frame in picked(spec, clock):
            reel.show(clock.state(frame))
            pictures.append(shrinker.painted(reel.pixels))
    write_loop(pictures, path)
