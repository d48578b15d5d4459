"""The clock of an anatomy: each step's lines in turn, worked out for one axis, then the other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from scenes.anatomy_state import LEAP, AnatomyState
from scenes.clock import Beat, Clock, make_clock, quickening, smooth
from scenes.kinds.descent_clock import rows_of
from scenes.shots import AnatomyShot
from scenes.spec import FilmSpec
from scenes.state import GRADIENT, HOLD, INTRO, LINE, MOVE, QUICK
from scenes.words import WORDS

PACE = (1.0, 0.66, 0.5)
MEASURE_SECONDS, LINE_SECONDS, LEAP_SECONDS, BESIDE_SECONDS = 3.4, 2.8, 1.6, 1.6
MOVE_SECONDS, HOLD_SECONDS = 1.2, 3.2
QUICK_FIRST, QUICK_DECAY, QUICK_LAST, QUICK_TOTAL = 0.6, 0.85, 0.1, 6.0


def anatomy_clock(shot: AnatomyShot, spec: FilmSpec) -> Clock[AnatomyState]:
    """The clock of the shot in the film of ``spec``; cues stand at the steps taken apart."""
    run = shot.run.trajectory
    kinds, update = rows_of(run)
    words = WORDS[spec.language]
    steps = words["anatomy_chapter_steps"]
    shown = tuple(step for step in shot.steps if step <= run.steps)
    return make_clock(
        _beats(shown, kinds, beside=shot.without is not None),
        partial(_state, rows=len(kinds), update=update, beside=shot.without is not None),
        spec.quality.fps,
        shot.cues,
        spec.pace,
        {INTRO: words["anatomy_chapter_rule"], GRADIENT: steps, LINE: steps},
        bound=shown,
    )


def _beats(steps: tuple[int, ...], kinds: Sequence[str], *, beside: bool) -> list[Beat]:
    """The beats at their natural pace; a step that is quickly passed is a place of its own.

    A beat of the kind QUICK has in ``row`` the steps made when it begins.
    """
    beats = [Beat(INTRO, 0, 1.4 + 0.4 * len(kinds))]
    made, place = 0, 0
    for index, step in enumerate(steps):
        skipped = range(made, step - 1)
        lengths = quickening(len(skipped), QUICK_FIRST, QUICK_DECAY, QUICK_LAST, QUICK_TOTAL)
        pairs = zip(skipped, lengths, strict=True)
        beats += [Beat(QUICK, at + 1, seconds, at) for at, seconds in pairs]
        place, made, pace = step, step, PACE[min(index, len(PACE) - 1)]
        beats += [
            Beat(kind, place, pace * (MEASURE_SECONDS if kind == GRADIENT else LINE_SECONDS), row)
            for row, kind in enumerate(kinds)
        ]
        beats.append(Beat(LEAP, place, (LEAP_SECONDS + BESIDE_SECONDS * beside) * pace))
        beats.append(Beat(MOVE, place, MOVE_SECONDS * max(pace, 0.7)))
    return [*beats, Beat(HOLD, place, HOLD_SECONDS, made)]


def _state(beat: Beat, u: float, rows: int, update: int, beside: bool) -> AnatomyState:
    """The state ``u`` (0 to 1) of the way through ``beat``."""
    if beat.kind == INTRO:
        return AnatomyState(beat.kind, 0, rows, reveal=max(0.0, (u - 0.12) / 0.7) * rows)
    if beat.kind == HOLD:
        told = smooth(u * beat.seconds / 0.6)
        return AnatomyState(beat.kind, beat.row, rows, ending=told, beside=float(beside))
    if beat.kind == QUICK:
        return AnatomyState(beat.kind, beat.row, rows, moving=smooth(u))
    made = beat.step - 1
    if beat.kind == LEAP:
        own = smooth(u / (0.3 if beside else 0.6))
        other = smooth((u - 0.45) / 0.3) if beside else 0.0
        return AnatomyState(beat.kind, made, rows, update, 1.0, leap=own, beside=other)
    if beat.kind == MOVE:
        other = float(beside)
        return AnatomyState(beat.kind, made, rows, None, 1.0, smooth(u), 1.0, other)
    return AnatomyState(beat.kind, made, rows, beat.row, u)
