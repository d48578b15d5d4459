"""The clock of a race: one count of steps for all runs, slow, then quicker, then the order.

When nothing can be followed any more, as all runs have diverged or broken off, the steps that are
left pass in a moment.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from scenes.clock import Beat, Clock, make_clock, reading_seconds, smooth
from scenes.parts.ordering import ordering_seconds
from scenes.parts.standings import over, protocol, ranks
from scenes.race_state import HOLD, INTRO, ORDER, RUN, RaceState, step_seconds
from scenes.shots import RaceShot
from scenes.spec import FilmSpec
from scenes.words import WORDS

FIELD_SECONDS, ROW_SECONDS, HOLD_SECONDS = 1.0, 0.7, 5.0
LOOK_SECONDS, RANK_SECONDS = 0.4, 0.6
"""Seconds before the rows begin to order themselves, and of their ranks' appearance."""

OVER_SECONDS = 1.5
"""Seconds at most for the steps in which nothing can be followed."""

WHOLE = 0.1
"""Steps at least this long have a beat each; of shorter ones a beat has as many as fit a frame."""


@dataclass(frozen=True)
class Stretch(Beat):
    """A beat in which the clock goes from ``first`` to ``stop`` steps, both counted in parts."""

    first: float = 0.0
    stop: float = 0.0


def race_clock(shot: RaceShot, spec: FilmSpec) -> Clock[RaceState]:
    """The clock of a race in the film of ``spec``; cues stand at steps made."""
    words = WORDS[spec.language]
    read = reading_seconds(" ".join(protocol(shot, spec.language)))
    return make_clock(
        _beats(shot, read, spec.quality.fps),
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


def _beats(shot: RaceShot, read: float, fps: int) -> list[Beat]:
    """The beats at their natural pace; ``read`` are the seconds that the protocol needs."""
    steps, entry = shot.steps, FIELD_SECONDS + ROW_SECONDS * len(shot.racers)
    beats = [Beat(INTRO, 0, max(entry + 1.0, read))]
    lengths = _hurried(step_seconds(steps), max(over(run.trajectory) for run in shot.racers))
    whole = sum(length >= WHOLE for length in lengths)
    beats += [Stretch(RUN, step, lengths[step], first=step, stop=step + 1) for step in range(whole)]
    beats += _frames(whole, lengths, fps, [cue.at for cue in shot.cues])
    seconds = LOOK_SECONDS + ordering_seconds(ranks(shot)[0]) + RANK_SECONDS
    return [*beats, Beat(ORDER, steps, seconds), Beat(HOLD, steps, HOLD_SECONDS)]


def _hurried(lengths: list[float], last: int) -> list[float]:
    """The lengths of steps, those after step ``last`` shorter where they would be long."""
    quick = min(OVER_SECONDS / max(sum(lengths[last:]), OVER_SECONDS), 1.0)
    return [*lengths[:last], *(quick * length for length in lengths[last:])]


def _frames(first: int, lengths: list[float], fps: int, told: Iterable[int]) -> list[Beat]:
    """Beats of a frame each for the steps from ``first``; a frame may come in mid-step.

    One comes to each of the steps ``told``, of which a caption begins with it.
    """
    ends = [0.0]
    for length in lengths[first:]:
        ends.append(ends[-1] + length)
    count = max(round(ends[-1] * fps), 1) if len(ends) > 1 else 0
    step, stops = 0, [float(first)]
    for frame in range(1, count + 1):
        time = ends[-1] * frame / count
        while step + 2 < len(ends) and ends[step + 1] <= time:
            step += 1
        share = min((time - ends[step]) / (ends[step + 1] - ends[step]), 1.0)
        stops.append(float(len(lengths)) if frame == count else round(first + step + share, 9))
    free = count - 1
    for place in sorted({*told}, reverse=True):
        at = min(bisect_left(stops, place), free)
        if at > 0 and first < place < len(lengths):
            stops[at], free = float(place), at - 1
    return [
        Stretch(RUN, int(before), ends[-1] / count, first=before, stop=stop)
        for before, stop in pairwise(stops)
    ]


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
        moving = beat.seconds - LOOK_SECONDS - RANK_SECONDS
        order = min(max((seconds - LOOK_SECONDS) / moving, 0.0), 1.0) if moving > 0 else 1.0
        ranked = smooth((seconds - LOOK_SECONDS - moving) / RANK_SECONDS)
        return RaceState(beat.kind, float(beat.step), order=order, ranked=ranked, rested=seconds)
    return RaceState(beat.kind, float(beat.step), order=1.0, ranked=1.0, rested=math.inf)
