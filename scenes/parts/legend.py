"""The legend of a race: its columns and where the rows stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenes.canvas import Brush
from scenes.clock import smooth
from scenes.kit import Kit
from scenes.lettering import Sprite
from scenes.parts.figures import MINUS, NONE, counter
from scenes.parts.looks import Look
from scenes.parts.ordering import slots
from scenes.parts.scenery import symbol_typst
from scenes.parts.standings import labels, ranks, reached, settings, status
from scenes.race_state import RaceState
from scenes.shots import RaceShot
from scenes.stage import BODY, SMALL, TEXT_LEAST, Box

HEADER, ROW_LEAST, ROW_MOST, TALLER = 44.0, 46.0, 62.0, 22.0
RANK, SAMPLE, GAP, INSET = 34.0, 70.0, 16.0, 10.0
CLEAR, CLEAR_TALL = 0.8, 0.88
"""How far apart rows of one line, and of two, must be for none to lie on the other's words."""


@dataclass(frozen=True)
class Columns:
    """Where the columns of the legend end; ``goal`` is None where there is none to come to."""

    name: float
    setting: float
    loss: float
    goal: float | None


class Table:
    """The legend's rows in ``box``, in the order of the racers, later in that of their ranks."""

    def __init__(self, kit: Kit, shot: RaceShot, looks: Sequence[Look], box: Box) -> None:
        self.kit, self.shot, self.looks, self.box = kit, shot, looks, box
        self.runs = [racer.trajectory for racer in shot.racers]
        self.order, self.ranks = ranks(shot)
        called = labels(shot)
        self.details = [_details(shot, index, label) for index, label in enumerate(called)]
        tall = TALLER if any(self.details) else 0.0
        room = (box.height - HEADER) / len(self.runs)
        self.height = min(max(room, ROW_LEAST), ROW_MOST + tall)
        self.bottom = box.top + HEADER + self.height * len(self.runs)
        self.level = shot.ranking.aim.loss
        self.aimed = self.level is not None
        self.reached = reached(shot)
        self.settings = [_digits_of(run.hyper.get("lr")) for run in self.runs]
        self.columns = self._columns()
        room_for_name = self.columns.name - self.name_x
        self.names = [kit.fitted(label, BODY, room_for_name) for label in called]
        self.notes = [
            kit.fitted(text, TEXT_LEAST, room_for_name, kit.theme.muted) if text else None
            for text in self.details
        ]

    @property
    def name_x(self) -> float:
        """Where the names begin."""
        return self.box.left + RANK + SAMPLE + 2 * GAP

    def heading(self, word: str) -> Sprite:
        """The head of a column."""
        return self.kit.text(self.kit.words.get(word, word), SMALL, self.kit.theme.muted)

    def _columns(self) -> Columns:
        """The columns, each as wide as the longest that will stand in it."""
        right = self.box.right - INSET
        goal = right if self.aimed else None
        ended = [self.status(index, float("inf")) for index in range(len(self.runs))]
        widest = max((sprite.width for sprite in ended if sprite), default=0.0)
        loss = right
        if self.aimed:
            count = self._wide(str(self.shot.steps))
            loss -= max(count, self.heading("race_at_goal").width) + 2 * GAP
        first = loss - max(self._digits(), self.heading("loss").width)
        setting = min(first, right - widest) - 2.5 * GAP
        name = setting - max(self._wide(text) for text in self.settings) - 1.5 * GAP
        return Columns(name, setting, loss, goal)

    def _wide(self, text: str) -> float:
        """The width of digits."""
        return len(text) * self.kit.figures.advance / self.kit.scale

    def _digits(self) -> float:
        """The width of the longest loss that will be shown."""
        longest = max(len(counter(float(loss))) for run in self.runs for loss in run.losses)
        return self._wide("0" * longest)

    def loss(self, index: int, step: int) -> str:
        """The loss of a racer after ``step`` steps, as it is shown."""
        return counter(float(self.runs[index].losses[step]))

    def goal(self, index: int, step: int) -> str:
        """The step at which a racer came to the goal, once it is there for good; a dash for one
        that has not come there at the end, "" while that is open.
        """
        at = self.reached[index]
        if at is None:
            return NONE if step >= self.shot.steps else ""
        return str(at) if step >= at else ""

    def paint_head(self, brush: Brush) -> None:
        """The heads of the columns, and a line under them."""
        baseline = self.box.top + 28
        heads = [("loss", self.columns.loss)]
        if any(self.settings):
            rate = self.kit.lettering.math(symbol_typst("lr"), SMALL, self.kit.theme.muted, {})
            up = rate.ink[3] - 2
            brush.write(rate, self.columns.setting - rate.ink[2], baseline - up)
        if self.columns.goal is not None:
            heads.append(("race_at_goal", self.columns.goal))
        for word, right in heads:
            sprite = self.heading(word)
            brush.write(sprite, right - sprite.ink[2], baseline)
        y = self.box.top + HEADER - 2
        brush.line([(self.box.left, y), (self.box.right, y)], 2, self.kit.theme.line)

    def status(self, index: int, place: float) -> Sprite | None:
        """What is said of a run that has broken off when the clock stands at ``place``."""
        words = status(self.runs[index], place, self.kit.spec.language)
        return self.kit.text(words, SMALL, self.kit.theme.muted) if words else None

    def clear(self, index: int, state: RaceState) -> float:
        """How far a row is clear of those that pass over it, which have better ranks: 0 to 1."""
        top, over = self.top(index, state), self.order[: self.order.index(index)]
        nearest = min((abs(self.top(other, state) - top) for other in over), default=self.height)
        clear = CLEAR_TALL if any(self.details) else CLEAR
        return smooth((nearest / self.height - clear) / (1 - clear))

    def top(self, index: int, state: RaceState) -> float:
        """The upper edge of a racer's row, on its way to its rank."""
        return self.box.top + HEADER + slots(self.order, state.order)[index] * self.height

    def row(self, index: int, state: RaceState) -> Box:
        """The box of a racer's row."""
        top = self.top(index, state)
        return Box(self.box.left, top, self.box.right, top + self.height)


def _digits_of(value: float | NDArray[np.float64] | None) -> str:
    """A setting in digits, "" for none."""
    if value is None:
        return ""
    text = f"{float(value):zg}"
    if "e" in text:
        mantissa, exponent = text.split("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", MINUS)


def _details(shot: RaceShot, index: int, label: str) -> str:
    """The settings of a run other than the defaults and what its label says already."""
    run = shot.racers[index]
    rule = run.trajectory.optimizer
    usual = {name for name, value in run.trajectory.hyper.items() if value == rule.defaults[name]}
    parts = settings(shot, run, usual | {"lr"})
    return ", ".join(part for part in parts if part not in label)
