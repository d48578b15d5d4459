"""Films on all processor cores: each in a process and a scratch folder of its own."""

from __future__ import annotations

import os
import shutil
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import scenes
from engine.errors import UserError
from publish.plan import PlannedFilm
from publish.pool import Failure, Message, Report, Result, Worker, ready, report
from scenes import Film
from scenes.proof import proven

Progress = Callable[[str, int, int], None]
"""Called as ``progress(name, done, total)`` while work named ``name`` goes on."""

Work = Callable[[PlannedFilm, Path], Film]
Farm = Callable[[Sequence[PlannedFilm], Path, Progress], list[Film]]

ATTEMPTS = 3
FILMS_PER_WORKER = 8
"""Manim keeps what it has parsed, so a process is replaced after so many films."""


@runtime_checkable
class Keeper(Protocol):
    """A progress callback that also takes each film as soon as it is finished."""

    def keep(self, planned: PlannedFilm, film: Film) -> None:
        """Take a finished film; later failures and interruptions do not lose it."""


def quiet(name: str, done: int, total: int) -> None:
    """A progress callback that says nothing."""


def hand_over(progress: Progress, planned: PlannedFilm, film: Film) -> None:
    """Give a finished film to a progress callback that takes films."""
    if isinstance(progress, Keeper):
        progress.keep(planned, film)


def render_films(
    films: Sequence[PlannedFilm],
    scratch: Path,
    progress: Progress,
    work: Work | None = None,
    jobs: int | None = None,
) -> list[Film]:
    """Render films in parallel below ``scratch``; the results are in the order of ``films``.

    ``work`` renders one film in a worker; it is `render_one` unless another is given. There are
    ``jobs`` workers, one a core where that is not said. A film whose worker dies or fails is tried
    again, up to three times in all; one that fails for good does not stop the others.

    Raises:
        UserError: films cannot be rendered; told at the end, one line each.
    """
    crew = Crew(films, scratch, progress, work or render_one)
    try:
        crew.run(min(jobs or os.cpu_count() or 1, len(films)))
    finally:
        crew.dismiss()
    if crew.failed:
        lines = dict.fromkeys(crew.failed[index] for index in sorted(crew.failed))
        raise UserError("\n".join(lines))
    return [crew.done[index] for index in range(len(films))]


class Crew:
    """The workers at the films of one build."""

    def __init__(
        self, films: Sequence[PlannedFilm], scratch: Path, progress: Progress, work: Work
    ) -> None:
        self.films, self.scratch, self.progress, self.work = films, scratch, progress, work
        self.done: dict[int, Film] = {}
        self.failed: dict[int, str] = {}
        self._left = deque(range(len(films)))
        self._tries = dict.fromkeys(self._left, 0)
        self._workers: list[Worker] = []

    def run(self, count: int) -> None:
        """Render with ``count`` workers until each film is done or has failed."""
        while True:
            while self._left and len(self._workers) < count:
                self._workers.append(Worker())
            for worker in self._workers:
                if worker.job is None and self._left:
                    self._start(worker)
            busy = [worker for worker in self._workers if worker.job is not None]
            if not busy:
                return
            for worker in ready(busy):
                for message in worker.news():
                    self._heed(worker, message)
                if worker.job is None:
                    self._release(worker)

    def dismiss(self) -> None:
        """End all workers, those at a film by force."""
        for worker in self._workers:
            worker.end(kill=worker.job is not None)
        self._workers = []

    def _start(self, worker: Worker) -> None:
        index = self._left.popleft()
        self._tries[index] += 1
        shutil.rmtree(self.scratch / self.films[index].stem, ignore_errors=True)
        self.scratch.mkdir(parents=True, exist_ok=True)
        worker.give(index, self.work, self.films[index], self.scratch)

    def _heed(self, worker: Worker, message: Message) -> None:
        """Act on what a worker says about its film."""
        if isinstance(message, Report):
            self.progress(message.name, message.done, message.total)
            return
        if (index := worker.job) is None:
            return
        if isinstance(message, Result):
            self.done[index] = message.value
            hand_over(self.progress, self.films[index], message.value)
        else:
            self._mishap(index, message)
        worker.job = None

    def _mishap(self, index: int, failure: Failure) -> None:
        """Try a film again, or give it up; a full disk gives up all."""
        if failure.kind == "disk":
            self.failed[index] = (
                f"films cannot be written: {failure.cause}; the site is as it was and finished "
                "films are kept, so make room and build again"
            )
            self._left.clear()
        elif failure.kind == "mistake":
            self.failed[index] = failure.cause
        elif self._tries[index] < ATTEMPTS:
            self._left.append(index)
        else:
            self.failed[index] = (
                f"the film {self.films[index].stem} could not be rendered in {ATTEMPTS} attempts: "
                f"{failure.cause}"
                + ("; is there enough memory?" if "SIGKILL" in failure.cause else "")
            )

    def _release(self, worker: Worker) -> None:
        """Part with a worker that has ended or has done its share."""
        if worker.jobs >= FILMS_PER_WORKER or not worker.process.is_alive():
            self._workers.remove(worker)
            worker.end()


def render_one(film: PlannedFilm, scratch: Path) -> Film:
    """Render one film, in a worker, in a folder that no other film uses, and decode it."""
    folder = scratch / film.stem
    folder.mkdir(parents=True, exist_ok=True)

    def tell(done: int, total: int) -> None:
        if done % 10 == 0:
            report(film.stem, done, total)

    made = proven(scenes.render(film.spec, folder, tell))
    report(film.stem, made.frames, made.frames)
    return made
