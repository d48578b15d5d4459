"""The line under the field of a race: what happens, and at the end who has come first."""

from __future__ import annotations

from collections.abc import Hashable

from scenes.canvas import Brush, Element, Word
from scenes.kit import Kit
from scenes.parts.standings import reached, same_start, verdict
from scenes.parts.toldlines import Told
from scenes.race_state import HOLD, INTRO, ORDER, RUN, RaceState
from scenes.shots import RaceShot
from scenes.stage import Box


class Commentary(Element[RaceState]):
    """One sentence about what happens."""

    def __init__(self, kit: Kit, shot: RaceShot) -> None:
        place, words = kit.stage.now, kit.words
        told = {
            INTRO: words["race_now_start" if same_start(shot) else "race_now_starts"],
            RUN: words["race_now_run"],
            ORDER: words[_ordering(shot)].format(steps=shot.steps),
        }
        self.told = {kind: Told.of(kit, text, place) for kind, text in told.items()}
        won = verdict(shot, kit.spec.language)
        self.told[HOLD] = Told.of(kit, won, place, bold=True)
        if len(self.told[HOLD].lines) > 2:
            raise kit.too_long(won, place.width, 2, bold=True)

    def key(self, state: RaceState) -> Hashable:
        return state.kind

    def reach(self, state: RaceState) -> Box | None:
        return self.told[state.kind].box

    def paint(self, brush: Brush, state: RaceState) -> None:
        self.told[state.kind].paint(brush)

    def words(self, state: RaceState) -> list[Word]:
        return self.told[state.kind].words


def _ordering(shot: RaceShot) -> str:
    """The key of the words for what the rows are ordered by."""
    at_goal = any(step is not None for step in reached(shot))
    return "race_now_goal" if at_goal else "race_now_order"
