"""The clock of a race: one count of steps for all runs, slow, then quicker, then the order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from scenes.clock import Beat, Clock, make_clock, reading_seconds, smooth
from scenes.parts.standings import protocol
from scenes.race_state import HOLD, INTRO, ORDER, RUN, RaceState, step_seconds
from scenes.shots import RaceShot
from scenes.spec import FilmSpec
from scenes.words import WORDS

FIELD_SECONDS, ROW_SECONDS, ORDER_SECONDS, HOLD_SECONDS = 1.0, 0.7, 1.8, 5.0
WHOLE = 0.1
"""Steps at least this long have a beat each; of shorter ones a beat has as many as fit a frame."""


@dataclass(frozen=True)
class Stretch(Beat):
    """A beat in which the clock goes from ``step`` to ``stop`` steps, both counted in parts."""

    first: float = 0.0
    stop: float = 0.0


def race_clock(shot: RaceShot, spec: FilmSpec) -> Clock[RaceState]:
    """The clock of a race in the film of ``spec``; cues stand at steps made."""
    words = WORDS[spec.language]
    read = reading_seconds(" ".join(protocol(shot, spec.language)))
    return make_clock(
        _beats(shot.steps, len(shot.racers), read, spec.quality.fps),
        partial(_state, rows=len(shot.racers)),
        spec.quality.fps,
        shot.cues,
        spec.pace,
        {
            INTRO: words["race_chapter_start"],
            RUN: words["race_chapter_run"],
            ORDER: words["race_chapter_end"],
        },
    )


def _beats(steps: int, rows: int, read: float, fps: int) -> list[Beat]:
    """The beats at their natural pace; ``read`` are the seconds that the protocol needs."""
    entry = FIELD_SECONDS + ROW_SECONDS * rows
    beats = [Beat(INTRO, 0, max(entry + 1.0, read))]
    lengths = step_seconds(steps)
    whole = sum(length >= WHOLE for length in lengths)
    beats += [Stretch(RUN, step, lengths[step], first=step, stop=step + 1) for step in range(whole)]
    beats += _frames(whole, lengths, fps)
    return [*beats, Beat(ORDER, steps, ORDER_SECONDS), Beat(HOLD, steps, HOLD_SECONDS)]


def _frames(first: int, lengths: list[float], fps: int) -> list[Beat]:
    """Beats of a frame each for the steps from ``first``; a frame may come in mid-step."""
    beats: list[Beat] = []
    ends = [0.0]
    for length in lengths[first:]:
        ends.append(ends[-1] + length)
    count = max(round(ends[-1] * fps), 1) if len(ends) > 1 else 0
    step = 0
    before = float(first)
    for frame in range(1, count + 1):
        time = ends[-1] * frame / count
        while step + 2 < len(ends) and ends[step + 1] <= time:
            step += 1
        share = min((time - ends[step]) / (ends[step + 1] - ends[step]), 1.0)
        stop = float(len(lengths)) if frame == count else round(first + step + share, 9)
        beats.append(Stretch(RUN, int(before), ends[-1] / count, first=before, stop=stop))
        before = stop
    return beats


def _state(beat: Beat, u: float, rows: int) -> RaceState:
    """The state ``u`` (0 to 1) of the way through ``beat``."""
    if isinstance(beat, Stretch):
        ease = min(max((beat.seconds - 0.15) / 0.35, 0.0), 1.0)
        share = ease * smooth(u) + (1 - ease) * u
        return RaceState(beat.kind, beat.first + share * (beat.stop - beat.first))
    seconds = u * beat.seconds
    if beat.kind == INTRO:
        reveal = min(max((seconds - FIELD_SECONDS) / ROW_SECONDS, 0.0), float(rows))
        return RaceState(beat.kind, 0.0, reveal=reveal)
    if beat.kind == ORDER:
        return RaceState(beat.kind, float(beat.step), order=smooth(u))
    return RaceState(beat.kind, float(beat.step), order=1.0)
