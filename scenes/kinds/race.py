"""The kind ``race``: several runs on one field, with one clock, and their order at the end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.errors import UserError
from scenes.canvas import Brush, Canvas, Element
from scenes.kit import Kit
from scenes.parts.commentary import Commentary
from scenes.parts.curves import Chart, Curve, Playhead
from scenes.parts.framing import framed, paint_frame
from scenes.parts.lanes import Exit, Head, Lane, Trail
from scenes.parts.legend import HEADER, Table, row_least
from scenes.parts.looks import Look, looks_of
from scenes.parts.relief import Plot
from scenes.parts.rows import Row, StepCount
from scenes.parts.scenery import ground, paint_field, paint_title
from scenes.parts.standings import SHORTER, labels, protocol, steady, wrapped
from scenes.parts.tags import PlaceNames, Places, RacerName, Spots
from scenes.race_state import RaceState
from scenes.shots import RaceShot
from scenes.stage import GAP, SMALL, TEXT_LEAST, Box, Stage

LEADING, CHART_LEAST = 36.0, 330.0
FIELD_MIN, CHART_MIN = 240.0, 180.0
TITLE_BASE, RULES_TOP, LOW_ROW = 49.0, 97.0, 58.0


def race(kit: Kit, shot: RaceShot) -> Canvas[RaceState]:
    """The picture of a race: all that is still painted, all that moves standing ready."""
    rules = rules_of(kit, shot)
    kit, below = _with_room(kit, len(rules), len(shot.racers))
    looks = looks_of(kit, len(shot.racers))
    kit, plot, formula = framed(kit, _points(shot))
    lanes = [
        Lane(kit, plot, racer.trajectory, look, index)
        for index, (racer, look) in enumerate(zip(shot.racers, looks, strict=True))
    ]
    background = ground(kit)
    paint_field(kit, plot, background)
    brush = Brush(background, kit.scale)
    paint_frame(kit, plot, formula, brush)
    _paint_titles(kit, shot, rules, brush)
    elements = [
        *_on_field(kit, plot, lanes, shot),
        *_in_panel(kit, shot, looks, below, brush),
        Commentary(kit, shot),
    ]
    return Canvas(background, elements, kit.scale, brush.words)


def rules_of(kit: Kit, shot: RaceShot) -> list[str]:
    """The lines of the protocol, the longest for which there is room.

    Raises:
        UserError: even so there is no room left for the field or the losses.
    """
    least = row_least(shot)
    language, ems = kit.spec.language, kit.stage.title.width / SMALL
    for listed in SHORTER:
        lines = [
            line
            for rule in wrapped(protocol(shot, language, listed), language, ems)
            for line in _narrow(kit, rule)
        ]
        if _roomy(*_with_room(kit, len(lines), len(shot.racers)), len(shot.racers), least):
            return lines
    raise UserError(
        f"the race has {len(shot.racers)} racers with rules of their own, whose {len(lines)} lines "
        f"leave no room for the rest of a {kit.spec.form} film; give several racers the same "
        "rules, or shorter labels"
    )


def _narrow(kit: Kit, rule: str) -> list[str]:
    """A line of the protocol; where it is wider than it seemed, in several."""
    if kit.width(rule, TEXT_LEAST) <= kit.stage.title.width:
        return [rule]
    return kit.broken(rule, SMALL, kit.stage.title.width)


def _roomy(kit: Kit, below: float, count: int, least: float) -> bool:
    """Whether field and losses can be read with a legend of ``count`` rows from ``below``.

    A row is ``least`` high at least.
    """
    field, panel = kit.stage.field, kit.stage.panel
    table = below + HEADER + count * least
    room = CHART_MIN + GAP if kit.stage.charts else 0.0
    return field.height >= FIELD_MIN and panel.bottom - table >= room


def _with_room(kit: Kit, lines: int, count: int) -> tuple[Kit, float]:
    """The kit with room for the rules and ``count`` runs, and where the panel may go on."""
    stage = kit.stage
    end = stage.title.top + RULES_TOP + (lines - 1) * LEADING + 12
    if stage.formula.top < stage.title.bottom:
        return kit, max(end + GAP, stage.panel.top)
    more = max(end + 4 - stage.title.bottom, 0.0)
    formula, field = stage.formula, stage.field
    stage = replace(
        stage,
        formula=replace(formula, top=formula.top + more, bottom=formula.bottom + more),
        field=replace(field, top=field.top + more),
    )
    if not stage.charts:
        stage = _without_charts(stage, count)
    return kit.on(stage), stage.panel.top


def _without_charts(stage: Stage, count: int) -> Stage:
    """The stage with a legend of ``count`` rows at its bottom, and the field above it larger."""
    panel, now, field = stage.panel, stage.now, stage.field
    more = max(panel.height - HEADER - count * LOW_ROW, 0.0)
    return replace(
        stage,
        panel=replace(panel, top=panel.top + more),
        now=replace(now, top=now.top + more, bottom=now.bottom + more),
        field=replace(field, bottom=field.bottom + more),
    )


def _points(shot: RaceShot) -> NDArray[np.float64]:
    """The points for which the field has room: of runs that descend; others may leave it."""
    runs = [racer.trajectory for racer in shot.racers]
    kept = [run.points for run in runs if steady(run)] or [runs[0].points]
    return np.concatenate([*kept, *(run.points[:1] for run in runs)])


def _paint_titles(kit: Kit, shot: RaceShot, rules: list[str], brush: Brush) -> None:
    """Title, and the rules of the race under it."""
    theme, place = kit.theme, kit.stage.title
    usual = kit.words["race_title"].format(count=len(shot.racers))
    paint_title(kit, kit.spec.title or usual, place.width, brush, TITLE_BASE)
    for index, rule in enumerate(rules):
        sprite = kit.fitted(rule, SMALL, place.width, theme.muted)
        y = place.top + RULES_TOP + index * LEADING
        brush.write(sprite, place.left - sprite.ink[0], y)


def _on_field(kit: Kit, plot: Plot, lanes: list[Lane], shot: RaceShot) -> list[Element[RaceState]]:
    """What moves on the field, from the bottom up; the first racer lies on top."""
    spots = Spots(kit, plot, lanes, labels(shot))
    return [
        *(Trail(lane) for lane in reversed(lanes)),
        Places(spots),
        *(Head(lane) for lane in reversed(lanes)),
        *(Exit(lane) for lane in lanes),
        PlaceNames(spots),
        *(RacerName(kit, tag, shot.steps) for tag in spots.tags),
    ]


def _in_panel(
    kit: Kit, shot: RaceShot, looks: list[Look], top: float, brush: Brush
) -> list[Element[RaceState]]:
    """The legend and, where the stage has room, the losses in one chart."""
    panel = kit.stage.panel
    charts = kit.stage.charts
    end = panel.bottom - CHART_LEAST - GAP if charts else panel.bottom
    table = Table(kit, shot, looks, Box(panel.left, top, panel.right, end))
    table.paint_head(brush)
    rows: list[Element[RaceState]] = [Row(table, index) for index in reversed(table.order)]
    elements = [StepCount(table), *rows]
    if charts:
        box = Box(panel.left, table.bottom + GAP, panel.right, panel.bottom)
        chart = Chart(kit, box, table.runs, looks, table.level)
        chart.paint(brush)
        elements += [Curve(chart, index) for index in reversed(range(len(chart.curves)))]
        elements.append(Playhead(chart, shot.steps))
    return elements
