"""Films on all processor cores, in processes of their own."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import scenes
from engine.errors import UserError
from publish.plan import PlannedFilm
from publish.pool import Failure, Message, Report, Result, Worker, ready, report
from publish.schedule import Job, Schedule
from scenes import Film
from scenes.proof import proven
from scenes.timeline import segments

if TYPE_CHECKING:
    from scenes.segments import Studio

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

    A film is rendered in segments, which are shared out where there are more workers than films;
    ``work``, where it is given, renders a film at once in its place. There are ``jobs`` workers,
    one a core where that is not said. What a worker that dies or fails was at is tried again, up to
    three times; a film that fails for good does not stop the others.

    Raises:
        UserError: films cannot be rendered; told at the end, one line each.
    """
    crew = Crew(films, scratch, progress, work)
    try:
        crew.run(jobs or os.cpu_count() or 1)
    finally:
        crew.dismiss()
    if crew.failed:
        lines = dict.fromkeys(crew.failed[index] for index in sorted(crew.failed))
        raise UserError("\n".join(lines))
    return [crew.done[index] for index in range(len(films))]


class Crew:
    """The workers at the films of one build."""

    def __init__(
        self,
        films: Sequence[PlannedFilm],
        scratch: Path,
        progress: Progress,
        work: Work | None,
    ) -> None:
        self.films, self.scratch, self.progress = films, scratch, progress
        self.done: dict[int, Film] = {}
        self.failed: dict[int, str] = {}
        clocks = [] if work else [scenes.timeline(film.spec) for film in films]
        parts = [len(segments(clock)) for clock in clocks] or [0] * len(films)
        self._last = work or finish
        self._schedule = Schedule(parts)
        self._most = max(sum(parts), len(films))
        self._frames = [clock.frames for clock in clocks]
        self._shown: dict[int, dict[int | None, int]] = {index: {} for index in range(len(films))}
        self._tries: Counter[Job] = Counter()
        self._workers: list[Worker] = []

    def run(self, count: int) -> None:
        """Render with ``count`` workers until each film is done or has failed."""
        count = min(count, self._most)
        while True:
            self._set_to_work(count)
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

    def _set_to_work(self, count: int) -> None:
        """Part with idle workers that have died, give every other one a job, and hire more."""
        for worker in [idle for idle in self._workers if idle.job is None]:
            self._release(worker)
        for worker in self._workers:
            if worker.job is None and (job := self._schedule.next(worker.film)):
                self._start(worker, job)
        while len(self._workers) < count and (job := self._schedule.next()):
            worker = Worker()
            self._workers.append(worker)
            self._start(worker, job)

    def _start(self, worker: Worker, job: Job) -> None:
        film = self.films[job.film]
        if job.part is None:
            worker.give(job, self._last, film, self.scratch)
        else:
            worker.give(job, render_part, film, job.part, self.scratch)

    def _heed(self, worker: Worker, message: Message) -> None:
        """Act on what a worker says about its job."""
        if (job := worker.job) is None:
            return
        if isinstance(message, Report):
            self._tell(job, message)
            return
        worker.job = None
        if not isinstance(message, Result):
            self._mishap(job, message)
            return
        self._schedule.done(job)
        if job.part is None:
            self.done[job.film] = message.value
            hand_over(self.progress, self.films[job.film], message.value)

    def _tell(self, job: Job, message: Report) -> None:
        """Pass on how far a film has come; it is finished when it is joined and proven."""
        if job.part is None:
            self.progress(message.name, message.done, message.total)
            return
        shown = self._shown[job.film]
        shown[job.part] = message.done
        total = self._frames[job.film]
        self.progress(message.name, min(sum(shown.values()), total - 1), total)

    def _mishap(self, job: Job, failure: Failure) -> None:
        """Try a job again, or give its film up; a full disk gives up all."""
        index = job.film
        self._tries[job] += 1
        if failure.kind == "disk":
            self.failed[index] = (
                f"films cannot be written: {failure.cause}; the site is as it was and finished "
                "films are kept, so make room and build again"
            )
            self._schedule.drop_all()
        elif failure.kind == "mistake":
            self.failed[index] = failure.cause
            self._schedule.drop(index)
        elif index in self.failed:
            return
        elif self._tries[job] < ATTEMPTS:
            self._schedule.again(job)
        else:
            self.failed[index] = (
                f"the film {self.films[index].stem} could not be rendered in {ATTEMPTS} attempts: "
                f"{failure.cause}"
                + ("; is there enough memory?" if "SIGKILL" in failure.cause else "")
            )
            self._schedule.drop(index)

    def _release(self, worker: Worker) -> None:
        """Part with a worker that has ended or has done its share."""
        tired = len(worker.films) >= FILMS_PER_WORKER and not self._schedule.holds(worker.film)
        if tired or not worker.process.is_alive():
            self._workers.remove(worker)
            worker.end()


@cache
def studio(scratch: Path) -> Studio:
    """The studio of a worker; it keeps the picture of the film whose parts come one by one."""
    from scenes.segments import Studio

    return Studio(scratch)


def render_part(film: PlannedFilm, part: int, scratch: Path) -> None:
    """Render one segment of a film, in a worker, into a folder that no other film uses."""
    folder = scratch / film.stem
    folder.mkdir(parents=True, exist_ok=True)
    frames, done = segments(scenes.timeline(film.spec))[part], 0

    def tell() -> None:
        nonlocal done
        done += 1
        if done % 10 == 0:
            report(film.stem, done, len(frames))

    here = studio(scratch)
    try:
        here.render(film.spec, part, folder, tell)
    except BaseException:
        here.close()
        raise
    report(film.stem, len(frames), len(frames))


def finish(film: PlannedFilm, scratch: Path) -> Film:
    """Join the segments of a film and decode it, in a worker."""
    from scenes.segments import joined

    made = proven(joined(film.spec, scratch / film.stem, scratch / film.stem))
    report(film.stem, made.frames, made.frames)
    return made
