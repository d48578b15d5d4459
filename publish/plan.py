"""From a course to its films: which are to be rendered, with everything they depend on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from publish.course import Course
from publish.cues import read_cues
from publish.lesson import FilmEntry, Lesson
from publish.shots import NamedShot
from publish.words_page import WORDS
from scenes import QUALITIES, FilmSpec


@dataclass(frozen=True)
class PlannedFilm:
    """One film in one language, and where in the course it belongs."""

    lesson: str
    film: str
    language: str
    spec: FilmSpec

    @property
    def stem(self) -> str:
        """The name of its files without an ending."""
        return f"{self.spec.name}-{self.language}"


def films(
    course: Course, quality: str = "standard", only: Collection[str] = ()
) -> tuple[PlannedFilm, ...]:
    """Every film of the course, or of the lessons in ``only``, in reading order."""
    return tuple(
        planned(course, lesson, entry, language, quality)
        for lesson in course.lessons
        if not only or lesson.name in only
        for entry in lesson.films
        for language in course.languages
    )


def planned(
    course: Course, lesson: Lesson, entry: FilmEntry, language: str, quality: str
) -> PlannedFilm:
    """The film's spec: plain data that determines every frame."""
    direction = course.direction(lesson, entry, language)
    shots = direction.shots
    tag = lesson.film_tag(language, entry.name)
    path = lesson.texts[language].path
    cues = read_cues(tag, shots, path, language) if tag else ((),) * len(shots)
    spec = FilmSpec(
        name=f"{lesson.name}-{entry.name}",
        language=language,
        title=direction.title,
        shots=tuple(
            replace(named.shot, cues=said, title=chapter(named, len(shots), language))
            for named, said in zip(shots, cues, strict=True)
        ),
        quality=QUALITIES[quality],
        form=entry.form,
        theme=entry.theme,
        pace=entry.pace,
    )
    return PlannedFilm(lesson.name, entry.name, language, spec)


def chapter(named: NamedShot, count: int, language: str) -> str:
    """The chapter of a shot: its own title; of several, one a shot; "" for those of its kind."""
    if named.shot.title or count == 1:
        return named.shot.title
    return WORDS[language][f"shot_{named.kind}"]
