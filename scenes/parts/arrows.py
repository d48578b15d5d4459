"""The step's arrow, and the names of both arrows while the first steps are explained."""

from __future__ import annotations

import math
from collections.abc import Hashable

import numpy as np

from scenes.canvas import Brush, Element, Word
from scenes.lettering import Sprite
from scenes.parts.marks import GradientArrow, arrow, arrow_box
from scenes.parts.names import Name, Names, name_size
from scenes.parts.places import Point, cut, place
from scenes.parts.track import Track
from scenes.stage import SMALL, Box
from scenes.state import State

SHORT, VISIBLE = 36.0, 60.0


class StepArrow(Element[State]):
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
        power = int(10 ** math.floor(math.log10(VISIBLE / length)))
        factors = (power * unit for unit in (1, 2, 5, 10))
        return next(factor for factor in factors if factor * length >= SHORT)

    def ends(self, state: State) -> tuple[Point, Point] | None:
        """Tail and tip, None where there is none to see."""
        if state.leap <= 0 or state.step + 1 >= len(self.track.pixels):
            return None
        a, b = self.track.pixels[state.step], self.track.pixels[state.step + 1]
        tail = (float(a[0]), float(a[1]))
        if not self.track.inside(tail):
            return None
        tip = a + state.leap * self.factor(state.step) * (b - a)
        part = cut(tail, tip.tolist(), self.track.field.grown(-4))
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


class ArrowName(Element[State]):
    """The name at an arrow's tip while the first steps are explained."""

    def __init__(
        self,
        names: Names,
        gradient: GradientArrow,
        step: StepArrow,
        which: str,
        magnified: bool = False,
    ) -> None:
        """With ``magnified``, only an arrow that is not to scale has a name."""
        self.names, self.arrows, self.which = names, (gradient, step), which
        self.magnified = magnified
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
            words = kit.text(kit.words["gradient"], SMALL, roles["gradient"])
            first = None if self.magnified else self._at(words, gradient, taken)
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
        return Name(
            sprite,
            place(name_size(sprite), anchors, 16, self.names.track.field.grown(-6), taken, empty),
        )

    def _shown(self, state: State) -> tuple[Name | None, float]:
        growth = state.gradient if self.which == "gradient" else state.leap * (1 - state.moving)
        if growth <= 0 or state.kind in ("quick", "hold", "intro"):
            return None, 0.0
        if state.step + 1 >= len(self.names.track.pixels):
            return None, 0.0
        if self.magnified and self.arrows[1].factor(state.step) == 1:
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

    def words(self, state: State) -> list[Word]:
        name, _ = self._shown(state)
        return [name.word] if name else []


def _covers(ends: tuple[Point, Point] | None) -> list[Box]:
    """Small boxes along an arrow and around its tail."""
    if ends is None:
        return []
    spots = np.linspace(*ends, 10)
    return [Box(x, y, x, y).grown(12) for x, y in spots.tolist()]
