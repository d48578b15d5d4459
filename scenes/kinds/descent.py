"""The kind ``descent``: a run on its field beside its rule, numbers and loss; or two runs."""

from __future__ import annotations

from scenes.brush import Brush
from scenes.canvas import Canvas, Element
from scenes.kinds.descent_pair import side_by_side
from scenes.kit import Kit
from scenes.parts.arrange import single
from scenes.parts.bars import Bar, bar_scale, paint_bars_ground
from scenes.parts.charts import LossCurve
from scenes.parts.framing import framed, paint_frame
from scenes.parts.highlight import Highlight
from scenes.parts.moving import on_field
from scenes.parts.panel import Number, Row, equations, paint_header, rows_of
from scenes.parts.readings import USUAL, Readings
from scenes.parts.scales import Scales, descent_scales
from scenes.parts.scenery import (
    ground,
    paint_field,
    paint_listed,
    paint_titles,
)
from scenes.parts.story import Counter, Legend, happening
from scenes.parts.track import Track
from scenes.shots import DescentShot
from scenes.state import State

LISTED_COUNTERS = 46.0


def descent(kit: Kit, shot: DescentShot) -> Canvas[State]:
    """The picture of a descent: all that is still painted, all that moves standing ready."""
    if len(shot.panes) > 1:
        return side_by_side(kit, shot)
    kit = kit.on(single(kit.stage))
    readings = Readings(kit.run)
    kit, plot, formula = framed(kit, kit.run.points)
    track = Track(kit, plot)
    scales = descent_scales([track], shot.slow)
    rows = rows_of(kit, shot.highlight)
    background = ground(kit)
    paint_field(kit, plot, background)
    brush = Brush(background, kit.scale)
    _paint_still(kit, brush)
    paint_frame(kit, plot, formula, brush)
    elements = [
        *on_field(track, scales, shot.explained, small=not kit.stage.charts),
        *_in_panel(kit, readings, rows),
        *_told(kit, shot, scales),
        *_below(kit, readings, rows[-1].box.bottom, brush),
    ]
    return Canvas(background, elements, kit.scale, brush.words)


def _paint_still(kit: Kit, brush: Brush) -> None:
    if kit.stage.charts:
        paint_titles(kit, brush)
    else:
        paint_listed(kit, brush)
    paint_header(kit, brush)


def _in_panel(kit: Kit, readings: Readings, rows: list[Row]) -> list[Element[State]]:
    """Highlight, equations and numbers."""
    return [
        Highlight(kit, rows),
        *equations(kit, rows),
        *(
            Number(kit, readings, index, row, coordinate)
            for index, row in enumerate(rows)
            for coordinate in range(2)
        ),
    ]


def _told(kit: Kit, shot: DescentShot, scales: Scales) -> list[Element[State]]:
    """What happens, and what the arrows mean."""
    legend = Legend(kit, scales)
    return [happening(kit, legend.left - 28, shot.slow), legend]


def _below(kit: Kit, readings: Readings, top: float, brush: Brush) -> list[Element[State]]:
    """Bars, loss curve and counters, as far as the stage has room for them."""
    digits = 2 * len(str(kit.run.requested)) + 1
    if not kit.stage.charts:
        right, bottom = kit.stage.title.right, kit.stage.field.bottom
        return [
            Counter(kit, readings, "step", (right, bottom - 6 - LISTED_COUNTERS), digits),
            Counter(kit, readings, "loss", (right, bottom - 6), readings.loss_room),
        ]
    bars_box, curve_box = kit.stage.below(top)
    steps, curve = bar_scale([kit.run]), LossCurve(kit, curve_box)
    paint_bars_ground(kit, steps, bars_box, brush)
    curve.paint_ground(brush)
    right, baseline = curve_box.right, curve_box.top + 24
    more = (readings.loss_room - USUAL) * kit.figures.advance / kit.scale
    return [
        *(Bar(kit, readings, steps, bars_box, index) for index in range(2)),
        curve,
        Counter(kit, readings, "loss", (right - 18, baseline), readings.loss_room),
        Counter(kit, readings, "step", (right - 268 - more, baseline), digits),
    ]
