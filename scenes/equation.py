"""An equation set by Typst, its labelled parts kept apart by color, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import manim
import numpy as np
from numpy.typing import NDArray

PART = re.compile(r"\{\{ ((?:(?!\{\{|\}\}).)*) : ([A-Za-z0-9_-]+) \}\}")
PREAMBLE = "#let part(mark, body) = text(fill: rgb(mark), body)"
RELATION = "relation"


class Equation(manim.Typst):
    """The equation ``source``, in which ``{{ body : label }}`` marks a part.

    Manim's ``MathTypst`` finds each label's glyphs by one more compilation; here each part is set
    in a color of its own and found by that, with the same layout. ``parts`` pairs the labels, in
    reading order of their closing, with their glyphs.
    """

    def __init__(self, source: str, color: str) -> None:
        code, labels = marked(source)
        super().__init__(
            f"$ {code} $",
            typst_preamble=PREAMBLE,
            font_size=96,
            color=color,
            use_svg_cache=False,
        )
        glyphs: dict[str, list[Any]] = {}
        for glyph in self.family_members_with_points():
            glyphs.setdefault(glyph.get_fill_color().to_hex().lower(), []).append(glyph)
        self.parts = [
            (label, glyphs.get(mark(number), [])) for number, label in enumerate(labels, start=1)
        ]
        for label, members in self.parts:
            if not members:
                raise ValueError(f"nothing is labelled {label!r} in {source!r}")
            for glyph in members:
                glyph.set_color(color)

    def paint(self, colors: Mapping[str, str]) -> None:
        """Give the parts their labels' colors; a label without any keeps the equation's."""
        for label, members in self.parts:
            for glyph in members if label in colors else ():
                glyph.set_color(colors[label])

    @property
    def origin(self) -> NDArray[np.float64]:
        """The middle of the relation sign; without one, the left end at middle height."""
        for label, members in self.parts:
            if label == RELATION:
                return np.asarray(manim.VGroup(*members).get_center())
        return np.array([self.get_left()[0], self.get_center()[1], 0.0])


@dataclass(frozen=True, eq=False)
class Line:
    """One equation of a sheet: all its glyphs, those of each labelled part, and those of none."""

    glyphs: Sequence[Any]
    parts: Sequence[tuple[str, Sequence[Any]]]
    rest: Sequence[Any]

    @property
    def origin(self) -> NDArray[np.float64]:
        """The middle of the relation sign; without one, the left end at middle height."""
        for label, members in self.parts:
            if label == RELATION:
                return np.asarray(manim.VGroup(*members).get_center())
        whole = manim.VGroup(*self.glyphs)
        return np.array([whole.get_left()[0], whole.get_center()[1], 0.0])


class Sheet(manim.Typst):
    """Several equations in one compilation; ``lines`` has each of them by itself."""

    def __init__(self, sources: Sequence[str], color: str) -> None:
        blocks: list[str] = []
        labels: list[str] = []
        for source in sources:
            code, found = marked(source, len(labels) + 1)
            labels += ["", *found]
            ground = mark(len(labels) - len(found))
            blocks.append(f'#text(fill: rgb("{ground}"))[$ {code} $]')
        super().__init__(
            "\n\n".join(blocks),
            typst_preamble=PREAMBLE,
            font_size=96,
            color=color,
            use_svg_cache=False,
        )
        found_glyphs: dict[str, list[Any]] = {}
        for glyph in self.family_members_with_points():
            filled = glyph.get_fill_opacity() > 0
            seen = glyph.get_fill_color() if filled else glyph.get_stroke_color()
            found_glyphs.setdefault(seen.to_hex().lower(), []).append(glyph)
            glyph.set_color(color)
        self.lines: list[Line] = []
        starts = [number for number, label in enumerate(labels, start=1) if not label]
        for start, stop in pairwise([*starts, len(labels) + 1]):
            groups = [found_glyphs.get(mark(number), []) for number in range(start, stop)]
            parts = list(zip(labels[start : stop - 1], groups[1:], strict=True))
            self.lines.append(Line([g for group in groups for g in group], parts, groups[0]))


def marked(source: str, before: int = 0) -> tuple[str, list[str]]:
    """Typst in which each part has a color of its own, and the parts' labels.

    ``before`` marks are in use already.
    """
    labels: list[str] = []

    def called(match: re.Match[str]) -> str:
        labels.append(match[2])
        return f'part("{mark(before + len(labels))}", {match[1]})'

    while PART.search(source):
        source = PART.sub(called, source, count=1)
    return source, labels


def mark(number: int) -> str:
    """The color that stands for part ``number``, nearly black."""
    return f"#{number:06x}"
