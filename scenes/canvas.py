"""The picture and what stands on it: only what changed from the last frame is painted again."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import cairo
import numpy as np
from numpy.typing import NDArray

from scenes.lettering import Figures, Sprite
from scenes.stage import Box

S = TypeVar("S")
T = TypeVar("T")
Rect = tuple[int, int, int, int]
Pixels = NDArray[np.uint8]


def rgb(color: str) -> tuple[float, float, float]:
    """``#rrggbb`` as three numbers from 0 to 1."""
    return tuple(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))  # type: ignore[return-value]


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


class Element(Generic[S]):
    """Something that moves: a pure function of the state.

    Where two states have the same ``key`` they look the same. ``reach`` is the box it paints in,
    None where it paints nothing. ``words`` are the texts it shows, for the layout check.
    """

    def key(self, state: S) -> Hashable:
        """What its look depends on."""
        raise NotImplementedError

    def reach(self, state: S) -> Box | None:
        """Where it paints."""
        raise NotImplementedError

    def paint(self, brush: Brush, state: S) -> None:
        """Paint it."""
        raise NotImplementedError

    def damage(self, before: S, after: S) -> list[Box]:
        """What must be painted again when ``before`` becomes ``after``."""
        return [box for box in (self.reach(before), self.reach(after)) if box is not None]

    def words(self, state: S) -> list[Word]:
        """The texts it shows."""
        return []


class Seen(Element[S], Generic[S, T]):
    """An element of another kind of state, seen through ``view``; absent where that gives None."""

    def __init__(self, element: Element[T], view: Callable[[S], T | None]) -> None:
        self.element, self.view = element, view

    def key(self, state: S) -> Hashable:
        seen = self.view(state)
        return None if seen is None else (self.element.key(seen),)

    def reach(self, state: S) -> Box | None:
        seen = self.view(state)
        return None if seen is None else self.element.reach(seen)

    def paint(self, brush: Brush, state: S) -> None:
        seen = self.view(state)
        if seen is not None:
            self.element.paint(brush, seen)

    def damage(self, before: S, after: S) -> list[Box]:
        first, second = self.view(before), self.view(after)
        if first is None or second is None:
            return super().damage(before, after)
        return self.element.damage(first, second)

    def words(self, state: S) -> list[Word]:
        seen = self.view(state)
        return [] if seen is None else self.element.words(seen)


class Canvas(Generic[S]):
    """One picture, kept from frame to frame, over a still background (H, W, 4) in BGRA order.

    Alpha is premultiplied, as Cairo has it. ``still`` are the texts of the background.
    """

    def __init__(
        self,
        background: Pixels,
        elements: Sequence[Element[S]],
        scale: float,
        still: Sequence[Word] = (),
    ) -> None:
        self.background = background
        self.still = tuple(still)
        self.pixels = background.copy()
        self.elements = tuple(elements)
        self.brush = Brush(self.pixels, scale)
        self._state: S | None = None
        self._keys: list[Hashable] = []

    def show(self, state: S) -> list[Rect]:
        """Bring the picture to ``state``; the changed even rectangles."""
        height, width, _ = self.pixels.shape
        before, self._state = self._state, state
        looked, self._keys = self._keys, [element.key(state) for element in self.elements]
        if before is None:
            rects = [(0, 0, width, height)]
        else:
            boxes = [
                box
                for element, was, now in zip(self.elements, looked, self._keys, strict=True)
                if was != now
                for box in element.damage(before, state)
            ]
            rects = merged([rect for box in boxes if (rect := self._rect(box))])
        reaches = [(element, element.reach(state)) for element in self.elements] if rects else []
        for rect in rects:
            self._repaint(rect, [(e, reach) for e, reach in reaches if reach is not None], state)
        return rects

    def words(self, state: S) -> list[tuple[str, Word]]:
        """Every text of the picture at ``state``, with the name of what shows it."""
        moving = [(type(e).__name__, word) for e in self.elements for word in e.words(state)]
        return [("still", word) for word in self.still] + moving

    def forget(self) -> None:
        """Paint all of the next picture again."""
        self._state = None

    def _rect(self, box: Box) -> Rect | None:
        """Whole even device pixels around ``box``, None where nothing of it is in the picture."""
        height, width, _ = self.pixels.shape
        scale = self.brush.scale
        left = max(math.floor(box.left * scale) - 1, 0) & ~1
        top = max(math.floor(box.top * scale) - 1, 0) & ~1
        right = min((math.ceil(box.right * scale) + 2) & ~1, width)
        bottom = min((math.ceil(box.bottom * scale) + 2) & ~1, height)
        return (left, top, right, bottom) if left < right and top < bottom else None

    def _repaint(self, rect: Rect, reaches: list[tuple[Element[S], Box]], state: S) -> None:
        left, top, right, bottom = rect
        self.pixels[top:bottom, left:right] = self.background[top:bottom, left:right]
        context, scale = self.brush.context, self.brush.scale
        context.save()
        context.rectangle(left / scale, top / scale, (right - left) / scale, (bottom - top) / scale)
        context.clip()
        box = Box((left - 1) / scale, (top - 1) / scale, (right + 1) / scale, (bottom + 1) / scale)
        for element, reach in reaches:
            if reach.meets(box):
                element.paint(self.brush, state)
        context.restore()


def merged(rects: list[Rect]) -> list[Rect]:
    """The same area in rectangles that do not meet."""
    apart: list[Rect] = []
    for rect in rects:
        current = rect
        while True:
            meeting = [other for other in apart if _meet(current, other)]
            if not meeting:
                break
            apart = [other for other in apart if other not in meeting]
            parts = [current, *meeting]
            current = (
                min(part[0] for part in parts),
                min(part[1] for part in parts),
                max(part[2] for part in parts),
                max(part[3] for part in parts),
            )
        apart.append(current)
    return apart


def _meet(a: Rect, b: Rect) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
