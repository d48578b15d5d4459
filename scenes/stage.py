"""The stage: where things stand, in pixels of a 1920 x 1080 picture, whatever the film's size."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT = 1920, 1080
MARGIN_X, MARGIN_Y = 72, 54

TITLE, BODY, FIGURE, SMALL, TEXT_LEAST = 58, 30, 28, 26, 24
EQUATION, EQUATION_LEAST = 42, 28


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


SAFE = Box(MARGIN_X, MARGIN_Y, WIDTH - MARGIN_X, HEIGHT - MARGIN_Y)
FIELD = Box(136, 120, 1000, 900)
NOW = Box(SAFE.left, 970, FIELD.right, SAFE.bottom)
PANEL = Box(1060, SAFE.top, SAFE.right, SAFE.bottom)
EQUATIONS = Box(PANEL.left, 170, PANEL.right, 660)
GAP, BARS_HEIGHT = 14.0, 122.0


def below(rows_end: float) -> tuple[Box, Box]:
    """The boxes of the bars and of the loss curve under equations that end at ``rows_end``."""
    top = rows_end + GAP
    bars = Box(PANEL.left, top, PANEL.right, top + BARS_HEIGHT)
    return bars, Box(PANEL.left, bars.bottom + GAP, PANEL.right, PANEL.bottom)
