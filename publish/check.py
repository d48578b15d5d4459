"""What can be known before anything is rendered."""

from __future__ import annotations

from publish.course import Course
from publish.filmtexts import text_mistakes
from publish.fonts import require_fonts
from publish.plan import films
from scenes import timeline


def check(course: Course) -> None:
    """Check a loaded course for what would stop a build.

    That are its films' specs, clocks and words, and the fonts.

    Raises:
        UserError: the first thing that is not right.
    """
    for film in films(course):
        timeline(film.spec)
    require_fonts()
    for mistake in text_mistakes(course):
        raise mistake
