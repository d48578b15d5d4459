"""The clock of a film: which frame shows what. Pure arithmetic on whole frames, without Manim.

A film is a row of beats. Each beat has a length in seconds; cues that need more reading time
stretch the beats they stand over; the sums are then rounded to frames, so that nothing drifts.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from scenes.spec import Cue, FilmSpec
from scenes.words import WORDS

INTRO, GRADIENT, LINE, MOVE, QUICK, HOLD = "intro", "gradient", "line", "move", "quick", "hold"
PACE = (1.5, 1.0, 0.7)
QUICK_FIRST, QUICK_DECAY, QUICK_LAST, QUICK_TOTAL = 0.8, 0.85, 0.24, 14.0
SWEEP_LEAST, ARROW_LEAST = 0.5, 0.2


@dataclass(frozen=True)
class Beat:
    """A stretch of the film: its kind, the steps made before it, the acting row, its seconds."""

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
class State:
    """What one frame shows.

    ``step`` steps have been made and ``moving`` (0 to 1) of the next. ``acting`` is the row that
    acts (0 is the gradient, row i the i-th line of the rule) and ``turn`` how far it has come.
    The first ``fresh`` rows show the next step's numbers, the others the last step's. ``gradient``
    and ``leap`` are the lengths of the two arrows, ``reveal`` the rows already shown in the
    introduction, ``ending`` how far the end is told; all but ``reveal`` lie in [0, 1].
    """

    kind: str
    step: int
    moving: float = 0.0
    acting: int | None = None
    turn: float = 1.0
    fresh: int = 0
    gradient: float = 0.0
    leap: float = 0.0
    reveal: float = 1e9
    ending: float = 0.0


@dataclass(frozen=True)
class Timeline:
    """All beats with their first frames; ``state(frame)`` is a pure function."""

    fps: int
    rows: int
    update: int
    beats: tuple[Beat, ...]
    starts: tuple[int, ...]
    frames: int
    cues: tuple[TimedCue, ...]
    chapters: tuple[Chapter, ...]

    @property
    def duration(self) -> float:
        """The film's length in seconds."""
        return self.frames / self.fps

    def frame_of(self, step: int) -> int:
        """The first frame at which ``step`` steps have been made (the last one's for more)."""
        pairs = zip(self.starts, self.beats, strict=True)
        return next((start for start, beat in pairs if beat.step >= step), self.starts[-1])

    def state(self, frame: int) -> State:
        """What ``frame`` (0 to frames - 1) shows."""
        if not 0 <= frame < self.frames:
            raise IndexError(f"frame {frame} is not in a film of {self.frames} frames")
        index = bisect_right(self.starts, frame) - 1
        beat, start = self.beats[index], self.starts[index]
        stop = self.starts[index + 1] if index + 1 < len(self.starts) else self.frames
        return _state(beat, (frame - start) / max(stop - start, 1), self.rows, self.update)


def smooth(u: float) -> float:
    """Ease in and out: 0 to 1 with level ends."""
    u = min(max(u, 0.0), 1.0)
    return u * u * u * (10 - 15 * u + 6 * u * u)


def _state(beat: Beat, u: float, rows: int, update: int) -> State:
    """The state ``u`` (0 to 1) of the way through ``beat``."""
    seconds = u * beat.seconds
    base = State(beat.kind, beat.step)
    if beat.kind == INTRO:
        return replace(base, reveal=max(0.0, (u - 0.15) / 0.7) * rows)
    if beat.kind == HOLD:
        return replace(base, ending=smooth(seconds / 0.6))
    if beat.kind == GRADIENT:
        return replace(
            base, acting=0, turn=smooth(seconds / 0.3), fresh=1, gradient=smooth(u / 0.7)
        )
    if beat.kind == LINE:
        leap = smooth(u / 0.7) if beat.row == update else float(beat.row > update)
        turn = smooth(seconds / 0.3)
        return replace(
            base, acting=beat.row, turn=turn, fresh=beat.row + 1, gradient=1.0, leap=leap
        )
    if beat.kind == MOVE:
        return replace(base, moving=smooth(u), fresh=rows, gradient=1.0 - smooth(u * 2), leap=1.0)
    return _quick(base, beat, u, rows, update)


def _quick(base: State, beat: Beat, u: float, rows: int, update: int) -> State:
    """A step at speed: at first the rows still act one after the other, later all at once."""
    if beat.seconds >= SWEEP_LEAST and u < 0.5:
        row = min(int(u * 2 * rows), rows - 1)
        turn, leap = smooth(u * 2 * rows - row), float(row >= update)
        return replace(base, acting=row, turn=turn, fresh=row + 1, gradient=1.0, leap=leap)
    share = 0.5 if beat.seconds >= SWEEP_LEAST else 0.0
    v = (u - share) / (1 - share)
    ease = min(max((beat.seconds - 0.15) / 0.35, 0.0), 1.0)
    moving = ease * smooth(v) + (1 - ease) * v
    turn = 1.0 if share else smooth(v * 2)
    arrow, leap = float(beat.seconds >= ARROW_LEAST), float(share > 0)
    return replace(base, moving=moving, turn=turn, fresh=rows, gradient=arrow, leap=leap)


def reading_seconds(text: str) -> float:
    """Time to read ``text``: about 15 Latin letters or 5 Chinese characters a second."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return max(1.8, 0.8 + wide / 5 + (len(text) - wide) / 15)


def timeline(spec: FilmSpec) -> Timeline:
    """The clock of the film of ``spec``: frames, beats, cues and chapters."""
    run = spec.trajectory
    lines = run.optimizer.program.lines
    update = 1 + [line.target.id for line in lines].index("x")
    steps, fps = len(run.points) - 1, spec.quality.fps
    beats = _stretched(_beats(steps, min(spec.explained, steps), len(lines) + 1), spec.cues, steps)
    sums = [0.0, *accumulate(beat.seconds for beat in beats)]
    edges = [round(total * fps) for total in sums]
    clock = Timeline(
        fps, len(lines) + 1, update, tuple(beats), tuple(edges[:-1]), edges[-1], (), ()
    )
    return replace(clock, cues=_cues(clock, spec.cues, steps), chapters=_chapters(clock, spec))


def _beats(steps: int, explained: int, rows: int) -> list[Beat]:
    """The beats of a run at their natural pace."""
    beats = [Beat(INTRO, 0, 1.2 + 0.35 * rows)]
    for step in range(explained):
        pace = PACE[min(step, len(PACE) - 1)]
        beats.append(Beat(GRADIENT, step, pace))
        beats += [Beat(LINE, step, pace, row) for row in range(1, rows)]
        beats.append(Beat(MOVE, step, 0.6 + 0.4 * pace))
    beats += [
        Beat(QUICK, explained + index, seconds)
        for index, seconds in enumerate(_quick_seconds(steps - explained))
    ]
    return [*beats, Beat(HOLD, steps, 4.0)]


def _quick_seconds(count: int) -> list[float]:
    """Lengths of the later steps: each quicker than the one before, within a fixed total."""
    floor = QUICK_LAST
    slow = [QUICK_FIRST * QUICK_DECAY**index for index in range(count)]
    for _ in range(60):
        lengths = [max(length, floor) for length in slow]
        if sum(lengths) <= QUICK_TOTAL:
            break
        floor *= 0.9
    return lengths if count else []


def _groups(cues: Sequence[Cue], steps: int) -> list[tuple[int, list[str]]]:
    """Cues of one step together; a cue past the run's end joins its last step."""
    groups: dict[int, list[str]] = {}
    for cue in cues:
        groups.setdefault(min(cue.step, steps), []).append(cue.text)
    return sorted(groups.items())


def _stretched(beats: list[Beat], cues: Sequence[Cue], steps: int) -> list[Beat]:
    """The beats, slowed where the captions over them need more time to be read."""
    groups = _groups(cues, steps)
    for index, (first, texts) in enumerate(groups):
        last = groups[index + 1][0] if index + 1 < len(groups) else steps + 1
        need = sum(reading_seconds(text) for text in texts)
        have = sum(beat.seconds for beat in beats if first <= beat.step < last)
        if have < need:
            beats = [
                replace(beat, seconds=beat.seconds * need / have)
                if first <= beat.step < last
                else beat
                for beat in beats
            ]
    return beats


def _cues(clock: Timeline, cues: Sequence[Cue], steps: int) -> tuple[TimedCue, ...]:
    """Captions with their times: each stays until the next one comes."""
    groups = _groups(cues, steps)
    timed: list[TimedCue] = []
    for index, (step, texts) in enumerate(groups):
        start = clock.frame_of(step)
        stop = clock.frame_of(groups[index + 1][0]) if index + 1 < len(groups) else clock.frames
        shares = [reading_seconds(text) for text in texts]
        edges = [0.0, *accumulate(shares)]
        at = [start + round((stop - start) * edge / edges[-1]) for edge in edges]
        timed += [
            TimedCue(at[k] / clock.fps, at[k + 1] / clock.fps, text) for k, text in enumerate(texts)
        ]
    return tuple(timed)


def _chapters(clock: Timeline, spec: FilmSpec) -> tuple[Chapter, ...]:
    """A chapter for each part of the film that has frames."""
    words = WORDS[spec.language]
    names = {INTRO: "start", GRADIENT: "explained", QUICK: "run", HOLD: "end"}
    found: dict[str, float] = {}
    for beat, start in zip(clock.beats, clock.starts, strict=True):
        if beat.kind in names:
            found.setdefault(names[beat.kind], start / clock.fps)
    return tuple(Chapter(start, words[f"chapter_{name}"]) for name, start in found.items())
