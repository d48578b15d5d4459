"""The encode floor: the time it takes to encode a film's finished frames, and nothing else."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from publish.plan import PlannedFilm
from scenes.encoder import Encoder
from scenes.picture import reel_of
from scenes.timeline import timeline


class TimedEncoder(Encoder):
    """Counts the seconds spent in x264 and the file, apart from conversion."""

    seconds = 0.0

    def encode(self) -> None:
        """Append the kept frame."""
        start = time.perf_counter()
        super().encode()
        self.seconds += time.perf_counter() - start


def encode_seconds(film: PlannedFilm) -> tuple[float, float]:
    """Wall seconds on one core of encoding the finished frames of ``film``, and x264's share.

    A finished frame is a whole picture; its conversion to the encoder's colors is part of encoding.
    """
    spec = film.spec
    clock, whole = timeline(spec), [(0, 0, *spec.size)]
    seconds = 0.0
    with tempfile.TemporaryDirectory() as folder, reel_of(spec) as reel:
        with TimedEncoder(Path(folder) / "film.mp4", spec.quality, spec.size) as encoder:
            for frame in range(clock.frames):
                reel.show(clock.state(frame))
                start = time.perf_counter()
                encoder.add(reel.pixels, whole)
                seconds += time.perf_counter() - start
        return seconds, encoder.seconds
