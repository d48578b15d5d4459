"""The line under the field that says what happens, its legend, and the counters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from typing import Generic, TypeVar

from scenes.canvas import Brush, Element, Shown, Word
from scenes.clock import smooth
from scenes.kit import Kit, ink_box, spelled
from scenes.lettering import Sprite
from scenes.parts.marks import arrow
from scenes.parts.readings import Readings, sentence
from scenes.stage import BODY, SMALL, Box
from scenes.state import GRADIENT, HOLD, INTRO, LINE, MOVE, QUICK, State

S = TypeVar("S")
ASCENT, SAMPLE = 42.0, 46.0


Said = tuple[str, float, bool]
"""A sentence, how bright it is, and whether it is bold, as how a run came out is."""


class Sentence(Element[S], Generic[S]):
    """One sentence about what happens: what ``says`` gives, up to ``right``; a bold one up to the
    end of the line.
    """

    def __init__(self, kit: Kit, right: float, says: Callable[[S], Said]) -> None:
        self.kit, self.right, self.says, self.place = kit, right, says, kit.stage.now
        self.baseline = self.place.top + ASCENT
        self._set: dict[tuple[str, bool], Sprite] = {}

    def _shown(self, state: S) -> tuple[Sprite, float]:
        text, light, bold = self.says(state)
        if (text, bold) not in self._set:
            room = (self.place.right if bold else self.right) - self.place.left
            self._set[text, bold] = self.kit.fitted(text, BODY, room, bold=bold)
        return self._set[text, bold], light

    def key(self, state: S) -> Hashable:
        sprite, light = self._shown(state)
        return id(sprite), light

    def reach(self, state: S) -> Box | None:
        return ink_box(self._shown(state)[0], self.place.left, self.baseline).grown(3)

    def paint(self, brush: Brush, state: S) -> None:
        sprite, light = self._shown(state)
        brush.sprite(sprite, self.place.left, self.baseline, light)

    def words(self, state: S) -> list[Word]:
        return [spelled(self._shown(state)[0], self.place.left, self.baseline)]


def turning(old: str, now: str, share: float, *, ended: bool) -> Said:
    """``old`` goes in the first half of the change, then ``now`` comes; equal ones stay."""
    if not old or old == now:
        return now, 1.0, ended
    return (old, 1 - 2 * share, False) if share < 0.5 else (now, 2 * share - 1, ended)


def happening(kit: Kit, right: float, slow: Collection[int]) -> Sentence[State]:
    """The sentence of a descent whose steps in ``slow`` (from 1) go line by line."""
    run, language = kit.run, kit.spec.language

    def says(state: State) -> Said:
        before, share = turned(state, slow, len(run.optimizer.program.lines))
        old = sentence(run, before, language) if before else ""
        return turning(old, sentence(run, state, language), share, ended=state.kind == HOLD)

    return Sentence(kit, right, says)


def turned(state: State, slow: Collection[int], last: int) -> tuple[State | None, float]:
    """A state told before ``state``, and how far the change from it has come.

    ``last`` is the row that acts last; where a row comes to light, the sentence comes with it.
    """
    made = State(INTRO if state.step == 0 else QUICK, state.step)
    if state.step in slow:
        made = State(MOVE, state.step - 1)
    if state.kind == LINE and state.acting:
        row = state.acting - 1
        return State(LINE if row else GRADIENT, state.step, acting=row), state.turn
    if state.kind == MOVE:
        return State(LINE, state.step, acting=last), smooth(4 * state.moving)
    if state.kind == QUICK and state.acting:
        return None, 1.0
    if state.kind == HOLD:
        return made, state.ending
    return (None, 1.0) if state.kind == INTRO else (made, state.turn)


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
