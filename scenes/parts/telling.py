"""What an anatomy says in words: what happens now, and the name of the step's arrow."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engine import Trajectory
from engine.meaning import meaning
from scenes.anatomy_state import LEAP, AnatomyState
from scenes.clock import smooth
from scenes.kit import Kit
from scenes.parts.figures import against
from scenes.parts.readings import outcome
from scenes.parts.sign import Sign
from scenes.parts.signs import Signs
from scenes.parts.story import Said, Sentence, turning
from scenes.parts.worksheet import Worksheet
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
        first, loss = against(float(run.losses[state.step - 1]), float(run.losses[state.step]))
        return words["anatomy_end"].format(step=state.step, first=first, loss=loss)
    if state.kind in (GRADIENT, LINE):
        return _row(sheet, state, language)
    keys = {MOVE: "move", LEAP: "beside" if state.beside > 0 else "leap"}
    return words[f"anatomy_{keys[state.kind]}"].format(step=state.step + 1)


def _row(sheet: Worksheet, state: AnatomyState, language: str) -> str:
    """What the acting row works out; lines are counted as the rows stand."""
    words, row = WORDS[language], state.row or 0
    name = sheet.names[row]
    if sheet.run.optimizer.rows[row].taken:
        return words["anatomy_measure"].format(step=state.step + 1)
    means = meaning(sheet.run.optimizer, name)
    if name == "x":
        return words["anatomy_update"].format(step=state.step + 1)
    if means is None:
        lines = len(sheet.names)
        return words["anatomy_line"].format(step=state.step + 1, line=row + 1, lines=lines)
    key = "anatomy_corrected" if means.corrected else "anatomy_role"
    return words[key].format(step=state.step + 1, what=words[f"role_{means.what}"])


def telling(kit: Kit, sheet: Worksheet, run: Trajectory, right: float) -> Sentence[AnatomyState]:
    """The sentence of an anatomy of ``run``, which ends at ``right`` until all is over."""
    language = kit.spec.language

    def says(state: AnatomyState) -> Said:
        before, share = turned(state, sheet.steps)
        old = told(sheet, run, before, language) if before else ""
        return turning(old, told(sheet, run, state, language), share, ended=state.kind == HOLD)

    return Sentence(kit, right, says)


def turned(state: AnatomyState, steps: Collection[int]) -> tuple[AnatomyState | None, float]:
    """A state told before ``state``, and how far the change from it has come.

    ``steps`` are taken apart; where a row comes to light, the sentence comes with it.
    """
    made = AnatomyState(INTRO if state.step == 0 else QUICK, state.step, state.rows)
    if state.step in steps:
        made = AnatomyState(MOVE, state.step - 1, state.rows)
    if state.kind in (GRADIENT, LINE):
        row = (state.row or 0) - 1
        acted = replace(state, kind=LINE, row=row)
        return (acted if row >= 0 else made), state.turn
    if state.kind == LEAP and state.beside > 0:
        return replace(state, beside=0.0), min(2 * state.beside, 1.0)
    if state.kind == LEAP:
        return replace(state, kind=LINE, row=state.rows - 1), min(2 * state.leap, 1.0)
    shares = {MOVE: smooth(4 * state.moving), QUICK: smooth(3 * state.moving), HOLD: state.ending}
    if state.kind == MOVE:
        made = replace(state, kind=LEAP)
    return (made, shares[state.kind]) if state.kind in shares else (None, 1.0)


def step_sign(signs: Signs, state: AnatomyState) -> tuple[Sign | None, float]:
    """The word at the step's arrow; that of a magnified one stays as long as the arrow."""
    if state.kind not in (LEAP, MOVE) or state.moving >= 1:
        return None, 0.0
    stays = state.step in signs.measure.scales.steps
    return signs.step(state.step), state.leap * (1 - (0 if stays else min(state.moving * 2, 1.0)))


def gradient_sign(signs: Signs, row: int, state: AnatomyState) -> tuple[Sign | None, float]:
    """The words at a magnified gradient's arrow, as long as that is seen."""
    return signs.gradient(state.step, row), state.seen().gradient_of(row)
