"""Bars of what the acting line works out: its summands first, one after the other, then the sum."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from scenes.anatomy_state import AnatomyState
from scenes.brush import Brush, Word
from scenes.canvas import Element, Shown
from scenes.kit import Kit, spelled
from scenes.lettering import Sprite
from scenes.parts.barplaces import Bars
from scenes.parts.bench import Place, WorkedLine
from scenes.parts.figures import figure
from scenes.parts.pieces import Pieces
from scenes.stage import FIGURE, SMALL, Box

KEPT, LEAST = 0.5, 2.0


@dataclass(frozen=True)
class Look:
    """Bars at a moment: the line, how far its summands have come and its sum, and the light."""

    place: Place
    grown: float
    solved: float
    light: float


class Heading(Element[AnatomyState]):
    """What the bars are: the letter of the acting line's result, or the step."""

    def __init__(self, bars: Bars, line: WorkedLine) -> None:
        self.bars, self.line = bars, line
        kit = bars.kit
        self.step = kit.text(kit.words["step"], SMALL, kit.theme.roles["step"])

    def _shown(self, state: AnatomyState) -> tuple[Pieces | Sprite, float] | None:
        look = self.line.look(state)
        if look is None:
            return None
        (_, row), flown, _, light = look
        sheet = self.bars.sheet
        text = self.step if row == self.bars.update else sheet.letters[row]
        return text, flown * light

    def _at(self) -> tuple[float, float]:
        return self.bars.box.left + 12, self.bars.box.top + 26

    def key(self, state: AnatomyState) -> Hashable:
        shown = self._shown(state)
        return shown and (id(shown[0]), shown[1])

    def _place(self, text: Pieces | Sprite) -> tuple[float, float]:
        x, y = self._at()
        if isinstance(text, Pieces):
            return x - text.ink[0], y - 9
        return x - text.ink[0], y

    def reach(self, state: AnatomyState) -> Box | None:
        words = self.words(state)
        return words[0].box.grown(3) if words else None

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        shown = self._shown(state)
        if shown is None:
            return
        text, alpha = shown
        if isinstance(text, Pieces):
            text.paint(brush, *self._place(text), alpha)
        else:
            brush.sprite(text, *self._place(text), alpha)

    def words(self, state: AnatomyState) -> list[Word]:
        shown = self._shown(state)
        if shown is None:
            return []
        text = shown[0]
        place = self._place(text)
        return [text.word(*place) if isinstance(text, Pieces) else spelled(text, *place)]


class SumBar(Element[AnatomyState]):
    """The bar of one coordinate: summands in strips from where the one before ends, then the sum.

    What the line keeps of a last number, its first summand, is paler than what it adds.
    """

    def __init__(self, bars: Bars, line: WorkedLine) -> None:
        self.bars, self.line, self.index = bars, line, line.coordinate
        self.kit: Kit = bars.kit
        self.track = bars.track(self.index)
        self._ways: dict[int, Sprite] = {}

    def look(self, state: AnatomyState) -> Look | None:
        """What is shown, None where nothing is."""
        found = self.line.look(state)
        if found is None:
            return None
        return Look(*found)

    def key(self, state: AnatomyState) -> Hashable:
        return self.look(state)

    def reach(self, state: AnatomyState) -> Box | None:
        if self.look(state) is None:
            return None
        box = self.bars.box
        return Box(self.track.left - 4, self.track.top - 4, box.right, self.track.bottom + 4)

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        look = self.look(state)
        if look is None:
            return
        row = look.place[1]
        zero = self.bars.at(row, self.track, 0.0)
        self._strips(brush, look, zero)
        if look.solved > 0:
            total = self.bars.at(row, self.track, self.bars.total(look.place, self.index))
            bar = _span(zero, total, self.track.top, self.track.bottom)
            brush.panel(bar, 5, self._color(row), look.solved * look.light)
        low = self.bars.scales[row][0]
        if low < 0:
            ends = [(zero, self.track.top - 3), (zero, self.track.bottom + 3)]
            brush.line(ends, 2, self.kit.theme.muted, look.light)
        self._number(brush, look)

    def _color(self, row: int) -> str:
        if row == self.bars.update:
            return self.kit.theme.roles["step"]
        return self.kit.role(self.bars.sheet.names[row])

    def _strips(self, brush: Brush, look: Look, zero: float) -> None:
        """The summands, each growing in its turn."""
        row = look.place[1]
        parts = self.bars.summands(look.place, self.index)
        light = look.light * (1 - look.solved)
        if len(parts) < 2 or light <= 0:
            return
        strip = self.track.height / len(parts)
        total, left = 0.0, zero
        for number, part in enumerate(parts):
            grown = min(max(look.grown * len(parts) - number, 0.0), 1.0)
            right = self.bars.at(row, self.track, total + grown * part)
            top = self.track.top + number * strip
            alpha = KEPT if number == 0 else 1.0
            if grown > 0:
                bar = _span(left, right, top + 1, top + strip - 1)
                brush.panel(bar, 3, self._color(row), alpha * light)
            total += part
            left = self.bars.at(row, self.track, total)

    def _text(self, look: Look) -> str:
        row = look.place[1]
        return figure(self.bars.total(look.place, self.index), self.bars.decimals[row])

    def _baseline(self) -> float:
        return self.track.center[1] + self.kit.figures.height / 2

    def _way(self, look: Look) -> tuple[Sprite, float, float]:
        """The number of the point's way, which is no number of the run's own."""
        step = look.place[0]
        if step not in self._ways:
            self._ways[step] = self.kit.text(self._text(look), FIGURE)
        sprite = self._ways[step]
        return sprite, self.bars.box.right - 18 - sprite.ink[2], self._baseline()

    def _number(self, brush: Brush, look: Look) -> None:
        if look.solved <= 0:
            return
        alpha = look.solved * look.light
        if look.place[1] == self.bars.update:
            sprite, x, y = self._way(look)
            brush.sprite(sprite, x, y, alpha)
            return
        right, color = self.bars.box.right - 18, self.kit.theme.text
        brush.figures(self._text(look), self.kit.figures, right, self._baseline(), color, alpha)

    def words(self, state: AnatomyState) -> list[Word]:
        look = self.look(state)
        if look is None or look.solved <= 0:
            return []
        if look.place[1] == self.bars.update:
            return [spelled(*self._way(look))]
        return [self.kit.counted(self._text(look), self.bars.box.right - 18, self._baseline())]

    def numbers(self, state: AnatomyState) -> list[Shown]:
        look = self.look(state)
        if look is None or look.solved <= 0 or look.place[1] == self.bars.update:
            return []
        step, row = look.place
        sheet = self.bars.sheet
        return [Shown(self._text(look), sheet.run, sheet.names[row], step, self.index)]


def _span(a: float, b: float, top: float, bottom: float) -> Box:
    """A bar between two places; one of no length is seen as a line."""
    left, right = sorted((a, b))
    return Box(left, top, max(right, left + LEAST), bottom)
