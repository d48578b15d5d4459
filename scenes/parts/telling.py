"""What an anatomy says in words: what happens now, and the name of the step's arrow."""

from __future__ import annotations

from collections.abc import Hashable

from engine import Trajectory
from engine.meaning import meaning
from scenes.anatomy_state import LEAP, AnatomyState
from scenes.brush import Brush, Word
from scenes.canvas import Element
from scenes.kit import Kit, ink_box, spelled
from scenes.lettering import Sprite
from scenes.parts.figures import brief
from scenes.parts.readings import outcome
from scenes.parts.sign import Sign
from scenes.parts.signs import Signs
from scenes.parts.story import ASCENT
from scenes.parts.worksheet import Worksheet
from scenes.stage import BODY, TEXT_LEAST, Box
from scenes.state import GRADIENT, HOLD, INTRO, LINE, MOVE, QUICK
from scenes.words import WORDS


def told(sheet: Worksheet, run: Trajectory, state: AnatomyState, language: str) -> str:
    """What happens at ``state``, in words; ``run`` is the whole run."""
    words = WORDS[language]
    if state.kind in (INTRO, QUICK):
        return words["anatomy_rule" if state.kind == INTRO else "anatomy_quick"]
    if state.kind == HOLD:
        if state.step >= run.steps < run.requested or state.step == 0:
            return outcome(run, language)
        first, loss = (brief(float(run.losses[at])) for at in (state.step - 1, state.step))
        return words["anatomy_end"].format(step=state.step, first=first, loss=loss)
    keys = {GRADIENT: "measure", MOVE: "move", LEAP: "beside" if state.beside > 0 else "leap"}
    if state.kind == LINE:
        return _line(sheet, state, language)
    return words[f"anatomy_{keys[state.kind]}"].format(step=state.step + 1)


def _line(sheet: Worksheet, state: AnatomyState, language: str) -> str:
    """What the acting line works out; lines are counted as the rows stand, the gradient's first."""
    words, row = WORDS[language], state.row or 0
    name = sheet.names[row]
    means = meaning(sheet.run.optimizer, name)
    if name == "x":
        return words["anatomy_update"].format(step=state.step + 1)
    if means is None:
        lines = len(sheet.names)
        return words["anatomy_line"].format(step=state.step + 1, line=row + 1, lines=lines)
    key = "anatomy_corrected" if means.corrected else "anatomy_role"
    return words[key].format(step=state.step + 1, what=words[f"role_{means.what}"])


class Told(Element[AnatomyState]):
    """One sentence about what happens."""

    def __init__(self, kit: Kit, sheet: Worksheet, run: Trajectory, right: float) -> None:
        self.kit, self.sheet, self.run, self.right = kit, sheet, run, right
        self.place = kit.stage.now
        self.baseline = self.place.top + ASCENT

    def _sprite(self, state: AnatomyState) -> Sprite:
        ended = state.kind == HOLD
        words = told(self.sheet, self.run, state, self.kit.spec.language)
        sprite = self.kit.text(words, BODY, bold=ended)
        room = (self.place.right if ended else self.right) - self.place.left
        if sprite.width > room:
            size = max(BODY * room / sprite.width - 0.2, TEXT_LEAST)
            sprite = self.kit.text(words, size, bold=ended)
        return sprite

    def _alpha(self, state: AnatomyState) -> float:
        return state.ending if state.kind == HOLD else 1.0

    def key(self, state: AnatomyState) -> Hashable:
        return id(self._sprite(state)), self._alpha(state)

    def reach(self, state: AnatomyState) -> Box | None:
        return ink_box(self._sprite(state), self.place.left, self.baseline).grown(3)

    def paint(self, brush: Brush, state: AnatomyState) -> None:
        brush.sprite(self._sprite(state), self.place.left, self.baseline, self._alpha(state))

    def words(self, state: AnatomyState) -> list[Word]:
        return [spelled(self._sprite(state), self.place.left, self.baseline)]


def step_sign(signs: Signs, state: AnatomyState) -> tuple[Sign | None, float]:
    """The word at the step's arrow; one too short to see is magnified, and the word says so."""
    if state.kind not in (LEAP, MOVE):
        return None, 0.0
    return signs.step(state.step), state.leap * (1 - min(state.moving * 2, 1.0))
