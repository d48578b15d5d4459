"""The clock of a shot: which frame shows what. Pure arithmetic on whole frames, without Manim.

A shot is a row of beats. Each beat has a length in seconds; cues that need more reading time
stretch the beats they stand over; the sums are then rounded to frames, so that nothing drifts.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Generic, TypeVar

from scenes.shots import Cue

S_co = TypeVar("S_co", covariant=True)


@dataclass(frozen=True)
class Beat:
    """A stretch of a shot: its kind, the place it belongs to, its seconds, and a row or number."""

    kind: str
    step: int
    seconds: float
    row: int = 0


@dataclass(frozen=True)
class TimedCue:
    """A caption with its start and end in seconds."""

    start: float
    end: float
    text: str


@dataclass(frozen=True)
class Chapter:
    """A chapter: start in seconds and title in the film's language."""

    start: float
    title: str


@dataclass(frozen=True)
class Clock(Generic[S_co]):
    """All beats of a shot with their first frames; ``state(frame)`` is a pure function.

    ``picture`` gives the state a share (0 to 1) of the way through a beat.
    """

    fps: int
    beats: tuple[Beat, ...]
    starts: tuple[int, ...]
    frames: int
    picture: Callable[[Beat, float], S_co]
    cues: tuple[TimedCue, ...] = ()
    chapters: tuple[Chapter, ...] = ()

    @property
    def duration(self) -> float:
        """The shot's length in seconds."""
        return self.frames / self.fps

    def frame_of(self, step: int) -> int:
        """The first frame that belongs to place ``step`` (to the last place for more)."""
        pairs = zip(self.starts, self.beats, strict=True)
        return next((start for start, beat in pairs if beat.step >= step), self.starts[-1])

    def begin(self, step: int) -> S_co:
        """What place ``step`` (the last place for more) begins with, be it in a frame or not."""
        last = self.beats[-1]
        return self.picture(next((b for b in self.beats if b.step >= step), last), 0.0)

    def state(self, frame: int) -> S_co:
        """What ``frame`` (0 to frames - 1) shows."""
        if not 0 <= frame < self.frames:
            raise IndexError(f"frame {frame} is not in a shot of {self.frames} frames")
        index = bisect_right(self.starts, frame) - 1
        start = self.starts[index]
        stop = self.starts[index + 1] if index + 1 < len(self.starts) else self.frames
        return self.picture(self.beats[index], (frame - start) / max(stop - start, 1))


def smooth(u: float) -> float:
    """Ease in and out: 0 to 1 with level ends."""
    u = min(max(u, 0.0), 1.0)
    return u * u * u * (10 - 15 * u + 6 * u * u)


def quickening(count: int, first: float, decay: float, last: float, total: float) -> list[float]:
    """Seconds of ``count`` steps: each ``decay`` times the one before, none below ``last``.

    Where that makes more than ``total``, the least length is lowered until it does not; ``total``
    must be more than the sum of the decaying lengths alone.
    """
    falling = [first * decay**index for index in range(count)]
    while sum(lengths := [max(length, last) for length in falling]) > total:
        last *= 0.9
    return lengths


def reading_seconds(text: str) -> float:
    """Time to read ``text``: about 15 Latin letters or 5 Chinese characters a second."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return max(1.8, 0.8 + wide / 5 + (len(text) - wide) / 15)


def make_clock(
    beats: Sequence[Beat],
    picture: Callable[[Beat, float], S_co],
    fps: int,
    cues: Sequence[Cue] = (),
    pace: float = 1.0,
    chapters: Mapping[str, str] | None = None,
    bound: Collection[int] = (),
) -> Clock[S_co]:
    """The clock of ``beats``, whose places never fall, slowed where captions need more time.

    ``pace`` multiplies the time to read; ``chapters`` are titles by the kind of beat they begin at.
    Captions stay until the next one comes, but none goes beyond the end of one of the ``bound``
    places, nor into one: what is said of a step must not stand over the numbers of another.
    """
    last = beats[-1].step
    groups = _bounded(_groups(cues, beats), beats, bound)
    slowed = _stretched(list(beats), groups, last, pace)
    edges = [round(total * fps) for total in accumulate((b.seconds for b in slowed), initial=0.0)]
    starts = _apart(edges[:-1], [beat.step for beat in beats], [place for place, _ in groups])
    clock = Clock(fps, tuple(slowed), starts, edges[-1], picture)
    return replace(clock, cues=_timed(clock, groups), chapters=_chapters(clock, chapters or {}))


def _groups(cues: Sequence[Cue], beats: Sequence[Beat]) -> list[tuple[int, list[str]]]:
    """Cues by the place of the beat with which they begin; those of one beat share its time.

    A beat of a frame may pass several places. A cue past the shot's end joins its last place.
    """
    places = [beat.step for beat in beats]
    groups: dict[int, list[str]] = {}
    for cue in cues:
        at = min(bisect_left(places, cue.at), len(places) - 1)
        groups.setdefault(places[at], []).append(cue.text)
    return sorted(groups.items())


def _bounded(
    groups: Sequence[tuple[int, list[str]]], beats: Sequence[Beat], bound: Collection[int]
) -> list[tuple[int, list[str]]]:
    """The groups, and one without captions for each bound place and for the place after it."""
    found = dict(groups)
    for before, after in pairwise(sorted({beat.step for beat in beats})):
        if before in bound or after in bound:
            found.setdefault(after, [])
    return sorted(found.items())


def _stretched(
    beats: list[Beat], groups: Sequence[tuple[int, list[str]]], last: int, pace: float
) -> list[Beat]:
    """The beats, slowed where the captions over them need more time to be read."""
    for index, (first, texts) in enumerate(groups):
        end = groups[index + 1][0] if index + 1 < len(groups) else last + 1
        need = pace * sum(reading_seconds(text) for text in texts)
        have = sum(beat.seconds for beat in beats if first <= beat.step < end)
        if 0 < have < need:
            beats = [
                replace(beat, seconds=beat.seconds * need / have)
                if first <= beat.step < end
                else beat
                for beat in beats
            ]
    return beats


def _apart(starts: list[int], steps: Sequence[int], places: Iterable[int]) -> tuple[int, ...]:
    """The first frames of beats, so that the first of each of ``places`` has a frame of its own.

    A caption begins with what it tells, even where steps are quicker than frames.
    """
    for place in places:
        at = steps.index(place)
        for later in range(at + 1, len(starts)):
            if starts[later] > starts[at]:
                break
            starts[later] = starts[at] + 1
    return tuple(starts)


def _timed(clock: Clock[S_co], groups: Sequence[tuple[int, list[str]]]) -> tuple[TimedCue, ...]:
    """Captions with their times: each stays until the next one comes, or an empty group."""
    timed: list[TimedCue] = []
    for index, (step, texts) in enumerate(groups):
        start = clock.frame_of(step)
        stop = clock.frame_of(groups[index + 1][0]) if index + 1 < len(groups) else clock.frames
        if not texts:
            continue
        shares = [reading_seconds(text) for text in texts]
        edges = [0.0, *accumulate(shares)]
        at = [start + round((stop - start) * edge / edges[-1]) for edge in edges]
        timed += [
            TimedCue(at[k] / clock.fps, at[k + 1] / clock.fps, text) for k, text in enumerate(texts)
        ]
    return tuple(timed)


def _chapters(clock: Clock[S_co], titles: Mapping[str, str]) -> tuple[Chapter, ...]:
    """A chapter for each title, from the first beat of its kind."""
    found: dict[str, float] = {}
    for beat, start in zip(clock.beats, clock.starts, strict=True):
        if beat.kind in titles:
            found.setdefault(titles[beat.kind], start / clock.fps)
    return tuple(Chapter(start, title) for title, start in found.items())
