"""What our films draw over points, bars and rows, as strokes for the expert's scene."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from bench.picture import Box, Drawing, Piece, Point, Stroke
from scenes.parts.bars import CUT, Bar
from scenes.parts.charts import EXIT, LossCurve
from scenes.parts.gradients import RING, GradientArrow
from scenes.parts.outside import HALF, LENGTH, Outside
from scenes.parts.places import cut
from scenes.parts.plates import CORNER, PAD, Plates
from scenes.state import State

DASH, GAP = 7.0, 6.0
CORNERS = 48
States = Sequence[State]


def elsewhere(arrow: GradientArrow, states: States) -> Drawing:
    """Rings where a gradient is taken elsewhere, and dashes to them from the point."""
    under = arrow.track.kit.theme.background

    def strokes(state: State) -> Iterator[Stroke]:
        ends = arrow.ends(state)
        if ends is None or arrow.taken.here:
            return
        link = cut(arrow.track.now(state), ends[0], arrow.track.field)
        if link is not None and link[0] != link[1]:
            yield (link,), 5.0, under, 0.5
            yield dashes(link), 2.5, arrow.color, 0.9
        discs = (RING + 3, under, 0.75), (RING, arrow.color, 1.0), (0.55 * RING, under, 1.0)
        for radius, color, alpha in discs:
            yield (circle(ends[0], radius),), 0.0, color, alpha

    return Drawing("arrows", [tuple(strokes(state)) for state in states])


def outside(mark: Outside, states: States) -> Drawing:
    """Marks at the border where the point has left the picture."""
    ground = mark.names.kit.theme.background

    def strokes(state: State) -> Iterator[Stroke]:
        found = mark.shown(state)
        for tip, way in found[1] if found else ():
            corners = head(tip, way, LENGTH, HALF)
            yield (corners,), 5.0, ground, 0.7
            yield (corners,), 0.0, mark.color, 1.0

    return Drawing("point", [tuple(strokes(state)) for state in states])


def exits(curve: LossCurve, states: States) -> Drawing:
    """Angles where the loss has left its scale."""
    look = curve.look

    def strokes(state: State) -> Iterator[Stroke]:
        if (found := curve.gone(state)) is not None:
            (x, y), (u, v) = found
            corners, back = head((x, y), (u, v), EXIT, 0.55 * EXIT), 0.68 * EXIT
            yield (corners,), 6.0, look.ground, 0.8
            yield (corners,), 0.0, look.color, 1.0
            yield (circle((x - back * u, y - back * v), 0.15 * EXIT),), 0.0, look.ground, 1.0

    return Drawing("curve", [tuple(strokes(state)) for state in states])


def span(bar: Bar, end: float) -> tuple[float, float]:
    """Where a bar begins and ends that ends at this share of its track."""
    left, right = (bar.track.left + share * bar.track.width for share in sorted((bar.zero, end)))
    return left, right


def notches(bar: Bar, ends: Sequence[tuple[float, bool]]) -> Drawing:
    """Notches in a bar that is cut; frame by frame where it ends, and whether it is."""
    bottom, top = bar.track.bottom, bar.track.top

    def strokes(end: float, is_cut: bool) -> Iterator[Stroke]:
        left, right = span(bar, end)
        if is_cut and right - left > 0.5:
            tip, back = (right, -1) if end > bar.zero else (left, 1)
            places = [tip + back * place * CUT for place in (2, 4)]
            lines = tuple(((x - CUT / 2, bottom), (x + CUT / 2, top)) for x in places)
            yield lines, 4.0, bar.kit.theme.surface, 1.0

    return Drawing("bars", [tuple(strokes(*each)) for each in ends])


def plates(terms: Plates[State], states: States) -> Drawing:
    """The grounds of highlighted terms."""

    def strokes(state: State) -> Iterator[Stroke]:
        for box, color in terms.terms:
            around = box.grown(PAD)
            sides = around.left, around.top, around.right, around.bottom
            yield (rounded(sides, CORNER),), 0.0, color, terms.light(state)

    return Drawing("light", [tuple(strokes(state)) for state in states])


def dashes(line: Piece) -> tuple[Piece, ...]:
    """The dashes along a line."""
    (a, b), (c, d) = line
    length = math.hypot(c - a, d - b)

    def at(way: float) -> Point:
        share = min(way / length, 1.0)
        return a + share * (c - a), b + share * (d - b)

    return tuple((at(way), at(way + DASH)) for way in np.arange(0, length, DASH + GAP).tolist())


def circle(middle: Point, radius: float) -> tuple[Point, ...]:
    """A closed outline around ``middle``."""
    angles = np.linspace(0, 2 * math.pi, CORNERS + 1).tolist()
    x, y = middle
    return tuple((x + radius * math.cos(each), y + radius * math.sin(each)) for each in angles)


def rounded(box: Box, radius: float) -> tuple[Point, ...]:
    """The closed outline of a rectangle with round corners."""
    left, top, right, bottom = box
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    middle = (left + right) / 2, (top + bottom) / 2
    inner = (right - left) / 2 - radius, (bottom - top) / 2 - radius
    made = [
        tuple(
            at + math.copysign(half, way) + way
            for at, half, way in zip(middle, inner, corner, strict=True)
        )
        for corner in circle((0.0, 0.0), radius)
    ]
    return tuple((x, y) for x, y in [*made, made[0]])


def head(tip: Point, way: Point, length: float, half: float) -> tuple[Point, ...]:
    """The closed outline of an arrowhead whose base is two times ``half`` wide."""
    (x, y), (u, v) = tip, way
    back = x - length * u, y - length * v
    left, right = (back[0] - half * v, back[1] + half * u), (back[0] + half * v, back[1] - half * u)
    return tip, left, right, tip
