"""A lesson as its author wrote it: ``lesson.toml`` and one Markdown text for each language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, Strict

from engine.errors import UserError
from publish.settings import Entry
from publish.tags import Tag
from publish.text import Text

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Count = Annotated[int, Strict(), Field(ge=1, le=5000)]
Point = Annotated[list[Number], Field(min_length=2, max_length=2)]


class RunEntry(Entry):
    """A run that a film or a playground shows.

    ``objective`` is a name of the catalog or a formula in ``x1`` and ``x2``; ``hyper`` holds the
    hyper-parameters that differ from the optimizer's defaults.
    """

    name: Identifier
    optimizer: str
    objective: str = "valley"
    start: Point
    steps: Count = 50
    hyper: dict[str, Number] = Field(default_factory=dict)


class FilmEntry(RunEntry):
    """A film; its first ``explained`` steps are slow and annotated."""

    explained: Annotated[int, Strict(), Field(ge=0, le=20)] = 3


class PlaygroundEntry(RunEntry):
    """The run a playground starts with."""


class LessonFile(Entry):
    """The tables of ``lesson.toml``."""

    films: list[FilmEntry] = Field(default_factory=list)
    playgrounds: list[PlaygroundEntry] = Field(default_factory=list)


@dataclass(frozen=True)
class Lesson:
    """One lesson in all its languages; ``name`` is its folder's and its pages' name."""

    name: str
    folder: Path
    films: tuple[FilmEntry, ...]
    playgrounds: tuple[PlaygroundEntry, ...]
    texts: Mapping[str, Text]

    @property
    def settings(self) -> Path:
        """The path of ``lesson.toml``, for messages."""
        return self.folder / "lesson.toml"

    def film(self, name: str) -> FilmEntry:
        """The film of that name; a KeyError where there is none."""
        return {film.name: film for film in self.films}[name]

    def playground(self, name: str) -> PlaygroundEntry:
        """The playground of that name; a KeyError where there is none."""
        return {entry.name: entry for entry in self.playgrounds}[name]

    def film_tag(self, language: str, film: str) -> Tag | None:
        """The place of a film in a text: its argument is the caption, its rows are the cues."""
        tags = self.texts[language].tags
        return next((tag for tag in tags if tag.name == "film" and tag.target == film), None)


def check_names(names: Iterable[str], path: Path) -> None:
    """Lesson folders have plain names, for pages, films and addresses are called after them."""
    for number, name in enumerate(names, start=1):
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,59}", name):
            raise UserError(
                f"{path}: lessons[{number}]: expected the name of a folder here, of letters, "
                f"digits, - and _, found {name[:60]!r}"
            )
        if name.lower() == "index":
            raise UserError(
                f"{path}: lessons[{number}]: '{name}' is the start page; give the folder "
                f"another name"
            )
