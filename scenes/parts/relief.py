"""The field as a picture: bands of color between isolines, all edges smooth, computed by pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine import Objective
from engine.field import Shade, sample, shade_of, widened
from engine.objectives import View
from scenes.canvas import Pixels, rgb
from scenes.palette import Theme
from scenes.stage import Box

LEVELS = 14
STRETCH = 2.5
LINE_ALPHA = 0.34
BEYOND, FLAT = 1e6, 1e-9


@dataclass(frozen=True)
class Plot:
    """A view drawn in a box: maps points of the plane to stage pixels."""

    view: View
    box: Box

    def at(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Stage pixels (..., 2) of points (..., 2)."""
        (left, right), (low, high) = self.view
        scale = np.array([self.box.width / (right - left), -self.box.height / (high - low)])
        with np.errstate(over="ignore"):
            pixels = np.array([self.box.left, self.box.bottom]) + (points - [left, low]) * scale
        return np.asarray(pixels, dtype=np.float64)


def plot_of(objective: Objective, points: NDArray[np.float64], box: Box) -> Plot:
    """A plot in ``box`` with room for the path; both axes get one scale where that costs little.

    With one scale for both, the gradient stands upright on the isolines.
    """
    (left, right), (low, high) = widened(objective.view, points)
    aspect = (right - left) / (high - low) * box.height / box.width
    if 1 / STRETCH < aspect < 1:
        more = (right - left) * (1 / aspect - 1) / 2
        left, right = left - more, right + more
    elif 1 < aspect < STRETCH:
        more = (high - low) * (aspect - 1) / 2
        low, high = low - more, high + more
    return Plot(((left, right), (low, high)), box)


def relief(
    objective: Objective,
    view: View,
    width: int,
    height: int,
    theme: Theme,
    line: float,
    shade: Shade | None = None,
) -> Pixels:
    """The shaded field with isolines ``line`` pixels wide, (height, width, 4) in BGRx order.

    Without a ``shade`` its tones and isolines cover the losses of the view.
    """
    loss = sample(objective, view, width, height)
    with np.errstate(all="ignore"):
        level = LEVELS * (shade or shade_of(objective, view))(loss)
    undefined = ~np.isfinite(loss)
    level = np.clip(np.nan_to_num(level, nan=BEYOND), -BEYOND, BEYOND)
    down, across = np.gradient(level)
    width_of_pixel = np.maximum(np.hypot(down, across), FLAT)
    color = _banded(level, width_of_pixel, theme)
    nearest = np.round(level)
    nearest[(nearest == 0) | (nearest == LEVELS)] = np.inf
    distance = np.abs(level - nearest) / width_of_pixel
    crowded = np.clip((0.32 - width_of_pixel) / 0.2, 0, 1) * (width_of_pixel > FLAT)
    ink = LINE_ALPHA * crowded * np.clip(line / 2 + 0.5 - distance, 0, 1)
    color += ink[..., None] * (np.array(rgb(theme.isoline)) - color)
    color[undefined] = rgb(theme.surface)
    pixels = np.full((height, width, 4), 255, np.uint8)
    pixels[..., :3] = np.round(np.clip(color, 0, 1)[..., ::-1] * 255)
    return pixels


def _banded(
    level: NDArray[np.float64], spread: NDArray[np.float64], theme: Theme
) -> NDArray[np.float64]:
    """Colors (..., 3) of the band a pixel lies in, averaged over the levels it covers."""
    stops = np.array([rgb(color) for color in theme.field])
    at = np.linspace(0, 1, len(stops))
    middle = (np.arange(LEVELS) + 0.5) / LEVELS
    bands = np.stack([np.interp(middle, at, stops[:, channel]) for channel in range(3)], axis=1)
    below, above = bands[:1], np.repeat(bands[-1:], 2, axis=0)
    edges = np.arange(-1, LEVELS + 2, dtype=np.float64)
    steps = np.concatenate([below, bands, above[:1]])
    totals = np.concatenate([np.zeros((1, 3)), np.cumsum(steps, axis=0)])
    half = np.minimum(spread, 1.0) / 2
    inside = np.clip(level, 0, LEVELS + 0.5)
    return np.stack(
        [
            (
                np.interp(inside + half, edges, totals[:, c])
                - np.interp(inside - half, edges, totals[:, c])
            )
            / (2 * half)
            for c in range(3)
        ],
        axis=-1,
    )
