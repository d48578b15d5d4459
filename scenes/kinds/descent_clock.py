"""The clock of a descent: the first steps line by line, then quicker, then the end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import partial
from typing import Any

from engine import Trajectory
from scenes.clock import Beat, Clock, make_clock, quickening, smooth
from scenes.shots import DescentShot
from scenes.spec import FilmSpec
from scenes.state import GRADIENT, HOLD, INTRO, LINE, MOVE, QUICK, State
from scenes.words import WORDS

PACE = (1.5, 1.0, 0.7)
QUICK_FIRST, QUICK_DECAY, QUICK_LAST, QUICK_TOTAL = 0.8, 0.85, 0.24, 14.0
SWEEP_LEAST, ARROW_GONE, ARROW_EASE = 0.5, 0.12, 0.1


def descent_clock(shot: DescentShot, spec: FilmSpec) -> Clock[State]:
    """The clock of a descent in the film of ``spec``; cues stand at steps made."""
    run = shot.panes[0].trajectory
    rows, update = rows_of(run)
    words = WORDS[spec.language]
    return make_clock(
        _beats(max(pane.trajectory.steps for pane in shot.panes), shot.slow, rows),
        partial(_state, rows=rows, update=update),
        spec.quality.fps,
        shot.cues,
        spec.pace,
        {
            INTRO: words["chapter_start"],
            GRADIENT: words["chapter_explained" if 1 in shot.slow else "chapter_single"],
            QUICK: words["chapter_run"],
            HOLD: words["chapter_end"],
        },
    )


def rows_of(run: Trajectory) -> tuple[int, int]:
    """The rows of a rule, the gradient's among them, and which of them moves the point."""
    names = [line.target.id for line in run.optimizer.program.lines]
    return len(names) + 1, 1 + names.index("x")


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
    """A step at speed: at first the rows still act one after the other, later all at once.

    After a slow step, or at the start, the gradient's arrow grows anew.
    """
    if beat.seconds >= SWEEP_LEAST and u < 0.5:
        row = min(int(u * 2 * rows), rows - 1)
        turn = smooth(u * 2 * rows - row)
        leap = turn if row == update else float(row > update)
        arrow = smooth(u * 8) if beat.row else 1.0
        return replace(base, acting=row, turn=turn, fresh=row + 1, gradient=arrow, leap=leap)
    share = 0.5 if beat.seconds >= SWEEP_LEAST else 0.0
    v = (u - share) / (1 - share)
    ease = min(max((beat.seconds - 0.15) / 0.35, 0.0), 1.0)
    moving = ease * smooth(v) + (1 - ease) * v
    turn = 1.0 if share else smooth(v * 2)
    arrow, leap = smooth((beat.seconds - ARROW_GONE) / ARROW_EASE), float(share > 0)
    return replace(base, moving=moving, turn=turn, fresh=rows, gradient=arrow, leap=leap)


def just_arrived(clock: Clock[Any], step: int) -> State | None:
    """A descent at the moment at which a quick step has brought it to ``step``.

    None where the step that follows is slow enough for its first frame to show that.
    """
    at = next((at for at, beat in enumerate(clock.beats) if beat.step == step), 0)
    beat = clock.beats[at]
    if not at or beat.kind != QUICK or beat.seconds >= SWEEP_LEAST:
        return None
    state = clock.picture(replace(beat, step=step - 1), 1.0)
    return state if isinstance(state, State) else None


def _beats(steps: int, slow: Collection[int], rows: int) -> list[Beat]:
    """The beats of a run at their natural pace; steps in ``slow`` (from 1) go line by line."""
    beats = [Beat(INTRO, 0, 1.2 + 0.35 * rows)]
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
        beats.append(Beat(GRADIENT, step, pace))
        beats += [Beat(LINE, step, pace, row) for row in range(1, rows)]
        beats.append(Beat(MOVE, step, 0.6 + 0.4 * pace))
    return [*beats, Beat(HOLD, steps, 4.0)]
