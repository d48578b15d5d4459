"""What a film of one descent shows, frame by frame, as plain data for the scenes of the bench.

Lengths are pixels of a picture 1920 x 1080, y downward; boxes are left, top, right, bottom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Piece = tuple[Point, Point]
Box = tuple[float, float, float, float]
Stroke = tuple[tuple[tuple[Point, ...], ...], float, str, float]
"""Lines, their width, color and alpha; of width 0 they are outlines that are filled."""


@dataclass(frozen=True)
class Words:
    """A text, or an equation with the colors of its labels, as wide as ``box``.

    ``plate`` is the ground on which a text stands on the field, with its color.
    """

    text: str
    box: Box
    color: str
    math: bool = False
    bold: bool = False
    labels: tuple[tuple[str, str], ...] = ()
    plate: tuple[Box, str] | None = None


@dataclass(frozen=True)
class Number:
    """A live number: what it is, where it ends, and frame by frame its text and brightness.

    ``index`` is the coordinate, None where it has none.
    """

    name: str
    index: int | None
    right: float
    baseline: float
    size: float
    color: str
    shown: Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Row:
    """An equation and its brightness frame by frame."""

    words: Words
    shown: Sequence[float]


@dataclass(frozen=True)
class Saying:
    """Words that come and go: frame by frame which, and how bright; None for none."""

    name: str
    shown: Sequence[tuple[Words, float] | None]


@dataclass(frozen=True)
class Bar:
    """A bar in its track: frame by frame where it begins and ends."""

    track: Box
    shown: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Trail:
    """A line that grows through ``points``, by the pieces of it that are in the picture.

    ``dots`` says which of the points get one. Frame by frame it is told how many pieces are whole,
    what there is of the next, and where the line ends, None where its end is not shown.
    """

    points: Sequence[Point]
    pieces: Sequence[Piece | None]
    dots: Sequence[bool]
    shown: Sequence[tuple[int, Piece | None, Point | None]]


@dataclass(frozen=True)
class Arrow:
    """An arrow: frame by frame its tail and tip, and whether its head is seen; None for none."""

    color: str
    filled: bool
    shown: Sequence[tuple[Point, Point, bool] | None]


@dataclass(frozen=True)
class Drawing:
    """Strokes, frame by frame, over what they mark.

    ``over`` is ``arrows``, ``point``, ``light``, ``bars`` or ``curve``.
    """

    over: str
    shown: Sequence[tuple[Stroke, ...]]


@dataclass(frozen=True)
class Picture:
    """Everything that a film of one descent shows.

    ``field`` (h, w, 4) RGBA fills ``frame``; ``lines`` are points, width and color; ``lit`` is the
    box behind the line that acts and its brightness; ``colors`` are those of the theme by name.
    ``cuts`` are the first frames of the film's parts: steps line by line, quick steps, the end.
    """

    size: tuple[int, int]
    fps: int
    frames: int
    colors: dict[str, str]
    field: NDArray[np.uint8]
    frame: Box
    still: Sequence[Words]
    lines: Sequence[tuple[Sequence[Point], float, str]]
    start: Point
    minima: Sequence[Point]
    rows: Sequence[Row]
    lit: Sequence[tuple[Box, float] | None]
    numbers: Sequence[Number]
    bars: Sequence[Bar]
    sayings: Sequence[Saying]
    path: Trail
    curve: Trail
    arrows: Sequence[Arrow]
    drawings: Sequence[Drawing]
    cuts: Sequence[int]
