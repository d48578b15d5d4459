"""The rows of a race's legend, and the count of its steps."""

from __future__ import annotations

from collections.abc import Hashable

from scenes.canvas import Brush, Element, Shown, Word
from scenes.clock import smooth
from scenes.kit import spelled
from scenes.lettering import Sprite
from scenes.parts.legend import GAP, INSET, RANK, SAMPLE, Table
from scenes.parts.looks import paint_sample
from scenes.race_state import RaceState
from scenes.stage import FIGURE, Box

CENTER = 0.36


class Row(Element[RaceState]):
    """The row of one racer.

    Rows pass each other on their way to their ranks: while they are in one place, the one of the
    better rank is seen.
    """

    def __init__(self, table: Table, index: int) -> None:
        self.table, self.kit, self.index = table, table.kit, index
        self.run, self.columns = table.runs[index], table.columns
        self.look, rank = table.looks[index], table.ranks[index]
        self.rank = table.kit.text(str(rank) if rank else "–", FIGURE, bold=True)

    @property
    def won(self) -> bool:
        """Whether its run is the first, which none is that diverges."""
        return self.table.ranks[self.index] == 1 and not self.run.outcome.diverges

    def _step(self, state: RaceState) -> int:
        return min(state.step, self.run.steps)

    def texts(self, state: RaceState) -> tuple[tuple[str, float], ...]:
        """The live digits and where they end; none once the run has broken off."""
        if self.table.status(self.index, state.place):
            return ()
        step, columns = self._step(state), self.columns
        shown = [(self.table.loss(self.index, step), columns.loss)]
        goal = self.table.goal(self.index, step) if columns.goal is not None else ""
        if columns.goal is not None and goal:
            shown.append((goal, columns.goal))
        return tuple(shown)

    def _digits(self, state: RaceState) -> list[tuple[str, float]]:
        """All digits of the row: its lr and the live numbers."""
        setting = self.table.settings[self.index]
        given = [(setting, self.columns.setting)] if setting else []
        return given + list(self.texts(state))

    def _alpha(self, state: RaceState) -> float:
        """How far it is seen: not yet in the introduction, and not under a row that passes it."""
        return smooth(state.reveal - self.index) * self.table.clear(self.index, state)

    def _ranked(self, state: RaceState) -> float:
        return state.ranked

    def _place(self, state: RaceState) -> tuple[float, float, float]:
        return self.table.top(self.index, state), self._alpha(state), self._ranked(state)

    def key(self, state: RaceState) -> Hashable:
        return self._place(state), self.texts(state)

    def reach(self, state: RaceState) -> Box | None:
        return self.table.row(self.index, state).grown(1) if self._alpha(state) > 0 else None

    def damage(self, before: RaceState, after: RaceState) -> list[Box]:
        was, now = self.texts(before), self.texts(after)
        if self._place(before) != self._place(after) or len(was) != len(now):
            return super().damage(before, after)
        row = self.table.row(self.index, after)
        right = self.columns.goal or self.columns.loss
        return [Box(self.columns.setting + 4, row.top + 8, right + 3, row.bottom - 8)]

    def paint(self, brush: Brush, state: RaceState) -> None:
        row, theme, alpha = self.table.row(self.index, state), self.kit.theme, self._alpha(state)
        if self.won and self._ranked(state):
            brush.panel(row.grown(-1), 10, theme.accent, 0.17 * self._ranked(state))
        middle = (row.top + row.bottom) / 2
        baseline = middle + CENTER * FIGURE
        box = self.table.box
        if self._ranked(state):
            x = box.left + RANK - 6 - self.rank.ink[2]
            brush.sprite(self.rank, x, baseline, self._ranked(state))
        paint_sample(brush, self.look, (box.left + RANK + GAP, middle), SAMPLE, alpha)
        for sprite, x, y in self._sprites(row):
            brush.sprite(sprite, x, y, alpha)
        said = self.table.status(self.index, state.place)
        if said:
            brush.sprite(said, box.right - INSET - said.ink[2], baseline, alpha)
        for text, right in self._digits(state):
            brush.figures(text, self.kit.figures, right, baseline, theme.text, alpha)

    def _sprites(self, row: Box) -> list[tuple[Sprite, float, float]]:
        """The still words of the row with their places."""
        table, middle = self.table, (row.top + row.bottom) / 2
        name, note = table.names[self.index], table.notes[self.index]
        up = 15.0 if note else 0.0
        found = [(name, table.name_x - name.ink[0], middle + CENTER * name.size - up)]
        if note:
            found.append((note, table.name_x - note.ink[0], middle + CENTER * note.size + 14))
        return found

    def words(self, state: RaceState) -> list[Word]:
        row = self.table.row(self.index, state)
        if self._alpha(state) == 0:
            return []
        found = [spelled(*placed) for placed in self._sprites(row)]
        baseline = (row.top + row.bottom) / 2 + CENTER * FIGURE
        said = self.table.status(self.index, state.place)
        if said:
            found.append(spelled(said, row.right - INSET - said.ink[2], baseline))
        if self._ranked(state):
            found.append(spelled(self.rank, row.left + RANK - 6 - self.rank.ink[2], baseline))
        return found + [self.kit.counted(text, at, baseline) for text, at in self._digits(state)]

    def numbers(self, state: RaceState) -> list[Shown]:
        live, level = zip(self.texts(state), ("loss", "goal"), strict=False), self.table.level
        told = [
            Shown(text, self.run, name, self._step(state), level=level) for (text, _), name in live
        ]
        setting = self.table.settings[self.index]
        return [*told, Shown(setting, self.run, "lr", 0)] if setting else told


class StepCount(Element[RaceState]):
    """The steps that the common clock has counted, at the head of the legend."""

    def __init__(self, table: Table) -> None:
        self.table, self.kit = table, table.kit
        self.word = table.heading("counter")
        self.x, self.baseline = table.box.left, table.box.top + 28
        digits = 2 * len(str(table.shot.steps)) + 1
        self.right = (
            self.x + self.word.width + 14 + digits * self.kit.figures.advance / self.kit.scale
        )

    def _text(self, state: RaceState) -> str:
        return f"{state.step}/{self.table.shot.steps}"

    def key(self, state: RaceState) -> Hashable:
        return state.step

    def reach(self, state: RaceState) -> Box | None:
        return Box(self.x - 2, self.baseline - 28, self.right + 2, self.baseline + 10)

    def paint(self, brush: Brush, state: RaceState) -> None:
        brush.sprite(self.word, self.x - self.word.ink[0], self.baseline)
        color = self.kit.theme.text
        brush.figures(self._text(state), self.kit.figures, self.right, self.baseline, color)

    def words(self, state: RaceState) -> list[Word]:
        digits = self.kit.counted(self._text(state), self.right, self.baseline)
        return [spelled(self.word, self.x - self.word.ink[0], self.baseline), digits]

    def numbers(self, state: RaceState) -> list[Shown]:
        longest = max(self.table.runs, key=lambda run: run.steps)
        return [Shown(self._text(state), longest, "step", state.step)]
