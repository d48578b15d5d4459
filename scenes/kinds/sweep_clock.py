"""The clock of a sweep: the knob glides from stop to stop and rests at each."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from engine.formula.symbols import in_text
from scenes.clock import Beat, Chapter, Clock, make_clock, smooth
from scenes.parts.figures import SET, brief
from scenes.shots import SweepShot
from scenes.spec import FilmSpec
from scenes.sweep_state import GLIDE, HOLD, INTRO, REST, SweepState, place_of, shown_value, value_at
from scenes.words import WORDS

INTRO_SECONDS, REST_SECONDS, HOLD_SECONDS = 2.6, 3.0, 2.5
GLIDE_LEAST, GLIDE_WHOLE = 1.8, 6.0
"""Seconds of the shortest glide, and of one over the whole slider."""


def sweep_clock(shot: SweepShot, spec: FilmSpec) -> Clock[SweepState]:
    """The clock of a sweep in the film of ``spec``.

    The glide to a stop belongs to the place before it: what is said of a stop begins when the knob
    has come there.
    """
    clock = make_clock(
        _beats(shot), partial(_state, shot=shot), spec.quality.fps, shot.cues, spec.pace
    )
    words = WORDS[spec.language]
    titles = [words["sweep_chapter_start"]]
    titles += [
        words["sweep_chapter_stop"].format(name=in_text(shot.hyper), value=brief(stop, SET))
        for stop in shot.stops
    ]
    rests = [
        start
        for beat, start in zip(clock.beats, clock.starts, strict=True)
        if beat.kind in (INTRO, REST)
    ]
    chapters = tuple(
        Chapter(start / clock.fps, title) for start, title in zip(rests, titles, strict=True)
    )
    return replace(clock, chapters=chapters)


def _beats(shot: SweepShot) -> list[Beat]:
    """The beats at their natural pace."""
    beats = [Beat(INTRO, 0, INTRO_SECONDS), Beat(REST, 1, REST_SECONDS, 1)]
    for stop in range(2, len(shot.stops) + 1):
        first, last = (place_of(shot, shot.stops[index]) for index in (stop - 2, stop - 1))
        seconds = max(GLIDE_WHOLE * abs(last - first), GLIDE_LEAST)
        beats.append(Beat(GLIDE, stop - 1, seconds, stop))
        beats.append(Beat(REST, stop, REST_SECONDS, stop))
    return [*beats, Beat(HOLD, len(shot.stops), HOLD_SECONDS, len(shot.stops))]


def _state(beat: Beat, u: float, shot: SweepShot) -> SweepState:
    """The state ``u`` (0 to 1) of the way through ``beat``."""
    stop = max(beat.row, 1)
    value = shot.stops[stop - 1]
    seen = shot.stops[: stop - (beat.kind == GLIDE)]
    calm = smooth(u * beat.seconds / 0.5) if beat.kind == REST else float(beat.kind == HOLD)
    if beat.kind == GLIDE:
        left, aim = shot.stops[stop - 2], value
        first, last = place_of(shot, left), place_of(shot, aim)
        between = value_at(shot, first + smooth(u) * (last - first))
        value = shown_value(shot, between, left, aim) if u > 0 else left
        calm = 1 - smooth(u * beat.seconds / 0.4)
        stop -= 1
    reveal = smooth(u / 0.6) if beat.kind == INTRO else 1.0
    low, high = min(*seen, value), max(*seen, value)
    return SweepState(beat.kind, shot.hyper, value, low, high, stop, calm, reveal)
