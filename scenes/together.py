"""The check of one instant: what moves together is at one step, and arrows are as long as is said.

What an element drew is compared with where the run is at the time of the state, be it between two
steps. Digits are checked by `scenes.truth`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import Trajectory
from scenes.anatomy_state import AnatomyState
from scenes.canvas import Element, Seen
from scenes.layout import Layer, Layers, Mask
from scenes.parts.arrows import StepArrow
from scenes.parts.bars import Bar
from scenes.parts.beside import GhostPath
from scenes.parts.charts import LossCurve
from scenes.parts.curves import Curve, Playhead
from scenes.parts.gradients import GradientArrow
from scenes.parts.highlight import Highlight
from scenes.parts.lanes import Head, Trail
from scenes.parts.legend import HEADER
from scenes.parts.marks import Path, Runner
from scenes.parts.morph import WholeCurve, WholePath
from scenes.parts.ordering import slots
from scenes.parts.places import Point, along
from scenes.parts.rows import Row
from scenes.parts.slider import Knob
from scenes.parts.story import Sentence
from scenes.parts.traces import Trace
from scenes.parts.track import FAR
from scenes.race_state import RaceState
from scenes.stage import Box
from scenes.state import GRADIENT, LINE, MOVE, QUICK, State
from scenes.stroked import stroked
from scenes.sweep_state import SweepState, place_of
from scenes.truth import rank_due

NEAR = 1.0
"""Stage pixels by which a drawing may be off."""

WIDE = 16.0
"""Stage pixels by which the ink of a line with its dots may go beyond its points."""
Found = Iterator[str]
Steps = State | AnatomyState


@dataclass(frozen=True)
class Sight:
    """What else is seen: device pixels for one of the stage, and all words of the picture."""

    scale: float
    words: list[str]


def apart(layers: Layers[Any], state: object) -> list[str]:
    """What in a painted picture is not at the step of ``state``, or not to scale, a line each."""
    sight = Sight(layers.scale, [text.word.text for text in layers.texts])
    lines: list[str] = []
    there = {id(inner(layer.element)) for layer in layers.layers}
    nothing: list[Layer[Any]] = [
        Layer(element, [], []) for element in layers.absent if id(inner(element)) not in there
    ]
    for layer in [*layers.layers, *nothing]:
        element = inner(layer.element)
        rule = RULES.get(type(element))
        if rule is not None:
            name = type(element).__name__
            lines += [f"{name} {fault}" for fault in rule(element, layer, state, sight)]
    return [*lines, *_false_factors(layers, state, sight)]


def inner(element: Element[Any]) -> Element[Any]:
    """What moves, without the views through which it is seen."""
    while isinstance(element, Seen):
        element = element.element
    return element


def time_of(state: Any, run: Trajectory) -> float:
    """The steps that a run has made, with the share of the one on its way."""
    made = state.place if isinstance(state, RaceState) else state.step + state.moving
    return min(float(made), float(run.steps))


def off(drawn: Point, due: Point, what: str, near: float = NEAR) -> Found:
    """A place that is not where it should be."""
    if math.dist(drawn, due) > near:
        yield f"{what} at {_rounded(drawn)}, and {_rounded(due)} is due"


def inside(point: Point, box: Box) -> bool:
    """Whether a point is well inside a box."""
    room = box.grown(-2 * NEAR)
    return room.left <= point[0] <= room.right and room.top <= point[1] <= room.bottom


def _rounded(point: Point) -> tuple[int, int]:
    return round(point[0]), round(point[1])


def _pixels(track: Any) -> NDArray[np.float64]:
    """The points of a run on the stage."""
    return np.asarray(track.plot.at(np.clip(track.kit.run.points, -FAR, FAR)))


def _runner(element: Any, layer: Layer[Any], state: Steps, sight: Sight) -> Found:
    track, pixels, time = (
        element.track,
        _pixels(element.track),
        time_of(state, element.track.kit.run),
    )
    due = along(pixels, time)
    if layer.drawn.marks:
        yield from off(layer.drawn.marks[-1], due, "stands")
    elif all(inside((x, y), track.field) for x, y in pixels[int(time) : int(time) + 2].tolist()):
        yield "is missing"
    if layer.drawn.lines and inside(due, track.field):
        yield from off(layer.drawn.lines[-1][-1], due, "has a line that ends")


def _path(element: Any, layer: Layer[Any], state: Steps, sight: Sight) -> Found:
    track, pixels = element.track, _pixels(element.track)
    due = along(pixels, int(time_of(state, track.kit.run)))
    if inside(due, track.field):
        start = along(pixels, 0)
        yield from off(layer.drawn.lines[-1][-1] if layer.drawn.lines else start, due, "ends")


def _loss(element: Any, layer: Layer[Any], state: Steps, sight: Sight) -> Found:
    run, axes = element.kit.run, element.axes
    due = along(axes.points(run.losses), time_of(state, run))
    yield from off(layer.drawn.lines[0][-1], due, "ends")
    if layer.drawn.marks and inside(due, element.plot.grown(4 * NEAR)):
        yield from off(layer.drawn.marks[-1], due, "has its head")


def _bar(element: Any, layer: Layer[Any], state: State, sight: Sight) -> Found:
    run, update = element.readings.run, element.readings.update
    made = int(time_of(state, run))
    if state.kind == QUICK:
        share = time_of(state, run) - made
    elif state.acting == update and state.slow:
        share = state.turn
    else:
        share = float(state.slow and state.fresh > update)
    zero = element.scale(0.0)
    values = [math.nan, *run.effective[:, element.index].tolist()]
    ends = [
        zero if math.isnan(values[step]) else element.scale(values[step])
        for step in (made, min(made + 1, run.steps))
    ]
    due = abs(ends[0] + share * (ends[1] - ends[0]) - zero) * element.track.width
    drawn = layer.drawn.panels[-1].width if layer.drawn.panels else 0.0
    if abs(drawn - due) > NEAR:
        yield f"is {drawn:.0f} long, and {due:.0f} is due"


def _highlight(element: Any, layer: Layer[Any], state: Steps, sight: Sight) -> Found:
    panels = layer.drawn.panels
    acting = state.row if isinstance(state, AnatomyState) else state.acting
    if not panels:
        if state.kind in (GRADIENT, LINE) and state.turn == 1:
            yield f"is missing, and row {acting} acts"
        return
    if state.kind in (GRADIENT, LINE):
        due = element.rows[acting or 0].box
        first = element.rows[max((acting or 0) - 1, 0)].box
        if state.turn == 1:
            first = due
    elif state.kind in (MOVE, "leap"):
        first = due = element.rows[element.update].box
    else:
        yield "lights a row, and none acts"
        return
    drawn = panels[0]
    if not (first.joined(due).grown(NEAR).holds(drawn) and drawn.height > 0):
        yield f"lights from {drawn.top:.0f} to {drawn.bottom:.0f}, and row {acting} acts"


def _step(element: Any, layer: Layer[Any], state: Steps, sight: Sight) -> Found:
    pixels, made = _pixels(element.track), state.step
    if not layer.drawn.lines:
        if state.leap == 1 > state.moving and made + 1 < len(pixels):
            way = pixels[made + 1] - pixels[made]
            yield from _missing(along(pixels, made), way, element.track.field)
        return
    tail, tip = layer.drawn.lines[0][0], layer.drawn.polygons[-1][0]
    yield from off(tail, along(pixels, made), "begins")
    way = (pixels[made + 1] - pixels[made]) * state.leap
    yield from _scaled((tail, tip), way, element.track.field, sight)


def _gradient(element: Any, layer: Layer[Any], state: Steps, sight: Sight) -> Found:
    lines = layer.drawn.lines
    track, run, taken = element.track, element.track.kit.run, element.taken
    if state.step >= run.steps:
        return
    places = run.points if taken.here else run.taken[taken.name].points
    quick = state.kind == QUICK
    place = np.array(along(places, time_of(state, run) if quick else state.step))
    x, y = track.plot.at(place).tolist()
    corner, unit = (track.plot.at(np.full(2, value)) for value in (0.0, 1.0))
    way = -run.objective.gradient(place) * (unit - corner) * element.scales.base
    seen = state.seen() if isinstance(state, AnatomyState) else state
    left = 1 - state.moving if quick and state.step + 1 == run.steps else 1.0
    way *= seen.gradient_of(element.row) * left
    if not lines or len(lines[-1]) != 3:
        yield from _missing((x, y), way, track.field)
        return
    tail, tip = lines[-2][0], lines[-1][1]
    yield from off(tail, (x, y), "begins")
    yield from _scaled((tail, tip), way, track.field, sight)


def _missing(tail: Point, way: NDArray[np.float64], field: Box) -> Found:
    """An arrow that is not there though it could be seen."""
    if inside(tail, field) and float(np.hypot(*way)) > 4 * NEAR:
        yield "is missing"


def _scaled(
    drawn: tuple[Point, Point], way: NDArray[np.float64], field: Box, sight: Sight
) -> Found:
    """An arrow that does not go the way that it shows, or as many times farther as is said."""
    shown = np.array(drawn[1]) - drawn[0]
    length, due = float(np.hypot(*shown)), float(np.hypot(*way))
    if due == 0 or not inside(drawn[1], field):
        return
    if length > 4 * NEAR and float(shown @ way) < 0.99 * length * due:
        yield "points elsewhere"
    factor = length / due
    if abs(length - due) > NEAR and not any(_tells(word, factor) for word in sight.words):
        yield f"is {factor:.3g} times as long as what it shows, and nothing says so"


def _tells(word: str, factor: float) -> bool:
    """Whether a word tells of a factor."""
    told = told_factor(word)
    return told is not None and abs(told / factor - 1) < 0.01


def told_factor(word: str) -> int | None:
    """The factor with which a word ends, None for one without."""
    found = re.search(r"(?:×|times) ?([0-9]+)$", word)
    return int(found[1]) if found else None


def _false_factors(layers: Layers[Any], state: object, sight: Sight) -> Found:
    """Words that tell of a factor by which no arrow is magnified in this state."""
    if not isinstance(state, State | AnatomyState):
        return
    seen = state.seen() if isinstance(state, AnatomyState) else state
    every = [
        inner(element) for element in (*(each.element for each in layers.layers), *layers.absent)
    ]
    arrows = [each for each in every if isinstance(each, StepArrow | GradientArrow)]
    hold = {factor for arrow in arrows for factor in arrow.scales.factors(seen)}
    for word in sight.words:
        told = told_factor(word)
        if told is not None and told not in hold:
            yield f"{word!r} is told, and no arrow is magnified so"


def _ghost(element: Any, layer: Layer[Any], state: AnatomyState, sight: Sight) -> Found:
    beside = element.beside
    pixels = beside.track.plot.at(np.clip(beside.run.points, -FAR, FAR))
    due = along(pixels, min(time_of(state, beside.run), len(pixels) - 1))
    if element.reach(state) is not None and inside(due, element.field):
        start = along(pixels, 0)
        yield from off(layer.drawn.lines[-1][-1] if layer.drawn.lines else start, due, "ends")


def _sentence(element: Any, layer: Layer[Any], state: Any, sight: Sight) -> Found:
    if not isinstance(state, State | AnatomyState) or state.kind not in (GRADIENT, LINE):
        return
    told = [int(number) for word in layer.words for number in re.findall(r"\d+", word)[:1]]
    if state.turn == 1 and told and told[0] != state.step + 1:
        yield f"tells of step {told[0]}, and step {state.step + 1} is made"


def _traced(
    trace: Trace, run: Trajectory, ink: Mask, state: RaceState, scale: float, due: Point
) -> Found:
    """A line whose ink goes where its run has not come, or ends before."""
    time = time_of(state, run)
    if not ink.size:
        return
    made: list[Point] = [(x, y) for x, y in trace.points[: int(time) + 1].tolist()]
    beyond = ink & ~stroked([*made, due], WIDE, trace.box, ink.shape, scale)
    if beyond.any():
        y, x = (np.argwhere(beyond)[0] / scale).tolist()
        yield f"goes to {_rounded((x, y))}, where its run is not after {time:.2f} steps"
    x, y = (round(value * scale) for value in due)
    spot = ink[max(y - 3, 0) : y + 4, max(x - 3, 0) : x + 4]
    moved = max(math.dist(point, due) for point in made) > 4 * NEAR
    if moved and trace.shows(time) and inside(due, trace.box) and not spot.any():
        yield f"does not come to {_rounded(due)}, where its run is after {time:.2f} steps"


def _trail(element: Any, layer: Layer[Any], state: RaceState, sight: Sight) -> Found:
    lane = element.lane
    due = along(lane.pixels, time_of(state, lane.run))
    yield from _traced(element.trace, lane.run, layer.ink, state, sight.scale, due)


def _head(element: Any, layer: Layer[Any], state: RaceState, sight: Sight) -> Found:
    lane = element.lane
    if layer.drawn.marks:
        due = along(lane.pixels, time_of(state, lane.run))
        yield from off(layer.drawn.marks[0], due, "stands")


def _curve(element: Any, layer: Layer[Any], state: RaceState, sight: Sight) -> Found:
    run, axes = element.run, element.chart.axes
    due = along(axes.points(run.losses), time_of(state, run))
    yield from _traced(element.trace, run, layer.ink, state, sight.scale, due)


def _playhead(element: Any, layer: Layer[Any], state: RaceState, sight: Sight) -> Found:
    plot, chart = element.chart.plot, element.chart
    x = plot.left + plot.width * state.place / element.steps
    for drawn, _ in layer.drawn.lines[:1]:
        yield from off(drawn, (x, drawn[1]), "stands")
    due = [along(chart.axes.points(run.losses), time_of(state, run)) for run in chart.runs]
    for mark in layer.drawn.marks:
        if not any(math.dist(mark, spot) <= NEAR for spot in due):
            yield f"has a marker at {_rounded(mark)}, where no run is"


def _row(element: Any, layer: Layer[Any], state: RaceState, sight: Sight) -> Found:
    table, index = element.table, element.index
    top = table.box.top + HEADER + slots(table.order, state.order)[index] * table.height
    for x, y in layer.drawn.marks[:1]:
        yield from off((x, y), (x, top + table.height / 2), "stands")
    due = rank_due(element.run, table.runs, table.level)
    if state.ranked == 1 and due not in layer.words:
        yield f"of racer {index + 1} does not say its rank, {due}"


def _knob(element: Any, layer: Layer[Any], state: SweepState, sight: Sight) -> Found:
    slider = element.slider
    due = slider.track.left + slider.track.width * place_of(slider.shot, state.value)
    for x, y in layer.drawn.marks[-1:]:
        yield from off((x, y), (due, y), "stands")


def _whole(element: Any, layer: Layer[Any], state: SweepState, sight: Sight) -> Found:
    run = element.family.run(state.value)
    if state.reveal < 1 or not layer.drawn.marks:
        return
    if isinstance(element, WholePath):
        points = np.asarray(element.plot.at(np.clip(run.points, -FAR, FAR)))
        room = element.field
    else:
        points, room = element.axes.points(run.losses), element.plot.grown(4 * NEAR)
    due = (float(points[-1, 0]), float(points[-1, 1]))
    if inside(due, room):
        yield from off(layer.drawn.marks[-1], due, "ends")


RULES: Mapping[type, Callable[..., Found]] = MappingProxyType(
    {
        Runner: _runner,
        Path: _path,
        LossCurve: _loss,
        Bar: _bar,
        Highlight: _highlight,
        StepArrow: _step,
        GradientArrow: _gradient,
        GhostPath: _ghost,
        Sentence: _sentence,
        Trail: _trail,
        Head: _head,
        Curve: _curve,
        Playhead: _playhead,
        Row: _row,
        Knob: _knob,
        WholePath: _whole,
        WholeCurve: _whole,
    }
)
"""What is checked, and how."""
