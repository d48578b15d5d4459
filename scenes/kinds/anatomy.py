"""The kind ``anatomy``: a few steps of a run, line by line, in numbers."""

from __future__ import annotations

from dataclasses import replace

from scenes.brush import Brush
from scenes.canvas import Canvas, Element, Seen
from scenes.kinds.anatomy_clock import AnatomyState
from scenes.kit import Kit
from scenes.parts.arrows import StepArrow
from scenes.parts.bench import Bench, Flights, WorkedLine
from scenes.parts.components import Component
from scenes.parts.litrows import LitRow
from scenes.parts.marks import GradientArrow, Path, Runner, Track
from scenes.parts.names import Labels, Names, Outside
from scenes.parts.panel import Highlight, Number, paint_header
from scenes.parts.quantities import AREAS, ARROWS, Gathered, Spread
from scenes.parts.readings import Readings
from scenes.parts.relief import Plot, plot_of
from scenes.parts.scenery import ground, paint_axes, paint_field, paint_titles
from scenes.parts.signs import Signs
from scenes.parts.worksheet import Worksheet, first_steps
from scenes.shots import AnatomyShot
from scenes.stage import GAP, Box, Stage


def anatomy(kit: Kit, shot: AnatomyShot) -> Canvas[AnatomyState]:
    """The picture of the shot: all that is still painted, all that moves standing ready."""
    kit = kit.with_run(first_steps(kit.run, max(shot.steps))).on(arranged(kit.stage))
    plot = plot_of(kit.run.objective, kit.run.points, kit.stage.field)
    sheet = Worksheet(kit, shot, columns=kit.stage.charts)
    background = ground(kit)
    paint_field(kit, plot, background)
    brush = Brush(background, kit.scale)
    _paint_still(kit, plot, brush)
    bench = Bench(sheet, bench_box(kit.stage, sheet.rows[-1].box.bottom))
    bench.paint_ground(brush)
    update = sheet.names.index("x")
    lines = [WorkedLine(bench, coordinate, update) for coordinate in (0, 1)]
    elements: list[Element[AnatomyState]] = [
        *_on_field(kit, sheet, plot),
        Seen(Highlight(kit, sheet.rows), AnatomyState.seen),
        *(Flights(line) for line in lines),
        *(LitRow(sheet, index, shot.highlight) for index in range(len(sheet.rows))),
        *_columns(kit, sheet),
        *lines,
    ]
    return Canvas(background, elements, kit.scale, brush.words)


def arranged(stage: Stage) -> Stage:
    """The stage with room for the bench: on the square the rule stands beside the field."""
    if not stage.charts:
        safe = stage.safe
        field = Box(stage.field.left, stage.field.top, 560, 566)
        now = Box(stage.now.left, 616, stage.now.right, 672)
        rule = Box(592, stage.field.top - 8, safe.right, 612)
        return replace(stage, field=field, now=now, equations=rule)
    space = stage.equations
    least = 0.9 * space.height if stage.width > stage.height else space.height - 60
    return replace(stage, equations=replace(space, bottom=space.top + least))


def bench_box(stage: Stage, rows_end: float) -> Box:
    """Where lines are worked out, under rows that end at ``rows_end``."""
    top = rows_end + GAP
    if not stage.charts:
        top = stage.now.bottom + GAP
    return Box(stage.panel.left, top, stage.panel.right, top + 180)


def _paint_still(kit: Kit, plot: Plot, brush: Brush) -> None:
    paint_axes(kit, plot, brush)
    paint_titles(kit, brush)
    if kit.stage.charts:
        paint_header(kit, brush)


def _on_field(kit: Kit, sheet: Worksheet, plot: Plot) -> list[Element[AnatomyState]]:
    """What moves on the field, from the bottom up."""
    track = Track(kit, plot)
    names = Names(kit, track)
    gradient, step = GradientArrow(track), StepArrow(track)
    signs = Signs(sheet, names, gradient, step)
    optimizer = kit.run.optimizer
    roles = {optimizer.role(name) for name in sheet.names}
    seen = AnatomyState.seen
    return [
        Seen(Path(track), seen),
        *(Spread(sheet, gradient, signs, role) for role in AREAS if role in roles),
        Seen(Labels(names), seen),
        *(Component(gradient, signs, coordinate) for coordinate in (0, 1)),
        Seen(gradient, seen),
        *(Gathered(sheet, gradient, signs, role) for role in ARROWS if role in roles),
        Seen(step, seen),
        Seen(Runner(track), seen),
        Seen(Outside(names), seen),
    ]


def _columns(kit: Kit, sheet: Worksheet) -> list[Element[AnatomyState]]:
    """The numbers beside the rows, where there is room for them."""
    if not sheet.columns:
        return []
    readings = Readings(kit.run)
    views = (lambda state: state.seen(0), lambda state: state.seen(1))
    return [
        Seen(Number(kit, readings, index, row, coordinate), views[coordinate])
        for index, row in enumerate(sheet.rows)
        for coordinate in (0, 1)
    ]
