"""A lesson as its author wrote it: ``lesson.toml`` and one Markdown text for each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, Strict

from engine import OPTIMIZERS
from engine.optimizers.habits import meant
from engine.tuning import MOST_TRIALS
from publish.attached import Attached
from publish.plainwords import plain_setting
from publish.settings import Entry
from publish.tags import Tag
from publish.text import Text

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=60)]
Spoken = Annotated[str, Field(pattern=r"^[0-9]*[A-Za-z][A-Za-z0-9_-]*$", max_length=60)]
"""A name that captions use next to numbers, so that it holds a letter."""
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Count = Annotated[int, Strict(), Field(ge=1, le=5000)]
Point = Annotated[list[Number], Field(min_length=2, max_length=2)]
Grid = Annotated[list[Number], Field(min_length=2, max_length=100)]
Line = Annotated[str, Field(min_length=1)]
Words = Annotated[Line, AfterValidator(plain_setting)]
Label = Words | Annotated[dict[str, Words], Field(min_length=1)]
"""A name on screen, the same in all languages or one for each."""


KIND_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "descent": ("explained", "dwell", "highlight", "panes"),
        "anatomy": ("dwell", "without", "highlight"),
        "race": ("racers", "best_of", "trials", "tolerance"),
        "sweep": ("sweep", "stops", "log"),
    }
)
"""The keys that a kind of shot has to itself."""


class RunKeys(Entry):
    """The keys that say which run; what is absent is inherited, or has its default.

    ``objective`` is a name of the catalog or a formula in ``x1`` and ``x2``, ``start`` by default
    the objective's own; ``hyper`` holds what differs from the optimizer's defaults.
    """

    optimizer: str | None = None
    objective: str | None = None
    start: Point | None = None
    steps: Count | None = None
    hyper: dict[str, Number] = Field(default_factory=dict)

    @classmethod
    def elsewhere(cls, word: str) -> str:
        """A hyper-parameter belongs into its table."""
        names = [name for rule in OPTIMIZERS.values() for name in rule.defaults]
        setting = meant(word, names)
        return f": a setting, write hyper = {{ {setting} = ... }}" if setting else ""


class PaneEntry(Entry):
    """A run of a descent that shows two beside each other; keys as in `RunKeys`."""

    name: Spoken | None = None
    label: Label | None = None
    optimizer: str | None = None
    objective: str | None = None
    start: Point | None = None
    hyper: dict[str, Number] = Field(default_factory=dict)

    @classmethod
    def elsewhere(cls, word: str) -> str:
        """What both panes share belongs to the descent, a hyper-parameter into its table."""
        shared = word in ("steps", *KIND_KEYS["descent"])
        return (
            ": one for both panes, write it beside 'panes'" if shared else RunKeys.elsewhere(word)
        )


class OtherEntry(Entry):
    """The optimizer that an anatomy sets against its own, with a name on screen."""

    optimizer: str
    label: Label | None = None


class BestOf(Entry):
    """A hyper-parameter that is searched for, from the values of a grid on."""

    best_of: Grid


class RacerEntry(Entry):
    """A run of a race; ``lr`` is short for ``hyper.lr``."""

    name: Spoken | None = None
    label: Label | None = None
    optimizer: str | None = None
    start: Point | None = None
    lr: Number | BestOf | None = None
    hyper: dict[str, Number | BestOf] = Field(default_factory=dict)

    @classmethod
    def elsewhere(cls, word: str) -> str:
        """What all share belongs to the race, a hyper-parameter into its table."""
        if word == "best_of":
            return ": write lr = { best_of = [...] }"
        shared = word in ("objective", "steps")
        if meant(word, ["lr"]):
            return ": write lr = ..."
        return (
            ": one for all racers, write it beside 'racers'" if shared else RunKeys.elsewhere(word)
        )


class ShotEntry(RunKeys):
    """A shot: its kind, the run, and the keys of its kind; see `scenes.shots`.

    ``name`` is how captions refer to it, by default its kind; ``title`` names its chapter.
    """

    name: Spoken | None = None
    kind: Literal["descent", "anatomy", "race", "sweep"] = "descent"
    title: Label | None = None
    explained: Annotated[int, Strict(), Field(ge=0, le=20)] = 3
    dwell: list[Count] = Field(default_factory=list)
    highlight: list[str] = Field(default_factory=list)
    panes: Annotated[list[PaneEntry], Field(min_length=2, max_length=2)] = Field(
        default_factory=list
    )
    without: Line | OtherEntry | None = None
    racers: Annotated[list[RacerEntry], Field(min_length=2, max_length=6)] = Field(
        default_factory=list
    )
    best_of: Grid = Field(default_factory=list)
    trials: Annotated[int, Strict(), Field(ge=2, le=MOST_TRIALS)] | None = None
    tolerance: Annotated[Number, Field(gt=0, lt=1)] | None = None
    sweep: str = "lr"
    stops: Annotated[list[Number], Field(min_length=2, max_length=20)] = Field(default_factory=list)
    log: Annotated[bool, Strict()] = False

    @classmethod
    def keys_for(cls, table: Mapping[str, Any]) -> list[str]:
        """All but the keys of other kinds."""
        own = KIND_KEYS.get(str(table.get("kind", "descent")), ())
        foreign = {key for keys in KIND_KEYS.values() for key in keys if key not in own}
        return [key for key in cls.model_fields if key not in foreign]

    @classmethod
    def elsewhere(cls, word: str) -> str:
        """A film's key belongs beside the shots, a hyper-parameter into its table."""
        whole = word in FilmEntry.model_fields
        return (
            ": one for the whole film, write it beside 'shots'"
            if whole
            else super().elsewhere(word)
        )


class FilmEntry(ShotEntry):
    """A film: either ``shots``, which inherit its run, or one shot with the keys of its kind.

    Races among the shots inherit the keys of races, too.
    ``title`` stands in the picture. ``pace`` stretches the time that captions are given.
    """

    name: Identifier
    shots: Annotated[list[ShotEntry], Field(min_length=1)] = Field(default_factory=list)
    pace: Annotated[Number, Field(ge=0.25, le=4)] = 1.0
    theme: Literal["dark", "light"] = "dark"
    form: Literal["wide", "square", "tall"] = "wide"

    @classmethod
    def keys_for(cls, table: Mapping[str, Any]) -> list[str]:
        """Those of its kind; of several shots, those that they share."""
        if "shots" not in table:
            return super().keys_for(table)
        return [key for key in super().keys_for({"kind": "race"}) if key != "kind"]


class PlaygroundEntry(RunKeys):
    """The run a playground starts with."""

    name: Identifier
    optimizer: str


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
    numbers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Where entries stand in the file, by their table, if not one after the other from 0."""

    def number(self, table: str, entry: FilmEntry | PlaygroundEntry) -> int:
        """Which entry of its table in the file an entry is, from 0."""
        entries: tuple[object, ...] = self.films if table == "films" else self.playgrounds
        at = next(index for index, item in enumerate(entries) if item is entry)
        return self.numbers[table][at] if table in self.numbers else at

    @property
    def settings(self) -> Path:
        """The path of ``lesson.toml``, for messages."""
        return self.folder / "lesson.toml"

    @property
    def objectives(self) -> tuple[str, ...]:
        """Every objective that a film or playground names, once each, in the order of the file."""
        shots = [shot for film in self.films for shot in (film, *film.shots)]
        panes = [pane for shot in shots for pane in shot.panes]
        given = [
            *(shot.objective for shot in shots),
            *(pane.objective for pane in panes),
            *(entry.objective for entry in self.playgrounds),
        ]
        return tuple(dict.fromkeys(name for name in given if name))

    @property
    def files(self) -> tuple[Attached, ...]:
        """The files that the texts show or link, once each."""
        return tuple(sorted({file for text in self.texts.values() for file in text.files}))

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
