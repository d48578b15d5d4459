"""Equations in pieces: every labelled part is a picture of its own, and all share one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import manim

from scenes.brush import Brush, Word
from scenes.equation import Line, Sheet
from scenes.kit import Kit, ink_box
from scenes.lettering import Sprite
from scenes.stage import Box

RESULT = "result"
"""The label of a line's result, which has the color of what the line assigns."""

Extent = tuple[float, float, float, float]


class Setting:
    """Equations set together; each is cut into pieces at the size that is wanted."""

    def __init__(self, kit: Kit, sources: Sequence[str], colors: Mapping[str, str]) -> None:
        self.kit, self.colors = kit, colors
        self.sources = tuple(dict.fromkeys(sources))
        sheet = Sheet(self.sources, kit.theme.text)
        self._lines = dict(zip(self.sources, sheet.lines, strict=True))
        self._pieces: dict[tuple[str, float], Pieces] = {}

    def extent(self, source: str) -> Extent:
        """Left, top, right and bottom with an em of one pixel, around the reference point."""
        line = self._lines[source]
        left, top, right, bottom = self.kit.lettering.extent(
            manim.VGroup(*line.glyphs), line.origin
        ).tolist()
        return left, top, right, bottom

    def pieces(self, source: str, size: float) -> Pieces:
        """The equation of ``source`` with an em of ``size``; made once."""
        key = (source, size)
        if key not in self._pieces:
            self._pieces[key] = Pieces(self, self._lines[source], size, source)
        return self._pieces[key]


class Pieces:
    """One equation: ``parts`` pairs labels with sprites, ``rest`` is what has no label."""

    def __init__(self, setting: Setting, line: Line, size: float, source: str) -> None:
        lettering, origin = setting.kit.lettering, line.origin
        self.size, self.source = size, source
        self.parts: list[tuple[str, Sprite]] = []
        for label, glyphs in line.parts:
            color = setting.colors.get(line.parts[0][0] if label == RESULT else label)
            for glyph in glyphs if color else ():
                glyph.set_color(color)
            if glyphs:
                group = manim.VGroup(*glyphs)
                self.parts.append((label, lettering.drawn(group, size, origin)))
        self.rest: Sprite | None = None
        if line.rest:
            self.rest = lettering.drawn(manim.VGroup(*line.rest), size, origin)
        inks = [sprite.ink for sprite in self.sprites]
        self.ink = (
            min(ink[0] for ink in inks),
            min(ink[1] for ink in inks),
            max(ink[2] for ink in inks),
            max(ink[3] for ink in inks),
        )

    @property
    def sprites(self) -> list[Sprite]:
        """All pieces."""
        return [sprite for _, sprite in self.parts] + ([self.rest] if self.rest else [])

    def box(self, x: float, y: float) -> Box:
        """Where the ink lies with the reference point at (x, y)."""
        left, top, right, bottom = self.ink
        return Box(x + left, y + top, x + right, y + bottom)

    def paint(self, brush: Brush, x: float, y: float, alpha: float) -> None:
        """Paint all of it."""
        if alpha > 0:
            for sprite in self.sprites:
                brush.sprite(sprite, x, y, alpha)

    def word(self, x: float, y: float) -> Word:
        """The whole equation, for the layout check."""
        return Word(self.box(x, y), self.size, self.source)

    def spot(self, index: int, x: float, y: float) -> Box:
        """Where part ``index`` stands."""
        return ink_box(self.parts[index][1], x, y)
