"""How several runs are told apart: by color, dash and marker."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import cairo
import numpy as np

from scenes.canvas import Brush
from scenes.kit import Kit
from scenes.palette import DASHES, MARKERS
from scenes.parts.places import Point

WIDTH, SAMPLE_MARKER = 4.0, 9.0
SHAPES = {
    "square": (4, 1.2, math.pi / 4),
    "triangle": (3, 1.4, 0.0),
    "diamond": (4, 1.35, 0.0),
    "wedge": (3, 1.4, math.pi),
}


@dataclass(frozen=True)
class Look:
    """How one of several runs looks: color, dash and marker; ``ground`` is what lies behind."""

    color: str
    dash: tuple[float, ...]
    marker: str
    ground: str


def looks_of(kit: Kit, count: int) -> list[Look]:
    """The looks of ``count`` runs."""
    theme = kit.theme
    return [
        Look(theme.racers[index], DASHES[index], MARKERS[index], theme.background)
        for index in range(count)
    ]


def outline(marker: str, x: float, y: float, radius: float) -> list[Point]:
    """The corners of a marker about as large as a disc of ``radius``; a disc has none."""
    if marker == "plus":
        arm, half = 1.25 * radius, 0.48 * radius
        side = [(half, arm), (half, half), (arm, half), (arm, -half), (half, -half), (half, -arm)]
        return [(x + u, y + v) for u, v in [*side, *((-u, -v) for u, v in side)]]
    corners, size, turn = SHAPES.get(marker, (0, 1.0, 0.0))
    angles = (turn + 2 * math.pi * k / corners for k in range(corners))
    return [
        (x + size * radius * math.sin(angle), y - size * radius * math.cos(angle))
        for angle in angles
    ]


def marker_path(
    context: cairo.Context[cairo.ImageSurface], look: Look, at: Point, r: float
) -> None:
    """Lay the marker's outline."""
    corners = outline(look.marker, *at, r)
    context.new_sub_path()
    if not corners:
        context.arc(*at, r, 0, 2 * math.pi)
    for corner in corners:
        context.line_to(*corner)
    context.close_path()


def paint_marker(brush: Brush, look: Look, at: Point, radius: float, alpha: float = 1.0) -> None:
    """A marker with a rim of its ground."""
    context = brush.context
    marker_path(context, look, at, radius)
    context.set_line_join(cairo.LINE_JOIN_ROUND)
    context.set_dash([])
    context.set_line_width(7)
    brush.color(look.ground, 0.8 * alpha)
    context.stroke_preserve()
    brush.color(look.color, alpha)
    context.fill()
    brush.mark(*at)


def paint_sample(brush: Brush, look: Look, at: Point, width: float, alpha: float) -> None:
    """A level piece of line from ``at`` with the marker in its middle."""
    context, (x, y) = brush.context, at
    context.move_to(x, y)
    context.line_to(x + width, y)
    context.set_line_cap(cairo.LINE_CAP_ROUND)
    context.set_line_width(WIDTH)
    context.set_dash(look.dash)
    brush.color(look.color, alpha)
    context.stroke()
    paint_marker(brush, look, (x + width / 2, y), SAMPLE_MARKER, alpha)


def paint_exit(brush: Brush, look: Look, spot: tuple[Point, Point], size: float) -> None:
    """An arrowhead with the marker in it, where a line has left its box.

    It is painted from a picture of its own: cairo smooths the edges of shapes a little differently
    where only a part of the frame is painted anew.
    """
    (x, y), direction = spot
    scale, room = brush.scale, math.ceil(2 * size * brush.scale)
    left, top = math.floor(x * scale), math.floor(y * scale)
    inside = (round(x * scale - left, 2), round(y * scale - top, 2))
    context = brush.context
    context.save()
    context.identity_matrix()
    context.set_source_surface(
        _arrowhead(look, inside, direction, size, scale, room), left - room, top - room
    )
    context.paint()
    context.restore()


@lru_cache(maxsize=256)
def _arrowhead(
    look: Look, inside: Point, direction: Point, size: float, scale: float, room: int
) -> cairo.ImageSurface:
    """The arrowhead on a clear square, its tip ``inside`` the pixel at (``room``, ``room``)."""
    side = 2 * room + 2
    pixels = np.zeros((side, side, 4), np.uint8)
    brush = Brush(pixels, scale)
    x, y = ((room + part) / scale for part in inside)
    u, v = direction
    half = 0.55 * size
    corners = [
        (x, y),
        (x - size * u - half * v, y - size * v + half * u),
        (x - size * u + half * v, y - size * v - half * u),
    ]
    brush.line([*corners, corners[0]], 6, look.ground, 0.8)
    brush.polygon(corners, look.color)
    marker_path(brush.context, look, (x - 0.68 * size * u, y - 0.68 * size * v), 0.15 * size)
    brush.color(look.ground)
    brush.context.fill()
    return brush.context.get_target()
