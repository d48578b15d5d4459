"""What every part of one film shares: its run, words, colors, type and scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from engine import Trajectory
from scenes.canvas import Brush
from scenes.lettering import Figures, Lettering, Sprite
from scenes.palette import DARK, Theme
from scenes.spec import FilmSpec
from scenes.stage import BODY, FIGURE, HEIGHT, Box
from scenes.words import WORDS


@dataclass(eq=False)
class Kit:
    """Made once a film; text and digits are set once and kept."""

    spec: FilmSpec
    theme: Theme = DARK
    _texts: dict[tuple[str, float, str, bool], Sprite] = field(default_factory=dict)

    @cached_property
    def run(self) -> Trajectory:
        """The run the film shows."""
        return self.spec.trajectory

    @cached_property
    def words(self) -> Mapping[str, str]:
        """The words of the film's language."""
        return WORDS[self.spec.language]

    @cached_property
    def scale(self) -> float:
        """Device pixels for one stage pixel."""
        return self.spec.quality.height / HEIGHT

    @cached_property
    def lettering(self) -> Lettering:
        """Sets text at this film's size."""
        return Lettering(self.scale)

    @cached_property
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

    def role(self, term: str) -> str:
        """The color of a term of the rule; what carries no role has the text color."""
        role = self.run.optimizer.role(term)
        return self.theme.roles[role] if role else self.theme.text


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


def figures_box(text: str, font: Figures, right: float, baseline: float, scale: float) -> Box:
    """Where digits lie that end at ``right``."""
    return Box(right - len(text) * font.advance / scale, baseline - font.height, right, baseline)
