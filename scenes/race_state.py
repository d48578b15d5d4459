"""A race at a moment, and how long its steps are on their way."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.clock import quickening

INTRO, RUN, ORDER, HOLD = "intro", "run", "order", "hold"
FIRST, DECAY, LAST, TOTAL = 0.8, 0.9, 0.24, 17.0


@dataclass(frozen=True)
class RaceState:
    """A race at a moment.

    ``place`` are the steps made, with the share of the one on its way; ``reveal`` the rows of the
    legend already shown; ``order`` (0 to 1) how far the rows have come to their ranks, and
    ``ranked`` (0 to 1) how far these are written; ``rested`` are the seconds since the last step.
    """

    kind: str
    place: float
    reveal: float = 1e9
    order: float = 0.0
    ranked: float = 0.0
    rested: float = 0.0

    @property
    def step(self) -> int:
        """The steps that have been made."""
        return int(self.place)


def step_seconds(steps: int) -> list[float]:
    """How long each step is on its way, before captions slow it."""
    return quickening(steps, FIRST, DECAY, LAST, TOTAL)
