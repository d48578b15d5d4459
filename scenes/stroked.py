"""The pixels that a line may cover."""

from __future__ import annotations

from itertools import pairwise

import cairo
import numpy as np

from scenes.layout import Mask
from scenes.parts.places import Point, cut
from scenes.stage import Box


def stroked(
    points: list[Point], wide: float, box: Box, shape: tuple[int, ...], scale: float
) -> Mask:
    """The pixels, of a picture of ``shape``, nearer than ``wide`` to a polyline in stage pixels."""
    surface = cairo.ImageSurface(cairo.FORMAT_A8, shape[1], shape[0])
    context = cairo.Context(surface)
    context.scale(scale, scale)
    context.set_line_width(2 * wide)
    context.set_line_cap(cairo.LINE_CAP_ROUND)
    for start, end in pairwise([points[0], *points]):
        part = cut(start, end, box.grown(100))
        if part is not None:
            context.move_to(*part[0])
            context.line_to(*part[1])
    context.stroke()
    surface.flush()
    rows = np.frombuffer(surface.get_data(), np.uint8).reshape(shape[0], surface.get_stride())
    return np.asarray(rows[:, : shape[1]] > 0, bool)
