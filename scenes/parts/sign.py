"""A sign on the field: an equation or a word on a ground of its own."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from scenes.brush import Brush, Word
from scenes.canvas import Element
from scenes.lettering import Sprite
from scenes.parts.names import paint_lead, reaching
from scenes.parts.pieces import Pieces
from scenes.parts.places import Point
from scenes.stage import Box

PAD_X, PAD_Y, TALL = 9.0, 6.0, 38.0

S = TypeVar("S")


@dataclass(frozen=True, eq=False)
class Sign:
    """An equation or word on a dark ground; far from its mark, with a line to that."""

    text: Pieces | Sprite
    box: Box
    line: tuple[Point, Point] | None = None
    color: str = "#000000"

    @property
    def reach(self) -> Box:
        """Where it is painted."""
        return reaching(self.box, self.line)

    @property
    def word(self) -> Word:
        """What is read, in the box of its ground."""
        said = self.text.source if isinstance(self.text, Pieces) else self.text.text
        return Word(self.box, self.text.size, said)

    def paint(self, brush: Brush, ground: str, alpha: float) -> None:
        """Paint ground and text."""
        if alpha <= 0:
            return
        paint_lead(brush, self.line, ground, self.color, alpha)
        brush.panel(self.box, 8, ground, 0.8 * alpha)
        ink = self.text.ink
        x = self.box.left + PAD_X - ink[0]
        y = self.box.center[1] - (ink[1] + ink[3]) / 2
        if isinstance(self.text, Pieces):
            self.text.paint(brush, x, y, alpha)
        else:
            brush.sprite(self.text, x, y, alpha)


class SignOf(Element[S], Generic[S]):
    """A sign that ``view`` finds for a state, with its light; painted over all that is drawn."""

    def __init__(self, ground: str, view: Callable[[S], tuple[Sign | None, float]]) -> None:
        self.ground, self.view = ground, view

    def _shown(self, state: S) -> tuple[Sign | None, float]:
        sign, light = self.view(state)
        return (sign, light) if light > 0 else (None, 0.0)

    def key(self, state: S) -> Hashable:
        sign, light = self._shown(state)
        return id(sign), light

    def reach(self, state: S) -> Box | None:
        sign, _ = self._shown(state)
        return sign.reach if sign else None

    def paint(self, brush: Brush, state: S) -> None:
        sign, light = self._shown(state)
        if sign is not None:
            sign.paint(brush, self.ground, light)

    def words(self, state: S) -> list[Word]:
        sign, _ = self._shown(state)
        return [sign.word] if sign else []
