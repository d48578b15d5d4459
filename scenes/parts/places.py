"""Geometry on the field: cutting lines at its border and finding free places for names."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scenes.stage import Box

Point = tuple[float, float]
GRID = tuple((i, j) for i in range(1, 5) for j in range(1, 5))
"""Further places, in fifths of a field, for when there is no room near an anchor."""

GAPS, FAR_GAPS = (0.0, 14.0, 34.0, 70.0), (110.0, 160.0, 220.0, 290.0)
ROUND = tuple((math.cos(at * math.pi / 8), math.sin(at * math.pi / 8)) for at in range(16))
LED, CROSSING = 36.0, 60.0
"""A name farther from its mark has a line to it, which crosses another name at a price."""

CORNERS = frozenset(((1, 1), (1, -1), (-1, 1), (-1, -1)))
DIRECTIONS = ((1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1))


def cut(start: Sequence[float], end: Sequence[float], box: Box) -> tuple[Point, Point] | None:
    """The part of the line from ``start`` to ``end`` inside ``box`` (Liang and Barsky 1984)."""
    low, high = 0.0, 1.0
    for axis, (least, most) in enumerate(((box.left, box.right), (box.top, box.bottom))):
        way = end[axis] - start[axis]
        if way == 0:
            if not least <= start[axis] <= most:
                return None
            continue
        first, last = sorted(((least - start[axis]) / way, (most - start[axis]) / way))
        low, high = max(low, first), min(high, last)
    if low > high:
        return None
    return _along(start, end, low), _along(start, end, high)


def _along(start: Sequence[float], end: Sequence[float], share: float) -> Point:
    if share == 1:
        return float(end[0]), float(end[1])
    return (
        float(start[0] + share * (end[0] - start[0])),
        float(start[1] + share * (end[1] - start[1])),
    )


def along(points: NDArray[np.float64], place: float) -> Point:
    """Where the polyline ``points`` (n, 2) is when ``place`` segments have been passed."""
    place = min(place, len(points) - 1)
    step = int(place)
    here = points[step]
    if place > step:
        here = here + (place - step) * (points[step + 1] - here)
    return float(here[0]), float(here[1])


def within(points: NDArray[np.float64], box: Box) -> list[int]:
    """The numbers of the ``points`` (n, 2) in ``box``, in rising order."""
    x, y = points[:, 0], points[:, 1]
    held = (box.left <= x) & (x <= box.right) & (box.top <= y) & (y <= box.bottom)
    return [int(index) for index in np.flatnonzero(held)]


def gone(inside: Sequence[int], count: int) -> int:
    """The number of the point with which a polyline of ``count`` points leaves a box for good.

    ``inside`` is `within` of the points. A line that ends in the box, or was never in it, has no
    such point: ``count``. A run that diverges crosses the box with each of its ever longer steps
    after that; drawn, they would fill the picture with bars.
    """
    return inside[-1] + 1 if inside else count


def leaving(
    points: NDArray[np.float64], inside: Sequence[int], box: Box, place: float
) -> tuple[Point, Point] | None:
    """Where a polyline last left ``box``, and in which direction; None while its end is inside.

    ``inside`` is `within` of the points, be it for a box a little larger; ``place`` counts the
    segments passed.
    """
    x, y = along(points, place)
    border = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
    if border == (x, y):
        return None
    known = bisect_right(inside, min(place, len(points) - 1))
    if not known:
        return border, _unit(x - border[0], y - border[1])
    last = inside[known - 1]
    if last + 1 == len(points):
        return None
    start, end = points[last].tolist(), points[last + 1].tolist()
    part = cut(start, end, box)
    tip = part[1] if part else (start[0], start[1])
    return tip, _unit(end[0] - start[0], end[1] - start[1])


def loneliest(points: Sequence[Point], path: NDArray[np.float64]) -> list[Point]:
    """The one of ``points`` that is farthest from ``path`` (n, 2); none of none."""

    def near(point: Point) -> float:
        return float(np.hypot(*(path - point).T).min(initial=np.inf))

    return sorted(points, key=near, reverse=True)[:1]


def _unit(u: float, v: float) -> Point:
    """The direction of (u, v)."""
    size = math.hypot(u, v) or 1.0
    return u / size, v / size


def place(
    size: tuple[float, float],
    anchors: Iterable[Point],
    gap: float,
    inside: Box,
    taken: Sequence[Box],
    path: NDArray[np.float64],
    *,
    far: bool = False,
) -> Box:
    """The best place for a name of ``size`` around the first anchor that has room.

    A place outside ``inside`` or on one of ``taken`` costs most, points of ``path`` (n, 2) under
    the name less, distance least. A name that has a line to its mark may also stand ``far`` away.
    """
    best, cheapest = Box(0, 0, *size), float("inf")
    for order, anchor in enumerate(anchors):
        for more in (*GAPS, *(FAR_GAPS if far else ())):
            if cheapest <= more / 20 + 2 * order:
                break
            ways = DIRECTIONS if more <= GAPS[-1] else ROUND
            for turn, (right, down) in enumerate(ways):
                box = _beside(size, anchor, right, down, gap + more)
                price = 0.02 * turn + more / 20 + 2 * order + _price(box, inside, taken, path)
                line = lead(box, [anchor]) if far and price < cheapest else None
                price += CROSSING * sum(_crossed(line, other) for other in taken) if line else 0.0
                if price < cheapest:
                    best, cheapest = box, price
    return best


def lead(box: Box, anchors: Iterable[Point], clear: float = 0.0) -> tuple[Point, Point] | None:
    """A line from a name in ``box`` to the nearest of its marks, which ends ``clear`` before it.

    None where the name stands next to it.
    """
    found = []
    for x, y in anchors:
        start = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
        found.append((math.dist(start, (x, y)), start, (x, y)))
    length, start, end = min(found)
    if length <= LED:
        return None
    return start, _along(start, end, 1 - clear / length)


def _crossed(line: tuple[Point, Point], box: Box) -> bool:
    """Whether a line to a mark crosses a box, other than that of the mark itself."""
    ends = Box(*line[1], *line[1])
    return not box.grown(8).holds(ends) and cut(*line, box.grown(3)) is not None


def place_somewhere(
    size: tuple[float, float],
    anchors: Sequence[Point],
    near: Point,
    field: Box,
    taken: Sequence[Box],
    path: NDArray[np.float64],
) -> Box:
    """The best place in ``field`` for a name of ``size`` around the anchors or, where none of them
    has room, as near to a point as there is some.
    """
    inside = field.grown(-6)
    box = place(size, anchors, 16, inside, taken, path, far=True)
    if inside.holds(box) and not any(box.meets(other) for other in taken):
        return box
    wide, tall = field.width / 5, field.height / 5
    grid = [(field.left + i * wide, field.top + j * tall) for i, j in GRID]
    rest = sorted(grid, key=lambda at: abs(at[0] - near[0]) + abs(at[1] - near[1]))
    return place(size, [*anchors, *rest], 16, inside, taken, path)


def _beside(size: tuple[float, float], anchor: Point, right: float, down: float, gap: float) -> Box:
    """A box of ``size`` on one side of ``anchor``."""
    width, height = size
    reach = gap if (right, down) not in CORNERS else gap * 0.7
    x = anchor[0] + right * (reach + width / 2)
    y = anchor[1] + down * (reach + height / 2)
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def _price(box: Box, inside: Box, taken: Sequence[Box], path: NDArray[np.float64]) -> float:
    price = 0.0 if inside.holds(box) else 1000.0
    price += 100.0 * sum(box.meets(other) for other in taken)
    if len(path):
        roomy = box.grown(6)
        x, y = path[:, 0], path[:, 1]
        under = (x > roomy.left) & (x < roomy.right) & (y > roomy.top) & (y < roomy.bottom)
        price += min(30.0, 3.0 * float(under.sum()) ** 0.5)
    return price


def dense(points: NDArray[np.float64], box: Box, spacing: float = 8.0) -> NDArray[np.float64]:
    """Points (m, 2) about every ``spacing`` along the parts of a polyline inside ``box``."""
    pieces = []
    for start, end in pairwise(points):
        part = cut(start, end, box)
        if part is not None:
            (x, y), (u, v) = part
            count = max(2, int(np.hypot(u - x, v - y) / spacing) + 1)
            pieces.append(np.linspace((x, y), (u, v), count))
    return np.concatenate(pieces) if pieces else np.zeros((0, 2))
