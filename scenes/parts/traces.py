"""Lines of runs side by side: told apart by color, dash and marker, kept while they grow."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cairo
import numpy as np
from numpy.typing import NDArray

from scenes.canvas import Brush, rgb
from scenes.kit import Kit
from scenes.palette import DASHES, MARKERS
from scenes.parts.places import Point, cut
from scenes.stage import Box

WIDTH, GROUND, GROUND_ALPHA = 4.0, 2.5, 0.6
DOT, SAMPLE, LEAST = 6.0, 9.0, 0.75
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
    paint_marker(brush, look, (x + width / 2, y), SAMPLE, alpha)


class Trace:
    """A line through ``points`` (n, 2) in stage pixels that grows point by point in ``box``.

    What has been drawn is kept as two masks, the line and a wider one for its ground; a piece
    looks the same whether it was drawn alone or with others. Points closer than a pixel to the
    last one drawn are passed over; a marker stands wherever the line is ``spacing`` from the last.
    """

    def __init__(
        self,
        points: NDArray[np.float64],
        box: Box,
        look: Look,
        scale: float,
        spacing: float,
        phase: float = 0.0,
    ) -> None:
        self.points, self.box, self.look, self.scale = points, box, look, scale
        self.room = box.grown(40)
        self._lay(spacing, phase)
        self.left, self.top = math.floor(box.left * scale), math.floor(box.top * scale)
        size = math.ceil(box.right * scale) - self.left, math.ceil(box.bottom * scale) - self.top
        self._surfaces = [cairo.ImageSurface(cairo.FORMAT_A8, *size) for _ in range(2)]
        self._masks = [cairo.Context(surface) for surface in self._surfaces]
        for mask in self._masks:
            mask.translate(-self.left, -self.top)
            mask.scale(scale, scale)
        self._drawn = 0

    def _lay(self, spacing: float, phase: float) -> None:
        """The pieces: what is drawn with each point, where its dash begins, where markers stand."""
        kept, length, free = 0, 0.0, spacing * (1 - phase)
        self.kept, self.offsets = [0], [0.0]
        self.pieces: list[tuple[Point, Point] | None] = []
        self.dots: list[Point | None] = []
        for index in range(1, len(self.points)):
            start, end = self.points[kept].tolist(), self.points[index].tolist()
            far = math.hypot(end[0] - start[0], end[1] - start[1]) >= LEAST
            piece = cut(start, end, self.room) if far else None
            dot = None
            if far:
                kept = index
            if piece is not None:
                size = math.dist(*piece)
                length, free = length + size, free - size
                if free <= 0 and self.holds((end[0], end[1])):
                    dot, free = (end[0], end[1]), spacing
            self.pieces.append(piece)
            self.dots.append(dot)
            self.kept.append(kept)
            self.offsets.append(length)

    def holds(self, point: Point) -> bool:
        """Whether a point lies in the box."""
        box = self.box
        return box.left <= point[0] <= box.right and box.top <= point[1] <= box.bottom

    def at(self, place: float) -> Point:
        """Where the line ends when ``place`` points have been passed."""
        place = min(place, len(self.points) - 1)
        step = int(place)
        here = self.points[step]
        if place > step:
            here = here + (place - step) * (self.points[step + 1] - here)
        return float(here[0]), float(here[1])

    def reach(self, before: float, after: float) -> Box:
        """Where the line changes between two places."""
        low, high = sorted((before, after))
        last = len(self.points) - 1
        first = self.kept[min(int(low), last)]
        ends = [self.at(low), self.at(high), *self.points[first : int(high) + 1].tolist()]
        room = self.room
        x = [min(max(end[0], room.left), room.right) for end in ends]
        y = [min(max(end[1], room.top), room.bottom) for end in ends]
        return Box(min(x), min(y), max(x), max(y)).grown(DOT * 1.5 + GROUND + 2)

    def paint(self, brush: Brush, place: float) -> None:
        """Paint the line as far as ``place``, over its ground."""
        place = min(place, len(self.points) - 1)
        self._grow(int(place))
        kept = self.kept[int(place)]
        piece = cut(self.points[kept].tolist(), self.at(place), self.room) if place > kept else None
        context = brush.context
        context.save()
        box = self.box
        context.rectangle(box.left, box.top, box.width, box.height)
        context.clip()
        for layer, (color, alpha) in enumerate(
            ((self.look.ground, GROUND_ALPHA), (self.look.color, 1.0))
        ):
            context.set_source_rgba(*rgb(color), alpha)
            context.save()
            context.identity_matrix()
            context.mask_surface(self._surfaces[layer], self.left, self.top)
            context.restore()
            if piece is not None:
                self._stroke(context, layer, piece, self.offsets[kept])
        context.restore()

    def _grow(self, step: int) -> None:
        """Bring the masks to ``step``."""
        if step < self._drawn:
            for mask in self._masks:
                mask.set_operator(cairo.OPERATOR_CLEAR)
                mask.paint()
                mask.set_operator(cairo.OPERATOR_OVER)
            self._drawn = 0
        for index in range(self._drawn, step):
            piece, dot = self.pieces[index], self.dots[index]
            if piece is not None:
                for layer, mask in enumerate(self._masks):
                    self._stroke(mask, layer, piece, self.offsets[index])
            if dot is not None:
                for layer, mask in enumerate(self._masks):
                    marker_path(mask, self.look, dot, DOT + GROUND * (layer == 0))
                    mask.fill()
        self._drawn = step

    def _stroke(
        self,
        context: cairo.Context[cairo.ImageSurface],
        layer: int,
        piece: tuple[Point, Point],
        offset: float,
    ) -> None:
        """Draw a piece of the ground (layer 0) or of the line (layer 1)."""
        context.move_to(*piece[0])
        context.line_to(*piece[1])
        context.set_line_cap(cairo.LINE_CAP_ROUND)
        context.set_line_width(WIDTH + 2 * GROUND * (layer == 0))
        context.set_dash(self.look.dash if layer else (), offset)
        context.stroke()
