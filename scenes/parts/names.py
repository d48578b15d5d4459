"""Names on the field: start, end, minimum; each finds a place where it covers nothing."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

import numpy as np

from scenes.canvas import Brush, Element, Word
from scenes.kit import Kit
from scenes.lettering import Sprite
from scenes.parts.places import Point, dense, lead, loneliest, place
from scenes.parts.track import Track
from scenes.stage import SMALL, Box
from scenes.state import State

PILL_X, PILL_Y = 10.0, 7.0
LETTER_UP, LETTER_DOWN = 0.80 * SMALL, 0.24 * SMALL


CLEAR = 19.0
"""How far from the middle of a mark the line to it ends."""


class Name:
    """A word on a dark ground, in a box found for it; far from its mark, with a line to that."""

    def __init__(
        self,
        sprite: Sprite,
        box: Box,
        line: tuple[Point, Point] | None = None,
        color: str = "#000000",
    ) -> None:
        self.sprite, self.box, self.line, self.color = sprite, box, line, color

    @property
    def reach(self) -> Box:
        """Where it is painted."""
        return reaching(self.box, self.line)

    @property
    def word(self) -> Word:
        """What is read, in the box of its ground."""
        return Word(self.box, self.sprite.size, self.sprite.text)

    def paint(self, brush: Brush, ground: str, alpha: float = 1.0) -> None:
        """Paint ground, line and word."""
        paint_lead(brush, self.line, ground, self.color, alpha)
        brush.panel(self.box, 8, ground, 0.8 * alpha)
        x = self.box.left + PILL_X - self.sprite.ink[0]
        brush.sprite(self.sprite, x, self.box.top + PILL_Y + LETTER_UP, alpha)


def reaching(box: Box, line: tuple[Point, Point] | None) -> Box:
    """Where a name in ``box`` with a line to its mark is painted."""
    for x, y in line or ():
        box = box.joined(Box(x, y, x, y).grown(3))
    return box.grown(2)


def paint_lead(
    brush: Brush, line: tuple[Point, Point] | None, ground: str, color: str, alpha: float
) -> None:
    """The line from a name to its mark, if it has one."""
    if line is not None:
        brush.line(line, 5, ground, 0.6 * alpha)
        brush.line(line, 2, color, 0.9 * alpha)


def name_size(sprite: Sprite) -> tuple[float, float]:
    """The size of a word with its ground."""
    return sprite.width + 2 * PILL_X, LETTER_UP + LETTER_DOWN + 2 * PILL_Y


class Names:
    """The still names of a film: start, minimum and, where it is told, at last the end."""

    def __init__(
        self, kit: Kit, track: Track, avoided: Sequence[Point] = (), *, end: bool = True
    ) -> None:
        """Names leave ``avoided`` points free if they can.

        Of several minima, which all have their star, the one farthest from the path is named.
        """
        self.kit, self.track = kit, track
        self.path = np.concatenate(
            [dense(track.pixels[: track.gone + 1], track.field), np.array(avoided).reshape(-1, 2)]
        )
        self.minima = [
            (float(x), float(y))
            for x, y in track.plot.at(np.array(kit.run.objective.minima).reshape(-1, 2))
            if track.inside((float(x), float(y)))
        ]
        self.start = self._point(0)
        self.end = self._point(-1)
        marks = [*self.minima, *(point for point in (self.start, self.end) if point)]
        self.taken = [Box(x, y, x, y).grown(17) for x, y in marks]
        self.start_name = self._name("start", self.start)
        self.end_name = self._name("end", self.end) if end and kit.run.steps else None
        self.minimum_names = [
            self._name("minimum", point) for point in loneliest(self.minima, self.path)
        ]

    def _point(self, index: int) -> Point | None:
        x, y = self.track.pixels[index]
        return (float(x), float(y)) if self.track.inside((float(x), float(y))) else None

    def _name(self, word: str, point: Point | None) -> Name | None:
        if point is None:
            return None
        sprite = self.kit.text(self.kit.words[word], SMALL)
        room = self.track.field.grown(-6)
        box = place(name_size(sprite), [point], 22, room, self.taken, self.path, far=True)
        self.taken.append(box)
        return Name(sprite, box, lead(box, [point], CLEAR), self.kit.theme.text)


def star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """The corners of a five-pointed star."""
    return [
        (x + r * math.sin(k * math.pi / 5), y - r * math.cos(k * math.pi / 5))
        for k in range(10)
        for r in (radius if k % 2 == 0 else radius * 0.42,)
    ]


class Labels(Element[State]):
    """The still names, painted over the path; the end is named when the run is over."""

    landmark = True

    def __init__(self, names: Names) -> None:
        self.names = names

    def key(self, state: State) -> Hashable:
        return state.ending

    def reach(self, state: State) -> Box | None:
        return self.names.track.field

    def damage(self, before: State, after: State) -> list[Box]:
        return [self.names.end_name.reach] if self.names.end_name else []

    def paint(self, brush: Brush, state: State) -> None:
        names, theme = self.names, self.names.kit.theme
        if names.start:
            brush.disc(*names.start, 14, theme.background, 0.7)
            brush.disc(*names.start, 11.5, theme.text)
            brush.disc(*names.start, 6.5, theme.background)
        for x, y in names.minima:
            corners = star(x, y, 17)
            brush.line([*corners, corners[0]], 5, theme.background, 0.6)
            brush.polygon(corners, theme.text)
            brush.mark(x, y)
        for name in (names.start_name, *names.minimum_names):
            if name is not None:
                name.paint(brush, theme.background)
        if names.end_name is not None and state.ending > 0:
            names.end_name.paint(brush, theme.background, state.ending)

    def words(self, state: State) -> list[Word]:
        names = [self.names.start_name, *self.names.minimum_names]
        if state.ending > 0:
            names.append(self.names.end_name)
        return [name.word for name in names if name is not None]
