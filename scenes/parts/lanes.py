"""The racers on the field: their lines, their markers, and where they leave the picture."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Hashable

import numpy as np

from engine import Trajectory
from scenes.canvas import Brush, Element
from scenes.kinds.race_clock import RaceState
from scenes.kit import Kit
from scenes.parts.places import Point, cut
from scenes.parts.relief import Plot
from scenes.parts.standings import broke_at
from scenes.parts.traces import Look, Trace, outline, paint_marker
from scenes.stage import Box

HEAD, SPACING = 10.0, 26.0
FAR = 1e150
EXIT = 26.0


class Lane:
    """One racer on the field."""

    def __init__(self, kit: Kit, plot: Plot, run: Trajectory, look: Look, index: int) -> None:
        self.kit, self.run, self.look, self.index = kit, run, look, index
        self.field = plot.box
        self.pixels = plot.at(np.clip(run.points, -FAR, FAR))
        self.trace = Trace(self.pixels, plot.box, look, kit.scale, SPACING)
        self.within = [
            step for step, (x, y) in enumerate(self.pixels.tolist()) if self.trace.holds((x, y))
        ]
        self.broke = broke_at(run)

    def exit(self, place: float) -> tuple[Point, Point] | None:
        """Where the racer last left the field, and in which direction, while it is outside."""
        x, y = self.trace.at(place)
        if self.trace.holds((x, y)):
            return None
        known = bisect_right(self.within, min(place, len(self.pixels) - 1))
        if not known:
            box = self.field
            border = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
            return border, _unit(x - border[0], y - border[1])
        start = self.pixels[self.within[known - 1]].tolist()
        end = self.pixels[self.within[known - 1] + 1].tolist()
        part = cut(start, end, self.field)
        tip = part[1] if part else (start[0], start[1])
        return tip, _unit(end[0] - start[0], end[1] - start[1])

    @property
    def left(self) -> int | None:
        """The step in which it left the field for good, None where it did not."""
        last = self.within[-1] if self.within else 0
        return None if last == len(self.pixels) - 1 else last + 1


def _unit(u: float, v: float) -> Point:
    """The direction of (u, v)."""
    size = math.hypot(u, v) or 1.0
    return u / size, v / size


class Trail(Element[RaceState]):
    """The line of a racer as far as it has come."""

    def __init__(self, lane: Lane) -> None:
        self.lane, self.trace = lane, lane.trace
        self._last = len(lane.pixels) - 1

    def key(self, state: RaceState) -> Hashable:
        return min(state.place, self._last)

    def reach(self, state: RaceState) -> Box | None:
        return self.lane.field if state.place else None

    def damage(self, before: RaceState, after: RaceState) -> list[Box]:
        return [self.trace.reach(before.place, after.place)]

    def paint(self, brush: Brush, state: RaceState) -> None:
        self.trace.paint(brush, state.place)


class Head(Element[RaceState]):
    """The racer's marker; crossed out where the run has stopped in the picture."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane

    def _alpha(self, state: RaceState) -> float:
        return min(max(state.reveal - self.lane.index, 0.0), 1.0)

    def _crossed(self, state: RaceState) -> bool:
        broke = self.lane.broke
        return broke is not None and state.place >= min(broke, self.lane.run.requested)

    def key(self, state: RaceState) -> Hashable:
        return self.lane.trace.at(state.place), self._alpha(state), self._crossed(state)

    def reach(self, state: RaceState) -> Box | None:
        x, y = self.lane.trace.at(state.place)
        if not self.lane.trace.holds((x, y)) or not self._alpha(state):
            return None
        return Box(x, y, x, y).grown(HEAD * 1.5 + 6)

    def paint(self, brush: Brush, state: RaceState) -> None:
        at = self.lane.trace.at(state.place)
        if not self.lane.trace.holds(at) or not self._alpha(state):
            return
        paint_marker(brush, self.lane.look, at, HEAD, self._alpha(state))
        if self._crossed(state):
            (x, y), arm, look = at, 0.9 * HEAD, self.lane.look
            for way in (1, -1):
                ends = [(x - arm, y - way * arm), (x + arm, y + way * arm)]
                brush.line(ends, 8, look.color)
                brush.line(ends, 4, look.ground)


class Exit(Element[RaceState]):
    """An arrowhead at the border where the racer has left the picture."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane

    def key(self, state: RaceState) -> Hashable:
        return self.lane.exit(state.place)

    def reach(self, state: RaceState) -> Box | None:
        spot = self.lane.exit(state.place)
        return None if spot is None else Box(*spot[0], *spot[0]).grown(EXIT + 8)

    def paint(self, brush: Brush, state: RaceState) -> None:
        spot = self.lane.exit(state.place)
        if spot is None:
            return
        (x, y), (u, v) = spot
        half = 0.55 * EXIT
        corners = [
            (x, y),
            (x - EXIT * u - half * v, y - EXIT * v + half * u),
            (x - EXIT * u + half * v, y - EXIT * v - half * u),
        ]
        look = self.lane.look
        brush.line([*corners, corners[0]], 6, look.ground, 0.8)
        brush.polygon(corners, look.color)
        middle = x - 0.66 * EXIT * u, y - 0.66 * EXIT * v
        inner = outline(look.marker, *middle, 4.0)
        if inner:
            brush.polygon(inner, look.ground)
        else:
            brush.disc(*middle, 4.0, look.ground)
