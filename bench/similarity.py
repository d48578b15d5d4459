"""SSIM of finished films against the same frames before they were encoded."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from publish.plan import PlannedFilm
from scenes.picture import reel_of
from scenes.timeline import timeline

Plane = NDArray[np.float32]

STRIDE = 10
FIRST, SECOND = (0.01 * 255) ** 2, (0.03 * 255) ** 2
WINDOW = 8
LUMA = np.array([0.0722, 0.7152, 0.2126, 0.0], np.float32) * (219 / 255)


def similarity(film: PlannedFilm, video: Path) -> float:
    """Mean SSIM of the luma of every tenth frame of ``video`` against the painted picture."""
    clock = timeline(film.spec)
    found = []
    with reel_of(film.spec) as reel, av.open(str(video)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number % STRIDE == 0:
                reel.show(clock.state(number))
                painted = 16 + reel.pixels.astype(np.float32) @ LUMA
                plane = frame.to_ndarray(format="yuv420p")[: frame.height]
                found.append(ssim(painted, plane.astype(np.float32)))
    return float(np.mean(found))


def ssim(first: Plane, second: Plane) -> float:
    """Structural similarity (Wang et al. 2004, eq. 13) in 8 x 8 windows, half overlapping."""
    count = WINDOW * WINDOW
    a, b = _sums(first), _sums(second)
    square, product = _sums(first * first + second * second), _sums(first * second)
    a, b = a / count, b / count
    spread = square / count - a * a - b * b
    joint = product / count - a * b
    top = (2 * a * b + FIRST) * (2 * joint + SECOND)
    bottom = (a * a + b * b + FIRST) * (spread + SECOND)
    return float(np.mean(top / bottom))


def _sums(plane: Plane) -> NDArray[np.float64]:
    """Sums over windows that are half a window apart; what is left at the edges is not seen."""
    half = WINDOW // 2
    height, width = (size // half for size in plane.shape)
    whole = plane[: height * half, : width * half].reshape(height, half, width, half)
    cells = whole.sum(axis=(1, 3), dtype=np.float64)
    sums: NDArray[np.float64] = cells[:-1, :-1] + cells[1:, :-1] + cells[:-1, 1:] + cells[1:, 1:]
    return sums
