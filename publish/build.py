"""Building the site: everything is made in a scratch folder, then put in place at once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.errors import UserError, nearest
from publish.check import check
from publish.course import Course
from publish.farm import Farm, Progress, quiet, render_films
from publish.manifest import read_manifest
from publish.plan import films
from publish.site import Kept, kept_lessons, write_site
from scenes.spec import QUALITIES

SCRATCH = ".building-"
"""How the names of scratch folders begin; the number of the building process follows."""


def build(
    course: Course,
    output: Path,
    quality: str = "standard",
    only: Collection[str] = (),
    progress: Progress = quiet,
    farm: Farm = render_films,
) -> Path:
    """Render the films of a course and write its site to ``output/site``.

    With ``only``, these lessons are built and the others are taken from the site that is there.
    Until everything is made nothing is replaced: after a mistake, a fault or an interruption the
    old site is as it was. ``farm`` renders the films; see `publish.farm.render_films`.

    Returns:
        The folder of the site.

    Raises:
        UserError: something that the author wrote, named or installed is not right.
    """
    if quality not in QUALITIES:
        raise UserError(
            f"unknown quality '{quality}'{nearest(quality, QUALITIES)}; "
            f"the qualities are {', '.join(QUALITIES)}"
        )
    for name in only:
        course.lesson(name)
    check(course)
    site = output / "site"
    old = Kept(site, kept_lessons(course, site, read_manifest(site), only) if only else {})
    planned = films(course, quality, only)
    with scratch_folder(output) as scratch:
        rendered = farm(planned, scratch / "films", progress)
        made = scratch / "site"
        write_site(course, made, list(zip(planned, rendered, strict=True)), only, old)
        replace(made, site, scratch / "old")
    return site


@contextmanager
def scratch_folder(output: Path) -> Iterator[Path]:
    """A folder beside the site, so that a finished site can be moved; removed at the end.

    Raises:
        UserError: the output folder cannot be written.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        clear_abandoned(output)
        scratch = Path(tempfile.mkdtemp(prefix=f"{SCRATCH}{os.getpid()}-", dir=output))
    except OSError as error:
        raise UserError(
            f"{output}: cannot be written: {error.strerror}; choose another folder (--output)"
        ) from None
    try:
        yield scratch
    except OSError as error:
        raise UserError(
            f"{error.filename or output}: cannot be written: {error.strerror}"
        ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def clear_abandoned(output: Path) -> None:
    """Remove the scratch folders of builds that were killed.

    One killed between its last two moves has the old site set aside: that goes back first.
    """
    for folder in output.glob(f"{SCRATCH}*"):
        if is_running(int(folder.name.removeprefix(SCRATCH).partition("-")[0])):
            continue
        if (folder / "old").exists() and not (output / "site").exists():
            (folder / "old").rename(output / "site")
        shutil.rmtree(folder, ignore_errors=True)


def is_running(process: int) -> bool:
    """Whether a process of this number exists."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def replace(made: Path, site: Path, aside: Path) -> None:
    """Put ``made`` where ``site`` is; the old site moves ``aside`` and back if that fails."""
    if site.exists():
        site.rename(aside)
    try:
        made.rename(site)
    except BaseException:
        with suppress(FileNotFoundError):
            aside.rename(site)
        raise
