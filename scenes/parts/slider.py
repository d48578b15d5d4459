"""The slider of a sweep: value, knob, stops, and the zones through which the knob has come."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from engine.sweep import Behavior
from scenes.canvas import Brush, Element, Shown, Word
from scenes.kit import Kit, ink_box, spelled
from scenes.lettering import Sprite
from scenes.parts.family import Family
from scenes.parts.figures import SET, brief
from scenes.parts.scenery import symbol_typst
from scenes.parts.zonenames import Spot, spots
from scenes.parts.zonenames import Zone as Stretch
from scenes.stage import BODY, SMALL, Box
from scenes.sweep_state import SweepState, digits_of, ends_of, place_of

READOUT, TRACK_TOP, TRACK_HEIGHT, KNOB = 40.0, 104.0, 26.0, 19.0
LABEL, RAISE = 14.0, 32.0
STOP_ROW, LIMIT_ROW, HEIGHT = 44.0, 80.0, 218.0
INSET, APART = 22.0, 14.0
BLANK = 12.0


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


@dataclass(frozen=True, eq=False)
class Label:
    """The name of a zone, and the line that leads from it to the zone, empty for none."""

    sprite: Sprite
    x: float
    y: float
    lead: list[tuple[float, float]]


class Slider:
    """Where the slider's parts stand in ``box``, of which it takes ``height`` from above."""

    def __init__(self, kit: Kit, family: Family, box: Box) -> None:
        self.kit, self.family, self.box = kit, family, box
        self.shot = family.shot
        self.words = {
            zone.behavior: kit.text(
                kit.words[f"sweep_{zone.behavior.value}"], SMALL, kit.theme.muted
            )
            for zone in family.zones
        }
        self.track = Box(box.left + INSET, box.top, box.right - INSET, box.top + TRACK_HEIGHT)
        self.spots = self._spots()
        self.more = RAISE if any(spot and spot.row for spot in self.spots) else 0.0
        top = box.top + TRACK_TOP + self.more
        self.track = Box(self.track.left, top, self.track.right, top + TRACK_HEIGHT)
        stops = dict.fromkeys((*ends_of(self.shot), *self.shot.stops))
        self.stops = self._marks(stops, STOP_ROW, kit.theme.text, SET)
        self.limits = self._marks(self._telling(), LIMIT_ROW, kit.theme.muted, 3)

    def x(self, value: float) -> float:
        """Where a value stands on the track."""
        return self.track.left + self.track.width * place_of(self.shot, value)

    def span(self, low: float, high: float) -> Box:
        """The part of the track between two values."""
        return Box(self.x(low), self.track.top, self.x(high), self.track.bottom)

    def _telling(self) -> list[float]:
        """The limits between zones, first that of divergence, then those that part the widest."""
        zones = self.family.zones
        widths = [self.span(zone.low, zone.high).width for zone in zones]

        def rank(index: int) -> tuple[bool, float]:
            sides = zones[index - 1 : index + 1]
            bounded = all(zone.behavior is not Behavior.DIVERGES for zone in sides)
            return bounded, -min(widths[index - 1], widths[index])

        order = sorted(range(1, len(zones)), key=rank)
        return [zones[index].low for index in order]

    def _marks(self, values: Iterable[float], row: float, color: str, digits: int) -> list[Mark]:
        """Numbers in a row under the track, as far as those before leave room."""
        made: list[Mark] = []
        for value in values:
            sprite = self.kit.text(brief(value, digits), SMALL, color)
            at = self.x(value)
            left = min(max(at - sprite.width / 2, self.box.left), self.box.right - sprite.width)
            y = self.track.bottom + row
            mark = Mark(sprite, left - sprite.ink[0], y, at, value)
            if not any(mark.box.grown(APART).meets(other.box) for other in made):
                made.append(mark)
        return made

    @property
    def height(self) -> float:
        """The height of all parts: more where the names of zones take two rows."""
        return HEIGHT + self.more

    def _spots(self) -> list[Spot | None]:
        """Where the names of the zones stand."""
        named = []
        for zone in self.family.zones:
            span, word = self.span(zone.low, zone.high), self.words[zone.behavior]
            named.append(Stretch(span.left, span.right, word.width, zone.behavior.value))
        return spots(named, self.box.left, self.box.right, APART)

    def label(self, index: int) -> Label | None:
        """The name of a zone, None where there is no room for it."""
        zone, spot = self.family.zones[index], self.spots[index]
        if spot is None:
            return None
        sprite = self.words[zone.behavior]
        y = self.track.top - LABEL - RAISE * spot.row
        lead: list[tuple[float, float]] = []
        if spot.led:
            middle = self.span(zone.low, zone.high).center[0]
            x = min(max(middle, spot.left + 6), spot.left + sprite.width - 6)
            lead = [(x, y + 7), (middle, self.track.top - 1)]
        return Label(sprite, spot.left - sprite.ink[0], y, lead)

    def paint_still(self, brush: Brush) -> None:
        """The empty track and the stops."""
        theme, track = self.kit.theme, self.track
        brush.panel(track, 6, theme.surface)
        for mark in self.stops:
            y = track.bottom + KNOB - TRACK_HEIGHT / 2 + 4
            brush.polygon([(mark.at, y), (mark.at - 8, y + 11), (mark.at + 8, y + 11)], theme.text)
            brush.write(mark.sprite, mark.x, mark.y)


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
        self.named = self._name()
        if self.named:
            self.left += self.named.width + BLANK
        self.digits = self.left + self.symbol.width + 16

    def _name(self) -> Sprite | None:
        """The word before the symbol of a learning rate, which is smaller where room is scarce."""
        if self.slider.shot.hyper != "lr":
            return None
        kit, box = self.kit, self.slider.box
        shown = (digits_of(self.slider.shot, stop) for stop in self.slider.shot.stops)
        digits = (1 + max(map(len, shown))) * self.font.advance / kit.scale
        said = max(
            kit.text(kit.words[f"sweep_{zone.behavior.value}"], BODY, bold=True).width
            for zone in self.slider.family.zones
        )
        room = box.width - INSET - said - digits - self.symbol.width - 3 * BLANK
        return kit.fitted(kit.words["learning_rate"], BODY, room, kit.theme.setting)

    def text(self, state: SweepState) -> str:
        """The digits of the value."""
        return digits_of(self.slider.shot, state.value)

    def _right(self, state: SweepState) -> float:
        return self.digits + len(self.text(state)) * self.font.advance / self.kit.scale

    def _word(self, state: SweepState) -> tuple[Sprite, float]:
        kind = self.slider.family.behavior(state.value)
        sprite = self.kit.text(self.kit.words[f"sweep_{kind.value}"], BODY, bold=True)
        return sprite, self.slider.box.right - INSET - sprite.ink[2]

    def key(self, state: SweepState) -> Hashable:
        return self.text(state), id(self._word(state)[0])

    def reach(self, state: SweepState) -> Box | None:
        box = self.slider.box
        return Box(box.left - 2, box.top - 6, box.right, self.baseline + 16)

    def paint(self, brush: Brush, state: SweepState) -> None:
        theme = self.kit.theme
        middle = self.baseline - self.font.height / 2
        if self.named:
            brush.sprite(self.named, self.slider.box.left - self.named.ink[0], self.baseline)
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
        found = [
            Word(symbol, self.symbol.size, self.symbol.text),
            Word(digits, self.font.size, self.text(state)),
            spelled(sprite, x, self.baseline),
        ]
        if self.named:
            at = self.slider.box.left - self.named.ink[0]
            found.append(spelled(self.named, at, self.baseline))
        return found

    def numbers(self, state: SweepState) -> list[Shown]:
        run = self.slider.family.run(state.value)
        return [Shown(self.text(state), run, self.slider.shot.hyper, run.steps)]
