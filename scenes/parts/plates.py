"""Plates behind terms: grounds of the terms' own colors, on which they can be read."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from scenes.canvas import Brush, Element
from scenes.palette import Theme, mixed, tint
from scenes.stage import Box

S = TypeVar("S")
CALLED, GLOW = 0.3, 0.7
"""The most of its color that the plate of a called term has; a highlighted one's, as a share."""

PAD, CORNER = 5.0, 7.0


def plate(theme: Theme, color: str, share: float = 1.0) -> str:
    """A plate as strong as it can be for a term of ``color`` to be read, or a ``share`` of that."""
    return mixed(color, theme.background, share * tint(color, theme.background, CALLED))


def paint_plate(brush: Brush, box: Box, color: str, light: float) -> None:
    """A plate of a color around the ``box`` of a term."""
    brush.panel(box.grown(PAD), CORNER, color, light)


class Plates(Element[S]):
    """The plates of highlighted terms of a row, ``light`` as bright as the row."""

    def __init__(
        self, theme: Theme, terms: Sequence[tuple[Box, str]], light: Callable[[S], float]
    ) -> None:
        """``terms`` are boxes and colors, at least one."""
        self.terms = [(box, plate(theme, color, GLOW)) for box, color in terms]
        self.light = light

    def key(self, state: S) -> Hashable:
        return self.light(state)

    def reach(self, state: S) -> Box | None:
        whole = self.terms[0][0]
        for box, _ in self.terms[1:]:
            whole = whole.joined(box)
        return whole.grown(PAD + 1)

    def paint(self, brush: Brush, state: S) -> None:
        for box, color in self.terms:
            paint_plate(brush, box, color, self.light(state))
