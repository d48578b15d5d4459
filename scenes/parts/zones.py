"""The zones of a sweep's slider: their tones, their names, and the limits between them."""

from __future__ import annotations

from collections.abc import Hashable

from engine.sweep import Behavior
from scenes.canvas import Brush, Element, Word
from scenes.kit import spelled, within
from scenes.parts.slider import LIMIT_ROW, Label, Mark, Slider
from scenes.parts.strokes import trace
from scenes.stage import Box
from scenes.sweep_state import SweepState

HATCH = {
    Behavior.OVERSHOOTS: 14.0,
    Behavior.SWINGS: 7.0,
    Behavior.CLIMBS: 15.0,
    Behavior.STOPS: 26.0,
    Behavior.DIVERGES: 7.0,
}
CROSSED = (Behavior.CLIMBS, Behavior.DIVERGES)
FILL = {
    Behavior.SLOW: 0.16,
    Behavior.SETTLES: 0.75,
    Behavior.OVERSHOOTS: 0.45,
    Behavior.SWINGS: 0.16,
    Behavior.CLIMBS: 0.1,
    Behavior.DIVERGES: 0.1,
    Behavior.STOPS: 0.0,
}
"""Each behavior has a tone and a hatching of its own."""


class Zones(Element[SweepState]):
    """The zones and their limits, as far as the knob has been."""

    def __init__(self, slider: Slider) -> None:
        self.slider, self.kit = slider, slider.kit

    def key(self, state: SweepState) -> Hashable:
        return state.low, state.high, state.reveal

    def reach(self, state: SweepState) -> Box | None:
        box, track = self.slider.box, self.slider.track
        over = track.top - 40 - self.slider.more
        return Box(box.left - 4, over, box.right + 4, track.bottom + LIMIT_ROW + 12)

    def paint(self, brush: Brush, state: SweepState) -> None:
        slider, theme = self.slider, self.kit.theme
        for zone in slider.family.zones:
            low, high = max(zone.low, state.low), min(zone.high, state.high)
            if low < high:
                paint_zone(brush, slider.span(low, high), zone.behavior, theme.setting)
        for label in self._labels(state):
            if label.lead:
                brush.line(label.lead, 2, theme.muted)
            brush.sprite(label.sprite, label.x, label.y)
        for mark in self._limits(state):
            line = [(mark.at, slider.track.top - 6), (mark.at, slider.track.bottom + 4)]
            brush.line(line, 2.5, theme.text)
            brush.sprite(mark.sprite, mark.x, mark.y)

    def _labels(self, state: SweepState) -> list[Label]:
        """The names of the zones to whose middle the knob has come."""
        found = []
        for index, zone in enumerate(self.slider.family.zones):
            low, high = max(zone.low, state.low), min(zone.high, state.high)
            label = self.slider.label(index)
            seen = self.slider.span(low, high).width if low < high else 0.0
            if label and seen >= self.slider.span(zone.low, zone.high).width / 2:
                found.append(label)
        return found

    def _limits(self, state: SweepState) -> list[Mark]:
        return [mark for mark in self.slider.limits if state.low <= mark.value <= state.high]

    def words(self, state: SweepState) -> list[Word]:
        words = [spelled(label.sprite, label.x, label.y) for label in self._labels(state)]
        return words + [spelled(mark.sprite, mark.x, mark.y) for mark in self._limits(state)]


def paint_zone(brush: Brush, box: Box, kind: Behavior, color: str) -> None:
    """A stretch of the track: each behavior has a tone and a pattern of its own."""
    brush.panel(box, 3, color, FILL[kind])
    if kind not in HATCH:
        return
    apart = HATCH[kind]
    lines, x = [], box.left - box.height - box.left % apart
    while x < box.right:
        lines.append([(x, box.bottom), (x + box.height, box.top)])
        if kind in CROSSED:
            lines.append([(x, box.top), (x + box.height, box.bottom)])
        x += apart
    with within(brush, box):
        trace(brush, lines, 2.5, color, 0.85)
