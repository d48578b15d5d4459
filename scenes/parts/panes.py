"""Two runs beside each other: what differs stands above each pane, how it ended below it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from engine import Trajectory
from scenes.brush import Brush, Word
from scenes.canvas import Element
from scenes.clock import smooth
from scenes.kit import Kit, ink_box, spelled
from scenes.lettering import Sprite
from scenes.parts.arrange import Place
from scenes.parts.readings import outcome
from scenes.parts.scenery import fitted_math, number_typst, paint_title, symbol_typst
from scenes.shots import RunSpec
from scenes.stage import BODY, SMALL, TEXT_LEAST, Box
from scenes.state import GRADIENT, HOLD, QUICK, State

LEADING = 36.0
MATH = 36.0


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


def settings(run: Trajectory) -> dict[str, str]:
    """Typst of each setting of a run by its name, the start among them."""
    parts = {
        name: f"{symbol_typst(name)} = {number_typst(float(value))}"
        for name, value in run.hyper.items()
    }
    x, y = (number_typst(float(value)) for value in run.points[0])
    return {**parts, "start": f"x_0 = ({x}, {y})"}


def shared_settings(runs: Sequence[Trajectory]) -> list[str]:
    """Typst of the settings that all runs have."""
    first, *others = (settings(run) for run in runs)
    return [text for name, text in first.items() if all(o.get(name) == text for o in others)]


def paint_heading(
    kit: Kit, spec: RunSpec, runs: Sequence[Trajectory], place: Box, brush: Brush
) -> None:
    """What sets a pane apart, large; then the rest, the objective at the latest."""
    theme, run = kit.theme, spec.trajectory
    formula = f"f(x) = {run.objective.typst}"
    common = shared_settings(runs)
    own = " quad ".join(text for text in settings(run).values() if text not in common)
    same_field = len({other.objective for other in runs}) == 1
    rest = [text for text in ([own, formula] if same_field else [formula, own]) if text]
    sprites = [] if not spec.label else [kit.fitted(spec.label, MATH, place.width, bold=True)]
    if not spec.label:
        sprites.append(_told(kit, rest.pop(0), place.width, theme.text))
    if rest:
        sprites.append(_told(kit, " quad ".join(rest), place.width, theme.muted))
    for number, sprite in enumerate(reversed(sprites)):
        is_text = sprite.text == spec.label or sprite.text == run.objective.title
        baseline = place.bottom - 22 - 44 * number + (11 if is_text else 0)
        brush.write(sprite, place.left - sprite.ink[0], baseline)


def _told(kit: Kit, source: str, width: float, color: str) -> Sprite:
    """Mathematics in one line; an objective too long to be read is called by its name."""
    sprite = fitted_math(kit, source, MATH, width, color)
    if sprite.size >= TEXT_LEAST:
        return sprite
    formula = f"f(x) = {kit.run.objective.typst}"
    rest = source.replace(formula, "").removesuffix(" quad ")
    if rest and rest != source:
        return _told(kit, rest, width, color)
    return kit.text(kit.run.objective.title, BODY, color)


def paint_shared(kit: Kit, runs: Sequence[Trajectory], brush: Brush) -> None:
    """The film's title and the settings that both runs have."""
    place = kit.stage.title
    paint_title(kit, kit.spec.title or kit.run.optimizer.title, place.width - 230, brush)
    lines = [shared_settings(runs)]
    if place.width < 700 and len(lines[0]) > 3:
        lines = [lines[0][:3], lines[0][3:]]
    for number, line in enumerate(lines):
        if line:
            source = " quad ".join(line)
            sprite = fitted_math(kit, source, 30, place.width, kit.theme.muted)
            brush.write(sprite, place.left, place.top + 82 + 40 * number)


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
