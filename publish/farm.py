"""Films on all processor cores: each in a process and a scratch folder of its own."""

from __future__ import annotations

import multiprocessing
import os
import queue
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import scenes
from engine.errors import UserError
from publish.plan import PlannedFilm
from scenes import Film

Progress = Callable[[str, int, int], None]
"""Called as ``progress(name, done, total)`` while work named ``name`` goes on."""

ATTEMPTS = 3
_reports: Any = None

Work = Callable[[PlannedFilm, Path], Film]
Farm = Callable[[Sequence[PlannedFilm], Path, Progress], list[Film]]


def quiet(name: str, done: int, total: int) -> None:
    """A progress callback that says nothing."""


def render_films(
    films: Sequence[PlannedFilm], scratch: Path, progress: Progress, work: Work | None = None
) -> list[Film]:
    """Render films in parallel below ``scratch``; the results are in the order of ``films``.

    ``work`` renders one film in a worker; it is `render_one` unless another is given. A worker
    that dies breaks its whole pool, so what is missing is rendered again in a new one, up to
    three times in all.

    Raises:
        UserError: a film cannot be rendered.
    """
    done: dict[int, Film] = {}
    for _ in range(ATTEMPTS):
        missing = [index for index in range(len(films)) if index not in done]
        if not missing:
            break
        try:
            render_missing(films, missing, scratch, progress, done, work or render_one)
        except BrokenProcessPool:
            continue
    lost = [films[index].stem for index in range(len(films)) if index not in done]
    if lost:
        raise UserError(
            f"the film {lost[0]} could not be rendered: its process ended abruptly each time; "
            "is there enough memory?"
        )
    return [done[index] for index in range(len(films))]


def render_missing(
    films: Sequence[PlannedFilm],
    missing: Sequence[int],
    scratch: Path,
    progress: Progress,
    done: dict[int, Film],
    work: Work,
) -> None:
    """One pool's work: fills ``done`` with the films of ``missing``, by index."""
    context = multiprocessing.get_context("spawn")
    reports = context.Queue()
    workers = min(os.cpu_count() or 1, len(missing))
    with ProcessPoolExecutor(workers, context, keep_reports, (reports,)) as pool:
        futures: dict[Future[Film], int] = {
            pool.submit(work, films[index], scratch): index for index in missing
        }
        try:
            waiting = set(futures)
            while waiting:
                finished, waiting = wait(waiting, timeout=0.2, return_when=FIRST_COMPLETED)
                tell(reports, progress)
                for future in finished:
                    done[futures[future]] = future.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
        tell(reports, progress)


def keep_reports(reports: Any) -> None:
    """Prepare a worker: remember where it reports to."""
    global _reports  # noqa: PLW0603  a worker process has one queue, given when it starts
    _reports = reports


def render_one(film: PlannedFilm, scratch: Path) -> Film:
    """Render one film, in a worker, in a folder that no other film uses."""
    folder = scratch / film.stem
    folder.mkdir(parents=True, exist_ok=True)

    def report(done: int, total: int) -> None:
        if done == total or done % 10 == 0:
            _reports.put((film.stem, done, total))

    return scenes.render(film.spec, folder, report)


def tell(reports: Any, progress: Progress) -> None:
    """Pass on what the workers have reported."""
    while True:
        try:
            name, done, total = reports.get_nowait()
        except queue.Empty:
            return
        progress(name, done, total)
