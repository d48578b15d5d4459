"""The line under the field that says what happens, its legend, and the counters."""

from __future__ import annotations

from collections.abc import Hashable

from scenes.canvas import Brush, Element, Shown, Word
from scenes.kit import Kit, ink_box, spelled
from scenes.lettering import Sprite
from scenes.parts.marks import arrow
from scenes.parts.readings import Readings, sentence
from scenes.stage import BODY, SMALL, TEXT_LEAST, Box
from scenes.state import HOLD, State

ASCENT, SAMPLE = 42.0, 46.0


class Now(Element[State]):
    """One sentence about what happens; at the end, how the run came out."""

    def __init__(self, kit: Kit, right: float) -> None:
        self.kit, self.right, self.place = kit, right, kit.stage.now
        self.baseline = self.place.top + ASCENT

    def _sprite(self, state: State) -> Sprite:
        ended = state.kind == HOLD
        words = sentence(self.kit.run, state, self.kit.spec.language)
        sprite = self.kit.text(words, BODY, bold=ended)
        room = (self.place.right if ended else self.right) - self.place.left
        if sprite.width > room:
            sprite = self.kit.text(words, max(BODY * room / sprite.width, TEXT_LEAST), bold=ended)
        return sprite

    def key(self, state: State) -> Hashable:
        return id(self._sprite(state)), state.ending

    def reach(self, state: State) -> Box | None:
        return ink_box(self._sprite(state), self.place.left, self.baseline).grown(3)

    def paint(self, brush: Brush, state: State) -> None:
        alpha = state.ending if state.kind == HOLD else 1.0
        brush.sprite(self._sprite(state), self.place.left, self.baseline, alpha)

    def words(self, state: State) -> list[Word]:
        return [spelled(self._sprite(state), self.place.left, self.baseline)]


class Legend(Element[State]):
    """What the two arrows mean; it makes room for the outcome at the end."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self.baseline = kit.stage.now.top + ASCENT
        roles = kit.theme.roles
        self.entries: list[tuple[Sprite, float, str]] = []
        right = kit.stage.now.right
        for word, role in (("step", "step"), ("gradient", "gradient")):
            sprite = kit.text(kit.words[word], SMALL, roles[role])
            self.entries.append((sprite, right - sprite.ink[2], roles[role]))
            right -= sprite.width + SAMPLE + 40
        self.left = right + 40

    def key(self, state: State) -> Hashable:
        return state.kind == HOLD

    def reach(self, state: State) -> Box | None:
        return Box(
            self.left - 12, self.baseline - 34, self.kit.stage.now.right + 2, self.baseline + 14
        )

    def paint(self, brush: Brush, state: State) -> None:
        if state.kind == HOLD:
            return
        for sprite, x, color in self.entries:
            y = self.baseline - 10
            tail, tip, under = (x - SAMPLE - 2, y), (x - 12, y), self.kit.theme.background
            gradient = color == self.kit.theme.roles["gradient"]
            arrow(brush, tail, tip, color, under, open_head=gradient)
            brush.sprite(sprite, x, self.baseline)

    def words(self, state: State) -> list[Word]:
        return (
            [] if state.kind == HOLD else [spelled(s, x, self.baseline) for s, x, _ in self.entries]
        )


class Counter(Element[State]):
    """A word and a number that counts, above the loss curve."""

    def __init__(
        self, kit: Kit, readings: Readings, which: str, at: tuple[float, float], room: int
    ) -> None:
        self.kit, self.readings, self.which = kit, readings, which
        self.right, self.baseline = at
        self.word = kit.text(
            kit.words["counter" if which == "step" else "loss"], SMALL, kit.theme.muted
        )
        self.word_x = self.right - room * kit.figures.advance / kit.scale - 12 - self.word.ink[2]

    def text(self, state: State) -> str:
        """What it shows."""
        if self.which == "step":
            return f"{self.readings.step(state)}/{self.readings.run.requested}"
        return self.readings.loss(state)

    def key(self, state: State) -> Hashable:
        return self.text(state)

    def reach(self, state: State) -> Box | None:
        return Box(self.word_x - 2, self.baseline - 28, self.right + 2, self.baseline + 10)

    def paint(self, brush: Brush, state: State) -> None:
        brush.sprite(self.word, self.word_x, self.baseline)
        brush.figures(
            self.text(state), self.kit.figures, self.right, self.baseline, self.kit.theme.text
        )

    def words(self, state: State) -> list[Word]:
        digits = self.kit.counted(self.text(state), self.right, self.baseline)
        return [spelled(self.word, self.word_x, self.baseline), digits]

    def numbers(self, state: State) -> list[Shown]:
        step = self.readings.step(state)
        return [Shown(self.text(state), self.readings.run, self.which, step)]
