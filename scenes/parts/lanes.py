"""The racers on the field: their lines, their markers, and where they leave the picture."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np

from engine import Trajectory
from scenes.canvas import Brush, Element
from scenes.kit import Kit
from scenes.parts.looks import Look, paint_exit, paint_marker
from scenes.parts.relief import Plot
from scenes.parts.traces import Trace
from scenes.race_state import RaceState
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
        self.broke = run.stopped

    @property
    def left(self) -> int | None:
        """The step in which it left the field for good; None where it did not, or was never in."""
        last = self.trace.within[-1] if self.trace.within else len(self.pixels) - 1
        return None if last == len(self.pixels) - 1 else last + 1


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

    landmark = True

    def __init__(self, lane: Lane) -> None:
        self.lane = lane

    def _alpha(self, state: RaceState) -> float:
        return min(max(state.reveal - self.lane.index, 0.0), 1.0)

    def _crossed(self, state: RaceState) -> bool:
        broke = self.lane.broke
        return broke is not None and state.place >= broke

    def key(self, state: RaceState) -> Hashable:
        return self.lane.trace.at(state.place), self._alpha(state), self._crossed(state)

    def reach(self, state: RaceState) -> Box | None:
        x, y = self.lane.trace.at(state.place)
        if not self.lane.trace.shows(state.place) or not self._alpha(state):
            return None
        return Box(x, y, x, y).grown(HEAD * 1.5 + 6)

    def paint(self, brush: Brush, state: RaceState) -> None:
        at = self.lane.trace.at(state.place)
        if not self.lane.trace.shows(state.place) or not self._alpha(state):
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
        return self.lane.trace.exit(state.place)

    def reach(self, state: RaceState) -> Box | None:
        spot = self.lane.trace.exit(state.place)
        return None if spot is None else Box(*spot[0], *spot[0]).grown(EXIT + 8)

    def paint(self, brush: Brush, state: RaceState) -> None:
        spot = self.lane.trace.exit(state.place)
        if spot is not None:
            paint_exit(brush, self.lane.look, spot, EXIT)
