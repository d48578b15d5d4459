"""What a film shows, as plain frozen data: the same spec gives the same film."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from engine import Objective, Optimizer, Trajectory, known_run
from engine.errors import UserError, nearest
from scenes.words import WORDS

KINDS = ("descent",)


@dataclass(frozen=True)
class Quality:
    """Size in pixels (16:9, even), frames a second, and the settings of x264."""

    name: str
    width: int
    height: int
    fps: int
    crf: int
    preset: str


QUALITIES = MappingProxyType(
    {
        quality.name: quality
        for quality in (
            Quality("draft", 640, 360, 15, 24, "veryfast"),
            Quality("standard", 1920, 1080, 30, 23, "veryfast"),
            Quality("high", 2560, 1440, 60, 18, "veryfast"),
            Quality("4k", 3840, 2160, 60, 18, "veryfast"),
        )
    }
)


@dataclass(frozen=True)
class Cue:
    """A caption in the film's language, shown from the moment the point has made ``step`` steps."""

    step: int
    text: str


@dataclass(frozen=True)
class FilmSpec:
    """One film of one run in one language.

    ``name`` is the stem of the files; ``hyper`` holds the hyper-parameters that differ from the
    optimizer's defaults; the first ``explained`` steps are shown line by line. A wrong kind,
    language, name, start, number of steps or order of cues raises :class:`UserError`.
    """

    name: str
    language: str
    optimizer: str | Optimizer
    objective: str | Objective
    start: tuple[float, float] | None = None
    steps: int = 50
    hyper: tuple[tuple[str, float], ...] = ()
    cues: tuple[Cue, ...] = ()
    title: str = ""
    kind: str = "descent"
    quality: Quality = field(default=QUALITIES["standard"])
    explained: int = 3

    def __post_init__(self) -> None:
        """Refuse what no film can be made of."""
        where = f"film {self.name!r}"
        if self.kind not in KINDS:
            hint = nearest(self.kind, KINDS)
            raise UserError(
                f"{where}: kind must be one of {', '.join(KINDS)}, found {self.kind!r}{hint}"
            )
        if self.language not in WORDS:
            raise UserError(
                f"{where}: language must be one of {', '.join(WORDS)}, found {self.language!r}"
            )
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", self.name):
            raise UserError(f"{where}: a name is made of letters, digits, '-' and '_'")
        if not 1 <= self.steps <= 100_000:
            raise UserError(f"{where}: steps must be from 1 to 100000, found {self.steps}")
        if self.start is not None and not all(math.isfinite(value) for value in self.start):
            raise UserError(f"{where}: start must be two finite numbers, found {self.start}")
        if self.explained < 0:
            raise UserError(f"{where}: explained must not be negative, found {self.explained}")
        self._check_cues(where)

    def _check_cues(self, where: str) -> None:
        """Cues stand in the order of their steps, and inside the run that was asked for."""
        last = 0
        for cue in self.cues:
            if not last <= cue.step <= self.steps:
                raise UserError(
                    f"{where}: a cue at step {cue.step} must stand between {last} and "
                    f"{self.steps}: write cues in the order of their steps"
                )
            last = cue.step

    @cached_property
    def trajectory(self) -> Trajectory:
        """The run the film shows, computed once."""
        return known_run(self.optimizer, self.objective, self.start, self.steps, self.hyper)
