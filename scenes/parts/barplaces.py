"""Where the bars of an anatomy lie, and the numbers that they measure."""

from __future__ import annotations

from itertools import accumulate

from scenes.brush import Brush
from scenes.parts.bench import Place
from scenes.parts.figures import decimals_for
from scenes.parts.worksheet import Worksheet
from scenes.stage import Box

HEADING, LEFT, RIGHT, THICK = 40.0, 62.0, 176.0, 30.0


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
        return float(run.values_of(name)[step - 1, index])

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
