"""The kind ``anatomy``: a few steps of a run, line by line, in numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import product

import numpy as np

from scenes.anatomy_state import AnatomyState
from scenes.brush import Brush
from scenes.canvas import Canvas, Element, Seen
from scenes.kit import Kit
from scenes.parts.arrows import StepArrow
from scenes.parts.barplaces import Bars
from scenes.parts.bench import Bench, Called, WorkedLine
from scenes.parts.beside import Beside, GhostPath, GhostStep
from scenes.parts.compared import HEADING, ROW, Steps
from scenes.parts.components import Component
from scenes.parts.framing import framed, paint_frame
from scenes.parts.gradients import GradientArrow, arrows_of
from scenes.parts.highlight import Highlight
from scenes.parts.litrows import LitRow
from scenes.parts.marks import Path, Runner
from scenes.parts.measured import Measure
from scenes.parts.moving import over, under
from scenes.parts.names import Labels, Names
from scenes.parts.outside import Outside
from scenes.parts.panel import Number, paint_header
from scenes.parts.places import Point
from scenes.parts.plates import Plates
from scenes.parts.quantities import AREAS, ARROWS, Gathered, Spread
from scenes.parts.readings import Readings
from scenes.parts.scenery import ground, paint_field, paint_titles
from scenes.parts.sign import Sign, SignOf
from scenes.parts.signs import Signs, spots
from scenes.parts.story import Legend
from scenes.parts.summands import Heading, SumBar
from scenes.parts.telling import gradient_sign, step_sign, telling
from scenes.parts.track import Track
from scenes.parts.worksheet import Worksheet, first_steps
from scenes.shots import AnatomyShot
from scenes.stage import GAP, Box, Stage
from scenes.state import LINE, State

BARS, LIFT = 250.0, 110.0
"""The most that the bars are high; and by how much the tall stage's field is less so for them."""


def anatomy(kit: Kit, shot: AnatomyShot) -> Canvas[AnatomyState]:
    """The picture of the shot: all that is still painted, all that moves standing ready."""
    run = kit.run
    kit = kit.with_run(first_steps(run, max(shot.steps))).on(arranged(kit.stage))
    other = shot.without and first_steps(shot.without.trajectory, max(shot.steps))
    points = [kit.run.points, *([other.points] if other else [])]
    kit, plot, formula = framed(kit, np.concatenate(points))
    sheet = Worksheet(kit, shot, columns=kit.stage.charts)
    measure = Measure(Track(kit, plot), sheet.steps)
    track, step = measure.track, StepArrow(measure.track, measure.scales)
    label = shot.without.label or other.optimizer.title if shot.without and other else ""
    beside = Beside(kit, track, other, label, step, sheet.first) if other else None
    background = ground(kit)
    paint_field(kit, plot, background)
    brush = Brush(background, kit.scale)
    _paint_still(kit, brush)
    paint_frame(kit, plot, formula, brush)
    legend = Legend(kit, measure.scales)
    elements: list[Element[AnatomyState]] = [
        *_on_field(kit, sheet, measure, step, beside),
        *_in_panel(kit, sheet, shot, beside, brush),
        telling(kit, sheet, run, legend.left - 28),
        Seen(legend, AnatomyState.seen),
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
    space, field, now = stage.equations, stage.field, stage.now
    if stage.width > stage.height:
        return replace(stage, equations=replace(space, bottom=space.top + 0.9 * space.height))
    return replace(
        stage,
        field=replace(field, bottom=field.bottom - LIFT),
        now=replace(now, top=now.top - LIFT, bottom=now.bottom - LIFT),
        equations=replace(space, top=space.top - LIFT, bottom=space.bottom - LIFT),
    )


def steps_height(stage: Stage) -> float:
    """The room for two steps in numbers."""
    return 2 * ROW + (0.0 if stage.charts else HEADING)


def bench_box(stage: Stage, rows_end: float, *, beside: bool) -> Box:
    """Where lines are worked out, under rows that end at ``rows_end``."""
    panel = stage.panel
    top = rows_end + GAP
    room = panel.bottom - steps_height(stage) * beside - top
    height = min(max(0.4 * room, 180.0), 230.0)
    if not stage.charts:
        top = stage.now.bottom + GAP
        height = min(panel.bottom - steps_height(stage) * beside - GAP - top, 260.0)
    return Box(panel.left, top, panel.right, top + height)


def avoided(arrows: Iterable[GradientArrow], steps: Sequence[int]) -> list[Point]:
    """Points on the arrows of the steps taken apart and on their components."""
    points = []
    for arrow, step in product(arrows, steps):
        ends = arrow.ends(State(LINE, step - 1, gradient=1.0))
        if ends is not None:
            (a, b), (c, d) = ends
            for tip in ((c, b), (a, d), (c, d)):
                points += spots(((a, b), tip))
    return points


def _paint_still(kit: Kit, brush: Brush) -> None:
    paint_titles(kit, brush)
    if kit.stage.charts:
        paint_header(kit, brush)


def _on_field(
    kit: Kit, sheet: Worksheet, measure: Measure, step: StepArrow, beside: Beside | None
) -> list[Element[AnatomyState]]:
    """What moves on the field, from the bottom up."""
    track, gradients = measure.track, arrows_of(measure.track, measure.scales)
    names = Names(kit, track, avoided(gradients, sheet.steps), end=False)
    signs = Signs(sheet, names, measure, gradients, step, beside)
    roles = {kit.run.optimizer.role(name) for name in sheet.names}
    seen = AnatomyState.seen
    ghost = GhostStep(beside, signs) if beside else None
    components = [Component(arrow, signs, axis) for arrow in gradients for axis in (0, 1)]
    areas = [Spread(sheet, measure, signs, role) for role in AREAS if role in roles]
    arrows = [Gathered(sheet, measure, signs, role) for role in ARROWS if role in roles]
    views: list[Callable[[AnatomyState], tuple[Sign | None, float]]] = [
        *(part.sign for part in components),
        *(part.sign for part in (*areas, *arrows)),
        *([ghost.sign] if ghost else []),
        *(partial(gradient_sign, signs, arrow.row) for arrow in gradients),
        partial(step_sign, signs),
    ]
    return [
        Seen(Path(track), seen),
        *areas,
        *([GhostPath(beside), ghost] if beside and ghost else []),
        *components,
        Seen(under(gradients, step), seen),
        *(Seen(gradient, seen) for gradient in gradients),
        *arrows,
        Seen(over(gradients, step), seen),
        Seen(Labels(names), seen),
        Seen(Runner(track), seen),
        Seen(Outside(names), seen),
        *(SignOf(kit.theme.background, view) for view in views),
    ]


def _in_panel(
    kit: Kit, sheet: Worksheet, shot: AnatomyShot, beside: Beside | None, brush: Brush
) -> list[Element[AnatomyState]]:
    """The rule, the bench under it, and the bars, as far as the stage has room for them."""
    bench = Bench(sheet, bench_box(kit.stage, sheet.rows[-1].box.bottom, beside=beside is not None))
    bench.paint_ground(brush)
    lines = [WorkedLine(bench, coordinate, sheet.names.index("x")) for coordinate in (0, 1)]
    rows = [LitRow(sheet, index, shot.highlight) for index in range(len(sheet.rows))]
    elements: list[Element[AnatomyState]] = [
        Seen(Highlight(kit, sheet.rows, sheet.names.index("x")), AnatomyState.seen),
        *(Plates(kit.theme, row.glows, row.light) for row in rows if row.glows),
        *(Called(line) for line in lines),
        *rows,
        *_columns(kit, sheet),
        *lines,
    ]
    foot = kit.stage.panel.bottom
    if beside is not None:
        foot -= steps_height(kit.stage)
        box = Box(kit.stage.panel.left, foot, kit.stage.panel.right, kit.stage.panel.bottom)
        elements.append(Steps(beside, box, kit.run))
    if kit.stage.charts:
        top = bench.box.bottom + GAP
        room = Box(kit.stage.panel.left, top, kit.stage.panel.right, min(foot - GAP, top + BARS))
        bars = Bars(sheet, room)
        bars.paint_ground(brush)
        elements += [Heading(bars, lines[0]), *(SumBar(bars, line) for line in lines)]
    return elements


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
