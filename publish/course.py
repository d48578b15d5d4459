"""A course: its lessons in order, in every language, wholly validated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from engine.errors import UserError, nearest, shown
from publish.catalog import Catalogs, load_catalogs
from publish.cues import read_caption, read_cues
from publish.given import Given, PlacedError
from publish.lesson import FilmEntry, Lesson, LessonFile, PlaygroundEntry, Words, check_names
from publish.links import check_links
from publish.notes import note_ids
from publish.references import referred, target_of
from publish.settings import Entry, line_note, read_model
from publish.shots import Direction, directed
from publish.tags import Tag
from publish.text import Text, read_lesson_text, set_anchors
from publish.words_page import LANGUAGES
from scenes import RunSpec


class CourseFile(Entry):
    """The tables of ``course.toml``: lesson folders in order, title and summary by language.

    ``math`` is the notation of all formulas in the texts; without it each tells it by itself.
    """

    lessons: Annotated[list[str], Field(min_length=1)]
    math: Literal["latex", "typst"] | None = None
    title: dict[str, Words]
    summary: dict[str, Words]


@dataclass(frozen=True)
class Course:
    """A course; languages are in the order of ``course.toml``, the first is the main one."""

    folder: Path
    title: Mapping[str, str]
    summary: Mapping[str, str]
    languages: tuple[str, ...]
    lessons: tuple[Lesson, ...]
    catalogs: Catalogs
    _directions: dict[tuple[str, str, str], Direction] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def lesson(self, name: str) -> Lesson:
        """The lesson of that name.

        Raises:
            UserError: there is none; with the nearest name.
        """
        for lesson in self.lessons:
            if lesson.name == name:
                return lesson
        names = [lesson.name for lesson in self.lessons]
        raise UserError(
            f"{self.folder}: no lesson '{name}'{nearest(name, names)}; "
            f"the lessons are {', '.join(names)}"
        )

    def direction(self, lesson: Lesson, film: FilmEntry, language: str) -> Direction:
        """What a film of a lesson shows, in one language, without captions; worked out once.

        Raises:
            UserError: a key of the film is not right, with file and line.
        """
        key = (lesson.name, film.name, language)
        if key not in self._directions:
            with told(lesson, "films", film.name):
                place = ("films", lesson.films.index(film))
                self._directions[key] = directed(film, place, self.catalogs, language)
        return self._directions[key]

    def playground_run(self, lesson: Lesson, entry: PlaygroundEntry) -> RunSpec:
        """The run that a playground starts with; a UserError with file and line."""
        with told(lesson, "playgrounds", entry.name):
            place = ("playgrounds", lesson.playgrounds.index(entry))
            return Given(place).under(entry, place).run(self.catalogs)


@contextmanager
def told(lesson: Lesson, table: str, name: str) -> Iterator[None]:
    """Tell a mistake in an entry of the lesson file with file, line and the entry's name."""
    try:
        yield
    except PlacedError as error:
        line = line_note(lesson.settings, error.place)
        raise UserError(f"{lesson.settings}{line}, [[{table}]] '{name}': {error}") from None


def load_course(folder: Path) -> Course:
    """Read and check a course: settings, texts, math, runs, captions and links.

    Raises:
        UserError: the first mistake, with file and place.
    """
    path = folder / "course.toml"
    if not path.exists():
        raise UserError(f"{folder}: no course.toml here; name the folder that holds it (--course)")
    settings = read_model(path, CourseFile)
    languages = checked_languages(settings, path)
    check_names(settings.lessons, path)
    lessons = tuple(
        load_lesson(folder / name, languages, path, index, settings.math or "")
        for index, name in enumerate(settings.lessons)
    )
    names = [lesson.name for lesson in lessons]
    repeated(names, path, "lesson")
    stems = (f"{lesson.name}-{film.name}" for lesson in lessons for film in lesson.films)
    repeated(stems, path, "film")
    course = Course(
        folder, settings.title, settings.summary, languages, lessons, load_catalogs(folder)
    )
    for lesson in lessons:
        check_lesson(course, lesson)
    return course


def checked_languages(settings: CourseFile, path: Path) -> tuple[str, ...]:
    """The languages of the title; the summary has the same, and all have words for pages."""
    languages = tuple(settings.title)
    for language in languages:
        if language not in LANGUAGES:
            raise UserError(
                f"{path}: no page words for the language '{language}'"
                f"{nearest(language, LANGUAGES)}; the languages are {', '.join(LANGUAGES)}"
            )
        if language not in settings.summary:
            raise UserError(f"{path}: [summary] lacks the language '{language}' of [title]")
    for language in settings.summary:
        if language not in languages:
            raise UserError(f"{path}: [title] lacks the language '{language}' of [summary]")
    if not languages:
        raise UserError(f"{path}: [title] needs a language, as in en = 'Gradient descent'")
    return languages


def load_lesson(
    folder: Path, languages: tuple[str, ...], course: Path, index: int, notation: str
) -> Lesson:
    """Read one lesson's folder; runs and links are checked later, by the whole course."""
    if not folder.is_dir():
        found = sorted(item.parent.name for item in course.parent.glob("*/lesson.toml"))
        raise UserError(
            f"{course}: lessons[{index + 1}] names '{folder.name}', but there is no folder "
            f"{folder}{nearest(folder.name, found)}"
        )
    settings = read_model(folder / "lesson.toml", LessonFile)
    for kind, entries in (("film", settings.films), ("playground", settings.playgrounds)):
        repeated([entry.name for entry in entries], folder / "lesson.toml", kind)
    texts: dict[str, Text] = {}
    for language in languages:
        path = folder / f"{language}.md"
        if not path.exists():
            raise UserError(
                f"{path}: the translation is missing; the course's languages are "
                f"{', '.join(languages)}"
            )
        texts[language] = read_lesson_text(path, language, notation)
    taken = ["main", "contents", *(f"film-{film.name}" for film in settings.films)]
    for name in {tag.target for text in texts.values() for tag in text.tags}:
        taken += [f"{kind}-{name}" for kind in ("playground", "listing", "table", "equations")]
    taken += [name for text in texts.values() for name in note_ids(text.body)]
    set_anchors(texts, taken)
    return Lesson(folder.name, folder, tuple(settings.films), tuple(settings.playgrounds), texts)


def repeated(names: Iterable[str], path: Path, kind: str) -> None:
    """Raise a UserError for a name that stands twice."""
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            line = line_note(path, (f"{kind}s", index, "name"))
            raise UserError(f"{path}{line}: two {kind}s are called '{name}'; give one another name")
        seen.add(name)


def check_lesson(course: Course, lesson: Lesson) -> None:
    """Check what needs the rest of the course: catalogs, runs, captions, tags and links."""
    for playground in lesson.playgrounds:
        course.playground_run(lesson, playground)
    for language, text in lesson.texts.items():
        films = {film.name: course.direction(lesson, film, language) for film in lesson.films}
        for tag in text.tags:
            check_target(course, lesson, text, tag)
        check_playgrounds(lesson, text)
        for name, direction in films.items():
            place = lesson.film_tag(language, name)
            if place is None:
                raise UserError(
                    f"{text.path}: the film '{name}' of {lesson.settings} has no place; "
                    f"write '@film {name} A caption' where it belongs"
                )
            read_cues(place, direction.shots, text.path, language)
            read_caption(place, direction.shots, text.path, language)
        pages = {f"{other.name}.html": other.texts[language] for other in course.lessons}
        check_links(text, pages)


def check_playgrounds(lesson: Lesson, text: Text) -> None:
    """Every playground has a place in a text."""
    placed = {tag.target for tag in text.tags if tag.name == "playground"}
    for playground in lesson.playgrounds:
        if playground.name not in placed:
            raise UserError(
                f"{text.path}: the playground '{playground.name}' of {lesson.settings} has no "
                f"place; write '@playground {playground.name}' where it belongs"
            )


def check_target(course: Course, lesson: Lesson, text: Text, tag: Tag) -> None:
    """A tag names an optimizer, a film or a playground that exists, and a film stands once."""
    names = {
        "equations": list(course.catalogs.optimizers),
        "playground": [entry.name for entry in lesson.playgrounds],
    }.get(tag.name, [film.name for film in lesson.films])
    place = f"{text.path}, line {tag.line}"
    runs = tag.name in ("table", "listing")
    if (target_of(tag.target)[0] if runs else tag.target) not in names:
        kind = {"equations": "optimizer", "playground": "playground"}.get(tag.name, "film")
        raise UserError(
            f"{place}: @{tag.name} names '{tag.target}', but there is no such {kind}"
            f"{nearest(tag.target, names)}; there is {', '.join(names) or 'none'}"
        )
    if any(
        (other.name, other.target) == (tag.name, tag.target) and other.line < tag.line
        for other in text.tags
    ):
        raise UserError(f"{place}: '@{tag.name} {tag.target}' stands twice in this text")
    if runs:
        try:
            film = lesson.film(target_of(tag.target)[0])
            referred(course.direction(lesson, film, text.language).shots, tag.target)
        except UserError as error:
            raise UserError(f"{place}: @{tag.name}: {error}") from None
    if tag.name != "film" and (tag.caption or tag.rows):
        found = tag.caption or tag.rows[0].text
        raise UserError(
            f"{place}: '@{tag.name} {tag.target}' takes nothing more, found '{shown(found)}'; "
            "leave a line empty before other text"
        )
    if tag.name == "film" and not tag.caption:
        raise UserError(f"{place}: the film needs a caption after its name")
