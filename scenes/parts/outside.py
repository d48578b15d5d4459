"""A mark at the border where the point has left the picture."""

from __future__ import annotations

import math
from collections.abc import Hashable

import numpy as np

from scenes.brush import Brush, Word
from scenes.canvas import Element
from scenes.parts.names import Name, Names, name_size
from scenes.parts.places import Point, leaving, place, within
from scenes.stage import SMALL, Box
from scenes.state import State

LENGTH, HALF = 26.0, 15.0
Mark = tuple[Point, Point]
"""The tip of a mark, and the way in which it points."""


class Outside(Element[State]):
    """Marks and a word while the point is outside.

    Where the run leaves for good, the mark stays at the place where it left. Of a run that comes
    back, the mark follows the point along the border while it stays on one side; where it leaps
    from side to side, a mark stands on each side on which it has been, so that nothing jumps. The
    word keeps its place as long as the point is outside.
    """

    def __init__(self, names: Names) -> None:
        self.names, self.track = names, names.track
        self.color = names.kit.theme.roles["point"]
        self.sprite = names.kit.text(names.kit.words["outside"], SMALL, self.color)
        self.marks = [self._mark((float(x), float(y))) for x, y in self.track.pixels]
        self.first = self._firsts()
        self.last = self._last()
        self._boxes: dict[int, Box] = {}

    def _firsts(self) -> list[int]:
        """For each point outside, the first of those in a row that are outside with it."""
        firsts: list[int] = []
        for index, mark in enumerate(self.marks):
            joins = index > 0 and mark is not None and self.marks[index - 1] is not None
            firsts.append(firsts[-1] if joins else index)
        return firsts

    def _last(self) -> Mark | None:
        """The mark where the run leaves for good."""
        pixels, room = self.track.pixels, self.track.field.grown(-4)
        return leaving(pixels, within(pixels, self.track.field), room, self.track.gone)

    def _mark(self, point: Point) -> Mark | None:
        """The mark of a point, None where it is in the picture."""
        if self.track.inside(point):
            return None
        (x, y), room = point, self.track.field.grown(-4)
        tip = min(max(x, room.left), room.right), min(max(y, room.top), room.bottom)
        u, v = float(np.sign(x - tip[0])), float(np.sign(y - tip[1]))
        size = math.hypot(u, v)
        return tip, (u / size, v / size)

    def shown(self, state: State) -> tuple[int, tuple[Mark, ...]] | None:
        """The first point of the stay outside, and its marks; None while the point is inside."""
        here, last = state.step, len(self.marks) - 1
        there = min(here + 1, last) if state.moving else here
        now = self._mark(self.track.now(state))
        gone = self.track.gone
        if here >= gone or (there >= gone and now is not None):
            return gone, () if self.last is None else (self.last,)
        if self.marks[here] is not None and self.marks[there] is not None:
            first = self.first[here]
            sides: dict[Point, Mark] = {}
            for mark in self.marks[first : here + 1]:
                if mark is not None:
                    sides.setdefault(mark[1], mark)
            if len(sides) > 1 or now is None:
                return first, tuple(sides.values())
        if now is None:
            return None
        return self.first[here if self.marks[here] is not None else there], (now,)

    def _box(self, first: int) -> Box:
        """Where the word stands during a stay outside."""
        if first not in self._boxes:
            field = self.track.field
            marks = [self.last] if first == self.track.gone else self.marks[first:]
            mark = marks[0]
            taken = [*self.names.taken, *(_around(m).grown(4) for m in marks if m)]
            anchor = field.center if mark is None else mark[0]
            room, path = field.grown(-6), self.names.path
            size = name_size(self.sprite)
            self._boxes[first] = place(size, [anchor], LENGTH + 12, room, taken[:40], path)
        return self._boxes[first]

    def key(self, state: State) -> Hashable:
        return self.shown(state)

    def reach(self, state: State) -> Box | None:
        found = self.shown(state)
        if found is None:
            return None
        box = self._box(found[0])
        for mark in found[1]:
            box = box.joined(_around(mark))
        return box.grown(6)

    def damage(self, before: State, after: State) -> list[Box]:
        boxes = []
        for state in (before, after):
            found = self.shown(state)
            if found is not None:
                boxes += [self._box(found[0]).grown(2), *(_around(mark) for mark in found[1])]
        return boxes

    def paint(self, brush: Brush, state: State) -> None:
        found = self.shown(state)
        if found is None:
            return
        ground = self.names.kit.theme.background
        for mark in found[1]:
            corners = _corners(mark)
            brush.line([*corners, corners[0]], 5, ground, 0.7)
            brush.polygon(corners, self.color)
        Name(self.sprite, self._box(found[0])).paint(brush, ground)

    def words(self, state: State) -> list[Word]:
        found = self.shown(state)
        return [] if found is None else [Name(self.sprite, self._box(found[0])).word]


def _corners(mark: Mark) -> list[Point]:
    (x, y), (u, v) = mark
    back = x - LENGTH * u, y - LENGTH * v
    return [
        (x, y),
        (back[0] - HALF * v, back[1] + HALF * u),
        (back[0] + HALF * v, back[1] - HALF * u),
    ]


def _around(mark: Mark) -> Box:
    x, y = zip(*_corners(mark), strict=True)
    return Box(min(x), min(y), max(x), max(y)).grown(5)
