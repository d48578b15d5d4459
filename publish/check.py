"""What can be known before anything is rendered."""

from __future__ import annotations

from publish.course import Course
from publish.fonts import require_fonts
from publish.plan import films


def check(course: Course) -> None:
    """Check a loaded course for what would stop a build: its films' specs and the fonts.

    Raises:
        UserError: the first thing that is not right.
    """
    films(course)
    require_fonts()
