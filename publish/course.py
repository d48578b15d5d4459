"""A course: its lessons in order, in every language, wholly validated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from engine.errors import FollowingError, Mistakes, Place, UserError, nearest, shown
from publish.catalog import Catalogs, sound_catalogs
from publish.cues import read_caption, read_cues
from publish.folder_names import check_names
from publish.given import Given, PlacedError
from publish.lesson import FilmEntry, Lesson, PlaygroundEntry, Words
from publish.lesson_folder import Sound, load_lesson
from publish.lines import line_of
from publish.links import check_links
from publish.references import referred, target_of
from publish.settings import Entry, read_part
from publish.shots import Direction, directed
from publish.tags import Tag
from publish.text import TAGS, Text
from publish.toml import read_text, read_toml
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
                place = ("films", lesson.number("films", film))
                self._directions[key] = directed(film, place, self.catalogs, language)
        return self._directions[key]

    def playground_run(self, lesson: Lesson, entry: PlaygroundEntry) -> RunSpec:
        """The run that a playground starts with; a UserError with file and line."""
        with told(lesson, "playgrounds", entry.name):
            place = ("playgrounds", lesson.number("playgrounds", entry))
            return Given(place).under(entry, place).run(self.catalogs)


@contextmanager
def told(lesson: Lesson, table: str, name: str) -> Iterator[None]:
    """Tell a mistake in an entry of the lesson file with file, line and the entry's name."""
    try:
        yield
    except PlacedError as error:
        line = line_of(read_text(lesson.settings), error.location) or 0
        place = f"{lesson.settings}, line {line}" if line else f"{lesson.settings}"
        raise UserError(
            f"{place}, [[{table}]] '{name}': {error}", Place(str(lesson.settings), line)
        ) from None


def load_course(folder: Path) -> Course:
    """Read and check a course: settings, texts, math, runs, captions and links.

    Raises:
        UserError: the mistakes, each with file and place.
    """
    mistakes = Mistakes()
    course = sound_course(folder, mistakes)
    mistakes.close()
    return course


def sound_course(folder: Path, mistakes: Mistakes) -> Course:
    """What of a course is sound; all mistakes are gathered.

    Raises:
        UserError: there is no course, or nothing of it can be read.
    """
    path = folder / "course.toml"
    if not path.exists():
        raise UserError(f"{folder}: no course.toml here; name the folder that holds it (--course)")
    settings = course_file(path, mistakes)
    languages = checked_languages(settings, path, mistakes)
    names = check_names(settings.lessons, path, mistakes)
    notation = settings.math or ""
    found = [
        mistakes.of(load_lesson, folder / name, languages, path, notation, mistakes)
        for name in names
    ]
    sound = [item for item in found if item is not None]
    lessons = tuple(item.lesson for item in sound)
    check_stems(lessons, mistakes)
    catalogs = sound_catalogs(folder, mistakes)
    course = Course(folder, settings.title, settings.summary, languages, lessons, catalogs)
    for item in sound:
        check_lesson(course, item, set(names), mistakes)
    return course


def course_file(path: Path, mistakes: Mistakes) -> CourseFile:
    """The tables of ``course.toml``; where they have mistakes, what of them can be read."""
    before = len(mistakes.found)
    part = read_part(path, CourseFile, mistakes)
    if part is not None and len(mistakes.found) == before:
        return part.model
    with suppress(UserError):
        content = read_toml(path)
        names, titles = content.get("lessons"), content.get("title")
        return CourseFile.model_construct(
            lessons=[name for name in names if isinstance(name, str)]
            if isinstance(names, list)
            else [],
            title=dict.fromkeys(titles, "") if isinstance(titles, dict) else {},
            summary=dict.fromkeys(titles, "") if isinstance(titles, dict) else {},
        )
    mistakes.close()
    raise UserError(f"{path}: cannot be read")


def checked_languages(settings: CourseFile, path: Path, mistakes: Mistakes) -> tuple[str, ...]:
    """The languages of the title; the summary has the same, and all have words for pages."""
    languages = tuple(language for language in settings.title if language in LANGUAGES)
    titles, summaries = set(settings.title), set(settings.summary)
    faults = [
        (
            "title",
            f"no page words for the language '{language}'"
            f"{nearest(language, LANGUAGES)}; the languages are {', '.join(LANGUAGES)}",
        )
        for language in settings.title
        if language not in LANGUAGES
    ]
    faults += [
        ("summary", f"[summary] lacks the language '{language}' of [title]")
        for language in settings.title
        if language not in summaries
    ]
    faults += [
        ("title", f"[title] lacks the language '{language}' of [summary]")
        for language in settings.summary
        if language not in titles
    ]
    if not settings.title and not mistakes.found:
        faults.append(("title", "[title] needs a language, as in en = 'Gradient descent'"))
    for key, words in faults:
        line = line_of(read_text(path), (key,)) or 0
        place = f"{path}, line {line}" if line else f"{path}"
        mistakes.found.append(UserError(f"{place}: {words}", Place(str(path), line)))
    return languages


def check_stems(lessons: Iterable[Lesson], mistakes: Mistakes) -> None:
    """Films of different lessons never share their files."""
    seen: dict[str, str] = {}
    for lesson in lessons:
        for film in lesson.films:
            stem = f"{lesson.name}-{film.name}"
            other = seen.setdefault(stem.lower(), lesson.name)
            if other != lesson.name:
                at = ("films", lesson.number("films", film), "name")
                line = line_of(read_text(lesson.settings), at) or 0
                mistakes.found.append(
                    UserError(
                        f"{lesson.settings}, line {line}: two films are called '{stem}' with their "
                        f"lessons, one here and one in '{other}'; give one another name",
                        Place(str(lesson.settings), line),
                    )
                )


def check_lesson(course: Course, sound: Sound, names: set[str], mistakes: Mistakes) -> None:
    """Check what needs the rest of the course: catalogs, runs, captions, tags and links.

    ``names`` are those of all lessons, also of those that could not be read.
    """
    lesson = sound.lesson
    for playground in lesson.playgrounds:
        mistakes.of(course.playground_run, lesson, playground)
    for film in lesson.films:
        for language in course.languages:
            mistakes.of(course.direction, lesson, film, language)
    for language, text in lesson.texts.items():
        for tag in text.tags:
            sure = tag.name == "equations" or not sound.missing(target_of(tag.target)[0])
            if sure and tag.name in TAGS and tag.target:
                mistakes.of(check_target, course, lesson, text, tag)
        mistakes.of(check_playgrounds, lesson, text)
        for film in lesson.films:
            mistakes.of(check_film, course, lesson, film, text)
        pages = {
            f"{other.name}.html": other.texts[language]
            for other in course.lessons
            if language in other.texts
        }
        unread = {f"{name}.html" for name in names} - {*pages}
        mistakes.of(check_links, text, pages, unread)


def check_film(course: Course, lesson: Lesson, film: FilmEntry, text: Text) -> None:
    """A film has a place in a text, and what is said about it there is right."""
    mistakes = Mistakes()
    direction = mistakes.of(course.direction, lesson, film, text.language)
    place = lesson.film_tag(text.language, film.name)
    if place is None and not mistyped(text, "film", [item.name for item in lesson.films]):
        mistakes.found.append(
            UserError(
                f"{text.path}: the film '{film.name}' of {lesson.settings} has no place; "
                f"write '@film {film.name} A caption' where it belongs",
                Place(str(text.path)),
            )
        )
    elif place is not None and direction is not None:
        mistakes.of(read_cues, place, direction.shots, text.path, text.language)
        mistakes.of(read_caption, place, direction.shots, text.path, text.language)
    mistakes.close()


def mistyped(text: Text, kind: str, names: Sequence[str]) -> bool:
    """Whether what seems to have no place has one under a name that is told to be wrong."""
    return any(
        (tag.name == kind and tag.target not in names)
        or (tag.name not in TAGS and tag.target in names)
        for tag in text.tags
    )


def check_playgrounds(lesson: Lesson, text: Text) -> None:
    """Every playground has a place in a text."""
    placed = {tag.target for tag in text.tags if tag.name == "playground"}
    if mistyped(text, "playground", [entry.name for entry in lesson.playgrounds]):
        return
    mistakes = Mistakes()
    mistakes.found += [
        UserError(
            f"{text.path}: the playground '{playground.name}' of {lesson.settings} has no "
            f"place; write '@playground {playground.name}' where it belongs",
            Place(str(text.path)),
        )
        for playground in lesson.playgrounds
        if playground.name not in placed
    ]
    mistakes.close()


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
        follows = kind == "optimizer" and course.catalogs.missing(tag.target)
        raise (FollowingError if follows else UserError)(
            f"{place}: @{tag.name} names '{tag.target}', but there is no such {kind}"
            f"{nearest(tag.target, names)}; there is {', '.join(names) or 'none'}"
        )
    if any(
        (other.name, other.target) == (tag.name, tag.target) and other.line < tag.line
        for other in text.tags
    ):
        raise UserError(f"{place}: '@{tag.name} {tag.target}' stands twice in this text")
    if runs:
        film = lesson.film(target_of(tag.target)[0])
        try:
            shots = course.direction(lesson, film, text.language).shots
        except UserError as error:
            raise FollowingError(str(error)) from None
        try:
            referred(shots, tag.target)
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
