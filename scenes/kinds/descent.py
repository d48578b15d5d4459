"""The kind ``descent``: one run on its field, beside its rule, numbers and loss."""

from __future__ import annotations

from scenes.canvas import Brush, Canvas, Element
from scenes.kit import Kit
from scenes.parts.arrows import ArrowName, StepArrow
from scenes.parts.charts import Bar, LossCurve, Scale, paint_bars_ground
from scenes.parts.marks import GradientArrow, Path, Runner, Track
from scenes.parts.names import Labels, Names, Outside
from scenes.parts.panel import EquationRow, Highlight, Number, Row, paint_header, rows_of
from scenes.parts.readings import Readings
from scenes.parts.relief import Plot, plot_of
from scenes.parts.scenery import ground, paint_axes, paint_field, paint_titles
from scenes.parts.story import Counter, Legend, Now
from scenes.shots import DescentShot
from scenes.stage import Box
from scenes.state import State


def descent(kit: Kit, shot: DescentShot) -> Canvas[State]:
    """The picture of a descent: all that is still painted, all that moves standing ready."""
    readings = Readings(kit.run)
    plot = plot_of(kit.run.objective, kit.run.points, kit.stage.field)
    track = Track(kit, plot)
    names = Names(kit, track)
    rows = rows_of(kit)
    background = ground(kit)
    paint_field(kit, plot, background)
    brush = Brush(background, kit.scale)
    _paint_still(kit, plot, brush)
    elements = [
        *_on_field(names, track),
        *_in_panel(kit, readings, rows),
        *_below(kit, readings, rows[-1].box.bottom, brush),
    ]
    return Canvas(background, elements, kit.scale, brush.words)


def _paint_still(kit: Kit, plot: Plot, brush: Brush) -> None:
    paint_axes(kit, plot, brush)
    paint_titles(kit, brush)
    paint_header(kit, brush)


def _on_field(names: Names, track: Track) -> list[Element[State]]:
    """What moves on the field, from the bottom up."""
    gradient, step = GradientArrow(track), StepArrow(track)
    return [
        Path(track),
        Labels(names),
        step,
        gradient,
        Runner(track),
        Outside(names),
        ArrowName(names, gradient, step, "gradient"),
        ArrowName(names, gradient, step, "step"),
    ]


def _in_panel(kit: Kit, readings: Readings, rows: list[Row]) -> list[Element[State]]:
    """Highlight, equations and numbers."""
    elements: list[Element[State]] = [Highlight(kit, rows)]
    for index, row in enumerate(rows):
        elements.append(EquationRow(index, row))
        elements += [Number(kit, readings, index, row, coordinate) for coordinate in range(2)]
    return elements


def _below(kit: Kit, readings: Readings, top: float, brush: Brush) -> list[Element[State]]:
    """Bars, loss curve and counters, as far as the stage has room for them."""
    if not kit.stage.charts:
        panel = kit.stage.panel
        return _told(kit, readings, Box(panel.left, panel.bottom - 40, panel.right, panel.bottom))
    bars_box, curve_box = kit.stage.below(top)
    steps, curve = Scale(kit.run.effective, from_zero=True), LossCurve(kit, curve_box)
    paint_bars_ground(kit, steps, bars_box, brush)
    curve.paint_ground(brush)
    bars = [Bar(kit, readings, steps, bars_box, index) for index in range(2)]
    return [*bars, curve, *_told(kit, readings, curve_box)]


def _told(kit: Kit, readings: Readings, box: Box) -> list[Element[State]]:
    """What is said in words and counted."""
    legend = Legend(kit)
    return [
        Now(kit, legend.left - 28),
        legend,
        Counter(kit, readings, "loss", (box.right - 18, box.top + 24), 9),
        Counter(
            kit,
            readings,
            "step",
            (box.right - 268, box.top + 24),
            2 * len(str(kit.run.requested)) + 1,
        ),
    ]
