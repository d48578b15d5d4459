"""Words shaped by Pango: the outlines of their glyphs, and where they stand on the baseline.

How many glyphs a text has, and in which order, is Pango's to say: letters join, marks stand on
their letters, and scripts from right to left are turned around.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree
from xml.sax.saxutils import escape, quoteattr

import cairo
import manimpango

from engine.errors import UserError, shown
from engine.plaintext import ZERO_WIDTH_SPACE
from scenes.raised import SHARE, TOP, stretches
from scenes.typefaces import FONT, MONO, faces, spread

EM, POINTS = 100.0, 75.0
"""The size that words are shaped in, in pixels and in points."""

CAP_HEIGHT = 0.733
"""The height of a capital of the films' font, in ems."""

ORIGIN, FAR = 100, 10_000_000
MARK = "#ff0000"
"""The color of a letter that is set with the words to tell where their baseline is."""

SVG, LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
COMMAND = re.compile(r"([MLCZ])([^MLCZ]*)")


@dataclass(frozen=True)
class Glyph:
    """An outline as SVG spells it, and where it stands right of the words' left end and below the
    baseline, in hundredths of an em.
    """

    outline: str
    x: float
    y: float


@lru_cache(maxsize=512)
def shaped(words: str, font: str = FONT, bold: bool = False) -> tuple[Glyph, ...]:
    """The glyphs of one line of words that are drawn, none for words without ink.

    Raises:
        UserError: no font here has a character.
    """
    root = Tree.fromstring(_svg(_markup(words, font, bold), font, bold))  # noqa: S314  Pango's own
    outlines = {
        symbol.get("id"): "".join(path.get("d", "") for path in symbol.iter(f"{SVG}path"))
        for symbol in root.iter()
        if symbol.tag in (f"{SVG}symbol", f"{SVG}g") and str(symbol.get("id")).startswith("glyph")
    }
    drawn = list(_drawn(root))
    if any(use is None for use, _ in drawn):
        raise UserError(f"no font on this computer has all characters of '{shown(words)}'")
    placed = [(use, marked) for use, marked in drawn if use is not None]
    baseline = next(float(use.get("y")) for use, marked in placed if marked)
    glyphs = (
        Glyph(outlines[use.get(LINK)[1:]], float(use.get("x")), float(use.get("y")) - baseline)
        for use, marked in placed
        if not marked
    )
    return tuple(glyph for glyph in glyphs if COMMAND.search(glyph.outline))


def _drawn(root: Any) -> Iterator[tuple[Any, bool]]:
    """What is drawn: placed glyphs, each with whether it is the mark; None for anything else,
    such as the box for a character that is missing.
    """
    for group in root:
        if group.tag == f"{SVG}defs":
            continue
        for element in group.iter():
            if element.tag == f"{SVG}g":
                paint = f"{element.get('style', '')}{element.get('fill', '')}".replace(" ", "")
                marked = "rgb(100%,0%,0%)" in paint
                yield from ((use, marked) for use in element.findall(f"{SVG}use"))
            elif element.tag != f"{SVG}use":
                yield None, False


def _markup(words: str, font: str, bold: bool) -> str:
    """Pango's markup of the words and the mark behind them, in a font of its own."""
    fixed = "fallback='false'" if faces(bold) else ""
    parts = []
    for text, raised in stretches(words):
        size = ""
        if raised:
            rise = (TOP - SHARE) * CAP_HEIGHT * EM
            size = f"size='{round(SHARE * POINTS * 1024)}' rise='{round(rise * 1024)}'"
        parts += [
            f"<span {family} {size}>{escape(piece)}</span>"
            for family, piece in _pieces(text, font, bold)
        ]
    inner = "".join(parts).replace(ZERO_WIDTH_SPACE, "")
    mark = f"<span font_family='{MONO}' foreground='{MARK}'>H</span>"
    return f"<span lang='zh-cn' {fixed}>{inner}{mark}</span>"


def _pieces(text: str, font: str, bold: bool) -> list[tuple[str, str]]:
    """Words in pieces with the markup of the font that each is set in."""
    found = spread(text, bold) if font == FONT else ()
    if not found:
        return [(f"font_family={quoteattr(font)}", text)]
    return [
        (
            f"font_family={quoteattr(face.family)} "
            f"font_weight='{'bold' if face.bold else 'normal'}'",
            piece,
        )
        for face, piece in found
    ]


def _svg(markup: str, font: str, bold: bool) -> bytes:
    """The picture that Pango makes of one line."""
    weight = "BOLD" if bold else "NORMAL"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "words.svg"
        manimpango.MarkupUtils.text2svg(
            markup,
            font,
            "NORMAL",
            weight,
            POINTS,
            None,
            True,
            str(file),
            ORIGIN,
            ORIGIN,
            FAR,
            FAR,
            pango_width=-1,
        )
        return file.read_bytes()


@lru_cache(maxsize=8)
def capital(font: str = FONT, bold: bool = False) -> float:
    """The height of a capital, in hundredths of an em."""
    return -extents(shaped("H", font, bold))[1]


@lru_cache(maxsize=2048)
def width(words: str, *, bold: bool = False) -> float:
    """How wide the ink of words is, in ems of a capital's usual height."""
    left, _, right, _ = extents(shaped(words, bold=bold))
    return CAP_HEIGHT * (right - left) / capital(bold=bold)


def trace(context: cairo.Context[Any], glyphs: tuple[Glyph, ...]) -> None:
    """Add the outlines to the path of ``context``, in hundredths of an em."""
    for glyph in glyphs:
        for command, numbers in COMMAND.findall(glyph.outline):
            given = [float(number) for number in numbers.split()]
            points = [value + (glyph.y if at % 2 else glyph.x) for at, value in enumerate(given)]
            if command == "M":
                context.move_to(*points)
            elif command == "L":
                context.line_to(*points)
            elif command == "C":
                context.curve_to(*points)
            else:
                context.close_path()


def extents(glyphs: tuple[Glyph, ...]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the ink, in hundredths of an em; zeros where there is none."""
    context = cairo.Context(cairo.ImageSurface(cairo.FORMAT_A8, 1, 1))
    trace(context, glyphs)
    left, top, right, bottom = context.path_extents()
    return left, top, right, bottom
