"""What every part of one shot shares: its run, words, colors, type and scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

from engine import Trajectory
from scenes.canvas import Brush, Word
from scenes.lettering import Figures, Lettering, Sprite
from scenes.palette import THEMES, Theme
from scenes.shots import Shot
from scenes.spec import FilmSpec
from scenes.stage import BODY, FIGURE, STAGES, Box, Stage
from scenes.words import WORDS


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

    def role(self, term: str) -> str:
        """The color of a term of the rule; what carries no role has the text color."""
        role = self.run.optimizer.role(term)
        return self.theme.roles[role] if role else self.theme.text

    def counted(self, text: str, right: float, baseline: float) -> Word:
        """Digits that end at ``right``, for the layout check."""
        font = self.figures
        return Word(figures_box(text, font, right, baseline, self.scale), font.size, text)


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


def figures_box(text: str, font: Figures, right: float, baseline: float, scale: float) -> Box:
    """Where digits lie that end at ``right``."""
    return Box(right - len(text) * font.advance / scale, baseline - font.height, right, baseline)
