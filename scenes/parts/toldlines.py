"""A sentence under the field: one line or, where that could not be read, several smaller ones."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.brush import Brush, Word
from scenes.kit import Kit, ink_box, spelled
from scenes.lettering import Sprite
from scenes.stage import Box

ASCENT, LEADING, MIDDLE = 42.0, 32.0, 33.0
"""The baseline of one line below the top of its place; how far lines are apart, and the height of
the middle baseline of several."""


@dataclass(frozen=True, eq=False)
class Told:
    """The lines of a sentence with the left end of the first one's baseline."""

    lines: tuple[Sprite, ...]
    x: float
    y: float

    @classmethod
    def of(cls, kit: Kit, words: str, room: Box, *, bold: bool = False) -> Told:
        """A sentence in ``room``."""
        lines = tuple(kit.told(words, room.width, bold=bold))
        up = LEADING * (len(lines) - 1) / 2
        return cls(lines, room.left, room.top + (MIDDLE - up if up else ASCENT))

    @property
    def spots(self) -> list[tuple[Sprite, float, float]]:
        """The lines with their places."""
        return [(line, self.x, self.y + LEADING * at) for at, line in enumerate(self.lines)]

    @property
    def box(self) -> Box:
        """Where it is painted."""
        first, *others = (ink_box(*spot) for spot in self.spots)
        for other in others:
            first = first.joined(other)
        return first.grown(3)

    def paint(self, brush: Brush, alpha: float = 1.0) -> None:
        """Paint all lines."""
        for sprite, x, y in self.spots:
            brush.sprite(sprite, x, y, alpha)

    @property
    def words(self) -> list[Word]:
        """The lines, for the layout check."""
        return [spelled(*spot) for spot in self.spots]
