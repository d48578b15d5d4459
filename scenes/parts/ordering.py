"""How the rows of a race glide to their ranks: all at once."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.clock import smooth

GLIDE_SECONDS = 1.6


def ordering_seconds(order: Sequence[int]) -> float:
    """How long the rows are on their way; 0 where they are in ``order`` from the beginning."""
    return GLIDE_SECONDS if list(order) != sorted(order) else 0.0


def slots(order: Sequence[int], share: float) -> list[float]:
    """The slot of each racer when the rows have come ``share`` (0 to 1) of the way to ``order``."""
    made = smooth(share)
    return [
        start + made * (end - start)
        for end, start in sorted(enumerate(order), key=lambda pair: pair[1])
    ]
