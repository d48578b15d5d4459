"""The picture and what stands on it: only what changed from the last frame is painted again."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from engine import Trajectory
from scenes.brush import Brush, Pixels, Word
from scenes.palette import rgb
from scenes.stage import Box

__all__ = ["Brush", "Canvas", "Element", "Pixels", "Rect", "Seen", "Shown", "Word", "merged", "rgb"]

S = TypeVar("S")
T = TypeVar("T")
Rect = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class Shown:
    """A live number: the digits that are shown, and which number of which run they are.

    ``name`` is ``x``, ``g``, a term of the rule, ``effective``, ``loss``, ``final loss``,
    ``distance`` (to the nearest minimum), ``goal`` (the step from which the loss stays at most
    ``level``), ``step`` or a hyper-parameter; ``step`` counts the steps made when it came to be, 0
    for the start; ``index`` is the coordinate, None for a single number. A number ``worked`` out in
    a line is known as soon as the line is solved.
    """

    text: str
    run: Trajectory
    name: str
    step: int
    index: int | None = None
    level: float | None = None
    worked: bool = False


class Element(Generic[S]):
    """Something that moves: a pure function of the state.

    Where two states have the same ``key`` they look the same. ``reach`` is the box it paints in,
    None where it paints nothing. ``words`` are the texts it shows and ``numbers`` what its live
    digits are, for the layout check. ``landmark`` says that its marks, the point or a start, must
    not be covered by a name.
    """

    landmark: ClassVar[bool] = False

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

    def numbers(self, state: S) -> list[Shown]:
        """What its live digits are."""
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

    def numbers(self, state: S) -> list[Shown]:
        seen = self.view(state)
        return [] if seen is None else self.element.numbers(seen)


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
