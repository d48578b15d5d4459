"""The numbers a frame shows, read from the run; nothing here draws."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from engine import Outcome, Trajectory
from engine.formula import Name
from engine.formula.symbols import spelling
from engine.meaning import meaning
from engine.optimizers.taken import Taken
from scenes.parts.figures import LONG, against, column, counter, decimals_for, figure
from scenes.state import GRADIENT, HOLD, INTRO, LINE, QUICK, State
from scenes.words import WORDS, steps_made

Array = NDArray[np.float64]
USUAL = 9


class Readings:
    """Texts of the number columns at a state, by the rows of the rule."""

    def __init__(self, run: Trajectory) -> None:
        self.run = run
        self.names = tuple(row.name for row in run.optimizer.rows)
        self._written = [self._columns(name) for name in self.names]
        self.update = self.names.index("x")
        self.written_loss = column(run.losses.tolist(), counter, LONG)

    def _columns(self, name: str) -> list[Callable[[float], str]]:
        """How the numbers of a row are written, by their columns."""
        values = self.run.points if name == "x" else self.run.values_of(name)
        places = decimals_for(values.ravel().tolist())
        return [column(each.tolist(), partial(figure, decimals=places)) for each in values.T]

    def fresh(self, row: int, state: State) -> bool:
        """Whether a row shows the next step's numbers: those of the point wait for it to arrive."""
        return row < state.fresh and row != self.update

    def waits(self, row: int, state: State) -> bool:
        """Whether a row shows what it will work out anew; the point's numbers are those of now."""
        return state.acting is not None and row != self.update and not self.fresh(row, state)

    def step_of(self, row: int, state: State) -> int:
        """The step to which the numbers of a row belong."""
        return state.step + self.fresh(row, state)

    def effective_step(self, state: State) -> int:
        """The step to which the effective steps belong: they are known before the point moves."""
        return state.step + (self.update < state.fresh)

    def value(self, row: int, state: State) -> Array | None:
        """The two numbers of a row, None before its first."""
        step, name = self.step_of(row, state), self.names[row]
        if name == "x":
            return np.asarray(self.run.points[step])
        if step > 0:
            return np.asarray(self.run.values_of(name)[step - 1])
        return self.run.initial_values(name)

    def texts(self, row: int, state: State) -> tuple[str, str]:
        """What the columns of a row show."""
        value = self.value(row, state)
        if value is None:
            return "–", "–"
        first, second = (
            text(float(number)) for text, number in zip(self._written[row], value, strict=True)
        )
        return first, second

    def effective(self, state: State) -> Array | None:
        """The effective steps of the last update, None before the first."""
        step = self.effective_step(state)
        return np.asarray(self.run.effective[step - 1]) if step > 0 else None

    def step(self, state: State) -> int:
        """The step that is counted: the last one made, until the point has come to the next."""
        return state.step

    def loss(self, state: State) -> str:
        """The loss at the point of the step that is counted."""
        return self.written_loss(float(self.run.losses[self.step(state)]))

    @property
    def loss_room(self) -> int:
        """The characters of the longest loss, and of the usual ones at least."""
        return max(USUAL, *(len(self.written_loss(loss)) for loss in self.run.losses.tolist()))


def sentence(run: Trajectory, state: State, language: str) -> str:
    """What happens at ``state``, in words; at the end, how the run came out."""
    words = WORDS[language]
    if state.kind == HOLD:
        return outcome(run, language)
    if state.acting is not None and state.kind in (GRADIENT, LINE):
        return _row(run, state.acting, state, language)
    key = {QUICK: "now_run", INTRO: "now_start"}.get(state.kind, f"now_{state.kind}")
    return words[key].format(step=state.step + 1)


def _row(run: Trajectory, acting: int, state: State, language: str) -> str:
    """What the acting row works out; lines are counted as the rows stand."""
    words, row = WORDS[language], run.optimizer.rows[acting]
    if row.taken:
        return _gradient(row.taken, state, language)
    means = meaning(run.optimizer, row.name)
    if row.name == "x":
        return words["now_update"].format(step=state.step + 1)
    if means is None:
        line, lines = acting + 1, len(run.optimizer.rows)
        return words["now_line"].format(step=state.step + 1, line=line, lines=lines)
    key = "now_corrected" if means.corrected else "now_role"
    return words[key].format(step=state.step + 1, what=words[f"role_{means.what}"])


def _gradient(taken: Taken, state: State, language: str) -> str:
    """Where a gradient is taken; a point without a letter of its own is another point."""
    words, step, point = WORDS[language], state.step + 1, taken.point
    if taken.here:
        return words["now_gradient"].format(step=step)
    if point == Name("x", 0):
        return words["now_gradient_new"].format(step=step)
    look = spelling(point.id) if isinstance(point, Name) else None
    if look is None or look.accent or look.subscripts:
        return words["now_gradient_other"].format(step=step)
    return words["now_gradient_at"].format(step=step, point=look.letter)


def outcome(run: Trajectory, language: str) -> str:
    """How the run came out."""
    key = run.outcome.name.lower()
    first, loss = float(run.losses[0]), float(run.losses[-1])
    if run.outcome is Outcome.FINISHED and first == loss:
        key = "level"
    before, now = against(first, loss)
    return WORDS[language][key].format(
        step=run.stopped or run.steps,
        steps=steps_made(run.steps, language),
        first=before,
        loss=now,
    )
