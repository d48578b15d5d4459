"""What moves in the expert's scene, and what it is drawn with.

Letters and digits are outlines that are set once; a number or a sentence changes by taking other
outlines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np
from manim import (
    BOLD,
    NORMAL,
    Circle,
    MathTypst,
    RoundedRectangle,
    Text,
    VGroup,
    VMobject,
    tempconfig,
)
from numpy.typing import NDArray

from bench.picture import (
    Arrow,
    Bar,
    Box,
    Drawing,
    Number,
    Picture,
    Piece,
    Point,
    Row,
    Saying,
    Stroke,
    Trail,
    Words,
)

FONT, MONO = "Noto Sans CJK SC", "Noto Sans Mono CJK SC"
FIGURES = "0123456789\u2212.e+\u2013\u221e/"
DIGIT_HEIGHT = 0.733
MIDDLE, UNIT, LINE = (960.0, 540.0), 135.0, 1.35
"""The middle of the picture; how many pixels of it are a unit, and a stroke width, of Manim."""

Points = NDArray[np.float64]
NOTHING: Points = np.zeros((0, 3))


def spots(places: Sequence[Point]) -> Points:
    """Places (n, 2) as points of Manim (n, 3)."""
    x, y = np.array(places, dtype=np.float64).T
    return np.column_stack([(x - MIDDLE[0]) / UNIT, (MIDDLE[1] - y) / UNIT, np.zeros(len(x))])


def spot(x: float, y: float) -> Points:
    """A place as a point of Manim."""
    return np.asarray(spots([(x, y)])[0])


def polyline(points: Points) -> Points:
    """Straight lines through points (n, 3) as cubic curves, four points each."""
    start, end = points[:-1], points[1:]
    third = (end - start) / 3
    return np.stack([start, start + third, end - third, end], axis=1).reshape(-1, 3)


def line(places: Sequence[Point], width: float, color: str) -> VMobject:
    """A line that stays."""
    made = VMobject(stroke_color=color, stroke_width=width / LINE)
    return made.set_points(polyline(spots(places)))


@cache
def corners(radius: float) -> Points:
    """The outline of a square of two units with round corners."""
    return np.asarray(RoundedRectangle(corner_radius=radius / UNIT, width=2, height=2).points)


def rounded(box: Box, radius: float) -> Points:
    """The outline of a rectangle with round corners."""
    left, top, right, bottom = box
    radius = min(radius, (right - left) / 2)
    half = np.array([(right - left) / 2, (bottom - top) / 2, UNIT]) / UNIT - 1
    outline = corners(radius)
    return outline + np.sign(outline) * half + spot((left + right) / 2, (top + bottom) / 2)


def panel(box: Box, radius: float, color: str, alpha: float = 1.0) -> VMobject:
    """A filled rectangle with round corners."""
    made = VMobject(fill_color=color, fill_opacity=alpha, stroke_width=0)
    return made.set_points(rounded(box, radius))


def disc(place: Point, radius: float, color: str, alpha: float = 1.0) -> VMobject:
    """A filled circle."""
    made = Circle(radius / UNIT, fill_color=color, fill_opacity=alpha, stroke_width=0)
    return made.move_to(spot(*place))


def merged(glyphs: Iterable[Any]) -> VGroup:
    """Glyphs as few mobjects, one for each color and pen."""
    found: dict[tuple[str, float], list[Points]] = {}
    for glyph in glyphs:
        pen = 0.0 if glyph.get_fill_opacity() else float(glyph.get_stroke_width())
        if not pen and not glyph.get_fill_opacity():
            continue
        color = glyph.get_stroke_color() if pen else glyph.get_fill_color()
        found.setdefault((color.to_hex(), pen), []).append(glyph.points)
    group = VGroup()
    for (color, pen), points in found.items():
        part = VMobject(stroke_color=color, stroke_width=pen)
        if not pen:
            part.set_fill(color, 1)
        group.add(part.set_points(np.concatenate(points)))
    return group


def text(words: str, **options: Any) -> Any:
    """A text in one line: Manim breaks lines that are wider than the picture in pixels."""
    with tempconfig({"pixel_width": 7680, "pixel_height": 4320}):
        return Text(words, disable_ligatures=True, **options)


@cache
def letters(words: Words) -> VGroup:
    """A text or an equation, set once."""
    made: Any
    if words.math:
        made = MathTypst(words.text, color=words.color)
        for label, color in words.labels:
            made.select(label).set_color(color)
    else:
        weight = BOLD if words.bold else NORMAL
        made = text(words.text, font=FONT, weight=weight, color=words.color)
    left, top, right, bottom = words.box
    made.scale((right - left) / UNIT / made.width)
    made.move_to(spot((left + right) / 2, (top + bottom) / 2))
    return merged(made.family_members_with_points())


def bright(group: Iterable[Any], alpha: float) -> None:
    """Give letters a brightness, whether they are filled or drawn with a pen."""
    for part in group:
        if part.get_stroke_width():
            part.set_stroke(opacity=alpha)
        else:
            part.set_fill(opacity=alpha)


@cache
def figures() -> tuple[dict[str, Points], float]:
    """Outlines of digits and signs around the middle of their baseline, one high; the advance."""
    made = text("0" + "".join(each + "0" for each in FIGURES), font=MONO, font_size=96)
    centers = np.array([glyph.get_center()[0] for glyph in made])
    base, height = made[0].get_bottom()[1], made[0].height
    found = {}
    for index, letter in enumerate(FIGURES):
        middle = (centers[2 * index] + centers[2 * index + 2]) / 2
        found[letter] = (made[2 * index + 1].points - [middle, base, 0.0]) / height
    return found, float(centers[2] - centers[0]) / 2 / height


class Part(VGroup):
    """Something that moves: what it shows frame by frame is in ``table``."""

    table: Sequence[Any]
    now: Any = None

    def bring(self, frame: int) -> None:
        """Bring it to a frame; nothing is done where nothing changes."""
        if self.table[frame] != self.now:
            self.now = self.table[frame]
            self.change(self.now)

    def change(self, now: Any) -> None:
        """Show an entry of the table."""
        raise NotImplementedError

    def changes(self, first: int, stop: int) -> list[int]:
        """The frames after ``first`` that show something else than the one before."""
        return [at for at in range(first + 1, stop) if self.table[at] != self.table[at - 1]]


class Digits(Part):
    """A live number, in outlines."""

    def __init__(self, number: Number) -> None:
        self.ink = VMobject(fill_color=number.color, fill_opacity=1, stroke_width=0)
        super().__init__(self.ink)
        self.number, self.table = number, number.shown

    def change(self, now: tuple[str, float]) -> None:
        text, alpha = now
        outlines, advance = figures()
        height = self.number.size * DIGIT_HEIGHT / UNIT
        end = spot(self.number.right, self.number.baseline) / height
        end[0] -= (len(text) - 0.5) * advance
        glyphs = [outlines[one] + end + [at * advance, 0, 0] for at, one in enumerate(text)]
        self.ink.set_points(np.concatenate(glyphs) * height)
        self.ink.set_fill(opacity=alpha)


class Equation(Part):
    """An equation that is dim while another acts."""

    def __init__(self, row: Row) -> None:
        super().__init__(*letters(row.words))
        self.table = row.shown

    def change(self, now: float) -> None:
        bright(self, now)


class Said(Part):
    """Words that come and go."""

    def __init__(self, saying: Saying) -> None:
        self.plate, self.ink, self.pen = (VMobject(stroke_width=0) for _ in range(3))
        super().__init__(self.plate, self.ink, self.pen)
        self.table = saying.shown

    def change(self, now: tuple[Words, float] | None) -> None:
        for part in self:
            part.clear_points()
        if now is not None:
            words, alpha = now
            for glyphs in letters(words):
                if width := glyphs.get_stroke_width():
                    self.pen.set_points(glyphs.points).set_stroke(words.color, width, alpha)
                else:
                    self.ink.set_points(glyphs.points).set_fill(words.color, alpha)
            if words.plate:
                box, color = words.plate
                self.plate.set_points(rounded(box, 8)).set_fill(color, 0.8 * alpha)


class Light(Part):
    """The bar behind the line that acts."""

    def __init__(self, picture: Picture) -> None:
        self.ground, self.side = (VMobject(stroke_width=0) for _ in range(2))
        super().__init__(self.ground, self.side)
        self.set_fill(picture.colors["accent"])
        self.table = picture.lit

    def change(self, now: tuple[Box, float] | None) -> None:
        self.ground.clear_points()
        self.side.clear_points()
        if now is not None:
            box, alpha = now
            side = (box[0], box[1] + 8, box[0] + 6, box[3] - 8)
            self.ground.set_points(rounded(box, 12)).set_fill(opacity=0.17 * alpha)
            self.side.set_points(rounded(side, 3)).set_fill(opacity=alpha)


class Length(Part):
    """A bar that grows and shrinks."""

    def __init__(self, bar: Bar, color: str) -> None:
        self.ink = VMobject(fill_color=color, fill_opacity=1, stroke_width=0)
        super().__init__(self.ink)
        self.track, self.table = bar.track, bar.shown

    def change(self, now: tuple[float, float]) -> None:
        left, right = now
        self.ink.clear_points()
        if right - left > 0.5:
            self.ink.set_points(rounded((left, self.track[1], right, self.track[3]), 5))


class Line(Part):
    """A line that grows, with dots at its points."""

    def __init__(self, trail: Trail, color: str, under: str = "") -> None:
        self.pen = VMobject(stroke_color=color, stroke_width=4 / LINE)
        if under:
            self.pen.set_stroke(under, 9 / LINE, 0.55, background=True)
        self.dots = VMobject(fill_color=color, fill_opacity=1, stroke_width=0)
        super().__init__(self.pen, self.dots)
        self.table = [(count, piece) for count, piece, _ in trail.shown]
        parts = [polyline(spots(piece)) if piece else NOTHING for piece in trail.pieces]
        self.pieces, dot = np.concatenate([NOTHING, *parts]), Circle(6 / UNIT).points
        self.stops = np.cumsum([0, *map(len, parts)])
        places = spots(trail.points)
        rounds = [dot + place for place, has in zip(places, trail.dots, strict=True) if has]
        self.rounds = np.concatenate([dot[:0], *rounds])
        self.ends = len(dot) * np.cumsum(trail.dots)

    def change(self, now: tuple[int, Piece | None]) -> None:
        count, piece = now
        last = polyline(spots(piece)) if piece else NOTHING
        self.pen.set_points(np.concatenate([self.pieces[: self.stops[count]], last]))
        self.dots.set_points(self.rounds[: self.ends[count]])


class Head(Part):
    """The end of a line: discs one on the other."""

    def __init__(self, trail: Trail, *discs: tuple[float, str, float]) -> None:
        super().__init__(*(disc(MIDDLE, *each) for each in discs))
        self.table = [end for *_, end in trail.shown]
        self.outlines = [part.points for part in self]
        self.change(None)

    def change(self, now: Point | None) -> None:
        for part, outline in zip(self, self.outlines, strict=True):
            part.set_points(outline + spot(*now) if now else NOTHING)


class Pointer(Part):
    """An arrow; the gradient's head is open, the step's is filled."""

    def __init__(self, arrow: Arrow, under: str) -> None:
        self.under = VMobject(stroke_color=under, stroke_width=9 / LINE, stroke_opacity=0.6)
        self.ink = VMobject(stroke_color=arrow.color, stroke_width=5 / LINE)
        self.head = VMobject(fill_color=arrow.color, fill_opacity=1, stroke_width=0)
        super().__init__(self.under, self.ink, self.head)
        self.filled, self.table = arrow.filled, arrow.shown

    def change(self, now: tuple[Point, Point, bool] | None) -> None:
        for part in self:
            part.clear_points()
        if now is None:
            return
        tail, tip = np.array(now[:2])
        length = float(np.hypot(*(tip - tail)))
        if length < 2:
            return
        if not now[2]:
            for pen in (self.under, self.ink):
                pen.set_points(polyline(spots([tail, tip])))
            return
        along, size = (tip - tail) / length, min(19.0, 0.6 * length)
        across = np.array([-along[1], along[0]]) * size / 2
        wings = [tip - along * size + across, tip, tip - along * size - across]
        neck = tip - along * size * 0.9 if self.filled else tip
        shaft = polyline(spots([tail, neck]))
        head = polyline(spots([*wings, wings[0]] if self.filled else wings))
        self.under.set_points(np.concatenate([shaft, head]))
        if self.filled:
            self.ink.set_points(shaft)
            self.head.set_points(head)
        else:
            self.ink.set_points(self.under.points)


class Drawn(Part):
    """Strokes that come and go."""

    def __init__(self, drawing: Drawing) -> None:
        most = max(map(len, drawing.shown))
        super().__init__(*(VMobject(stroke_width=0) for _ in range(most)))
        self.table = drawing.shown

    def change(self, now: tuple[Stroke, ...]) -> None:
        for part in self:
            part.clear_points()
        for part, (lines, width, color, alpha) in zip(self, now, strict=False):
            part.set_points(np.concatenate([polyline(spots(each)) for each in lines]))
            if width:
                part.set_stroke(color, width / LINE, alpha)
            else:
                part.set_fill(color, alpha)
