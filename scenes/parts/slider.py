"""The slider of a sweep: value, knob, stops, and the zones through which the knob has come."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from engine.sweep import Behavior, Zone
from scenes.canvas import Brush, Element, Shown, Word
from scenes.kit import Kit, ink_box, spelled, within
from scenes.lettering import Sprite
from scenes.parts.family import Family
from scenes.parts.figures import brief
from scenes.parts.scenery import symbol_typst
from scenes.parts.strokes import trace
from scenes.stage import BODY, SMALL, Box
from scenes.sweep_state import SweepState, digits_of, ends_of, place_of

READOUT, TRACK_TOP, TRACK_HEIGHT, KNOB = 40.0, 104.0, 26.0, 19.0
STOP_ROW, LIMIT_ROW, HEIGHT = 44.0, 80.0, 218.0
INSET, APART = 22.0, 14.0
HATCH = {
    Behavior.OVERSHOOTS: 14.0,
    Behavior.SWINGS: 7.0,
    Behavior.CLIMBS: 15.0,
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


@dataclass(frozen=True, eq=False)
class Mark:
    """A number under the track."""

    sprite: Sprite
    x: float
    y: float
    at: float
    value: float

    @property
    def box(self) -> Box:
        """Where its digits may lie."""
        left, _, right, _ = self.sprite.ink
        return Box(self.x + left, self.y - SMALL, self.x + right, self.y)


class Slider:
    """Where the slider's parts stand in ``box``, whose height is at least `HEIGHT`."""

    def __init__(self, kit: Kit, family: Family, box: Box) -> None:
        self.kit, self.family, self.box = kit, family, box
        self.shot, top = family.shot, box.top + TRACK_TOP
        self.track = Box(box.left + INSET, top, box.right - INSET, top + TRACK_HEIGHT)
        self.words = {
            kind: kit.text(kit.words[f"sweep_{kind.value}"], SMALL, kit.theme.muted)
            for kind in Behavior
        }
        stops = dict.fromkeys((*ends_of(self.shot), *self.shot.stops))
        self.stops = self._marks(stops, STOP_ROW, kit.theme.text)
        self.limits = self._marks(self._telling(), LIMIT_ROW, kit.theme.muted)

    def x(self, value: float) -> float:
        """Where a value stands on the track."""
        return self.track.left + self.track.width * place_of(self.shot, value)

    def span(self, low: float, high: float) -> Box:
        """The part of the track between two values."""
        return Box(self.x(low), self.track.top, self.x(high), self.track.bottom)

    def _telling(self) -> list[float]:
        """The limits between zones, first those that part the widest."""
        zones = self.family.zones
        widths = [self.span(zone.low, zone.high).width for zone in zones]
        order = sorted(range(1, len(zones)), key=lambda k: -min(widths[k - 1], widths[k]))
        return [zones[index].low for index in order]

    def _marks(self, values: Iterable[float], row: float, color: str) -> list[Mark]:
        """Numbers in a row under the track, as far as those before leave room."""
        made: list[Mark] = []
        for value in values:
            sprite = self.kit.text(brief(float(f"{value:.3g}")), SMALL, color)
            at = self.x(value)
            left = min(max(at - sprite.width / 2, self.box.left), self.box.right - sprite.width)
            y = self.track.bottom + row
            mark = Mark(sprite, left - sprite.ink[0], y, at, value)
            if not any(mark.box.grown(APART).meets(other.box) for other in made):
                made.append(mark)
        return made

    def label(self, zone: Zone) -> tuple[Sprite, float] | None:
        """A zone's word and where it begins, where the zone is wide enough for it."""
        sprite, span = self.words[zone.behavior], self.span(zone.low, zone.high)
        if sprite.width > span.width - 8:
            return None
        return sprite, span.center[0] - sprite.width / 2 - sprite.ink[0]

    def paint_still(self, brush: Brush) -> None:
        """The empty track and the stops."""
        theme, track = self.kit.theme, self.track
        brush.panel(track, 6, theme.surface)
        for mark in self.stops:
            y = track.bottom + KNOB - TRACK_HEIGHT / 2 + 4
            brush.polygon([(mark.at, y), (mark.at - 8, y + 11), (mark.at + 8, y + 11)], theme.text)
            brush.write(mark.sprite, mark.x, mark.y)


class Zones(Element[SweepState]):
    """The zones and their limits, as far as the knob has been."""

    def __init__(self, slider: Slider) -> None:
        self.slider, self.kit = slider, slider.kit

    def key(self, state: SweepState) -> Hashable:
        return state.low, state.high, state.reveal

    def reach(self, state: SweepState) -> Box | None:
        box, track = self.slider.box, self.slider.track
        return Box(box.left - 4, track.top - 40, box.right + 4, track.bottom + LIMIT_ROW + 12)

    def paint(self, brush: Brush, state: SweepState) -> None:
        slider, theme = self.slider, self.kit.theme
        for zone in slider.family.zones:
            low, high = max(zone.low, state.low), min(zone.high, state.high)
            if low < high:
                paint_zone(brush, slider.span(low, high), zone.behavior, theme.setting)
        for sprite, x in self._labels(state):
            brush.sprite(sprite, x, slider.track.top - 14)
        for mark in self._limits(state):
            line = [(mark.at, slider.track.top - 6), (mark.at, slider.track.bottom + 4)]
            brush.line(line, 2.5, theme.text)
            brush.sprite(mark.sprite, mark.x, mark.y)

    def _labels(self, state: SweepState) -> list[tuple[Sprite, float]]:
        """The words of the zones to whose middle the knob has come."""
        found = []
        for zone in self.slider.family.zones:
            low, high = max(zone.low, state.low), min(zone.high, state.high)
            label = self.slider.label(zone)
            seen = self.slider.span(low, high).width if low < high else 0.0
            if label and seen >= self.slider.span(zone.low, zone.high).width / 2:
                found.append(label)
        return found

    def _limits(self, state: SweepState) -> list[Mark]:
        return [mark for mark in self.slider.limits if state.low <= mark.value <= state.high]

    def words(self, state: SweepState) -> list[Word]:
        y = self.slider.track.top - 14
        words = [spelled(sprite, x, y) for sprite, x in self._labels(state)]
        return words + [spelled(mark.sprite, mark.x, mark.y) for mark in self._limits(state)]


class Knob(Element[SweepState]):
    """The knob."""

    def __init__(self, slider: Slider) -> None:
        self.slider = slider

    def _at(self, state: SweepState) -> tuple[float, float]:
        return self.slider.x(state.value), self.slider.track.center[1]

    def key(self, state: SweepState) -> Hashable:
        return state.value

    def reach(self, state: SweepState) -> Box | None:
        x, y = self._at(state)
        return Box(x, y, x, y).grown(KNOB + 4)

    def paint(self, brush: Brush, state: SweepState) -> None:
        theme, at = self.slider.kit.theme, self._at(state)
        brush.disc(*at, KNOB + 3, theme.background)
        brush.disc(*at, KNOB, theme.text)
        brush.disc(*at, KNOB - 6, theme.setting)


class Readout(Element[SweepState]):
    """The value in digits, and how its run behaves in a word."""

    def __init__(self, slider: Slider) -> None:
        self.slider, self.kit = slider, slider.kit
        kit, box = self.kit, slider.box
        source = f"{symbol_typst(slider.shot.hyper)} ="
        self.symbol = kit.lettering.math(source, 44, kit.theme.setting, {})
        self.left, self.baseline = box.left, box.top + READOUT
        self.font = kit.lettering.figures(40)
        self.digits = self.left + self.symbol.width + 16
        self.words_of = {
            kind: kit.text(kit.words[f"sweep_{kind.value}"], BODY, kit.theme.text, bold=True)
            for kind in Behavior
        }

    def text(self, state: SweepState) -> str:
        """The digits of the value."""
        return digits_of(self.slider.shot, state.value)

    def _right(self, state: SweepState) -> float:
        return self.digits + len(self.text(state)) * self.font.advance / self.kit.scale

    def _word(self, state: SweepState) -> tuple[Sprite, float]:
        sprite = self.words_of[self.slider.family.behavior(state.value)]
        return sprite, self.slider.box.right - INSET - sprite.ink[2]

    def key(self, state: SweepState) -> Hashable:
        return self.text(state), id(self._word(state)[0])

    def reach(self, state: SweepState) -> Box | None:
        box = self.slider.box
        return Box(box.left - 2, box.top - 6, box.right, self.baseline + 16)

    def paint(self, brush: Brush, state: SweepState) -> None:
        theme = self.kit.theme
        middle = self.baseline - self.font.height / 2
        brush.sprite(self.symbol, self.left - self.symbol.ink[0], middle + 4)
        brush.figures(self.text(state), self.font, self._right(state), self.baseline, theme.text)
        sprite, x = self._word(state)
        brush.sprite(sprite, x, self.baseline)

    def words(self, state: SweepState) -> list[Word]:
        sprite, x = self._word(state)
        top = self.baseline - self.font.height
        digits = Box(self.digits, top, self._right(state), self.baseline)
        middle = self.baseline - self.font.height / 2
        symbol = ink_box(self.symbol, self.left - self.symbol.ink[0], middle + 4)
        return [
            Word(symbol, self.symbol.size, self.symbol.text),
            Word(digits, self.font.size, self.text(state)),
            spelled(sprite, x, self.baseline),
        ]

    def numbers(self, state: SweepState) -> list[Shown]:
        run = self.slider.family.run(state.value)
        return [Shown(self.text(state), run, self.slider.shot.hyper, run.steps)]


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
