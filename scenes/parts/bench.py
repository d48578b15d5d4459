"""The bench: numbers come out of the acting equation to their places, and are worked out there."""

from __future__ import annotations

from collections.abc import Hashable

from scenes.anatomy_state import LEAP, AnatomyState
from scenes.brush import Brush, Word
from scenes.canvas import Element, Shown
from scenes.clock import smooth
from scenes.parts.figures import MINUS
from scenes.parts.worksheet import Worksheet, Written, line_box
from scenes.stage import TEXT_LEAST, Box
from scenes.state import GRADIENT, HOLD, LINE, MOVE, QUICK

LABEL_ROOM = 104.0
RISE = 3.0

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

    def flight_from(self, row: int, line: Written) -> list[tuple[float, float] | None]:
        """For each part of a line the way to it from the equation, None where it has none."""
        pieces, place = self.sheet.equations[row], self.sheet.rows[row]
        terms: dict[str, list[Box]] = {}
        for at, (label, _) in enumerate(pieces.parts[2:], start=2):
            terms.setdefault(label, []).append(pieces.spot(at, place.x, place.y))
        ways: list[tuple[float, float] | None] = []
        count: dict[str, int] = {}
        for at, (label, _) in enumerate(line.pieces.parts):
            name = "x" if label in ("x1", "x2") else label
            found = terms.get(name, []) if 2 <= at < len(line.pieces.parts) - 2 else []
            if not found:
                ways.append(None)
                continue
            number = count.get(name, 0)
            count[name] = number + 1
            (a, b), (c, d) = (
                found[min(number, len(found) - 1)].center,
                line.pieces.spot(at, line.x, line.y).center,
            )
            ways.append((a - c, b - d))
        return ways


class WorkedLine(Element[AnatomyState]):
    """The line of one coordinate: the acting row's, after the one before has gone."""

    def __init__(self, bench: Bench, coordinate: int, update: int) -> None:
        self.bench, self.coordinate, self.update = bench, coordinate, update
        self.steps = bench.sheet.steps
        self._ways: dict[Place, list[tuple[float, float] | None]] = {}

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
        """Place, how far the numbers have flown, how far the result stands, and the light."""
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
        return line.pieces.box(line.x, line.y).grown(RISE + 4)

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        look = self.look(state)
        if look is None:
            return
        place, flown, solved, light = look
        line = self._line(place)
        pieces, last = line.pieces, len(line.pieces.parts) - 2
        ways = self.ways(place)
        for index, sprite in enumerate(pieces.sprites):
            flies = index < len(ways) and ways[index] is not None
            if flies and flown < 1:
                continue
            shown = solved if last <= index < last + 2 else flown
            drop = RISE * (1 - shown)
            brush.sprite(sprite, line.x, line.y + drop, shown * light)

    def ways(self, place: Place) -> list[tuple[float, float] | None]:
        """The ways of the line's parts, found once."""
        if place not in self._ways:
            self._ways[place] = self.bench.flight_from(place[1], self._line(place))
        return self._ways[place]

    def words(self, state: AnatomyState) -> list[Word]:
        look = self.look(state)
        if look is None:
            return []
        line = self._line(look[0])
        return [line.pieces.word(line.x, line.y)]

    def numbers(self, state: AnatomyState) -> list[Shown]:
        look = self.look(state)
        if look is None or look[2] < 1:
            return []
        (step, row), sheet = look[0], self.bench.sheet
        text = self._line(look[0]).substitution.result_text.replace("-", MINUS)
        return [Shown(text, sheet.run, sheet.names[row], step, self.coordinate)]


class Flights(Element[AnatomyState]):
    """The numbers of one coordinate on their way from the equation to the bench."""

    def __init__(self, line: WorkedLine) -> None:
        self.line = line

    def _flying(self, state: AnatomyState) -> tuple[Place, float] | None:
        look = self.line.look(state)
        if look is None or not 0 < look[1] < 1 or look[3] < 1:
            return None
        return look[0], look[1]

    def key(self, state: AnatomyState) -> Hashable:
        return self._flying(state)

    def reach(self, state: AnatomyState) -> Box | None:
        flying = self._flying(state)
        boxes = self._spots(flying) if flying else []
        if not boxes:
            return None
        whole = boxes[0]
        for box in boxes[1:]:
            whole = whole.joined(box)
        return whole.grown(4)

    def _spots(self, flying: tuple[Place, float]) -> list[Box]:
        place, flown = flying
        line = self.line.bench.line(place, self.line.coordinate)
        return [
            line.pieces.spot(index, line.x + (1 - flown) * way[0], line.y + (1 - flown) * way[1])
            for index, way in enumerate(self.line.ways(place))
            if way is not None
        ]

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        flying = self._flying(state)
        if flying is None:
            return
        place, flown = flying
        line = self.line.bench.line(place, self.line.coordinate)
        for index, way in enumerate(self.line.ways(place)):
            if way is not None:
                x, y = line.x + (1 - flown) * way[0], line.y + (1 - flown) * way[1]
                brush.sprite(line.pieces.parts[index][1], x, y, min(1.0, flown * 4))
