"""What moves on the field: the path and the point; and how an arrow is drawn."""

from __future__ import annotations

import math
from collections.abc import Hashable

from scenes.canvas import Brush, Element
from scenes.kit import within
from scenes.parts.places import Point, cut
from scenes.parts.track import Track
from scenes.stage import Box
from scenes.state import QUICK, State

PATH_WIDTH, OUTLINE = 4.0, 2.5
POINT_RADIUS = 11.0
DOT = 6.0
ARROW_WIDTH, HEAD = 5.0, 19.0


class Path(Element[State]):
    """The steps made, a dot at each; where it grows, only the newest step is painted.

    Where the run leaves the picture for good, the path ends.
    """

    def __init__(self, track: Track) -> None:
        self.track = track
        self.color = track.kit.theme.roles["point"]
        ends = enumerate(track.pixels[1:].tolist())
        self.parts = [track.piece(step, end, 40) for step, end in ends]

    def key(self, state: State) -> Hashable:
        return state.step

    def reach(self, state: State) -> Box | None:
        return self._box(0, state.step)

    def damage(self, before: State, after: State) -> list[Box]:
        low, high = sorted((before.step, after.step))
        if high - low > 40:
            low = 0
        boxes = (self._box(index, index + 1) for index in range(low, high))
        return [box for box in boxes if box is not None]

    def _box(self, first: int, last: int) -> Box | None:
        ends = [point for part in self.parts[first:last] if part for point in part]
        if not ends:
            return None
        x, y = zip(*ends, strict=True)
        return Box(min(x), min(y), max(x), max(y)).grown(10)

    def paint(self, brush: Brush, state: State) -> None:
        theme = self.track.kit.theme
        shown = self.parts[: state.step]
        with within(brush, self.track.field):
            for width, color, alpha in (
                (PATH_WIDTH + 2 * OUTLINE, theme.background, 0.55),
                (PATH_WIDTH, self.color, 1.0),
            ):
                for line in _runs(shown):
                    brush.line(line, width, color, alpha)
            for index in range(1, state.step + 1):
                if self.track.dots[index]:
                    x, y = self.track.pixels[index]
                    brush.disc(x, y, DOT, self.color)


def _runs(parts: list[tuple[Point, Point] | None]) -> list[list[Point]]:
    """Segments joined into polylines where one ends as the next begins."""
    lines: list[list[Point]] = []
    for part in parts:
        if part is None:
            continue
        if lines and lines[-1][-1] == part[0]:
            lines[-1].append(part[1])
        else:
            lines.append(list(part))
    return lines


class Runner(Element[State]):
    """The point on its way, with the piece of path behind it."""

    landmark = True

    def __init__(self, track: Track) -> None:
        self.track = track

    def _crossing(self, state: State) -> bool:
        """Whether the point darts through the picture from outside to outside."""
        if state.step >= self.track.gone:
            return True
        ends = self.track.pixels[state.step : state.step + 2].tolist()
        return state.kind == QUICK and not any(self.track.inside((x, y)) for x, y in ends)

    def key(self, state: State) -> Hashable:
        return state.step, state.moving

    def reach(self, state: State) -> Box | None:
        part = self.track.piece(state.step, self.track.now(state), 60)
        if part is None:
            return None
        (a, b), (c, d) = part
        return Box(min(a, c), min(b, d), max(a, c), max(b, d)).grown(POINT_RADIUS + 6)

    def paint(self, brush: Brush, state: State) -> None:
        theme = self.track.kit.theme
        color = theme.roles["point"]
        now = self.track.now(state)
        part = self.track.piece(state.step, now, 60)
        with within(brush, self.track.field.grown(3)):
            if part is not None and state.moving:
                brush.line(part, PATH_WIDTH + 2 * OUTLINE, theme.background, 0.55)
                brush.line(part, PATH_WIDTH, color)
            if self.track.inside(now) and not self._crossing(state):
                brush.disc(*now, POINT_RADIUS + 4, theme.background, 0.75)
                brush.disc(*now, POINT_RADIUS, color)
                brush.disc(*now, POINT_RADIUS * 0.38, theme.background)


def arrow(
    brush: Brush, tail: Point, tip: Point, color: str, under: str, *, open_head: bool = False
) -> None:
    """An arrow with an outline; a short one gets a smaller head.

    The gradient's head is open and the step's filled, so that color is not their only difference.
    """
    length = math.hypot(tip[0] - tail[0], tip[1] - tail[1])
    if length < 2:
        return
    ux, uy = (tip[0] - tail[0]) / length, (tip[1] - tail[1]) / length
    head = min(HEAD, 0.6 * length)
    neck = tip if open_head else (tip[0] - ux * head * 0.9, tip[1] - uy * head * 0.9)
    wing = head * 0.5
    brush.line([tail, neck], ARROW_WIDTH + 4, under, 0.6)
    corners = [
        tip,
        (tip[0] - ux * head - uy * wing, tip[1] - uy * head + ux * wing),
        (tip[0] - ux * head + uy * wing, tip[1] - uy * head - ux * wing),
    ]
    barbs = [corners[1], tip, corners[2]]
    brush.line(barbs if open_head else [*corners, tip], ARROW_WIDTH + 4, under, 0.6)
    brush.line([tail, neck], ARROW_WIDTH, color)
    if open_head:
        brush.line(barbs, ARROW_WIDTH, color)
    else:
        brush.polygon(corners, color)


def reaching(tail: Point, tip: Point, field: Box) -> Point:
    """The tip of an arrow, or a place on it outside the ``field`` where that is far away.

    There its head cannot be seen: an arrow that leaves the picture does not end at the border.
    """
    part = cut(tail, tip, field.grown(2 * HEAD))
    return part[1] if part else tip


def arrow_box(tail: Point, tip: Point) -> Box:
    """Where an arrow is painted."""
    left, right = sorted((tail[0], tip[0]))
    top, bottom = sorted((tail[1], tip[1]))
    return Box(left, top, right, bottom).grown(HEAD)
