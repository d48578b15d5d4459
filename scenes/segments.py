"""Films in segments: each is encoded by itself, so that one film can be shared out among processes.

Whoever renders them and in whatever order, the segments of a film are the same, and so is the file
that they are joined to.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import av
import numpy as np
from PIL import Image

from scenes.encoder import Encoder
from scenes.film_scene import FilmScene
from scenes.finished import Film
from scenes.picture import reel_of
from scenes.preview import Clipping, picked, poster_frame, write_loop
from scenes.reel import Reel
from scenes.spec import FilmSpec
from scenes.timeline import Timeline, segments, timeline

POSTER = "poster.png"


class Studio:
    """Renders segments; the picture of a film stays open for its next segment.

    Files of Manim go to folders in ``scratch`` (the system's own for None) and end with the studio.
    """

    def __init__(self, scratch: Path | None = None) -> None:
        self._scratch = scratch
        self._stack = ExitStack()
        self._open: tuple[FilmSpec, Reel, Timeline] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the picture."""
        self._open = None
        self._stack.close()

    def render(self, spec: FilmSpec, number: int, folder: Path, shown: Callable[[], None]) -> Path:
        """Encode segment ``number`` into ``folder``.

        What the preview shows of it is put next to it, unencoded, and the poster where the segment
        has it. ``shown`` is called after each frame. Every segment begins with a picture painted
        anew.
        """
        reel, clock = self._of(spec)
        frames = segments(clock)[number]
        path = piece(folder, number)
        reel.forget()
        clipping = Clipping(picked(spec, clock), frames.start)
        left, poster = iter(frames), poster_frame(spec, clock)

        with Encoder(path, spec.quality, spec.size) as encoder:

            def seen() -> None:
                clipping.look(encoder.frame)
                if next(left) == poster:
                    picture = np.ascontiguousarray(reel.pixels[..., 2::-1])
                    Image.fromarray(picture).save(folder / POSTER, optimize=True)
                shown()

            FilmScene.show(reel, clock, encoder, frames, seen)
        gc.collect()
        clipping.save(clip(folder, number))
        return path

    def _of(self, spec: FilmSpec) -> tuple[Reel, Timeline]:
        if self._open is None or self._open[0] != spec:
            self.close()
            reel = self._stack.enter_context(reel_of(spec, self._scratch))
            self._open = spec, reel, timeline(spec)
        return self._open[1:]


def piece(folder: Path, number: int) -> Path:
    """The file of a segment."""
    return folder / f"{number:04}.mp4"


def clip(folder: Path, number: int) -> Path:
    """The pictures of a segment for the preview, a file only where it has some."""
    return folder / f"{number:04}.npy"


def joined(spec: FilmSpec, pieces: Path, folder: Path) -> Film:
    """Join the segments in ``pieces`` to the film in ``folder``: ``NAME-LANGUAGE.mp4``.

    Beside it stand its poster (.png) and its preview (-preview.mp4). Both folders are on one disk;
    nothing half-written takes a final name. The segments stay, so that it can be done again.
    """
    clock, stem = timeline(spec), f"{spec.name}-{spec.language}"
    whole = pieces / "film.mp4"
    count = len(segments(clock))
    join([piece(pieces, number) for number in range(count)], whole, clock.fps)
    clips = [path for path in (clip(pieces, number) for number in range(count)) if path.exists()]
    write_loop(np.concatenate([np.load(path) for path in clips]), pieces / "preview.mp4")
    video, poster = folder / f"{stem}.mp4", folder / f"{stem}.png"
    preview = folder / f"{stem}-preview.mp4"
    (pieces / "preview.mp4").replace(preview)
    whole.replace(video)
    shutil.copyfile(pieces / POSTER, pieces / f"{POSTER}.copy").replace(poster)
    return Film(
        video,
        poster,
        preview,
        *spec.size,
        clock.fps,
        clock.frames,
        clock.duration,
        clock.cues,
        clock.chapters,
    )


def join(paths: list[Path], target: Path, fps: int) -> None:
    """One file of the packets of several, in order, as they are; the index first."""
    with av.open(str(target), "w", format="mp4", options={"movflags": "+faststart"}) as out:
        stream, frames = None, 0
        for path in paths:
            with av.open(str(path)) as source:
                video = source.streams.video[0]
                stream = stream or out.add_stream_from_template(video)
                count = 0
                for packet in source.demux(video):
                    if packet.pts is None or packet.dts is None:
                        continue
                    offset = round(frames / (fps * packet.time_base))
                    packet.pts += offset
                    packet.dts += offset
                    packet.stream = stream
                    out.mux(packet)
                    count += 1
                frames += count
