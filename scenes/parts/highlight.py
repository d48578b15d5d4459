"""The bar behind the line that acts."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from scenes.canvas import Brush, Element
from scenes.clock import smooth
from scenes.kit import Kit
from scenes.palette import LIT
from scenes.parts.panel import Row
from scenes.stage import Box
from scenes.state import MOVE, State


class Highlight(Element[State]):
    """The bar behind the line that acts; it glides from line to line."""

    def __init__(self, kit: Kit, rows: Sequence[Row], update: int = -1) -> None:
        """``update`` is the row that moves the point, by default the last."""
        self.kit, self.rows, self.update = kit, rows, update

    def _bar(self, state: State) -> tuple[Box, float] | None:
        if state.kind == MOVE:
            alpha = 1 - smooth(state.moving * 4)
            return (self.rows[self.update].box, alpha) if alpha > 0.01 else None
        if state.acting is None:
            return None
        box = self.rows[state.acting].box
        if state.acting == 0:
            return box, state.turn
        before, u = self.rows[state.acting - 1].box, state.turn
        top, bottom = (
            a + u * (b - a) for a, b in ((before.top, box.top), (before.bottom, box.bottom))
        )
        return Box(box.left, top, box.right, bottom), 1.0

    def key(self, state: State) -> Hashable:
        return self._bar(state)

    def reach(self, state: State) -> Box | None:
        bar = self._bar(state)
        return bar[0] if bar else None

    def paint(self, brush: Brush, state: State) -> None:
        bar = self._bar(state)
        if bar:
            box, alpha = bar
            brush.panel(box, 12, self.kit.theme.accent, LIT * alpha)
            side = Box(box.left, box.top + 8, box.left + 6, box.bottom - 8)
            brush.panel(side, 3, self.kit.theme.accent, alpha)
