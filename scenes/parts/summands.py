"""Bars of what the acting line works out: its summands first, one after the other, then the sum."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from itertools import accumulate

from scenes.brush import Brush, Word
from scenes.canvas import Element, Shown
from scenes.kinds.anatomy_clock import LEAP, AnatomyState
from scenes.kit import Kit, spelled
from scenes.lettering import Sprite
from scenes.parts.bench import Place, WorkedLine
from scenes.parts.figures import decimals_for, figure
from scenes.parts.pieces import Pieces
from scenes.parts.worksheet import Worksheet
from scenes.stage import FIGURE, SMALL, Box

HEADING, LEFT, RIGHT, THICK = 40.0, 62.0, 176.0, 30.0
KEPT, LEAST = 0.5, 2.0


@dataclass(frozen=True)
class Look:
    """Bars at a moment: the line, how far its summands have come and its sum, and the light."""

    place: Place
    grown: float
    solved: float
    light: float


class Bars:
    """The place and the scales of the bars; a row has one scale in all steps and coordinates."""

    def __init__(self, sheet: Worksheet, box: Box) -> None:
        self.sheet, self.kit, self.box = sheet, sheet.kit, box
        self.update = sheet.names.index("x")
        self.scales = [self._scale(row) for row in range(len(sheet.names))]
        self.decimals = [
            decimals_for(
                [self.total((step, row), index) for step in sheet.steps for index in (0, 1)]
            )
            for row in range(len(sheet.names))
        ]

    def track(self, index: int) -> Box:
        """Where the bar of a coordinate may lie."""
        room = (self.box.height - HEADING) / 2
        middle = self.box.top + HEADING + room * (index + 0.5)
        half = min(THICK, room - 8) / 2
        return Box(self.box.left + LEFT, middle - half, self.box.right - RIGHT, middle + half)

    def summands(self, place: Place, index: int) -> tuple[float, ...]:
        """What a line adds up; of the line that moves the point only its way counts."""
        step, row = place
        if row == self.update:
            return (self.total(place, index),)
        return self.sheet.worked[step][row][index].summands

    def total(self, place: Place, index: int) -> float:
        """What a line works out; for the line that moves the point, its way."""
        step, row = place
        run, name = self.sheet.run, self.sheet.names[row]
        if row == self.update:
            return float(run.points[step, index] - run.points[step - 1, index])
        values = run.gradients if name == "g" else run.terms[name]
        return float(values[step - 1, index])

    def _scale(self, row: int) -> tuple[float, float]:
        """The lowest and the highest number that a row's bars reach."""
        reached = [0.0]
        for step in self.sheet.steps:
            for index in (0, 1):
                reached += accumulate(self.summands((step, row), index))
                reached.append(self.total((step, row), index))
        low, high = min(reached), max(reached)
        return (low, high) if high > low else (0.0, 1.0)

    def at(self, row: int, track: Box, value: float) -> float:
        """The stage pixel of a number on a bar's track."""
        low, high = self.scales[row]
        return track.left + (value - low) / (high - low) * track.width

    def paint_ground(self, brush: Brush) -> None:
        """The tracks and the names of the coordinates."""
        for index in range(2):
            track = self.track(index)
            brush.panel(track, 5, self.kit.theme.surface)
            symbol = self.kit.lettering.math(f"x_{index + 1}", 34, self.kit.theme.muted, {})
            brush.write(symbol, self.box.left + 12, track.center[1] + 4)


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
        place, flown, solved, light = found
        if place[1] == self.bars.update:
            grown = state.leap if state.kind == LEAP else solved
            return Look(place, flown, grown if state.kind == LEAP else solved, light)
        return Look(place, flown, solved, light)

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
