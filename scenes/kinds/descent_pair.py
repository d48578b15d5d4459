"""A descent of two runs of one rule: two fields, one clock, the rule once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine import Trajectory
from engine.field import shade_of
from scenes.brush import Brush
from scenes.canvas import Canvas, Element, Pixels, Seen
from scenes.kit import Kit
from scenes.parts.arrange import Pair, Place, pair
from scenes.parts.bars import Bar, bar_scale, paint_bars_ground
from scenes.parts.charts import LossCurve, Scale
from scenes.parts.curves import on_scale
from scenes.parts.framing import numbered
from scenes.parts.highlight import Highlight
from scenes.parts.moving import on_field
from scenes.parts.panel import equations, rows_of
from scenes.parts.panes import Ended, held, paint_headings, paint_shared
from scenes.parts.readings import Readings
from scenes.parts.relief import Plot
from scenes.parts.scales import Scales, descent_scales
from scenes.parts.scenery import ground, paint_axes, paint_field
from scenes.parts.story import Counter, Legend, happening
from scenes.parts.track import Track
from scenes.shots import DescentShot
from scenes.state import HOLD, State


def side_by_side(kit: Kit, shot: DescentShot) -> Canvas[State]:
    """The picture of two panes: what differs stands large above each."""
    layout = pair(kit.stage)
    runs = [spec.trajectory for spec in shot.panes]
    kits = [
        kit.with_run(run).on(replace(layout.stage, field=place.field))
        for run, place in zip(runs, layout.panes, strict=True)
    ]
    plots = [
        numbered(own, own.run.points, place.heading.left)
        for own, place in zip(kits, layout.panes, strict=True)
    ]
    kits = [
        own.on(replace(own.stage, field=plot.box)) for own, plot in zip(kits, plots, strict=True)
    ]
    background = ground(kit.on(layout.stage), layout.plates)
    _paint_fields(kits, plots, background)
    brush = Brush(background, kit.scale)
    paint_headings(kits, shot.panes, [place.heading for place in layout.panes], brush)
    tracks = [Track(own, plot) for own, plot in zip(kits, plots, strict=True)]
    scales = descent_scales(tracks, shot.slow)
    elements: list[Element[State]] = []
    for track, place in zip(tracks, layout.panes, strict=True):
        own = track.kit
        paint_axes(own, track.plot, brush)
        moving = [
            *on_field(track, scales, shot.explained, small=True),
            *_charts(own, place, runs, brush),
        ]
        elements += [Seen(element, held(own.run)) for element in moving]
        elements.append(Seen(Ended(own, place), _over if place.late else held(own.run)))
    shared = kit.with_run(max(runs, key=lambda run: run.steps)).on(layout.stage)
    paint_shared(shared, runs, brush)
    elements += _shared(shared, layout, shot, scales)
    return Canvas(background, elements, kit.scale, brush.words)


def _paint_fields(kits: list[Kit], plots: list[Plot], pixels: Pixels) -> None:
    """The reliefs of the panes; where both are of one objective, a tone is one loss in both."""
    for kit, plot in zip(kits, plots, strict=True):
        objective = kit.run.objective
        views = [p.view for k, p in zip(kits, plots, strict=True) if k.run.objective == objective]
        low, high = np.min(views, axis=0)[:, 0].tolist(), np.max(views, axis=0)[:, 1].tolist()
        joined = ((low[0], high[0]), (low[1], high[1]))
        paint_field(kit, plot, pixels, shade_of(objective, joined))


def _charts(kit: Kit, place: Place, runs: list[Trajectory], brush: Brush) -> list[Element[State]]:
    """Bars and loss of a pane: on one scale in both where the numbers can be compared."""
    readings = Readings(kit.run)
    elements: list[Element[State]] = []
    if place.bars is not None:
        steps = bar_scale(runs)
        paint_bars_ground(kit, steps, place.bars, brush)
        elements += [Bar(kit, readings, steps, place.bars, index) for index in range(2)]
    if place.curve is not None:
        alike = [run for run in runs if run.objective == kit.run.objective]
        losses = Scale(on_scale(alike))
        curve = LossCurve(kit, place.curve, losses, max(run.steps for run in runs))
        curve.paint_ground(brush)
        elements.append(curve)
    return [*elements, Counter(kit, readings, "loss", place.loss, readings.loss_room)]


def _shared(kit: Kit, layout: Pair, shot: DescentShot, scales: Scales) -> list[Element[State]]:
    """The rule, what happens, what the arrows mean, and the steps made."""
    rows = rows_of(kit, shot.highlight, columns=False)
    legend = Legend(kit.on(replace(kit.stage, now=layout.legend)), scales)
    now, beside = kit.stage.now, layout.legend == kit.stage.now
    sentence = happening(kit, legend.left - 28 if beside else now.right, shot.slow)
    digits = 2 * len(str(kit.run.requested)) + 1
    return [
        Highlight(kit, rows),
        *equations(kit, rows),
        Seen(sentence, _running),
        legend,
        Counter(kit, Readings(kit.run), "step", layout.step, digits),
    ]


def _running(state: State) -> State | None:
    """The state until the end, which each pane tells of itself."""
    return None if state.kind == HOLD else state


def _over(state: State) -> State | None:
    """The state at the end."""
    return state if state.kind == HOLD else None
