"""The words of films: whether the fonts here have them, and whether they have room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import Place, UserError
from engine.plaintext import plain_text
from publish.course import Course
from publish.lines import Location, line_of
from publish.plan import PlannedFilm
from publish.settings import dotted
from publish.toml import read_text, read_toml
from scenes import require_faces, shown_texts, try_out

SHOWN = ("title", "label")
"""The keys of a film whose texts are in the picture."""


@dataclass(frozen=True)
class Written:
    """A text where its author wrote it: a key of a file."""

    path: Path
    keys: Location
    text: str

    def mistake(self, message: str) -> UserError:
        """A mistake in the text."""
        line = line_of(read_text(self.path), self.keys) or 0
        place = f"{self.path}, line {line}" if line else f"{self.path}"
        return UserError(f"{place}: '{dotted(self.keys)}': {message}", Place(str(self.path), line))


def text_mistakes(course: Course, film: PlannedFilm) -> Iterator[UserError]:
    """What stops a film of a course because of its words.

    Only a film whose characters some font here has is laid out.
    """
    known, fonts = written(course, film), True
    for words in shown_texts(film.spec):
        try:
            require_faces(words)
        except UserError as error:
            fonts = False
            yield source(words, known).mistake(str(error))
    if fonts:
        try:
            try_out(film.spec)
        except UserError as error:
            yield source(getattr(error, "words", ""), known).mistake(str(error))


def source(words: str, known: list[Written]) -> Written:
    """Where words come from: from the text that they are, else from the longest that is in them.

    Else from the film as a whole, the first of ``known``.
    """
    parts = [each for each in known[1:] if each.text in words]
    return max(parts, key=lambda each: len(each.text), default=known[0])


def written(course: Course, film: PlannedFilm) -> list[Written]:
    """The film, and the texts that it may show, as they are written."""
    path = course.lesson(film.lesson).settings
    entries = read_toml(path)["films"]
    number = next(at for at, entry in enumerate(entries) if entry.get("name") == film.film)
    place = ("films", number)
    found = [Written(path, place, "")]
    found += _texts(path, place, entries[number], film.language)
    for name, keys in (("optimizers", ("title",)), ("objectives", ("title", "name"))):
        catalog = course.folder / f"{name}.toml"
        tables = read_toml(catalog).get(name, []) if catalog.exists() else []
        for at, table in enumerate(tables):
            key = next((key for key in keys if key in table), "name")
            found.append(Written(catalog, (name, at, key), plain_text(str(table.get(key, "")))))
    return [found[0], *(each for each in found[1:] if each.text)]


def _texts(path: Path, place: Location, entry: Any, language: str) -> Iterator[Written]:
    """The shown texts of a film in a language, and of what is in it."""
    if isinstance(entry, list):
        for at, inner in enumerate(entry):
            yield from _texts(path, (*place, at), inner, language)
    if not isinstance(entry, dict):
        return
    for key, value in entry.items():
        if key in SHOWN and isinstance(value, dict) and language in value:
            yield Written(path, (*place, key, language), plain_text(value[language]))
        elif key in SHOWN and isinstance(value, str):
            yield Written(path, (*place, key), plain_text(value))
        else:
            yield from _texts(path, (*place, key), value, language)
