"""The losses of several runs in one chart, with one playhead."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from engine import Trajectory
from scenes.canvas import Brush, Element
from scenes.kit import Kit
from scenes.parts.charts import LossAxes, Scale
from scenes.parts.looks import Look, paint_exit, paint_marker
from scenes.parts.places import Point
from scenes.parts.standings import steady
from scenes.parts.traces import Trace
from scenes.race_state import RaceState
from scenes.stage import Box

HEAD, SPACING = 7.0, 96.0
EXIT, CLIMB = 22.0, 100.0


class Chart:
    """The axes for all runs, and each run's curve.

    The scale is that of the runs that descend, and a little more where others climb; where a curve
    leaves it, an angle says so. ``level`` is the loss of the goal.
    """

    def __init__(
        self,
        kit: Kit,
        box: Box,
        runs: Sequence[Trajectory],
        looks: Sequence[Look],
        level: float | None = None,
    ) -> None:
        self.kit, self.runs, self.level = kit, tuple(runs), level
        self.scale = Scale(on_scale(runs))
        steps = max(run.requested for run in runs)
        self.axes = LossAxes(kit, box, self.scale, steps)
        self.plot = self.axes.plot
        self.curves = [
            Trace(
                self.axes.points(run.losses),
                self.plot.grown(1),
                look,
                kit.scale,
                SPACING,
                index / len(runs),
            )
            for index, (run, look) in enumerate(zip(runs, looks, strict=True))
        ]

    def paint(self, brush: Brush) -> None:
        """The axes, and the level of the goal where it is on the scale."""
        share = None if self.level is None else float(self.scale.shares(np.array(self.level)))
        if share is None or not 0 < share < 1:
            self.axes.paint(brush)
            return
        self.axes.paint(brush, self.kit.words["race_chart_goal"])
        plot, y = self.plot, self.plot.bottom - share * self.plot.height
        brush.line([(plot.left, y), (plot.right, y)], 3, self.kit.theme.accent, 0.8)


def on_scale(runs: Sequence[Trajectory]) -> NDArray[np.float64]:
    """The losses for which a common scale has room: those of the steady runs, and of the others
    what is at most a hundred times as large.
    """
    kept = np.concatenate([run.losses for run in runs if steady(run)] or [r.losses for r in runs])
    others = np.concatenate([run.losses for run in runs])
    return np.concatenate([kept, others[np.abs(others) / CLIMB <= np.abs(kept).max()]])


class Curve(Element[RaceState]):
    """One run's loss so far."""

    def __init__(self, chart: Chart, index: int) -> None:
        self.chart, self.run, self.trace = chart, chart.runs[index], chart.curves[index]
        self._last = len(self.trace.points) - 1

    def key(self, state: RaceState) -> Hashable:
        return min(state.place, self._last)

    def reach(self, state: RaceState) -> Box | None:
        return self.trace.box if state.place else None

    def damage(self, before: RaceState, after: RaceState) -> list[Box]:
        return [self.trace.reach(before.place, after.place)]

    def paint(self, brush: Brush, state: RaceState) -> None:
        self.trace.paint(brush, state.place)


class Playhead(Element[RaceState]):
    """The common clock as an upright line, and the runs' markers on it."""

    def __init__(self, chart: Chart, steps: int) -> None:
        self.chart, self.steps = chart, steps

    def _x(self, state: RaceState) -> float:
        plot = self.chart.plot
        return plot.left + plot.width * state.place / self.steps

    def key(self, state: RaceState) -> Hashable:
        return state.place, state.reveal if state.place == 0 else 0

    def reach(self, state: RaceState) -> Box | None:
        return self.chart.plot.grown(HEAD * 1.5 + 8)

    def damage(self, before: RaceState, after: RaceState) -> list[Box]:
        plot, boxes = self.chart.plot, []
        for state in (before, after):
            x = self._x(state)
            boxes.append(Box(x - 3, plot.top - 10, x + 3, plot.bottom + 2))
        for curve in self.chart.curves:
            spots = [_spot(curve, state.place) for state in (before, after)]
            if spots[0] != spots[1] or before.reveal != after.reveal:
                boxes += [Box(*at, *at).grown(EXIT + 6) for at in spots]
        return boxes

    def paint(self, brush: Brush, state: RaceState) -> None:
        theme, plot, x = self.chart.kit.theme, self.chart.plot, self._x(state)
        brush.line([(x, plot.top - 8), (x, plot.bottom)], 2, theme.muted, 0.7)
        for index, curve in enumerate(self.chart.curves):
            alpha = min(max(state.reveal - index, 0.0), 1.0)
            gone = curve.exit(state.place)
            if gone is not None and alpha:
                paint_exit(brush, curve.look, gone, EXIT)
            elif alpha:
                paint_marker(brush, curve.look, curve.at(state.place), HEAD, alpha)


def _spot(curve: Trace, place: float) -> Point:
    """Where a run's marker stands, or where its curve has left the plot."""
    gone = curve.exit(place)
    return gone[0] if gone else curve.at(place)
