"""Where the names of a slider's zones stand: over them, or beside or above with a line to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ASIDE, WITHIN, TIGHT, LEAST = 26.0, 10.0, 8.0, 24.0
ROWS = 2


@dataclass(frozen=True)
class Zone:
    """A zone of a track from ``low`` to ``high``; its name is ``width`` wide and says ``word``."""

    low: float
    high: float
    width: float
    word: str

    @property
    def middle(self) -> float:
        """The middle of the zone."""
        return (self.low + self.high) / 2


@dataclass(frozen=True)
class Spot:
    """Where a name begins, in row 0 next to the track or row 1 over it; whether a line leads."""

    left: float
    row: int
    led: bool


def spots(zones: Sequence[Zone], left: float, right: float, apart: float) -> list[Spot | None]:
    """A spot for each zone's name between ``left`` and ``right``, None where none is free.

    Names over zones that are wide enough come first, then the others, the widest zones first; a
    zone that is hardly seen gets a name only where no other zone bears it. No two names of a row
    are nearer than ``apart``, and no line to a zone crosses a name.
    """
    found: list[Spot | None] = [None] * len(zones)

    def wide(index: int) -> bool:
        return zones[index].width <= zones[index].high - zones[index].low - TIGHT

    def size(index: int) -> float:
        return zones[index].high - zones[index].low

    order = sorted(range(len(zones)), key=lambda index: (not wide(index), -size(index)))
    for index in order:
        zone = zones[index]
        if wide(index):
            found[index] = Spot(zone.middle - zone.width / 2, 0, False)
            continue
        named = {zones[other].word for other, spot in enumerate(found) if spot}
        if size(index) >= LEAST or zone.word not in named:
            placed = [(zones[k], spot) for k, spot in enumerate(found) if spot]
            found[index] = _beside(zone, placed, left, right, apart)
    return found


def _beside(
    zone: Zone, placed: Sequence[tuple[Zone, Spot]], left: float, right: float, apart: float
) -> Spot | None:
    """The free spot nearest to a zone, in the lowest row that has one."""
    ideal = zone.middle - zone.width / 2
    for row in range(ROWS):
        reach = ASIDE if row == 0 else -WITHIN
        low = max(left, zone.middle - zone.width - reach)
        high = min(right - zone.width, zone.middle + reach)
        tried = [ideal, low, high]
        for other, spot in placed:
            tried += [spot.left - apart - zone.width, spot.left + other.width + apart]
            tried += [other.middle - zone.width - WITHIN, other.middle + WITHIN]
        free = [
            at
            for at in tried
            if low <= at <= high and _is_free(zone, Spot(at, row, True), placed, apart)
        ]
        if free:
            return Spot(min(free, key=lambda at: abs(at - ideal)), row, True)
    return None


def _is_free(zone: Zone, spot: Spot, placed: Sequence[tuple[Zone, Spot]], apart: float) -> bool:
    """Whether a name at a spot meets no other name and no line, nor its line a name."""
    for other, taken in placed:
        if spot.row == taken.row:
            if spot.left < taken.left + other.width + apart and (
                taken.left < spot.left + zone.width + apart
            ):
                return False
        elif spot.row < taken.row:
            if spot.left - WITHIN < other.middle < spot.left + zone.width + WITHIN:
                return False
        elif taken.left - WITHIN < zone.middle < taken.left + other.width + WITHIN:
            return False
    return True
