"""Words, equations and digits: set by Manim once, kept as small pictures at the film's own size."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import cairo
import manim
import manimpango
import numpy as np
from numpy.typing import NDArray

from engine.errors import UserError
from engine.plaintext import from_right, plain_text
from scenes.equation import Equation
from scenes.palette import rgb
from scenes.shaping import CAP_HEIGHT, Glyph, capital, extents, shaped, trace, width
from scenes.stage import Box
from scenes.typefaces import FONT, MONO

MATH_CAP = 0.683
UNIT = 100.0
PAD = 3
RULE_SIZE = 72.0
KEPT = 24
"""Equations, and sizes of digits, kept in a process: one film's, some of which the next has too."""
KEPT_WORDS = 300
"""Texts kept in a process, some 40 kB each at 1080p: the films of a course share most of theirs."""
FIGURES = "0123456789\u2212.e+\u2013\u221e/"


def check_fonts() -> None:
    """Raise :class:`UserError` where a font the films are set in is missing."""
    missing = [font for font in (FONT, MONO) if font not in manimpango.list_fonts()]
    if missing:
        names = " and ".join(repr(font) for font in missing)
        raise UserError(
            f"films need the font {names}, which is not installed: install Noto Sans CJK "
            "(Debian and Ubuntu: apt-get install fonts-noto-cjk; "
            "macOS: brew install --cask font-noto-sans-cjk)"
        )


@contextmanager
def settings(scratch: Path) -> Iterator[None]:
    """Manim's settings for one film: nothing read from or left outside ``scratch``."""
    with manim.tempconfig(
        {"media_dir": str(scratch), "disable_caching": True, "verbosity": "ERROR", "seed": 0}
    ):
        for name in ("text_dir", "tex_dir"):
            manim.config.get_dir(name).mkdir(parents=True, exist_ok=True)
        yield


@dataclass(frozen=True, eq=False)
class Sprite:
    """A small picture in device pixels.

    ``left`` and ``top`` lead from its reference point (left end of the baseline or, for an
    equation, the middle of its relation sign) to its corner; ``ink`` is the box of what is drawn
    around that point, in stage pixels; ``size`` is the em, ``text`` what was set.
    """

    surface: cairo.ImageSurface
    left: int
    top: int
    ink: tuple[float, float, float, float]
    size: float = 0.0
    text: str = ""

    @property
    def width(self) -> float:
        """Width of the ink in stage pixels."""
        return self.ink[2] - self.ink[0]

    @property
    def height(self) -> float:
        """Height of the ink in stage pixels."""
        return self.ink[3] - self.ink[1]


@dataclass(frozen=True, eq=False)
class Figures:
    """Digits and signs of one size: a mask each, all of one width (in device pixels)."""

    masks: Mapping[str, Sprite]
    advance: float
    height: float
    size: float


class Lettering:
    """Sets text in one film's size; ``scale`` is device pixels for one stage pixel."""

    def __init__(self, scale: float) -> None:
        self.scale = scale

    def text(self, words: str, size: float, color: str, *, bold: bool = False) -> Sprite:
        """``words`` with an em of ``size`` stage pixels; the reference point is on the baseline.

        Words without ink give an empty picture; what no font here has raises UserError.
        """
        return _words(self.scale, plain_text(words), size, color, bold)

    def width(self, words: str, *, bold: bool = False) -> float:
        """How wide the ink of words is, in ems."""
        return width(plain_text(words), bold=bold)

    def math(self, source: str, size: float, color: str, colors: Mapping[str, str]) -> Sprite:
        """An equation in Typst notation with labelled groups; ``colors`` maps labels to colors.

        The reference point is the middle of the group labelled ``relation`` where there is one,
        else the left end at middle height. A label without anything under it raises ValueError.
        """
        equation = _equation(source, color, tuple(sorted(colors.items())))
        return replace(self.drawn(equation, size, equation.origin), text=source)

    def drawn(self, glyphs: Any, size: float, origin: NDArray[np.float64]) -> Sprite:
        """Glyphs of an equation with an em of ``size``; ``origin`` is the reference point."""
        factor = MATH_CAP * size * self.scale / UNIT / self._math_cap
        sprite = self._sprite(glyphs, factor, origin, rule=self.scale * size / RULE_SIZE)
        return replace(sprite, size=size)

    def extent(self, glyphs: Any, origin: NDArray[np.float64]) -> NDArray[np.float64]:
        """Left, top, right and bottom of an equation's glyphs with an em of one stage pixel."""
        corners = np.array([glyphs.get_corner(manim.UL), glyphs.get_corner(manim.DR)])
        around = ((corners - origin)[:, :2] * [1, -1]).ravel() * MATH_CAP / self._math_cap
        return np.asarray(around, dtype=np.float64)

    def spots(
        self, source: str, size: float, color: str, colors: Mapping[str, str]
    ) -> list[tuple[str, Box]]:
        """Where the labelled parts of an equation stand around its reference point."""
        equation = _equation(source, color, tuple(sorted(colors.items())))
        return [
            (label, Box(*(size * self.extent(manim.VGroup(*glyphs), equation.origin)).tolist()))
            for label, glyphs in equation.parts
        ]

    def figures(self, size: float) -> Figures:
        """The digits and signs of numbers, one mask each; made once a size and scale."""
        return _masks(self.scale, size)

    @cached_property
    def _math_cap(self) -> float:
        """Height of a capital H in an equation as Manim makes it."""
        return float(Equation("upright(H)", "#ffffff").height)

    def _sprite(
        self, mobject: Any, factor: float, origin: NDArray[np.float64], rule: float = 1.0
    ) -> Sprite:
        """Draw ``mobject``, ``factor`` times as large, into a picture of its own on whole pixels.

        The camera moves and zooms instead of the mobject, whose copies are slow; ``rule`` is the
        width of its lines in pixels.
        """
        zoom = UNIT * factor
        corners = np.array([mobject.get_corner(manim.UL), mobject.get_corner(manim.DR)])
        box = ((corners - origin)[:, :2] * [zoom, -zoom]).ravel()
        left, top = (math.floor(value) - PAD for value in box[:2])
        right, bottom = (math.ceil(value) + PAD for value in box[2:])
        width, height = right - left, bottom - top
        camera = manim.Camera(
            pixel_width=width,
            pixel_height=height,
            frame_width=width / zoom,
            frame_center=origin + np.array([left + right, -top - bottom, 0.0]) / (2 * zoom),
            cairo_line_width_multiple=rule / zoom,
            background_color="#000000",
            background_opacity=0.0,
        )
        camera.max_allowable_norm = 1e4
        camera.capture_mobjects([mobject])
        pixels = np.ascontiguousarray(camera.pixel_array[..., [2, 1, 0, 3]])
        surface = cairo.ImageSurface.create_for_data(
            pixels.data.cast("B"), cairo.FORMAT_ARGB32, width, height
        )
        first, second, third, fourth = (float(value) / self.scale for value in box)
        return Sprite(surface, left, top, (first, second, third, fourth))


@lru_cache(maxsize=KEPT)
def _masks(scale: float, size: float) -> Figures:
    """A mask of each digit and sign, its reference point in the middle of its width."""
    masks, factor = {}, CAP_HEIGHT * size * scale / capital(MONO)
    for letter in FIGURES:
        glyph, after = shaped(letter + "H", MONO)
        middle = (glyph.x + after.x) / 2
        masks[letter] = _drawn((glyph,), factor, middle, "#ffffff", scale)
    first, second = shaped("00", MONO)
    return Figures(masks, (second.x - first.x) * factor, CAP_HEIGHT * size, size)


@lru_cache(maxsize=KEPT_WORDS)
def _words(scale: float, words: str, size: float, color: str, bold: bool) -> Sprite:
    """Words as a picture, whose reference point is on the baseline."""
    glyphs = shaped(words, bold=bold)
    factor = CAP_HEIGHT * size * scale / capital(bold=bold)
    sprite = _drawn(glyphs, factor, extents(glyphs)[0], color, scale)
    return replace(sprite, size=size, text=words)


def stacked(sprites: Sequence[Sprite], leading: float, scale: float) -> Sprite:
    """Pictures of lines as one, ``leading`` stage pixels apart, with the first one's baseline.

    Lines are flush left; those that begin from the right are flush right.
    """
    wide = max(sprite.width for sprite in sprites)
    offsets = [
        (wide - each.width if from_right(each.text) else 0.0, row * leading)
        for row, each in enumerate(sprites)
    ]
    corners = [
        (each.left + round(x * scale), each.top + round(y * scale))
        for each, (x, y) in zip(sprites, offsets, strict=True)
    ]
    left, top = (min(corner[axis] for corner in corners) for axis in (0, 1))
    right = max(x + e.surface.get_width() for (x, _), e in zip(corners, sprites, strict=True))
    bottom = max(y + e.surface.get_height() for (_, y), e in zip(corners, sprites, strict=True))
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, right - left, bottom - top)
    context = cairo.Context(surface)
    for each, (x, y) in zip(sprites, corners, strict=True):
        context.set_source_surface(each.surface, x - left, y - top)
        context.paint()
    inks = [
        (each.ink[0] + x, each.ink[1] + y, each.ink[2] + x, each.ink[3] + y)
        for each, (x, y) in zip(sprites, offsets, strict=True)
    ]
    west, north = (min(ink[at] for ink in inks) for at in (0, 1))
    east, south = (max(ink[at] for ink in inks) for at in (2, 3))
    words = " ".join(each.text for each in sprites)
    return Sprite(surface, left, top, (west, north, east, south), sprites[0].size, words)


def _drawn(
    glyphs: tuple[Glyph, ...], factor: float, origin: float, color: str, scale: float
) -> Sprite:
    """Glyphs, ``factor`` times as large, as a picture on whole pixels around ``origin``."""
    left, top, right, bottom = extents(glyphs)
    ink = [(left - origin) * factor, top * factor, (right - origin) * factor, bottom * factor]
    west, north = (math.floor(value) - PAD for value in ink[:2])
    east, south = (math.ceil(value) + PAD for value in ink[2:])
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, east - west, south - north)
    context = cairo.Context(surface)
    context.translate(-west, -north)
    context.scale(factor, factor)
    context.translate(-origin, 0)
    trace(context, glyphs)
    context.set_source_rgb(*rgb(color))
    context.fill()
    first, second, third, fourth = (value / scale for value in ink)
    return Sprite(surface, west, north, (first, second, third, fourth))


@lru_cache(maxsize=KEPT)
def _equation(source: str, color: str, colors: tuple[tuple[str, str], ...]) -> Equation:
    """An equation with its colors."""
    equation = Equation(source, color)
    equation.paint(dict(colors))
    return equation
