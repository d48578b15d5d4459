"""The stages: where things stand, in pixels of a picture 1080 high, whatever the film's size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

HEIGHT = 1080
"""The height of the wide stage, and the width of the others, in stage pixels."""

TITLE, BODY, FIGURE, SMALL, TEXT_LEAST = 58, 30, 28, 26, 24
EQUATION, EQUATION_LEAST = 42, 25
GAP, BARS_HEIGHT = 14.0, 122.0


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Right minus left."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Bottom minus top."""
        return self.bottom - self.top

    @property
    def center(self) -> tuple[float, float]:
        """The middle as (x, y)."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def meets(self, other: Box) -> bool:
        """Whether the two share some area."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether ``other`` lies wholly inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    def grown(self, by: float) -> Box:
        """The box with ``by`` added on each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def joined(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True)
class Stage:
    """One form of picture: its size, the safe area, and the places of a film's parts.

    ``title`` holds the film's title and the settings, ``formula`` the objective above the
    ``field``, ``now`` the sentence about what happens, ``panel`` everything beside or below the
    field, ``equations`` its upper part. Without ``charts`` there is no room for bars and curves.
    """

    width: float
    height: float
    safe: Box
    title: Box
    formula: Box
    field: Box
    now: Box
    panel: Box
    equations: Box
    charts: bool = True

    def below(self, rows_end: float) -> tuple[Box, Box]:
        """The boxes of the bars and of the loss curve under equations that end at ``rows_end``."""
        top = rows_end + GAP
        bars = Box(self.panel.left, top, self.panel.right, top + BARS_HEIGHT)
        return bars, Box(self.panel.left, bars.bottom + GAP, self.panel.right, self.panel.bottom)


WIDE = Stage(
    width=1920,
    height=1080,
    safe=Box(72, 54, 1848, 1026),
    title=Box(1060, 54, 1848, 160),
    formula=Box(136, 54, 1000, 110),
    field=Box(136, 120, 1000, 900),
    now=Box(72, 970, 1000, 1026),
    panel=Box(1060, 54, 1848, 1026),
    equations=Box(1060, 170, 1848, 660),
)

SQUARE = Stage(
    width=1080,
    height=1080,
    safe=Box(40, 36, 1040, 1044),
    title=Box(40, 36, 1040, 134),
    formula=Box(112, 146, 1040, 198),
    field=Box(112, 206, 1040, 526),
    now=Box(40, 578, 1040, 634),
    panel=Box(40, 640, 1040, 1044),
    equations=Box(40, 640, 1040, 990),
    charts=False,
)

TALL = Stage(
    width=1080,
    height=1920,
    safe=Box(54, 84, 1026, 1836),
    title=Box(54, 84, 1026, 190),
    formula=Box(126, 204, 1026, 256),
    field=Box(126, 264, 1026, 934),
    now=Box(54, 996, 1026, 1052),
    panel=Box(54, 1060, 1026, 1836),
    equations=Box(54, 1060, 1026, 1500),
)

STAGES: Mapping[str, Stage] = MappingProxyType({"wide": WIDE, "square": SQUARE, "tall": TALL})
