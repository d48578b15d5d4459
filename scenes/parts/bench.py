"""The bench: the acting equation in numbers, whose terms glow as their numbers come, worked out."""

from __future__ import annotations

from collections.abc import Hashable

from scenes.anatomy_state import LEAP, AnatomyState
from scenes.brush import Brush, Word
from scenes.canvas import Element, Shown
from scenes.clock import smooth
from scenes.parts.arrivals import NEAR, Arrival, arrivals
from scenes.parts.figures import MINUS
from scenes.parts.plates import PAD, paint_plate, plate
from scenes.parts.worksheet import Worksheet, Written, line_box
from scenes.stage import TEXT_LEAST, Box
from scenes.state import GRADIENT, HOLD, LINE, MOVE, QUICK

LABEL_ROOM = 104.0
RISE = 3.0
GONE = 0.05
"""A line that is fainter is hardly there."""

Place = tuple[int, int]


class Bench:
    """The box of the lines in numbers, with a heading for each coordinate."""

    def __init__(self, sheet: Worksheet, box: Box) -> None:
        self.sheet, self.box = sheet, box
        self.lines = Box(box.left + LABEL_ROOM, box.top, box.right - 12, box.bottom)
        self._written: dict[int, list[tuple[Written, Written]]] = {}
        words, theme = sheet.kit.words["anatomy_coordinate"], sheet.kit.theme
        self.headings = [
            sheet.kit.text(words.format(number=number), TEXT_LEAST, theme.muted)
            for number in (1, 2)
        ]

    def line(self, place: Place, coordinate: int) -> Written:
        """The line of a step and row; a step's lines are set when it is come to."""
        step, row = place
        if step not in self._written:
            self._written[step] = self.sheet.written(step, self.lines)
        return self._written[step][row][coordinate]

    def paint_ground(self, brush: Brush) -> None:
        """The two bands and their headings."""
        theme = self.sheet.kit.theme
        for index, heading in enumerate(self.headings):
            band = line_box(self.box, index)
            brush.panel(band, 12, theme.surface)
            brush.write(heading, band.left + 14 - heading.ink[0], band.center[1] + 8)

    def arrivals(self, row: int, line: Written) -> list[Arrival]:
        """How the numbers of a line come, out of the equation of its row."""
        sheet = self.sheet
        at = (sheet.rows[row].x, sheet.rows[row].y)
        equation, to = sheet.equations[row], (line.x, line.y)
        return arrivals(equation, at, line.pieces, to, sheet.kit.scale)


class WorkedLine(Element[AnatomyState]):
    """The line of one coordinate: the acting row's, after the one before has gone."""

    def __init__(self, bench: Bench, coordinate: int, update: int) -> None:
        self.bench, self.coordinate, self.update = bench, coordinate, update
        self.steps = bench.sheet.steps
        self._arrivals: dict[Place, list[Arrival]] = {}

    def places(self, state: AnatomyState) -> tuple[Place | None, float]:
        """The line that stands or comes, by step and row, and how far it is from being gone.

        Above 0 it comes and stands; below 0 it is the last one, on its way out.
        """
        if state.kind in (GRADIENT, LINE):
            if state.flight(0) > 0:
                return (state.step + 1, state.row or 0), 1.0
            before = (state.step + 1, state.row - 1) if state.row else (state.step, self.update)
            if not state.row and state.step not in self.steps:
                return None, 0.0
            return before, -(1 - state.turn)
        if state.kind in (LEAP, MOVE):
            return (state.step + 1, self.update), 1.0
        if state.kind == HOLD and state.step in self.steps:
            return (state.step, self.update), 1.0
        if state.kind == QUICK and state.step in self.steps:
            return (state.step, self.update), -(1 - smooth(state.moving * 3))
        return None, 0.0

    def look(self, state: AnatomyState) -> tuple[Place, float, float, float] | None:
        """Place, how far the numbers have come, how far the result stands, and the light."""
        place, light = self.places(state)
        if place is None or light == 0:
            return None
        if light < 0:
            return place, 1.0, 1.0, -light
        acting = state.kind in (GRADIENT, LINE)
        flown = state.flight(self.coordinate) if acting else 1.0
        solved = state.solved(self.coordinate) if acting else 1.0
        return (place, flown, solved, 1.0) if flown > 0 else None

    def _line(self, place: Place) -> Written:
        return self.bench.line(place, self.coordinate)

    def key(self, state: AnatomyState) -> Hashable:
        return self.look(state)

    def reach(self, state: AnatomyState) -> Box | None:
        look = self.look(state)
        if look is None:
            return None
        line = self._line(look[0])
        return line.pieces.box(line.x, line.y).grown(NEAR + 4)

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        look = self.look(state)
        if look is None:
            return
        place, flown, solved, light = look
        line = self._line(place)
        last = len(line.pieces.parts) - 2
        coming = {arrival.part: arrival for arrival in self.arrivals(place)}
        for index, sprite in enumerate(line.pieces.sprites):
            shown, off = flown, (0.0, 0.0)
            if index in coming:
                shown, off = coming[index].share(flown), coming[index].way
            elif last <= index < last + 2:
                shown, off = solved, (0.0, RISE)
            x, y = line.x + (1 - shown) * off[0], line.y + (1 - shown) * off[1]
            if shown > 0:
                brush.sprite(sprite, x, y, shown * light)

    def arrivals(self, place: Place) -> list[Arrival]:
        """How the line's numbers come, found once."""
        if place not in self._arrivals:
            self._arrivals[place] = self.bench.arrivals(place[1], self._line(place))
        return self._arrivals[place]

    def words(self, state: AnatomyState) -> list[Word]:
        look = self.look(state)
        if look is None:
            return []
        line = self._line(look[0])
        return [line.pieces.word(line.x, line.y)]

    def numbers(self, state: AnatomyState) -> list[Shown]:
        look = self.look(state)
        if look is None or look[2] < 1 or look[3] < GONE:
            return []
        (step, row), sheet = look[0], self.bench.sheet
        text = self._line(look[0]).substitution.result_text.replace("-", MINUS)
        name = sheet.names[row]
        return [Shown(text, sheet.run, name, step, self.coordinate, worked=True)]


class Called(Element[AnatomyState]):
    """Plates behind the terms of the acting equation whose numbers come to one coordinate's line.

    Each comes to light with its number; they go when the result comes. They lie over the weaker
    plates of highlighted terms.
    """

    def __init__(self, line: WorkedLine) -> None:
        self.line = line
        self.theme, self.colors = line.bench.sheet.kit.theme, line.bench.sheet.colors

    def lights(self, state: AnatomyState) -> dict[Box, tuple[str, float]]:
        """The boxes of the terms that are called, each with its label and how bright it is."""
        look = self.line.look(state)
        if look is None or look[3] < 1 or look[2] >= 1:
            return {}
        place, flown, solved, _ = look
        lights: dict[Box, tuple[str, float]] = {}
        for arrival in self.line.arrivals(place):
            light = arrival.share(flown) * (1 - solved)
            if light > lights.get(arrival.term, ("", 0.0))[1]:
                lights[arrival.term] = arrival.label, light
        return lights

    def key(self, state: AnatomyState) -> Hashable:
        return tuple(self.lights(state).items())

    def reach(self, state: AnatomyState) -> Box | None:
        boxes = list(self.lights(state))
        if not boxes:
            return None
        whole = boxes[0]
        for box in boxes[1:]:
            whole = whole.joined(box)
        return whole.grown(PAD + 1)

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        for box, (label, light) in self.lights(state).items():
            paint_plate(brush, box, plate(self.theme, self.colors[label]), light)
