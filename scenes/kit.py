"""What every part of one shot shares: its run, words, colors, type and scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from engine import Trajectory
from scenes.canvas import Brush, Word
from scenes.checks import LongTextError
from scenes.lettering import Figures, Lettering, Sprite, stacked
from scenes.palette import THEMES, Theme
from scenes.shots import Shot
from scenes.spec import FilmSpec
from scenes.stage import BODY, FIGURE, SMALL, STAGES, TEXT_LEAST, Box, Stage
from scenes.words import WORDS
from scenes.wrapping import balanced, fitting, letters, wrapped

LEADING = 29.0
"""From line to line of the least size."""


@dataclass(eq=False)
class Kit:
    """Made once a shot; text and digits are set once and kept."""

    spec: FilmSpec
    run: Trajectory
    stage: Stage
    theme: Theme
    lettering: Lettering
    _texts: dict[tuple[str, float, str, bool], Sprite] = field(default_factory=dict)

    @classmethod
    def of(cls, spec: FilmSpec, shot: Shot) -> Kit:
        """The kit of a shot: its main run, the stage and theme of the film."""
        run, lettering = shot.runs[0].trajectory, Lettering(spec.scale)
        return cls(spec, run, STAGES[spec.form], THEMES[spec.theme], lettering)

    def with_run(self, run: Trajectory) -> Kit:
        """The same kit for another run of the shot."""
        return replace(self, run=run)

    def on(self, stage: Stage) -> Kit:
        """The same kit on another stage."""
        return replace(self, stage=stage)

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The words of the film's language."""
        return WORDS[self.spec.language]

    @cached_property
    def scale(self) -> float:
        """Device pixels for one stage pixel."""
        return self.spec.scale

    @property
    def figures(self) -> Figures:
        """Digits of the number columns."""
        return self.lettering.figures(FIGURE)

    def text(
        self, words: str, size: float = BODY, color: str = "", *, bold: bool = False
    ) -> Sprite:
        """A word or sentence, set once."""
        key = (words, size, color or self.theme.text, bold)
        if key not in self._texts:
            self._texts[key] = self.lettering.text(words, size, key[2], bold=bold)
        return self._texts[key]

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        """How wide words are, in stage pixels."""
        return self.lettering.width(words, bold=bold) * size

    def fitted(
        self, words: str, size: float, width: float, color: str = "", *, bold: bool = False
    ) -> Sprite:
        """``words`` in one line, smaller where wider than ``width``.

        Raises:
            LongTextError: they would be too small to be read.
        """
        size = self._fitting(words, size, width, bold)
        if self.width(words, size, bold=bold) > width:
            raise self.too_long(words, width, bold=bold)
        return self.text(words, size, color, bold=bold)

    def block(
        self, words: str, size: float, width: float, color: str = "", *, bold: bool = False
    ) -> Sprite:
        """``words`` in one line as `fitted` sets them or, where they are too long, in two.

        The reference point is on the baseline of the first line.

        Raises:
            LongTextError: two lines have no room for them.
        """
        size = self._fitting(words, size, width, bold)
        if self.width(words, size, bold=bold) <= width:
            return self.text(words, size, color, bold=bold)
        lines = self.broken(words, TEXT_LEAST, width, bold=bold)
        if len(lines) > 2:
            raise self.too_long(words, width, 2, bold=bold)
        sprites = [self.text(line, TEXT_LEAST, color, bold=bold) for line in lines]
        return replace(stacked(sprites, LEADING, self.scale), text=words)

    def lines(self, words: str, size: float, width: float, *, bold: bool = False) -> list[Sprite]:
        """``words`` in lines no wider than ``width``, about equally long."""
        found = self.broken(words, size, width, bold=bold)
        return [self.text(line, size, bold=bold) for line in found]

    def told(self, words: str, width: float, *, bold: bool = False) -> list[Sprite]:
        """A sentence in one line or, where that would be too small to read, in two or three."""
        sprite = self.text(words, BODY, bold=bold)
        if sprite.width * TEXT_LEAST <= width * (BODY - 0.5):
            return [self.fitted(words, BODY, width, bold=bold)]
        lines = self.lines(words, SMALL, width, bold=bold)
        return lines if len(lines) <= 2 else self.lines(words, TEXT_LEAST, width, bold=bold)

    def headline(self, words: str, size: float, width: float) -> list[Sprite]:
        """A title in one line; where that would be smaller than a sentence, in two lines.

        Raises:
            LongTextError: two small lines have no room for it.
        """
        if self.width(words, BODY, bold=True) * size <= width * (size - 0.5):
            return [self.fitted(words, size, width, bold=True)]
        for least in (BODY, SMALL, TEXT_LEAST):
            lines = self.lines(words, least, width, bold=True)
            if len(lines) <= 2:
                return lines
        raise self.too_long(words, width, 2, bold=True)

    def _fitting(self, words: str, size: float, width: float, bold: bool) -> float:
        """The size, from the least that can be read on, in which words are about so wide."""
        whole = self.width(words, size, bold=bold)
        return size if whole <= width else max(size * width / whole - 0.5, min(size, TEXT_LEAST))

    def broken(self, words: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """``words`` as lines no wider than ``width``."""
        return balanced(words, lambda text: self.width(text, size, bold=bold), width - 1)

    def too_long(
        self, words: str, width: float, lines: int = 1, *, bold: bool = False
    ) -> LongTextError:
        """The mistake of a text that is longer than ``lines`` of the least size."""

        def fits(text: str) -> bool:
            return self.width(text, TEXT_LEAST, bold=bold) <= width - (lines > 1)

        shown = [fitting(words, fits)] if lines == 1 else wrapped(words, fits)[:lines]
        most = sum(len(letters(line)) for line in shown)
        return LongTextError(words, most, self.spec.form)

    def role(self, term: str) -> str:
        """The color of a term of the rule; what carries no role has the text color."""
        role = self.run.optimizer.role(term)
        return self.theme.roles[role] if role else self.theme.text

    def counted(self, text: str, right: float, baseline: float) -> Word:
        """Digits that end at ``right``, for the layout check."""
        font = self.figures
        return Word(figures_box(text, font, right, baseline, self.scale), font.size, text)


def lines_of(sprite: Sprite) -> int:
    """How many lines a picture of words has that `Kit.block` has set."""
    return 1 + (sprite.ink[3] > 0.8 * LEADING)


@contextmanager
def within(brush: Brush, box: Box) -> Iterator[None]:
    """Paint inside ``box`` only."""
    brush.context.save()
    brush.context.rectangle(box.left, box.top, box.width, box.height)
    brush.context.clip()
    yield
    brush.context.restore()


def ink_box(sprite: Sprite, x: float, y: float) -> Box:
    """Where the ink of ``sprite`` lies with its reference point at (x, y)."""
    left, top, right, bottom = sprite.ink
    return Box(x + left, y + top, x + right, y + bottom)


def spelled(sprite: Sprite, x: float, y: float) -> Word:
    """A sprite with its reference point at (x, y), for the layout check."""
    return Word(ink_box(sprite, x, y), sprite.size, sprite.text)


def spelled_bands(
    sprites: Sequence[Sprite], x: float, y: float, scale: float, word: Word
) -> list[Word]:
    """Sprites of an equation of several lines, all with one reference point, as words.

    Each band of their ink between empty rows is one, with the size and text of ``word``.
    """
    left, top = min(sprite.left for sprite in sprites), min(sprite.top for sprite in sprites)
    sizes = [(s.surface.get_height(), s.surface.get_stride() // 4) for s in sprites]
    high = max(s.top - top + size[0] for s, size in zip(sprites, sizes, strict=True))
    wide = max(s.left - left + size[1] for s, size in zip(sprites, sizes, strict=True))
    ink = np.zeros((high, wide), bool)
    for sprite, (rows, columns) in zip(sprites, sizes, strict=True):
        pixels = np.frombuffer(sprite.surface.get_data(), np.uint8).reshape(rows, columns, 4)
        down, across = sprite.top - top, sprite.left - left
        ink[down : down + rows, across : across + columns] |= pixels[..., 3] > 0
    rows_with_ink = np.concatenate([[False], ink.any(axis=1), [False]]).astype(int)
    words = []
    for first, end in np.flatnonzero(np.diff(rows_with_ink)).reshape(-1, 2).tolist():
        columns_with_ink = np.flatnonzero(ink[first:end].any(axis=0)).tolist()
        box = Box(
            x + (left + columns_with_ink[0]) / scale,
            y + (top + first) / scale,
            x + (left + columns_with_ink[-1] + 1) / scale,
            y + (top + end) / scale,
        )
        words.append(replace(word, box=box))
    return words


def figures_box(text: str, font: Figures, right: float, baseline: float, scale: float) -> Box:
    """Where digits lie that end at ``right``."""
    return Box(right - len(text) * font.advance / scale, baseline - font.height, right, baseline)
