"""The effective step of each coordinate as a bar and a number."""

from __future__ import annotations

from collections.abc import Hashable

from scenes.canvas import Brush, Element, Shown, Word
from scenes.kit import Kit
from scenes.parts.charts import Scale
from scenes.parts.figures import figure
from scenes.parts.readings import Readings
from scenes.stage import SMALL, Box
from scenes.state import QUICK, State

BAR_LEFT, BAR_RIGHT, BAR_HEIGHT = 58.0, 170.0, 24.0


def paint_bars_ground(kit: Kit, scale: Scale, box: Box, brush: Brush) -> None:
    """Heading, names of the coordinates and the bars' tracks."""
    word = kit.words["effective_log" if scale.log else "effective"]
    brush.write(kit.text(word, SMALL, kit.theme.muted), box.left, box.top + 24)
    for index in range(2):
        middle = bar_middle(box, index)
        symbol = kit.lettering.math(f"x_{index + 1}", 34, kit.theme.text, {})
        brush.write(symbol, box.left, middle + 4)
        brush.panel(bar_track(box, index), 5, kit.theme.surface)


def bar_middle(box: Box, index: int) -> float:
    """The height at which bar ``index`` lies."""
    return box.top + 60 + 42 * index


def bar_track(box: Box, index: int) -> Box:
    """Where bar ``index`` may lie in the bars' box."""
    middle, half = bar_middle(box, index), BAR_HEIGHT / 2
    return Box(box.left + BAR_LEFT, middle - half, box.right - BAR_RIGHT, middle + half)


class Bar(Element[State]):
    """The effective step of one coordinate, as a bar and a number."""

    def __init__(self, kit: Kit, readings: Readings, scale: Scale, box: Box, index: int) -> None:
        self.kit, self.readings, self.scale, self.index = kit, readings, scale, index
        self.middle, self.track, self.right = (
            bar_middle(box, index),
            bar_track(box, index),
            box.right,
        )

    def _length(self, state: State) -> float:
        """The bar's share of its track, gliding from the last step's to the next one's: while its
        row acts or, where steps follow quickly, while the point moves.
        """
        step, update = state.step, self.readings.update
        if state.kind == QUICK:
            return self._between(step, state.moving)
        return self._between(step, state.turn if state.acting == update else state.fresh > update)

    def _between(self, step: int, share: float) -> float:
        """The share of its track between those after ``step`` steps and after the next."""
        steps = self.readings.run.effective[max(step - 1, 0) : step + 1, self.index].tolist()
        ends = [self.scale(value) for value in steps] if step else [0.0, *map(self.scale, steps)]
        return ends[0] + share * (ends[-1] - ends[0])

    def _text(self, state: State) -> str:
        now = self.readings.effective(state)
        return "–" if now is None else figure(float(now[self.index]))

    def key(self, state: State) -> Hashable:
        return round(self._length(state), 4), self._text(state)

    def reach(self, state: State) -> Box | None:
        return Box(self.track.left, self.middle - 16, self.right, self.middle + 16)

    def paint(self, brush: Brush, state: State) -> None:
        track = self.track
        width = self._length(state) * track.width
        if width > 0.5:
            bar = Box(track.left, track.top, track.left + width, track.bottom)
            brush.panel(bar, 5, self.kit.theme.roles["step"])
        font = self.kit.figures
        brush.figures(
            self._text(state),
            font,
            self.right - 18,
            self.middle + font.height / 2,
            self.kit.theme.text,
        )

    def words(self, state: State) -> list[Word]:
        font = self.kit.figures
        return [self.kit.counted(self._text(state), self.right - 18, self.middle + font.height / 2)]

    def numbers(self, state: State) -> list[Shown]:
        step = self.readings.step_of(self.readings.update, state)
        return [Shown(self._text(state), self.readings.run, "effective", step, self.index)]
