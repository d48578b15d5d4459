"""Long paths as few strokes: what cannot be told apart on the picture is drawn once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cairo
import numpy as np
from numpy.typing import NDArray

from scenes.brush import Brush
from scenes.parts.places import Point, cut
from scenes.stage import Box

NEAR, BEYOND = 0.5, 12.0


def pieces(points: NDArray[np.float64], box: Box) -> list[list[Point]]:
    """The polyline ``points`` (n, 2) inside ``box`` as lines whose points lie half a pixel apart.

    A segment that runs where another has run already is left out.
    """
    room, kept = box.grown(BEYOND), _apart(points)
    places = [(round(x / NEAR), round(y / NEAR)) for x, y in kept]
    within = [room.left <= x <= room.right and room.top <= y <= room.bottom for x, y in kept]
    lines: list[list[Point]] = []
    seen = set()
    for index, (start, end) in enumerate(pairwise(kept)):
        part = start, end
        first, last = places[index], places[index + 1]
        if not (within[index] and within[index + 1]):
            found = cut(start, end, room)
            if found is None:
                continue
            part = found
            first, last = ((round(x / NEAR), round(y / NEAR)) for x, y in part)
        place = (first, last) if first < last else (last, first)
        if place in seen:
            continue
        seen.add(place)
        if lines and lines[-1][-1] == part[0]:
            lines[-1].append(part[1])
        else:
            lines.append([*part])
    return lines


def _apart(points: NDArray[np.float64]) -> list[Point]:
    """The first point, each that is not at the one kept before it, and the last."""
    kept: list[Point] = []
    rows: list[list[float]] = points.tolist()
    for x, y in rows:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= NEAR:
            kept.append((x, y))
    x, y = rows[-1]
    return kept if kept[-1] == (x, y) else [*kept, (x, y)]


def trace(
    brush: Brush, lines: Sequence[Sequence[Point]], width: float, color: str, alpha: float = 1.0
) -> None:
    """All ``lines`` as one stroke, so that no alpha is laid on twice where they cross."""
    context = brush.context
    for line in lines:
        context.move_to(*line[0])
        for x, y in line[1:]:
            context.line_to(x, y)
    context.set_line_width(width)
    context.set_line_join(cairo.LINE_JOIN_ROUND)
    context.set_line_cap(cairo.LINE_CAP_ROUND)
    context.set_dash([])
    brush.color(color, alpha)
    context.stroke()
