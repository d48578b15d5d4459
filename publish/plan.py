"""From a course to its films: which are to be rendered, with everything they depend on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine import objective, optimizer
from publish.course import Course
from publish.cues import read_cues
from publish.lesson import FilmEntry, Lesson
from scenes import QUALITIES, DescentShot, FilmSpec, RunSpec


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
    rule = optimizer(entry.optimizer, catalog=course.catalogs.optimizers)
    tag = lesson.film_tag(language, entry.name)
    text = lesson.texts[language]
    cues = read_cues(tag, course.trajectory(entry), text.path) if tag else ()
    run = RunSpec(
        optimizer=rule,
        objective=objective(entry.objective, catalog=course.catalogs.objectives),
        start=(entry.start[0], entry.start[1]),
        steps=entry.steps,
        hyper=tuple(sorted(entry.hyper.items())),
    )
    spec = FilmSpec(
        name=f"{lesson.name}-{entry.name}",
        language=language,
        title=rule.title,
        shots=(DescentShot(cues=cues, panes=(run,), explained=entry.explained),),
        quality=QUALITIES[quality],
    )
    return PlannedFilm(lesson.name, entry.name, language, spec)
