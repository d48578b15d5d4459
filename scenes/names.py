"""Names on the field: start, end, minima, arrows; each finds a place where it covers nothing."""

from __future__ import annotations

import math
from collections.abc import Hashable

import numpy as np

from scenes.canvas import Brush, Element
from scenes.kit import Kit
from scenes.lettering import Sprite
from scenes.marks import GradientArrow, Track, arrow, arrow_box
from scenes.places import Point, cut, dense, place
from scenes.stage import FIELD, SMALL, Box
from scenes.timeline import State

PILL_X, PILL_Y = 10.0, 7.0
LETTER_UP, LETTER_DOWN = 0.80 * SMALL, 0.24 * SMALL
SHORT, VISIBLE = 36.0, 60.0


class Name:
    """A word on a dark ground, in a box found for it."""

    def __init__(self, sprite: Sprite, box: Box) -> None:
        self.sprite, self.box = sprite, box

    def paint(self, brush: Brush, ground: str, alpha: float = 1.0) -> None:
        """Paint ground and word."""
        brush.panel(self.box, 8, ground, 0.8 * alpha)
        x = self.box.left + PILL_X - self.sprite.ink[0]
        brush.sprite(self.sprite, x, self.box.top + PILL_Y + LETTER_UP, alpha)


def name_size(sprite: Sprite) -> tuple[float, float]:
    """The size of a word with its ground."""
    return sprite.width + 2 * PILL_X, LETTER_UP + LETTER_DOWN + 2 * PILL_Y


class Names:
    """The still names of a film: start, minima and, at last, the end."""

    def __init__(self, kit: Kit, track: Track) -> None:
        self.kit, self.track = kit, track
        self.path = dense(track.pixels, FIELD)
        self.minima = [
            (float(x), float(y))
            for x, y in track.plot.at(np.array(kit.run.objective.minima).reshape(-1, 2))
            if track.inside((float(x), float(y)))
        ]
        self.start = self._point(0)
        self.end = self._point(-1)
        marks = [*self.minima, *(point for point in (self.start, self.end) if point)]
        self.taken = [Box(x, y, x, y).grown(17) for x, y in marks]
        self.start_name = self._name("start", self.start)
        self.end_name = self._name("end", self.end) if kit.run.steps else None
        self.minimum_names = [self._name("minimum", point) for point in self.minima]

    def _point(self, index: int) -> Point | None:
        x, y = self.track.pixels[index]
        return (float(x), float(y)) if self.track.inside((float(x), float(y))) else None

    def _name(self, word: str, point: Point | None) -> Name | None:
        if point is None:
            return None
        sprite = self.kit.text(self.kit.words[word], SMALL)
        box = place(name_size(sprite), [point], 22, FIELD.grown(-6), self.taken, self.path)
        self.taken.append(box)
        return Name(sprite, box)


def star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """The corners of a five-pointed star."""
    return [
        (x + r * math.sin(k * math.pi / 5), y - r * math.cos(k * math.pi / 5))
        for k in range(10)
        for r in (radius if k % 2 == 0 else radius * 0.42,)
    ]


class Labels(Element):
    """The still names, painted over the path; the end is named when the run is over."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def key(self, state: State) -> Hashable:
        return state.ending

    def reach(self, state: State) -> Box | None:
        return FIELD

    def damage(self, before: State, after: State) -> list[Box]:
        return [self.names.end_name.box.grown(2)] if self.names.end_name else []

    def paint(self, brush: Brush, state: State) -> None:
        names, theme = self.names, self.names.kit.theme
        if names.start:
            brush.disc(*names.start, 14, theme.background, 0.7)
            brush.disc(*names.start, 11.5, "#ffffff")
            brush.disc(*names.start, 6.5, theme.background)
        for x, y in names.minima:
            corners = star(x, y, 17)
            brush.line([*corners, corners[0]], 5, theme.background, 0.6)
            brush.polygon(corners, "#ffffff")
        for name in (names.start_name, *names.minimum_names):
            if name is not None:
                name.paint(brush, theme.background)
        if names.end_name is not None and state.ending > 0:
            names.end_name.paint(brush, theme.background, state.ending)

    def words(self, state: State) -> list[Box]:
        names = [self.names.start_name, *self.names.minimum_names]
        if state.ending > 0:
            names.append(self.names.end_name)
        return [name.box for name in names if name is not None]


class StepArrow(Element):
    """The step about to be made, true to scale; one too short to see is magnified, and says so."""

    def __init__(self, track: Track) -> None:
        self.track = track
        self.color = track.kit.theme.roles["step"]

    def factor(self, step: int) -> int:
        """How many times the arrow of ``step`` is longer than the step."""
        a, b = self.track.pixels[step], self.track.pixels[step + 1]
        length = math.hypot(b[0] - a[0], b[1] - a[1])
        if length >= SHORT or length == 0:
            return 1
        power = 10 ** math.floor(math.log10(VISIBLE / length))
        return next(power * unit for unit in (1, 2, 5, 10) if power * unit * length >= SHORT)

    def ends(self, state: State) -> tuple[Point, Point] | None:
        """Tail and tip, None where there is none to see."""
        if state.leap <= 0 or state.step + 1 >= len(self.track.pixels):
            return None
        a, b = self.track.pixels[state.step], self.track.pixels[state.step + 1]
        tail = (float(a[0]), float(a[1]))
        if not self.track.inside(tail):
            return None
        tip = a + state.leap * self.factor(state.step) * (b - a)
        part = cut(tail, tip.tolist(), FIELD.grown(-4))
        return part if part is None else (tail, part[1])

    def key(self, state: State) -> Hashable:
        return self.ends(state), state.moving

    def reach(self, state: State) -> Box | None:
        ends = self.ends(state)
        return None if ends is None else arrow_box(*ends)

    def paint(self, brush: Brush, state: State) -> None:
        ends = self.ends(state)
        if ends is not None and state.moving < 1:
            arrow(brush, *ends, self.color, self.track.kit.theme.background)


class ArrowName(Element):
    """The name at an arrow's tip while the first steps are explained."""

    def __init__(self, names: Names, gradient: GradientArrow, step: StepArrow, which: str) -> None:
        self.names, self.arrows, self.which = names, (gradient, step), which
        self._found: dict[int, tuple[Name | None, Name | None]] = {}

    def _pair(self, state: State) -> tuple[Name | None, Name | None]:
        """Both names of this step, placed together so that neither covers the other."""
        if state.step not in self._found:
            full = State(state.kind, state.step, gradient=1.0, leap=1.0)
            gradient, step = (arrow.ends(full) for arrow in self.arrows)
            kit, factor = self.names.kit, self.arrows[1].factor(state.step)
            roles = kit.theme.roles
            taken = [*self.names.taken, *_covers(gradient), *_covers(step)]
            word = (
                kit.words["step"]
                if factor == 1
                else kit.words["step_magnified"].format(factor=factor)
            )
            first = self._at(
                kit.text(kit.words["gradient"], SMALL, roles["gradient"]), gradient, taken
            )
            taken += [first.box] if first else []
            second = self._at(kit.text(word, SMALL, roles["step"]), step, taken)
            self._found[state.step] = first, second
        return self._found[state.step]

    def _at(
        self, sprite: Sprite, ends: tuple[Point, Point] | None, taken: list[Box]
    ) -> Name | None:
        if ends is None:
            return None
        (a, b), (c, d) = ends
        anchors = [(c, d), ((a + c) / 2, (b + d) / 2)]
        empty = np.zeros((0, 2))
        return Name(sprite, place(name_size(sprite), anchors, 16, FIELD.grown(-6), taken, empty))

    def _shown(self, state: State) -> tuple[Name | None, float]:
        growth = state.gradient if self.which == "gradient" else state.leap * (1 - state.moving)
        if growth <= 0 or state.kind in ("quick", "hold", "intro"):
            return None, 0.0
        if state.step + 1 >= len(self.names.track.pixels):
            return None, 0.0
        return self._pair(state)[self.which == "step"], growth

    def key(self, state: State) -> Hashable:
        name, growth = self._shown(state)
        return id(name), growth

    def reach(self, state: State) -> Box | None:
        name, _ = self._shown(state)
        return name.box.grown(2) if name else None

    def paint(self, brush: Brush, state: State) -> None:
        name, growth = self._shown(state)
        if name is not None:
            name.paint(brush, self.names.kit.theme.background, growth)

    def words(self, state: State) -> list[Box]:
        name, _ = self._shown(state)
        return [name.box] if name else []


def _covers(ends: tuple[Point, Point] | None) -> list[Box]:
    """Small boxes along an arrow and around its tail."""
    if ends is None:
        return []
    spots = np.linspace(*ends, 10)
    return [Box(x, y, x, y).grown(12) for x, y in spots.tolist()]


class Outside(Element):
    """A mark at the border where the point has left the picture."""

    def __init__(self, names: Names) -> None:
        self.names, self.track = names, names.track
        self.sprite = names.kit.text(
            names.kit.words["outside"], SMALL, names.kit.theme.roles["point"]
        )

    def _spot(self, state: State) -> tuple[Point, Point] | None:
        """The mark's tip and the direction in which it points."""
        x, y = self.track.now(state)
        if self.track.inside((x, y)):
            return None
        room = FIELD.grown(-4)
        tip = min(max(x, room.left), room.right), min(max(y, room.top), room.bottom)
        u, v = float(np.sign(x - tip[0])), float(np.sign(y - tip[1]))
        size = math.hypot(u, v)
        return tip, (u / size, v / size)

    def _box(self, tip: Point) -> Box:
        width, height = name_size(self.sprite)
        x = min(max(tip[0], FIELD.left + width / 2 + 40), FIELD.right - width / 2 - 40)
        y = min(max(tip[1], FIELD.top + height / 2 + 40), FIELD.bottom - height / 2 - 40)
        return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def key(self, state: State) -> Hashable:
        return self._spot(state)

    def reach(self, state: State) -> Box | None:
        spot = self._spot(state)
        return (
            None if spot is None else self._box(spot[0]).joined(Box(*spot[0], *spot[0]).grown(34))
        )

    def paint(self, brush: Brush, state: State) -> None:
        spot = self._spot(state)
        if spot is None:
            return
        (x, y), (u, v) = spot
        theme = self.names.kit.theme
        corners = [
            (x, y),
            (x - 26 * u - 15 * v, y - 26 * v + 15 * u),
            (x - 26 * u + 15 * v, y - 26 * v - 15 * u),
        ]
        brush.line([*corners, corners[0]], 5, theme.background, 0.7)
        brush.polygon(corners, theme.roles["point"])
        Name(self.sprite, self._box((x, y))).paint(brush, theme.background)

    def words(self, state: State) -> list[Box]:
        spot = self._spot(state)
        return [] if spot is None else [self._box(spot[0])]
