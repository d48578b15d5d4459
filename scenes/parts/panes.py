"""Two runs beside each other: what differs stands above each pane, how it ended below it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import NamedTuple

from engine import Trajectory
from scenes.brush import Brush, Word
from scenes.canvas import Element
from scenes.clock import smooth
from scenes.kit import Kit, ink_box, spelled
from scenes.lettering import Sprite
from scenes.parts.arrange import Place
from scenes.parts.readings import outcome
from scenes.parts.scenery import fitted_math, paint_settings, paint_title, settings_of, symbol_typst
from scenes.shots import RunSpec
from scenes.stage import BODY, SMALL, TEXT_LEAST, Box
from scenes.state import GRADIENT, HOLD, QUICK, State

LEADING = 36.0
MATH, SHARED = 36.0, 30.0
LABEL, EQUATION, WORDS = "label", "equation", "words"


def held(run: Trajectory) -> Callable[[State], State]:
    """The state of a pane: where its run has stopped before the other, it rests and says so."""

    def view(state: State) -> State:
        if state.kind == HOLD or state.step < run.steps:
            return replace(state, step=min(state.step, run.steps))
        ending = 1.0
        if state.step == run.steps:
            ending = {GRADIENT: state.turn, QUICK: smooth(state.moving)}.get(state.kind, 1.0)
        return State(HOLD, run.steps, ending=ending)

    return view


def shared_settings(runs: Sequence[Trajectory]) -> dict[str, str]:
    """Typst of the settings that all runs have, by name."""
    first, *others = (settings_of(run) for run in runs)
    return {name: text for name, text in first.items() if all(o.get(name) == text for o in others)}


class Way(NamedTuple):
    """One way to tell a row of the headings: what each pane has there, and how it is set."""

    texts: tuple[str, ...]
    kind: str


def heading(specs: Sequence[RunSpec]) -> list[list[Way]]:
    """The rows of the panes' headings, from the top; of each the ways to tell it, the best first.

    What sets the panes apart comes first. Where one has a label, all have, as a run without one is
    called by its optimizer. An objective too long to be read is called by its name.
    """
    runs = [spec.trajectory for spec in specs]
    common = shared_settings(runs)
    owns = tuple(
        " quad ".join(text for name, text in settings_of(run).items() if name not in common)
        for run in runs
    )
    formulas = tuple(f"f(x) = {run.objective.typst}" for run in runs)
    objective = [Way(formulas, EQUATION), Way(tuple(run.objective.title for run in runs), WORDS)]
    own = [Way(owns, EQUATION)] if any(owns) else []
    if any(spec.label for spec in specs):
        labels = tuple(spec.label or spec.trajectory.optimizer.title for spec in specs)
        both = tuple(f"{pair[0]} quad {pair[1]}" for pair in zip(owns, formulas, strict=True))
        return [[Way(labels, LABEL)], [Way(both, EQUATION), *own] if own else objective]
    same_field = len({run.objective for run in runs}) == 1
    rows = [own, objective] if same_field else [objective, own]
    return [row for row in rows if row]


def paint_headings(
    kits: Sequence[Kit], specs: Sequence[RunSpec], places: Sequence[Box], brush: Brush
) -> None:
    """What sets the panes apart, large; then the rest. A row has one size in all panes."""
    rows = heading(specs)
    for number, ways in enumerate(rows):
        color = kits[0].theme.muted if number else kits[0].theme.text
        up = 44 * (len(rows) - 1 - number)
        for way in ways:
            sprites = alike(kits, way, [place.width for place in places], color)
            if min(sprite.size for sprite in sprites) >= TEXT_LEAST:
                break
        down = 0 if way.kind == EQUATION else 11
        for sprite, place in zip(sprites, places, strict=True):
            brush.write(sprite, place.left - sprite.ink[0], place.bottom - 22 - up + down)


def alike(kits: Sequence[Kit], way: Way, widths: Sequence[float], color: str) -> list[Sprite]:
    """A row of the headings, in the size in which the longest of it has room."""
    size = BODY if way.kind == WORDS else MATH
    row = list(zip(kits, way.texts, widths, strict=True))
    for _ in range(2):
        if way.kind == EQUATION:
            sprites = [fitted_math(kit, text, size, width, color) for kit, text, width in row]
        else:
            bold = way.kind == LABEL
            sprites = [kit.fitted(text, size, width, color, bold=bold) for kit, text, width in row]
        size = min(sprite.size for sprite in sprites)
    return sprites


def paint_shared(kit: Kit, runs: Sequence[Trajectory], brush: Brush) -> None:
    """The film's title and the settings that both runs have; learning rates apart are named."""
    place = kit.stage.title
    paint_title(kit, kit.spec.title or kit.run.optimizer.title, place.width - 230, brush)
    shared = shared_settings(runs)
    if "lr" not in shared and all("lr" in run.hyper for run in runs):
        shared = {"lr": symbol_typst("lr"), **shared}
    lines = [list(shared.items())]
    if place.width < 700 and len(lines[0]) > 3:
        lines = [lines[0][:3], lines[0][3:]]
    for number, line in enumerate(lines):
        if line:
            paint_settings(kit, dict(line), place, 82 + 40 * number, brush, SHARED)


class Ended(Element[State]):
    """The sentence in a pane that tells how its run ended."""

    def __init__(self, kit: Kit, place: Place) -> None:
        self.kit, self.place = kit, place
        words = outcome(kit.run, kit.spec.language)
        size = SMALL if place.ended.width > 400 else TEXT_LEAST
        self.lines = kit.lines(words, size, place.ended.width)

    def _light(self, state: State) -> float:
        return state.ending if state.kind == HOLD else 0.0

    def _spots(self) -> list[tuple[Sprite, float, float]]:
        box = self.place.ended
        return [
            (sprite, box.left - sprite.ink[0], box.top + 28 + LEADING * number)
            for number, sprite in enumerate(self.lines)
        ]

    def key(self, state: State) -> Hashable:
        return self._light(state)

    def reach(self, state: State) -> Box | None:
        if self._light(state) <= 0:
            return None
        first, *others = (ink_box(*spot) for spot in self._spots())
        for other in others:
            first = first.joined(other)
        return first.grown(3)

    def paint(self, brush: Brush, state: State) -> None:
        for sprite, x, y in self._spots():
            brush.sprite(sprite, x, y, self._light(state))

    def words(self, state: State) -> list[Word]:
        return [spelled(*spot) for spot in self._spots()] if self._light(state) > 0 else []
