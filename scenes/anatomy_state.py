"""A step taken apart, at a moment."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.clock import smooth
from scenes.state import GRADIENT, LINE, MOVE, State

LEAP = "leap"
TURN = 0.14
FLIGHTS = ((0.14, 0.36), (0.50, 0.70))
SOLVED = ((0.36, 0.48), (0.70, 0.82))


@dataclass(frozen=True)
class AnatomyState:
    """A step taken apart, at a moment.

    ``step`` steps have been made and ``moving`` (0 to 1) of the next. Row ``row`` acts, from 0 and
    None where none does, and ``share`` (0 to 1) of its time has passed. ``leap`` is the length of
    the step's arrow and ``beside`` that of the run set against it, ``reveal`` the rows shown in the
    introduction, ``ending`` how far the end is told.
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
        arrow = float(self.kind in (LINE, LEAP))
        if self.kind == GRADIENT:
            arrow = smooth(self.share / FLIGHTS[0][0])
        return State(
            LINE if self.kind == LEAP else self.kind,
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
