"""What paints: lines, shapes, sprites and digits on one picture, in stage pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cairo
import numpy as np
from numpy.typing import NDArray

from scenes.lettering import Figures, Sprite
from scenes.palette import rgb
from scenes.stage import Box

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Word:
    """A piece of text that is shown: its box, the size of its letters, what it says."""

    box: Box
    size: float
    text: str = ""


class Brush:
    """Paints on one picture in stage pixels; ``scale`` is device pixels for one of them."""

    def __init__(self, pixels: Pixels, scale: float) -> None:
        height, width, _ = pixels.shape
        surface = cairo.ImageSurface.create_for_data(
            pixels.data.cast("B"), cairo.FORMAT_ARGB32, width, height
        )
        self.context = cairo.Context(surface)
        self.context.scale(scale, scale)
        self.scale = scale
        self.words: list[Word] = []

    def color(self, color: str, alpha: float = 1.0) -> None:
        """The color of what is drawn next."""
        self.context.set_source_rgba(*rgb(color), alpha)

    def write(self, sprite: Sprite, x: float, y: float) -> None:
        """Put a sprite that stays, and note it in ``words`` for the layout check."""
        ink = sprite.ink
        box = Box(x + ink[0], y + ink[1], x + ink[2], y + ink[3])
        self.words.append(Word(box, sprite.size, sprite.text))
        self.sprite(sprite, x, y)

    def sprite(self, sprite: Sprite, x: float, y: float, alpha: float = 1.0) -> None:
        """Put ``sprite`` with its reference point at (x, y), moved to whole device pixels."""
        context = self.context
        context.save()
        context.identity_matrix()
        left = round(x * self.scale) + sprite.left
        top = round(y * self.scale) + sprite.top
        context.set_source_surface(sprite.surface, left, top)
        if alpha >= 1:
            context.paint()
        else:
            context.paint_with_alpha(max(alpha, 0.0))
        context.restore()

    def figures(
        self,
        text: str,
        font: Figures,
        right: float,
        baseline: float,
        color: str,
        alpha: float = 1.0,
    ) -> None:
        """Write digits so that the last one ends at ``right``."""
        context = self.context
        context.save()
        context.identity_matrix()
        context.set_source_rgba(*rgb(color), alpha)
        y = round(baseline * self.scale)
        for index, letter in enumerate(reversed(text)):
            x = round(right * self.scale - (index + 0.5) * font.advance)
            if letter != " ":
                mask = font.masks[letter]
                context.mask_surface(mask.surface, x + mask.left, y + mask.top)
        context.restore()

    def line(
        self,
        points: Sequence[Sequence[float]] | NDArray[np.float64],
        width: float,
        color: str,
        alpha: float = 1.0,
        dash: Sequence[float] = (),
    ) -> None:
        """A polyline with round joins."""
        if len(points) < 2:
            return
        context = self.context
        context.move_to(*points[0])
        for x, y in points[1:]:
            context.line_to(x, y)
        context.set_line_width(width)
        context.set_line_join(cairo.LINE_JOIN_ROUND)
        context.set_line_cap(cairo.LINE_CAP_ROUND if not dash else cairo.LINE_CAP_BUTT)
        context.set_dash(list(dash))
        self.color(color, alpha)
        context.stroke()

    def polygon(self, points: Sequence[Sequence[float]], color: str, alpha: float = 1.0) -> None:
        """A filled polygon."""
        self.context.move_to(*points[0])
        for x, y in points[1:]:
            self.context.line_to(x, y)
        self.context.close_path()
        self.color(color, alpha)
        self.context.fill()

    def mark(self, x: float, y: float) -> None:
        """Something has been painted around a place: for checks, a plain brush forgets it."""

    def disc(self, x: float, y: float, radius: float, color: str, alpha: float = 1.0) -> None:
        """A filled circle."""
        self.context.new_sub_path()
        self.context.arc(x, y, radius, 0, 2 * math.pi)
        self.color(color, alpha)
        self.context.fill()

    def panel(self, box: Box, radius: float, color: str, alpha: float = 1.0) -> None:
        """A filled rectangle with round corners."""
        context, turn = self.context, math.pi / 2
        radius = min(radius, box.width / 2, box.height / 2)
        context.new_sub_path()
        context.arc(box.right - radius, box.top + radius, radius, -turn, 0)
        context.arc(box.right - radius, box.bottom - radius, radius, 0, turn)
        context.arc(box.left + radius, box.bottom - radius, radius, turn, 2 * turn)
        context.arc(box.left + radius, box.top + radius, radius, 2 * turn, 3 * turn)
        context.close_path()
        self.color(color, alpha)
        context.fill()
