"""What a film shows and in what form, as plain frozen data: the same spec gives the same film."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.errors import UserError, nearest
from scenes.palette import THEMES
from scenes.shots import Shot
from scenes.stage import HEIGHT, STAGES
from scenes.words import WORDS


@dataclass(frozen=True)
class Quality:
    """Height in pixels of the wide picture (even), frames a second, and the settings of x264."""

    name: str
    height: int
    fps: int
    crf: int
    preset: str


QUALITIES = MappingProxyType(
    {
        quality.name: quality
        for quality in (
            Quality("draft", 360, 15, 24, "veryfast"),
            Quality("standard", 1080, 30, 23, "veryfast"),
            Quality("high", 1440, 60, 18, "veryfast"),
            Quality("4k", 2160, 60, 18, "veryfast"),
        )
    }
)


@dataclass(frozen=True)
class FilmSpec:
    """One film in one language.

    ``name`` is the stem of the files; ``shots`` follow each other. ``form`` is the shape of the
    picture (``wide`` 16:9, ``square``, ``tall`` 9:16), ``theme`` its colors. ``pace`` stretches the
    time that captions are given to be read. An ``overlay`` has no ground, for editors. What is
    wrong raises :class:`UserError`.
    """

    name: str
    language: str
    shots: tuple[Shot, ...]
    title: str = ""
    quality: Quality = field(default=QUALITIES["standard"])
    form: str = "wide"
    theme: str = "dark"
    pace: float = 1.0
    overlay: bool = False

    def __post_init__(self) -> None:
        """Refuse what no film can be made of."""
        where = f"film {self.name!r}"
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*", self.name):
            raise UserError(
                f"{where}: a name is made of letters, digits, '-', '_' and points inside"
            )
        for key, value, known in (
            ("language", self.language, WORDS),
            ("form", self.form, STAGES),
            ("theme", self.theme, THEMES),
        ):
            if value not in known:
                raise UserError(
                    f"{where}: {key} must be one of {', '.join(known)}, "
                    f"found {value!r}{nearest(value, known)}"
                )
        if not 0.25 <= self.pace <= 4:
            raise UserError(f"{where}: pace must be from 0.25 to 4, found {self.pace}")
        if not self.shots:
            raise UserError(f"{where}: a film needs at least one shot")
        for number, shot in enumerate(self.shots, start=1):
            try:
                shot.check()
            except UserError as error:
                place = f", shot {number}" if len(self.shots) > 1 else ""
                raise UserError(f"{where}{place}: {error}") from None

    @property
    def scale(self) -> float:
        """Device pixels for one stage pixel."""
        return self.quality.height / HEIGHT

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture in pixels, both even."""
        stage = STAGES[self.form]
        width, height = (round(side * self.scale) for side in (stage.width, stage.height))
        return width & ~1, height & ~1
