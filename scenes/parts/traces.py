"""Lines of runs side by side, kept while they grow."""

from __future__ import annotations

import math

import cairo
import numpy as np
from numpy.typing import NDArray

from scenes.canvas import Brush, rgb
from scenes.parts.looks import WIDTH, Look, marker_path
from scenes.parts.places import Point, along, cut, gone, leaving, within
from scenes.stage import Box

GROUND, GROUND_ALPHA = 2.5, 0.6
DOT, LEAST = 6.0, 0.75


class Trace:
    """A line through ``points`` (n, 2) in stage pixels that grows point by point in ``box``.

    What has been drawn is kept as two masks, the line and a wider one for its ground; a piece
    looks the same whether it was drawn alone or with others. Points closer than a pixel to the
    last one drawn are passed over; a marker stands wherever the line is ``spacing`` from the last.
    Where the points leave the box for good, the line ends.
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
        self.within = within(points, box)
        self.gone = gone(self.within, len(points))
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
            piece = cut(start, end, self.room) if far and index <= self.gone else None
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
        return along(self.points, place)

    def shows(self, place: float) -> bool:
        """Whether the line's end is in the box, and not darting through it from outside."""
        return place < self.gone and self.holds(self.at(place))

    def exit(self, place: float) -> tuple[Point, Point] | None:
        """Where the line last left the box, and in which direction, while its end is outside."""
        return leaving(self.points, self.within, self.box, min(place, self.gone))

    def reach(self, before: float, after: float) -> Box:
        """Where the line changes between two places."""
        low, high = sorted((before, after))
        last = len(self.points) - 1
        first = self.points[self.kept[min(int(low), last)]].tolist()
        passed = self.points[int(low) + 1 : int(high) + 1].tolist() if low < last else []
        ends = [self.at(low), self.at(high), first, *passed]
        room = self.room
        x = [min(max(end[0], room.left), room.right) for end in ends]
        y = [min(max(end[1], room.top), room.bottom) for end in ends]
        return Box(min(x), min(y), max(x), max(y)).grown(DOT * 1.5 + GROUND + 2)

    def paint(self, brush: Brush, place: float) -> None:
        """Paint the line as far as ``place``, over its ground."""
        place = min(place, len(self.points) - 1)
        self._grow(int(place))
        kept = self.kept[int(place)]
        drawn = kept < place and int(place) < self.gone
        piece = cut(self.points[kept].tolist(), self.at(place), self.room) if drawn else None
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
