"""The encode floor: the time x264 alone takes for a film's finished frames."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from publish.plan import PlannedFilm
from scenes.encoder import Encoder
from scenes.film import canvas_of
from scenes.timeline import timeline


class TimedEncoder(Encoder):
    """Counts the seconds spent in x264 and the file, apart from painting and conversion."""

    seconds = 0.0

    def encode(self) -> None:
        """Append the kept frame."""
        start = time.perf_counter()
        super().encode()
        self.seconds += time.perf_counter() - start


def encode_seconds(film: PlannedFilm) -> float:
    """Wall seconds of encoding the finished frames of ``film`` on one core."""
    clock = timeline(film.spec)
    with tempfile.TemporaryDirectory() as folder, canvas_of(film.spec) as canvas:
        with TimedEncoder(Path(folder) / "film.mp4", film.spec.quality) as encoder:
            for frame in range(clock.frames):
                encoder.add(canvas.pixels, canvas.show(clock.state(frame)))
        return encoder.seconds
