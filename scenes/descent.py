"""The film kind ``descent``: one run on its field, beside its rule, numbers and loss."""

from __future__ import annotations

from scenes.arrows import ArrowName, StepArrow
from scenes.canvas import Brush, Canvas, Element
from scenes.charts import Bar, LossCurve, Scale, paint_bars_ground
from scenes.kit import Kit
from scenes.marks import GradientArrow, Path, Runner, Track
from scenes.names import Labels, Names, Outside
from scenes.panel import EquationRow, Highlight, Number, Row, paint_header, rows_of
from scenes.readings import Readings
from scenes.relief import Plot, plot_of
from scenes.scenery import ground, paint_axes, paint_field, paint_titles
from scenes.stage import FIELD, Box, below
from scenes.story import Counter, Legend, Now


def descent(kit: Kit) -> Canvas:
    """The picture of a descent: all that is still painted, all that moves standing ready."""
    readings = Readings(kit.run)
    plot = plot_of(kit.run.objective, kit.run.points, FIELD)
    track = Track(kit, plot)
    names = Names(kit, track)
    steps = Scale(kit.run.effective, from_zero=True)
    rows = rows_of(kit)
    bars_box, curve_box = below(rows[-1].box.bottom)
    curve = LossCurve(kit, curve_box)
    background = ground(kit)
    paint_field(kit, plot, background)
    brush = Brush(background, kit.scale)
    _paint_still(kit, plot, brush)
    paint_bars_ground(kit, steps, bars_box, brush)
    curve.paint_ground(brush)
    bars = [Bar(kit, readings, steps, bars_box, index) for index in range(2)]
    elements = [
        *_on_field(names, track),
        *_in_panel(kit, readings, rows),
        *bars,
        curve,
        *_told(kit, readings, curve_box),
    ]
    return Canvas(background, elements, kit.scale)


def _paint_still(kit: Kit, plot: Plot, brush: Brush) -> None:
    paint_axes(kit, plot, brush)
    paint_titles(kit, brush)
    paint_header(kit, brush)


def _on_field(names: Names, track: Track) -> list[Element]:
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


def _in_panel(kit: Kit, readings: Readings, rows: list[Row]) -> list[Element]:
    """Highlight, equations and numbers."""
    elements: list[Element] = [Highlight(kit, rows)]
    for index, row in enumerate(rows):
        elements.append(EquationRow(index, row))
        elements += [Number(kit, readings, index, row, coordinate) for coordinate in range(2)]
    return elements


def _told(kit: Kit, readings: Readings, box: Box) -> list[Element]:
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
