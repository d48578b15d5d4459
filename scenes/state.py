"""What a frame shows of one run: plain data, from which everything on the picture follows."""

from __future__ import annotations

from dataclasses import dataclass

INTRO, GRADIENT, LINE, MOVE, QUICK, HOLD = "intro", "gradient", "line", "move", "quick", "hold"


@dataclass(frozen=True)
class State:
    """A run at a moment.

    ``step`` steps have been made and ``moving`` (0 to 1) of the next. ``acting`` is the row that
    acts, from 0, and ``turn`` how far it has come. The first ``fresh`` rows show the next step's
    numbers, the others the last step's; where steps follow quickly all do, until the point arrives.
    ``gradient`` and ``leap`` are the lengths of the arrows of gradient and step, the former of the
    row that acts, ``reveal`` the rows already shown in the introduction, ``ending`` how far the end
    is told; all but ``reveal`` lie in [0, 1].
    """

    kind: str
    step: int
    moving: float = 0.0
    acting: int | None = None
    turn: float = 1.0
    fresh: int = 0
    gradient: float = 0.0
    leap: float = 0.0
    reveal: float = 1e9
    ending: float = 0.0

    @property
    def slow(self) -> bool:
        """Whether the next step is made line by line."""
        return self.kind in (GRADIENT, LINE, MOVE)

    def gradient_of(self, row: int) -> float:
        """The length of the arrow of the gradient that ``row`` takes."""
        if self.acting is None or row == self.acting:
            return self.gradient
        return float(row < self.fresh)
