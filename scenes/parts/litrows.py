"""The rule's rows while they act: the acting one is lit, the others dim, both eased."""

from __future__ import annotations

from collections.abc import Collection, Hashable

from scenes.anatomy_state import AnatomyState
from scenes.brush import Brush, Word
from scenes.canvas import Element
from scenes.clock import smooth
from scenes.kit import spelled_bands
from scenes.palette import faint
from scenes.parts.panel import BREAK, dimmed
from scenes.parts.worksheet import Worksheet
from scenes.stage import Box
from scenes.state import GRADIENT, LINE, MOVE


class LitRow(Element[AnatomyState]):
    """One equation; its target comes to light with its result. Terms in ``highlight`` glow."""

    def __init__(self, sheet: Worksheet, index: int, highlight: Collection[str]) -> None:
        self.sheet, self.index = sheet, index
        self.row, self.pieces = sheet.rows[index], sheet.equations[index]
        self.theme = sheet.kit.theme
        labels = {name.replace("_", "-") for name in highlight}
        colors = [sheet.colors[label] for label, _ in self.pieces.parts]
        self.glows = [
            (self.pieces.spot(at, self.row.x, self.row.y), colors[at])
            for at, (label, _) in enumerate(self.pieces.parts)
            if label in labels
        ]
        self.dim = dimmed(sheet.kit, colors, [color for _, color in self.glows])
        self.waiting = faint(colors[0], self.theme.lit)

    def light(self, state: AnatomyState) -> float:
        """How bright the row is."""
        return self.lights(state)[0]

    def lights(self, state: AnatomyState) -> tuple[float, float]:
        """How bright the row is, and its target."""
        reveal = smooth(state.reveal - self.index)
        if state.kind == MOVE:
            moves = self.sheet.names[self.index] == "x"
            lit = 1.0 if moves else self.dim + (1 - self.dim) * smooth(state.moving * 2)
            return lit * reveal, lit * reveal
        if state.row is None:
            return reveal, reveal
        now = 1.0 if state.row == self.index else self.dim
        lit = self._before(state) + state.turn * (now - self._before(state))
        if state.row != self.index or state.kind not in (GRADIENT, LINE):
            return lit, lit
        return lit, min(lit, self.waiting + (1 - self.waiting) * state.solved(0))

    def _before(self, state: AnatomyState) -> float:
        """How bright the row was before the acting one came to light."""
        if state.row == 0:
            return 1.0
        return 1.0 if state.row is not None and state.row - 1 == self.index else self.dim

    def key(self, state: AnatomyState) -> Hashable:
        return self.lights(state)

    def reach(self, state: AnatomyState) -> Box | None:
        return self.pieces.box(self.row.x, self.row.y).grown(3)

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        whole, target = self.lights(state)
        for index, sprite in enumerate(self.pieces.sprites):
            brush.sprite(sprite, self.row.x, self.row.y, target if index == 0 else whole)

    def words(self, state: AnatomyState) -> list[Word]:
        whole, scale = self.pieces.word(self.row.x, self.row.y), self.sheet.kit.scale
        if BREAK not in self.pieces.source:
            return [whole]
        return spelled_bands(self.pieces.sprites, self.row.x, self.row.y, scale, whole)
