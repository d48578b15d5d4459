"""The clock of a film: its shots one after the other, each of which turns into the next."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from scenes.clock import Chapter, Clock, TimedCue, smooth
from scenes.kinds.anatomy_clock import anatomy_clock
from scenes.kinds.descent_clock import descent_clock
from scenes.kinds.race_clock import race_clock
from scenes.kinds.sweep_clock import sweep_clock
from scenes.shots import AnatomyShot, DescentShot, RaceShot, Shot, SweepShot
from scenes.spec import FilmSpec

FADE = 0.5
"""Seconds at the end of a shot in which the next one comes through its picture."""

LONGEST = 20
"""Seconds that a segment lasts at most; a multiple of the distance of key frames."""


@dataclass(frozen=True)
class Moment:
    """What one frame of a film shows: a shot, its state, and how much of it (0 to 1) is seen.

    The rest is what the next shot begins with, whose state is ``following``.
    """

    shot: int
    state: Any
    light: float = 1.0
    following: Any = None


@dataclass(frozen=True)
class Timeline:
    """The clocks of all shots with their first frames; ``state(frame)`` is a pure function."""

    fps: int
    clocks: tuple[Clock[Any], ...]
    starts: tuple[int, ...]
    frames: int
    cues: tuple[TimedCue, ...]
    chapters: tuple[Chapter, ...]

    @property
    def duration(self) -> float:
        """The film's length in seconds."""
        return self.frames / self.fps

    def shot_of(self, frame: int) -> int:
        """The number of the shot to which ``frame`` belongs."""
        if not 0 <= frame < self.frames:
            raise IndexError(f"frame {frame} is not in a film of {self.frames} frames")
        return bisect_right(self.starts, frame) - 1

    def frame_of(self, step: int, shot: int = 0) -> int:
        """The first frame of a shot that belongs to its place ``step``."""
        return self.starts[shot] + self.clocks[shot].frame_of(step)

    def state(self, frame: int) -> Moment:
        """What ``frame`` (0 to frames - 1) shows."""
        shot = self.shot_of(frame)
        clock, local = self.clocks[shot], frame - self.starts[shot]
        if shot + 1 == len(self.clocks):
            return Moment(shot, clock.state(local))
        light = smooth((clock.frames - local) / (FADE * self.fps + 1))
        following = self.clocks[shot + 1].state(0) if light < 1 else None
        return Moment(shot, clock.state(local), light, following)


def clock_of(shot: Shot, spec: FilmSpec) -> Clock[Any]:
    """The clock of one shot of a film."""
    match shot:
        case DescentShot():
            return descent_clock(shot, spec)
        case AnatomyShot():
            return anatomy_clock(shot, spec)
        case RaceShot():
            return race_clock(shot, spec)
        case SweepShot():
            return sweep_clock(shot, spec)
    raise TypeError(f"{type(shot).__name__} has no clock")


def timeline(spec: FilmSpec) -> Timeline:
    """The clock of the film of ``spec``: frames, states, cues and chapters."""
    clocks = tuple(clock_of(shot, spec) for shot in spec.shots)
    starts, cues, chapters, frames = [], [], [], 0
    for shot, clock in zip(spec.shots, clocks, strict=True):
        starts.append(frames)
        at = frames / clock.fps
        cues += [TimedCue(at + cue.start, at + cue.end, cue.text) for cue in clock.cues]
        inner = (Chapter(0.0, shot.title),) if shot.title else clock.chapters
        chapters += [Chapter(at + chapter.start, chapter.title) for chapter in inner]
        frames += clock.frames
    fps = spec.quality.fps
    return Timeline(fps, clocks, tuple(starts), frames, tuple(cues), tuple(chapters))


def segments(clock: Timeline) -> tuple[range, ...]:
    """The frames of each segment: none reaches over the end of a shot or lasts too long."""
    longest = LONGEST * clock.fps
    ends = [*clock.starts[1:], clock.frames]
    return tuple(
        range(first, min(first + longest, end))
        for start, end in zip(clock.starts, ends, strict=True)
        for first in range(start, end, longest)
    )
