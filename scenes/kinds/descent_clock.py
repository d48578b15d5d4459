"""The clock of a descent: the first steps line by line, then quicker, then the end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from engine import Trajectory
from scenes.clock import Beat, Clock, make_clock, quickening, smooth
from scenes.shots import DescentShot
from scenes.spec import FilmSpec
from scenes.state import GRADIENT, HOLD, INTRO, LINE, MOVE, QUICK, State
from scenes.words import WORDS

PACE = (1.5, 1.0, 0.7)
QUICK_FIRST, QUICK_DECAY, QUICK_LAST, QUICK_TOTAL = 0.8, 0.85, 0.24, 14.0
ARROW_LEAST, ARROW_SHARE, ARROW_GONE, ARROW_EASE = 0.5, 0.4, 0.12, 0.1


def descent_clock(shot: DescentShot, spec: FilmSpec) -> Clock[State]:
    """The clock of a descent in the film of ``spec``; cues stand at steps made."""
    run = shot.panes[0].trajectory
    kinds, update = rows_of(run)
    words = WORDS[spec.language]
    explained = words["chapter_explained" if 1 in shot.slow else "chapter_single"]
    return make_clock(
        _beats(max(pane.trajectory.steps for pane in shot.panes), shot.slow, kinds),
        partial(_state, rows=len(kinds), update=update),
        spec.quality.fps,
        shot.cues,
        spec.pace,
        {
            INTRO: words["chapter_start"],
            GRADIENT: explained,
            LINE: explained,
            QUICK: words["chapter_run"],
            HOLD: words["chapter_end"],
        },
    )


def rows_of(run: Trajectory) -> tuple[tuple[str, ...], int]:
    """The kinds of the beats in which the rows of a rule act, and which row moves the point."""
    rows = run.optimizer.rows
    kinds = tuple(GRADIENT if row.taken else LINE for row in rows)
    return kinds, [row.name for row in rows].index("x")


def _state(beat: Beat, u: float, rows: int, update: int) -> State:
    """The state ``u`` (0 to 1) of the way through ``beat``."""
    seconds = u * beat.seconds
    base = State(beat.kind, beat.step)
    if beat.kind == INTRO:
        return replace(base, reveal=max(0.0, (u - 0.15) / 0.7) * rows)
    if beat.kind == HOLD:
        return replace(base, ending=smooth(seconds / 0.6))
    if beat.kind in (GRADIENT, LINE):
        shown = smooth(u / 0.7)
        return replace(
            base,
            acting=beat.row,
            turn=smooth(seconds / 0.3),
            fresh=beat.row + 1,
            gradient=shown if beat.kind == GRADIENT else 1.0,
            leap=shown if beat.row == update else float(beat.row > update),
        )
    if beat.kind == MOVE:
        return replace(base, moving=smooth(u), fresh=rows, gradient=1.0 - smooth(u * 2), leap=1.0)
    return _quick(base, beat, u)


def _quick(base: State, beat: Beat, u: float) -> State:
    """A step at speed: no row acts, and every number changes when the point arrives.

    While there is time for it the step's arrow comes first. After a slow step, or at the start,
    that of the gradient grows anew.
    """
    share = ARROW_SHARE if beat.seconds >= ARROW_LEAST else 0.0
    v = max((u - share) / (1 - share), 0.0)
    ease = min(max((beat.seconds - 0.15) / 0.35, 0.0), 1.0)
    arrow = smooth((beat.seconds - ARROW_GONE) / ARROW_EASE) * (smooth(u * 8) if beat.row else 1.0)
    return replace(
        base,
        moving=ease * smooth(v) + (1 - ease) * v,
        turn=smooth(u * 2),
        gradient=arrow,
        leap=smooth(u / share) if share else 0.0,
    )


def _beats(steps: int, slow: Collection[int], kinds: Sequence[str]) -> list[Beat]:
    """The beats of a run at their natural pace; steps in ``slow`` (from 1) go line by line."""
    beats = [Beat(INTRO, 0, 1.2 + 0.35 * len(kinds))]
    quickly = sum(step + 1 not in slow for step in range(steps))
    quick = iter(quickening(quickly, QUICK_FIRST, QUICK_DECAY, QUICK_LAST, QUICK_TOTAL))
    shown = 0
    for step in range(steps):
        if step + 1 not in slow:
            after_slow = int(beats[-1].kind != QUICK)
            beats.append(Beat(QUICK, step, next(quick), after_slow))
            continue
        pace = PACE[min(shown, len(PACE) - 1)]
        shown += 1
        beats += [Beat(kind, step, pace, row) for row, kind in enumerate(kinds)]
        beats.append(Beat(MOVE, step, 0.6 + 0.4 * pace))
    return [*beats, Beat(HOLD, steps, 4.0)]
