"""The step's arrow, and the names of all arrows while a step is explained."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from scenes.canvas import Brush, Element, Word
from scenes.kit import within
from scenes.lettering import Sprite
from scenes.parts.arrowwords import gradient_word, step_word
from scenes.parts.gradients import GradientArrow
from scenes.parts.marks import arrow, arrow_box, reaching
from scenes.parts.names import Names
from scenes.parts.places import Point, cut, lead, place_somewhere
from scenes.parts.scales import Scales
from scenes.parts.sign import PAD_X, PAD_Y, TALL, Sign
from scenes.parts.track import Track
from scenes.stage import Box
from scenes.state import LINE, State

AIR, TOUCHING = 3.0, 4.0
"""Stage pixels between two names, and between the line from a name and its arrow."""


class StepArrow(Element[State]):
    """The step about to be made, as long as it is or as many times longer as ``scales`` say."""

    def __init__(self, track: Track, scales: Scales) -> None:
        self.track, self.scales = track, scales
        self.color = track.kit.theme.roles["step"]

    def whole(self, state: State) -> tuple[Point, Point] | None:
        """Tail and tip, be they in the field or not; None where there is none to see."""
        if state.leap <= 0 or state.step + 1 >= len(self.track.pixels):
            return None
        a, b = self.track.pixels[state.step], self.track.pixels[state.step + 1]
        tip = a + state.leap * self.scales.factors(state)[1] * (b - a)
        return (float(a[0]), float(a[1])), (float(tip[0]), float(tip[1]))

    def ends(self, state: State) -> tuple[Point, Point] | None:
        """Tail and tip as far as they are in the field."""
        whole = self.whole(state)
        if whole is None or whole[0] == whole[1] or not self.track.inside(whole[0]):
            return None
        part = cut(*whole, self.track.field.grown(-4))
        return part if part is None else (whole[0], part[1])

    def key(self, state: State) -> Hashable:
        return self.ends(state), state.moving

    def reach(self, state: State) -> Box | None:
        ends = self.ends(state)
        return None if ends is None else arrow_box(*ends)

    def paint(self, brush: Brush, state: State) -> None:
        ends, whole = self.ends(state), self.whole(state)
        if ends is not None and whole is not None and state.moving < 1:
            field, under = self.track.field, self.track.kit.theme.background
            with within(brush, field):
                arrow(brush, whole[0], reaching(*whole, field), self.color, under)


class ArrowNames:
    """The names at the tips of a slow step's arrows, placed together so that none covers another.

    With ``magnified``, only arrows that are more than once as long as the shot's scale have names.
    """

    def __init__(
        self,
        names: Names,
        gradients: Sequence[GradientArrow],
        step: StepArrow,
        *,
        magnified: bool = False,
    ) -> None:
        self.names, self.gradients, self.step = names, gradients, step
        self.magnified = magnified
        self._found: dict[int, list[Sign | None]] = {}

    def at(self, step: int) -> list[Sign | None]:
        """The names in the step after ``step`` steps: of the gradients, and of the step."""
        if step not in self._found:
            full = State(LINE, step, gradient=1.0, leap=1.0)
            ends = [*(each.ends(full) for each in self.gradients), self.step.ends(full)]
            taken = [box.grown(AIR) for box in self.names.taken]
            taken += [box for each in ends for box in _covers(each)]
            found: list[Sign | None] = []
            for word, each in zip(self._words(full), ends, strict=True):
                found.append(self._placed(word, each, taken) if word and each else None)
                taken += [sign.box.grown(AIR) for sign in found[-1:] if sign]
            self._found[step] = found
        return self._found[step]

    def _words(self, full: State) -> list[Sprite | None]:
        """What the arrows are called, None for one without a name."""
        more, factor = self.step.scales.factors(full)
        words: list[Sprite | None] = [
            gradient_word(self.names.kit, [each.taken], more)
            if more > 1 or not self.magnified
            else None
            for each in self.gradients
        ]
        shown = factor > 1 or not self.magnified
        return [*words, step_word(self.names.kit, factor) if shown else None]

    def _placed(self, sprite: Sprite, ends: tuple[Point, Point], taken: list[Box]) -> Sign:
        (a, b), (c, d) = ends
        anchors = [(c, d), ((a + c) / 2, (b + d) / 2)]
        size = sprite.width + 2 * PAD_X, max(TALL, sprite.height + 2 * PAD_Y)
        field, empty = self.names.track.field, np.zeros((0, 2))
        box = place_somewhere(size, anchors, (a, b), field, taken, empty)
        return Sign(sprite, box, lead(box, anchors, TOUCHING), self.names.kit.theme.text)


class ArrowName(Element[State]):
    """The name of one arrow while a step is explained; a factor is told as long as it holds."""

    def __init__(self, found: ArrowNames, which: int) -> None:
        """``which`` counts the gradients; after them comes the step."""
        self.found, self.which = found, which

    def _shown(self, state: State) -> tuple[Sign | None, float]:
        gradients, step = self.found.gradients, self.found.step
        if not state.slow or state.step + 1 >= len(step.track.pixels):
            return None, 0.0
        growth = state.leap * (1 - state.moving)
        if step.scales.factors(state)[1] > 1:
            growth = state.leap * (state.moving < 1)
        if self.which < len(gradients):
            growth = state.gradient_of(gradients[self.which].row)
        return (self.found.at(state.step)[self.which], growth) if growth > 0 else (None, 0.0)

    def key(self, state: State) -> Hashable:
        sign, growth = self._shown(state)
        return id(sign), growth

    def reach(self, state: State) -> Box | None:
        sign, _ = self._shown(state)
        return sign.reach if sign else None

    def paint(self, brush: Brush, state: State) -> None:
        sign, growth = self._shown(state)
        if sign is not None:
            sign.paint(brush, self.found.names.kit.theme.background, growth)

    def words(self, state: State) -> list[Word]:
        sign, _ = self._shown(state)
        return [sign.word] if sign else []


def _covers(ends: tuple[Point, Point] | None) -> list[Box]:
    """Small boxes along an arrow and around its tail."""
    if ends is None:
        return []
    spots = np.linspace(*ends, 10)
    return [Box(x, y, x, y).grown(12) for x, y in spots.tolist()]
