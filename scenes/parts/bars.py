"""The effective step of each coordinate as a bar and a number."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import replace

import numpy as np

from engine import Trajectory
from engine.formula import Multiple, notation, typst
from scenes.canvas import Brush, Element, Shown, Word
from scenes.kit import Kit
from scenes.lettering import Sprite
from scenes.parts.charts import Scale
from scenes.parts.figures import figure
from scenes.parts.pieces import Setting
from scenes.parts.readings import Readings
from scenes.stage import SMALL, Box
from scenes.state import QUICK, State

BAR_LEFT, BAR_RIGHT, BAR_HEIGHT = 58.0, 170.0, 24.0
SYMBOL, BLANK = 30.0, 8.0
ZERO_MARK, CUT = 4.0, 7.0
FAR, FAR_SIGNED = 100.0, 10.0
ROUNDING = 1e-9


def bar_scale(runs: Sequence[Trajectory]) -> Scale:
    """The scale of the bars of some runs of one rule.

    A step divided by a gradient near 0 can have any size: what goes far beyond the median is left
    out, and bars that are longer are cut.
    """
    values = np.concatenate([run.effective for run in runs])
    values = values[np.isfinite(values)]
    sizes = np.abs(values)
    if runs[0].optimizer.multiple is None and sizes.any():
        far = FAR_SIGNED if values.min() < 0 < values.max() else FAR
        values = values[sizes <= far * np.median(sizes[sizes > 0])]
    return Scale(values, from_zero=True)


def paint_bars_ground(kit: Kit, scale: Scale, box: Box, brush: Brush) -> None:
    """Heading, names of the coordinates, the bars' tracks, and where 0 is in them."""
    x = box.left
    for sprite, rise in _heading(kit, scale):
        brush.write(sprite, x - sprite.ink[0], box.top + 24 - rise)
        x += sprite.width + BLANK
    for index in range(2):
        middle, track = bar_middle(box, index), bar_track(box, index)
        symbol = kit.lettering.math(f"x_{index + 1}", 34, kit.theme.text, {})
        brush.write(symbol, box.left, middle + 4)
        brush.panel(track, 5, kit.theme.surface)
        zero = scale(0.0)
        if zero > 0:
            x = track.left + zero * track.width
            ends = [(x, track.top - ZERO_MARK), (x, track.bottom + ZERO_MARK)]
            brush.line(ends, 2, kit.theme.muted)


def _heading(kit: Kit, scale: Scale) -> list[tuple[Sprite, float]]:
    """What the bars show, in pieces, and how far above the baseline each has its reference point.

    Where more than a multiple of the direction moves the point, the heading names the direction.
    """
    multiple = kit.run.optimizer.multiple
    key = "effective" if multiple else "step_over_gradient"
    shared = multiple is not None and not multiple.alone
    words = kit.words[f"{key}{'_on' * shared}{'_log' * scale.log}"]
    before, _, after = (part.strip() for part in words.partition("{direction}"))
    pieces = [(kit.text(part, SMALL, kit.theme.muted), 0.0) for part in (before, after) if part]
    if multiple is not None and shared:
        pieces.insert(bool(before), _symbol(kit, multiple))
    return pieces


def _symbol(kit: Kit, multiple: Multiple) -> tuple[Sprite, float]:
    """The direction in its color, and how far its reference point is above its baseline."""
    name = multiple.direction.id
    source, label = typst(notation(multiple.direction)), name.replace("_", "-")
    # The reference point is the middle of the x, which stands on the baseline and is not painted.
    line = f"{{{{ x : relation }}}} {source}"
    pieces = Setting(kit, [line], {label: kit.role(name)}).pieces(line, SYMBOL)
    parts = dict(pieces.parts)
    return replace(parts[label], text=source), parts["relation"].ink[3]


def bar_middle(box: Box, index: int) -> float:
    """The height at which bar ``index`` lies."""
    return box.top + 60 + 42 * index


def bar_track(box: Box, index: int) -> Box:
    """Where bar ``index`` may lie in the bars' box."""
    middle, half = bar_middle(box, index), BAR_HEIGHT / 2
    return Box(box.left + BAR_LEFT, middle - half, box.right - BAR_RIGHT, middle + half)


class Bar(Element[State]):
    """The effective step of one coordinate, as a bar from 0 and a number.

    A bar that would end off its track is cut there; where there is no number, there is no bar.
    """

    def __init__(self, kit: Kit, readings: Readings, scale: Scale, box: Box, index: int) -> None:
        self.kit, self.readings, self.scale, self.index = kit, readings, scale, index
        self.zero = scale(0.0)
        self.middle, self.track, self.right = (
            bar_middle(box, index),
            bar_track(box, index),
            box.right,
        )

    def _share(self, step: int) -> float:
        """Where the bar of a step ends on its track, from 0 to 1; less and more off it."""
        value = float(self.readings.run.effective[step - 1, self.index]) if step else math.nan
        return self.zero if math.isnan(value) else float(self.scale.shares(np.array(value)))

    def _end(self, state: State) -> tuple[float, bool]:
        """Where the bar ends, and whether it is cut there.

        It glides from the last step's end to the next one's while its row acts or, where steps
        follow quickly, while the point moves.
        """
        update, last = self.readings.update, self.readings.run.steps
        turn = state.turn if state.acting == update else float(state.fresh > update)
        turn = state.moving if state.kind == QUICK else turn
        shares = [self._share(step) for step in (state.step, min(state.step + 1, last))]
        old, new = (min(max(share, 0.0), 1.0) for share in shares)
        cut = turn in (0, 1) and not -ROUNDING < shares[int(turn)] < 1 + ROUNDING
        return old + turn * (new - old), cut

    def _text(self, state: State) -> str:
        now = self.readings.effective(state)
        return "–" if now is None else figure(float(now[self.index]))

    def key(self, state: State) -> Hashable:
        end, cut = self._end(state)
        return round(end, 4), cut, self._text(state)

    def reach(self, state: State) -> Box | None:
        return Box(self.track.left, self.middle - 16, self.right, self.middle + 16)

    def paint(self, brush: Brush, state: State) -> None:
        self._paint_bar(brush, *self._end(state))
        font = self.kit.figures
        brush.figures(
            self._text(state),
            font,
            self.right - 18,
            self.middle + font.height / 2,
            self.kit.theme.text,
        )

    def _paint_bar(self, brush: Brush, end: float, cut: bool) -> None:
        track = self.track
        left, right = (track.left + share * track.width for share in sorted((self.zero, end)))
        if right - left <= 0.5:
            return
        brush.panel(Box(left, track.top, right, track.bottom), 5, self.kit.theme.roles["step"])
        if cut:
            tip, back = (right, -1) if end > self.zero else (left, 1)
            for place in (2, 4):
                x = tip + back * place * CUT
                brush.line(
                    [(x - CUT / 2, track.bottom), (x + CUT / 2, track.top)],
                    4,
                    self.kit.theme.surface,
                )

    def words(self, state: State) -> list[Word]:
        font = self.kit.figures
        return [self.kit.counted(self._text(state), self.right - 18, self.middle + font.height / 2)]

    def numbers(self, state: State) -> list[Shown]:
        step = self.readings.effective_step(state)
        return [Shown(self._text(state), self.readings.run, "effective", step, self.index)]
