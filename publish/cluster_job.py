"""One film on a worker of a cluster, and what it takes to be such a worker."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scenes
from engine.errors import UserError
from publish.plan import PlannedFilm
from publish.sources import (
    FILM_CODE,
    FILM_LIBRARIES,
    code_digest,
    combined,
    font_digests,
    versions,
)
from publish.store import FILM_FONTS, other_digests
from scenes import Film
from scenes.proof import proven

if TYPE_CHECKING:
    from distributed import Worker

Kit = Mapping[str, str]
"""What decides the bytes of a film on a machine, by its name for people; see `kit`."""


@dataclass(frozen=True)
class SentFilm:
    """A film as it travels: its description and the bytes of its files."""

    film: Film
    video: bytes
    poster: bytes
    preview: bytes


@cache
def kit() -> Kit:
    """Versions of libraries and digests of code and fonts, as they were when first asked for.

    All machines of a build must have the same, or its films would differ with who renders them.
    """
    fonts = [value for path, (_, _, value) in font_digests({}).items() if FILM_FONTS in path]
    return {
        **versions(("thalweg", *FILM_LIBRARIES)),
        "code": code_digest(FILM_CODE)[:12],
        "fonts": combined(sorted(fonts))[:12],
    }


def kit_for(planned: PlannedFilm, ours: Kit) -> Kit:
    """What decides the bytes of one film: what all films need, and fonts for its own words.

    A mistake in the film is told when it is rendered.
    """
    fonts: list[str] = []
    with suppress(UserError):
        fonts = other_digests(planned.spec)
    return {**ours, "other fonts": combined(fonts)[:12]}


def check_kit(worker: str, theirs: Kit, ours: Kit) -> None:
    """Refuse a worker that has other code, libraries or fonts.

    Raises:
        UserError: names the first difference.
    """
    for name, value in theirs.items():
        if value != ours[name]:
            raise UserError(
                f"the worker {worker} has {name} {value or '(not installed)'}, this machine "
                f"{ours[name] or '(not installed)'}; set up both from the same checkout with the "
                "same fonts, and start the worker again"
            )


def check_threads(worker: str, threads: int) -> None:
    """Refuse a worker with several threads: Manim's settings belong to a process.

    Raises:
        UserError: says how to start it.
    """
    if threads != 1:
        raise UserError(
            f"the worker {worker} has {threads} threads, and a process renders one film at a time; "
            f"start it with: dask worker ADDRESS --nthreads 1 --nworkers {threads}"
        )


def render_there(planned: PlannedFilm, topic: str, ours: Kit) -> SentFilm:
    """Render one film, on a worker, in a folder that ends with the job.

    Workers that have joined since the build began are checked here.
    """
    from distributed import get_worker

    worker = get_worker()
    key = worker.get_current_task()
    check_threads(worker.address, worker.state.nthreads)
    check_kit(worker.address, kit_for(planned, kit()), ours)

    def report(done: int, total: int) -> None:
        if done == total or done % 10 == 0:
            stop_if_unwanted(worker, key)
            worker.log_event(topic, (planned.stem, done, total))

    try:
        with tempfile.TemporaryDirectory(prefix="film-", dir=worker.local_directory) as folder:
            film = proven(scenes.render(planned.spec, Path(folder), report))
            files = (film.video, film.poster, film.preview)
            return SentFilm(film, *(path.read_bytes() for path in files))
    except (UserError, OSError) as error:
        raise UserError(f"the worker {worker.address}: {error}") from None


def stop_if_unwanted(worker: Worker, key: Any) -> None:
    """End a job whose build was cancelled or has died, so that the worker is free."""
    from distributed import Reschedule

    task = worker.state.tasks.get(key)
    if task is None or task.state != "executing":
        raise Reschedule
