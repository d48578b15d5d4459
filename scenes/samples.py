"""The frames of a film that are looked at: each shot's begin, middle and end, and some between."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from scenes.spec import FilmSpec
from scenes.timeline import Timeline


@dataclass(frozen=True)
class Sample:
    """A frame with its shot (from 0), its time in seconds and the caption that stands over it."""

    frame: int
    shot: int
    time: float
    caption: str = ""


def samples(spec: FilmSpec, clock: Timeline, more: int = 3) -> tuple[Sample, ...]:
    """Frames of every shot in order: first, middle, last, and ``more`` at times drawn by lot.

    One is drawn from each of ``more`` equal parts, and nothing but the film's name decides which.
    Frames in which a shot fades are left out, unless it does nothing else.
    """
    found = []
    for shot in range(len(clock.clocks)):
        lit = clear(clock, shot)
        picked = {lit[0], lit[len(lit) // 2], lit[-1]}
        picked |= {drawn(lit, f"{spec.name}/{shot}/{draw}", draw, more) for draw in range(more)}
        found += [
            Sample(frame, shot, frame / clock.fps, caption(clock, frame))
            for frame in sorted(picked)
        ]
    return tuple(found)


def clear(clock: Timeline, shot: int) -> range:
    """The frames of a shot in which it does not fade; all of them where it always does."""
    first = clock.starts[shot]
    end = first + clock.clocks[shot].frames
    start, stop = first, end
    while start < stop and clock.state(start).light < 1:
        start += 1
    while stop > start and clock.state(stop - 1).light < 1:
        stop -= 1
    return range(start, stop) if start < stop else range(first, end)


def caption(clock: Timeline, frame: int) -> str:
    """The caption over a frame, "" for none."""
    time = frame / clock.fps
    return next((cue.text for cue in clock.cues if cue.start <= time < cue.end), "")


def drawn(frames: range, seed: str, part: int, parts: int) -> int:
    """A frame of one of ``parts`` equal parts of ``frames``; nothing but ``seed`` draws it."""
    first, last = (len(frames) * at // parts for at in (part, part + 1))
    lot = int.from_bytes(sha256(seed.encode()).digest()[:8])
    return frames[first + lot % max(last - first, 1)]
