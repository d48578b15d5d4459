"""How the rows of a race glide to their ranks: one after the other rises past those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scenes.clock import smooth

RISE_SECONDS, PASS_SECONDS, MOST_SECONDS = 0.7, 0.3, 5.0


@dataclass(frozen=True)
class Rise:
    """A row on its way up from one slot to another, those between one slot down."""

    racer: int
    start: int
    end: int

    @property
    def seconds(self) -> float:
        """How long it is on its way, where there is time."""
        return RISE_SECONDS + PASS_SECONDS * (self.start - self.end - 1)


def rises(order: Sequence[int]) -> list[Rise]:
    """What brings the racers 0, 1, 2, ... into ``order``, the best first."""
    rows, found = sorted(order), []
    for end, racer in enumerate(order):
        start = rows.index(racer)
        if start > end:
            found.append(Rise(racer, start, end))
            rows.insert(end, rows.pop(start))
    return found


def ordering_seconds(order: Sequence[int]) -> float:
    """How long all rises take."""
    return min(sum(rise.seconds for rise in rises(order)), MOST_SECONDS)


def slots(order: Sequence[int], share: float) -> list[float]:
    """The slot at which each racer stands when the rows have come ``share`` (0 to 1) of the way.

    At most one row is on its way up at a time.
    """
    made = rises(order)
    rows, gone = sorted(order), 0.0
    places = [float(slot) for slot in range(len(rows))]
    whole = sum(rise.seconds for rise in made)
    for rise in made:
        u = min(max((share * whole - gone) / rise.seconds, 0.0), 1.0) if share < 1 else 1.0
        gone += rise.seconds
        at = rise.start - smooth(u) * (rise.start - rise.end)
        for slot in range(rise.end, rise.start):
            places[rows[slot]] = slot + min(max(slot + 1 - at, 0.0), 1.0)
        places[rise.racer] = at
        if u < 1:
            break
        rows.insert(rise.end, rows.pop(rise.start))
    return places
