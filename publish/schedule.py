"""Which worker does what next, when films are rendered in parts."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """Part ``part`` of a film, or, where that is None, what remains when its parts are there."""

    film: int
    part: int | None


class Schedule:
    """The jobs of some films, of which film i has ``parts[i]`` parts and then a last job.

    A worker stays with its film, whose picture it has open, then begins another; where none is
    left to begin it helps with the film that has most parts waiting, from that film's end.
    """

    def __init__(self, parts: Sequence[int]) -> None:
        self._waiting = {film: deque(range(count)) for film, count in enumerate(parts)}
        self._out: dict[int, int] = dict.fromkeys(self._waiting, 0)
        self._fresh = deque(self._waiting)
        self._unfinished = set(self._waiting)

    def next(self, last: int | None = None) -> Job | None:
        """A job for a worker that was at film ``last``; None while nothing can be begun."""
        for film in sorted(self._unfinished):
            if not self._waiting[film] and not self._out[film] and film not in self._fresh:
                return self._last(film)
        if last is not None and self._waiting.get(last):
            return self._part(last)
        if self._fresh:
            film = self._fresh.popleft()
            return self._part(film) if self._waiting[film] else self._last(film)
        longest = max(self._waiting, key=lambda film: len(self._waiting[film]), default=None)
        if longest is None or not self._waiting[longest]:
            return None
        return self._part(longest, from_end=True)

    def holds(self, film: int | None) -> bool:
        """Whether parts of a film are waiting."""
        return film is not None and bool(self._waiting.get(film))

    def done(self, job: Job) -> None:
        """A part is there."""
        if job.part is not None:
            self._out[job.film] -= 1

    def again(self, job: Job) -> None:
        """A job is to be done once more."""
        if job.part is None:
            self._unfinished.add(job.film)
        else:
            self._out[job.film] -= 1
            self._waiting[job.film].appendleft(job.part)

    def drop(self, film: int) -> None:
        """A film is given up."""
        self._waiting[film].clear()
        self._unfinished.discard(film)
        if film in self._fresh:
            self._fresh.remove(film)

    def drop_all(self) -> None:
        """All films are given up."""
        for film in self._waiting:
            self.drop(film)

    def _part(self, film: int, *, from_end: bool = False) -> Job:
        waiting = self._waiting[film]
        self._out[film] += 1
        return Job(film, waiting.pop() if from_end else waiting.popleft())

    def _last(self, film: int) -> Job:
        self._unfinished.discard(film)
        return Job(film, None)
