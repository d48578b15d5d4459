"""The numbers a frame shows, read from the run; nothing here draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine import Trajectory
from engine.meaning import meaning
from scenes.parts.figures import brief, counter, decimals_for, figure
from scenes.state import HOLD, INTRO, LINE, QUICK, State
from scenes.words import WORDS, steps_made

Array = NDArray[np.float64]


class Readings:
    """Texts of the number columns at a state; row 0 is the gradient, row i the i-th line."""

    def __init__(self, run: Trajectory) -> None:
        self.run = run
        self.names = ("g", *(line.target.id for line in run.optimizer.program.lines))
        self._decimals = [self._places(name) for name in self.names]
        self.update = self.names.index("x")

    def _places(self, name: str) -> int:
        values = self.run.points if name == "x" else self._values(name)
        return decimals_for(values.ravel().tolist())

    def _values(self, name: str) -> Array:
        return self.run.gradients if name == "g" else self.run.terms[name]

    def step_of(self, row: int, state: State) -> int:
        """The step to which the numbers of a row belong."""
        return state.step + (row < state.fresh)

    def value(self, row: int, state: State) -> Array | None:
        """The two numbers of a row, None before its first."""
        step, name = self.step_of(row, state), self.names[row]
        if name == "x":
            return np.asarray(self.run.points[step])
        if step > 0:
            return np.asarray(self._values(name)[step - 1])
        return self.run.initial_values(name)

    def texts(self, row: int, state: State) -> tuple[str, str]:
        """What the columns of a row show."""
        value = self.value(row, state)
        if value is None:
            return "–", "–"
        first, second = (figure(float(number), self._decimals[row]) for number in value)
        return first, second

    def effective(self, state: State) -> Array | None:
        """The effective steps of the last update, None before the first."""
        step = self.step_of(self.update, state)
        return np.asarray(self.run.effective[step - 1]) if step > 0 else None

    def step(self, state: State) -> int:
        """The step that is counted: the last one made or, where steps follow quickly, the one on
        its way, whose numbers stand beside the rule.
        """
        return state.step + (state.kind == QUICK and self.update < state.fresh)

    def loss(self, state: State) -> str:
        """The loss at the point of the step that is counted."""
        return counter(float(self.run.losses[self.step(state)]))


def sentence(run: Trajectory, state: State, language: str) -> str:
    """What happens at ``state``, in words; at the end, how the run came out."""
    words = WORDS[language]
    names = [line.target.id for line in run.optimizer.program.lines]
    if state.kind == HOLD:
        return outcome(run, language)
    if state.acting and state.kind == LINE:
        return _line(run, names[state.acting - 1], state, language)
    key = {QUICK: "now_run", INTRO: "now_start"}.get(state.kind, f"now_{state.kind}")
    return words[key].format(step=state.step + 1)


def _line(run: Trajectory, name: str, state: State, language: str) -> str:
    """What the acting line works out; lines are counted as the rows stand, the gradient's first."""
    words, means = WORDS[language], meaning(run.optimizer, name)
    if name == "x":
        return words["now_update"].format(step=state.step + 1)
    if means is None:
        line, lines = (state.acting or 0) + 1, len(run.optimizer.program.lines) + 1
        return words["now_line"].format(step=state.step + 1, line=line, lines=lines)
    key = "now_corrected" if means.corrected else "now_role"
    return words[key].format(step=state.step + 1, what=words[f"role_{means.what}"])


def outcome(run: Trajectory, language: str) -> str:
    """How the run came out."""
    return WORDS[language][run.outcome.name.lower()].format(
        step=run.stopped or run.steps,
        steps=steps_made(run.steps, language),
        first=brief(float(run.losses[0])),
        loss=brief(float(run.losses[-1])),
    )
