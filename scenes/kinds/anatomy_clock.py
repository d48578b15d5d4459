"""The clock of an anatomy: each step's lines in turn, worked out for one axis, then the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from scenes.clock import Beat, Clock, make_clock, quickening, smooth
from scenes.kinds.descent_clock import rows_of
from scenes.shots import AnatomyShot
from scenes.spec import FilmSpec
from scenes.state import GRADIENT, HOLD, INTRO, LINE, MOVE, QUICK, State
from scenes.words import WORDS

LEAP = "leap"
PACE = (1.0, 0.66, 0.5)
MEASURE_SECONDS, LINE_SECONDS, LEAP_SECONDS, BESIDE_SECONDS = 3.4, 2.8, 1.6, 1.6
MOVE_SECONDS, HOLD_SECONDS = 1.2, 3.2
QUICK_FIRST, QUICK_DECAY, QUICK_LAST, QUICK_TOTAL = 0.6, 0.85, 0.1, 6.0
TURN = 0.14
FLIGHTS = ((0.14, 0.36), (0.50, 0.70))
SOLVED = ((0.36, 0.48), (0.70, 0.82))


@dataclass(frozen=True)
class AnatomyState:
    """A step taken apart, at a moment.

    ``step`` steps have been made and ``moving`` (0 to 1) of the next. Row ``row`` acts (0 is the
    gradient, row i the i-th line, None where none does) and ``share`` (0 to 1) of its time has
    passed. ``leap`` is the length of the step's arrow and ``beside`` that of the run set against
    it, ``reveal`` the rows shown in the introduction, ``ending`` how far the end is told.
    """

    kind: str
    step: int
    rows: int
    row: int | None = None
    share: float = 0.0
    moving: float = 0.0
    leap: float = 0.0
    beside: float = 0.0
    reveal: float = 1e9
    ending: float = 0.0

    @property
    def taken_apart(self) -> int | None:
        """The step (from 1) whose lines act, None where no step is taken apart."""
        return self.step + 1 if self.kind in (GRADIENT, LINE, LEAP, MOVE) else None

    @property
    def turn(self) -> float:
        """How far the acting row has come to light."""
        return smooth(self.share / TURN)

    def flight(self, coordinate: int) -> float:
        """How far the numbers of a coordinate have come from the equation to their places."""
        return self._window(FLIGHTS[coordinate])

    def solved(self, coordinate: int) -> float:
        """How far the acting row's result for a coordinate stands there."""
        return self._window(SOLVED[coordinate])

    def fresh(self, coordinate: int) -> int:
        """How many rows show the next step's number of a coordinate."""
        if self.kind in (LEAP, MOVE):
            return self.rows
        return 0 if self.row is None else self.row + (self.solved(coordinate) > 0)

    def seen(self, coordinate: int = 1) -> State:
        """The state of a descent that shows the same."""
        kind = LINE if self.kind == LEAP else self.kind
        lines = self.row is not None and self.row > 0
        arrow = self.flight(0) if self.row == 0 else float(lines)
        if self.kind == GRADIENT:
            arrow = smooth(self.share / FLIGHTS[0][0])
        return State(
            kind,
            self.step,
            moving=self.moving,
            acting=self.row,
            turn=self.turn,
            fresh=self.fresh(coordinate),
            gradient=1 - smooth(self.moving * 2) if self.kind == MOVE else arrow,
            leap=self.leap,
            reveal=self.reveal,
        )

    def _window(self, window: tuple[float, float]) -> float:
        if self.kind in (LEAP, MOVE):
            return 1.0
        return smooth((self.share - window[0]) / (window[1] - window[0]))


def anatomy_clock(shot: AnatomyShot, spec: FilmSpec) -> Clock[AnatomyState]:
    """The clock of the shot in the film of ``spec``; cues stand at the steps taken apart."""
    run = shot.run.trajectory
    rows, update = rows_of(run)
    words = WORDS[spec.language]
    shown = tuple(step for step in shot.steps if step <= run.steps)
    return make_clock(
        _beats(shown, rows, beside=shot.without is not None),
        partial(_state, rows=rows, update=update, beside=shot.without is not None),
        spec.quality.fps,
        shot.cues,
        spec.pace,
        {INTRO: words["anatomy_chapter_rule"], GRADIENT: words["anatomy_chapter_steps"]},
    )


def _beats(steps: tuple[int, ...], rows: int, *, beside: bool) -> list[Beat]:
    """The beats at their natural pace; what is quickly passed belongs to the place before it.

    A beat of the kind QUICK has in ``row`` the steps made when it begins.
    """
    beats = [Beat(INTRO, 0, 1.4 + 0.4 * rows)]
    made, place = 0, 0
    for index, step in enumerate(steps):
        skipped = range(made, step - 1)
        lengths = quickening(len(skipped), QUICK_FIRST, QUICK_DECAY, QUICK_LAST, QUICK_TOTAL)
        pairs = zip(skipped, lengths, strict=True)
        beats += [Beat(QUICK, place, seconds, at) for at, seconds in pairs]
        place, made, pace = step, step, PACE[min(index, len(PACE) - 1)]
        beats.append(Beat(GRADIENT, place, MEASURE_SECONDS * pace))
        beats += [Beat(LINE, place, LINE_SECONDS * pace, row) for row in range(1, rows)]
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
