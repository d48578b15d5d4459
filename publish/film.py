"""One film by itself, with its captions and poster beside it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import scenes
from engine.errors import UserError, nearest
from publish.captions import to_vtt
from publish.course import Course
from publish.farm import Progress, quiet
from publish.plan import PlannedFilm, planned


def find_film(course: Course, lesson: str, film: str, language: str, quality: str) -> PlannedFilm:
    """The planned film of these names.

    Raises:
        UserError: a name is not known; with the nearest one.
    """
    names = [item.name for item in course.lesson(lesson).films]
    if film not in names:
        raise UserError(
            f"{course.lesson(lesson).settings}: no film '{film}'{nearest(film, names)}; "
            f"the films are {', '.join(names) or 'none'}"
        )
    if language not in course.languages:
        raise UserError(
            f"{course.folder}: no language '{language}'{nearest(language, course.languages)}; "
            f"the languages are {', '.join(course.languages)}"
        )
    entry = course.lesson(lesson).film(film)
    return planned(course, course.lesson(lesson), entry, language, quality)


def write_film(
    course: Course,
    lesson: str,
    film: str,
    language: str,
    output_file: Path,
    quality: str = "standard",
    progress: Progress = quiet,
) -> None:
    """Render one film to ``output_file``, its captions (.vtt) and poster beside it.

    The files appear when all are finished.

    Raises:
        UserError: a name is not known or the place cannot be written.
    """
    found = find_film(course, lesson, film, language, quality)
    if output_file.suffix != ".mp4":
        raise UserError(f"{output_file}: a film is an .mp4 file; give it that ending")
    try:
        with tempfile.TemporaryDirectory(prefix=".film-", dir=output_file.parent) as scratch:
            made = scenes.render(
                found.spec,
                Path(scratch),
                lambda done, total: progress(found.stem, done, total),
            )
            output_file.with_suffix(".vtt").write_text(to_vtt(made.cues), encoding="utf-8")
            shutil.move(made.poster, output_file.with_suffix(made.poster.suffix))
            shutil.move(made.video, output_file)
    except OSError as error:
        # The error's own file is in the scratch folder, which the user has not named.
        raise UserError(f"{output_file}: cannot be written: {error.strerror or error}") from error
