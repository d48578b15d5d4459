"""The line under the field that says what happens, its legend, and the counters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from scenes.canvas import Brush, Element, Shown, Word
from scenes.clock import smooth
from scenes.kit import Kit, spelled
from scenes.lettering import Sprite
from scenes.parts.arrowwords import gradient_word, plain, step_word
from scenes.parts.marks import arrow
from scenes.parts.readings import Readings, sentence
from scenes.parts.scales import Scales
from scenes.parts.toldlines import Told
from scenes.stage import SMALL, Box
from scenes.state import GRADIENT, HOLD, INTRO, LINE, MOVE, QUICK, State

S = TypeVar("S")
ASCENT, SAMPLE, MIDDLE, APART = 42.0, 46.0, 10.0, 30.0


Said = tuple[str, float, bool]
"""A sentence, how bright it is, and whether it is bold, as how a run came out is."""


class Sentence(Element[S], Generic[S]):
    """One sentence about what happens: what ``says`` gives, up to ``right``; a bold one up to the
    end of the line.
    """

    def __init__(self, kit: Kit, right: float, says: Callable[[S], Said]) -> None:
        self.kit, self.right, self.says, self.place = kit, right, says, kit.stage.now
        self._set: dict[tuple[str, bool], Told] = {}

    def _shown(self, state: S) -> tuple[Told, float]:
        text, light, bold = self.says(state)
        if (text, bold) not in self._set:
            right = self.place.right if bold else self.right
            room = replace(self.place, right=right)
            self._set[text, bold] = Told.of(self.kit, text, room, bold=bold)
        return self._set[text, bold], light

    def key(self, state: S) -> Hashable:
        told, light = self._shown(state)
        return id(told), light

    def reach(self, state: S) -> Box | None:
        return self._shown(state)[0].box

    def paint(self, brush: Brush, state: S) -> None:
        told, light = self._shown(state)
        told.paint(brush, light)

    def words(self, state: S) -> list[Word]:
        return self._shown(state)[0].words


def turning(old: str, now: str, share: float, *, ended: bool) -> Said:
    """``old`` goes in the first half of the change, then ``now`` comes; equal ones stay."""
    if not old or old == now:
        return now, 1.0, ended
    return (old, 1 - 2 * share, False) if share < 0.5 else (now, 2 * share - 1, ended)


def happening(kit: Kit, right: float, slow: Collection[int]) -> Sentence[State]:
    """The sentence of a descent whose steps in ``slow`` (from 1) go line by line."""
    run, language = kit.run, kit.spec.language

    def says(state: State) -> Said:
        before, share = turned(state, slow, len(run.optimizer.rows) - 1)
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
    if state.kind in (GRADIENT, LINE) and state.acting:
        return State(LINE, state.step, acting=state.acting - 1), state.turn
    if state.kind == MOVE:
        return State(LINE, state.step, acting=last), smooth(4 * state.moving)
    if state.kind == HOLD:
        return made, state.ending
    return (None, 1.0) if state.kind == INTRO else (made, state.turn)


@dataclass(frozen=True, eq=False)
class Entry:
    """A word of the legend that ends at ``right``, its reference point at the height ``y``."""

    sprite: Sprite
    right: float
    y: float
    role: str

    @property
    def x(self) -> float:
        """Where its reference point is."""
        return self.right - self.sprite.ink[2]

    @property
    def tail(self) -> float:
        """Where its arrow begins."""
        return self.right - self.sprite.ink[2] - SAMPLE - 2


class Legend(Element[State]):
    """What the arrows mean, with their factors while they are magnified, until the outcome is told.

    It keeps room for the widest that it shows.
    """

    def __init__(self, kit: Kit, scales: Scales) -> None:
        self.kit, self.scales = kit, scales
        self.taken = kit.run.optimizer.taken
        self.baseline = kit.stage.now.top + ASCENT
        self._entries: dict[tuple[int, int], list[Entry]] = {}
        self.left = min(entry.tail for pair in scales.every for entry in self._of(*pair))

    def _of(self, gradient: int, step: int) -> list[Entry]:
        """The entries for two factors, from the right."""
        if (gradient, step) not in self._entries:
            self._entries[gradient, step] = self._set(gradient, step)
        return self._entries[gradient, step]

    def _set(self, gradient: int, step: int) -> list[Entry]:
        right = self.kit.stage.now.right
        leap = Entry(step_word(self.kit, step), right, self.baseline, "step")
        if not self.taken:
            return [leap]
        words = gradient_word(self.kit, self.taken, gradient)
        middle = self.baseline - MIDDLE - (words.ink[1] + words.ink[3]) / 2
        y = self.baseline if plain(self.taken) else middle
        return [leap, Entry(words, leap.tail - APART, y, "gradient")]

    def shown(self, state: State) -> list[Entry]:
        """The entries at ``state``."""
        if state.kind == HOLD:
            return []
        return self._of(*self.scales.factors(state))

    def key(self, state: State) -> Hashable:
        return tuple(id(entry) for entry in self.shown(state))

    def reach(self, state: State) -> Box | None:
        return Box(
            self.left - 12, self.baseline - 34, self.kit.stage.now.right + 2, self.baseline + 14
        )

    def paint(self, brush: Brush, state: State) -> None:
        under, y = self.kit.theme.background, self.baseline - MIDDLE
        for entry in self.shown(state):
            color = self.kit.theme.roles[entry.role]
            ends = (entry.tail, y), (entry.tail + SAMPLE - 10, y)
            arrow(brush, *ends, color, under, open_head=entry.role == "gradient")
            brush.sprite(entry.sprite, entry.x, entry.y)

    def words(self, state: State) -> list[Word]:
        return [spelled(entry.sprite, entry.x, entry.y) for entry in self.shown(state)]


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
