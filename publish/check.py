"""What can be known before anything is rendered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from engine.errors import Mistakes
from publish.course import Course, sound_course
from publish.filmtexts import text_mistakes
from publish.fonts import require_fonts
from publish.plan import PlannedFilm, planned
from scenes import timeline

Wanted = Callable[[PlannedFilm], bool]


def every(film: PlannedFilm) -> bool:
    """Any film is wanted."""
    return True


def checked_course(folder: Path, wanted: Wanted = every) -> Course:
    """Read a course and check all that would stop a build.

    Whether words have room is found out for films that are ``wanted``: a doubtful one is laid out.

    Raises:
        UserError: the mistakes, each with file and place.
    """
    mistakes = Mistakes()
    course = sound_course(folder, mistakes)
    mistakes.of(check, course, wanted)
    mistakes.close()
    return course


def check(course: Course, wanted: Wanted = every) -> None:
    """Check a loaded course for what would stop a build.

    That are its films' specs and clocks, the words of those ``wanted``, and the fonts.

    Raises:
        UserError: what is not right.
    """
    mistakes = Mistakes()
    for lesson in course.lessons:
        for film in lesson.films:
            for language in lesson.texts:
                with mistakes.noted():
                    made = planned(course, lesson, film, language, "standard")
                    timeline(made.spec)
                    if wanted(made):
                        mistakes.found += text_mistakes(course, made)
    mistakes.of(require_fonts)
    mistakes.close()
