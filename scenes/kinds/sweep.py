"""The kind ``sweep``: one hyper-parameter moves, and the whole run with it."""

from __future__ import annotations

import math
import re
from collections.abc import Hashable, Sequence
from functools import lru_cache

import numpy as np

from engine.sweep import Behavior
from scenes.canvas import Brush, Canvas, Element, Seen, Word
from scenes.checks import rule_fits
from scenes.kinds.sweep_clock import sweep_clock
from scenes.kit import Kit
from scenes.lettering import Sprite
from scenes.parts.family import Family, pixels_of
from scenes.parts.figures import SET, against, brief
from scenes.parts.framing import framed, paint_frame
from scenes.parts.morph import FinalLoss, WholeCurve, WholePath
from scenes.parts.names import Labels, Names
from scenes.parts.panel import BROKEN, TIGHTER, broken_sources
from scenes.parts.places import dense
from scenes.parts.relief import Plot
from scenes.parts.scenery import (
    ground,
    number_typst,
    paint_field,
    paint_settings,
    paint_title,
    symbol_typst,
)
from scenes.parts.slider import Knob, Readout, Slider
from scenes.parts.toldlines import Told
from scenes.parts.track import Track
from scenes.parts.zones import Zones
from scenes.shots import SweepShot
from scenes.stage import EQUATION, EQUATION_LEAST, GAP, Box
from scenes.state import QUICK, State
from scenes.sweep_state import GLIDE, INTRO, SweepState
from scenes.words import steps_made

ROW_GAP, INSET, RULE_TOP = 20.0, 18.0, 16.0
CHART_LEAST, COUNT_ROOM = 300.0, 44.0
SWEPT = "swept"


def sweep(kit: Kit, shot: SweepShot) -> Canvas[SweepState]:
    """The picture of a sweep: all that is still painted, all that moves standing ready."""
    family = Family.of(shot, sweep_clock(shot, kit.spec))
    kit, plot, formula = framed(kit, np.concatenate([run.points for run in family.steady]))
    background = ground(kit)
    paint_field(kit, plot, background)
    brush = Brush(background, kit.scale)
    paint_frame(kit, plot, formula, brush)
    _paint_titles(kit, shot, brush)
    elements = [
        WholePath(kit, family, plot),
        Seen(Labels(_names(kit, family, plot)), lambda _: State(QUICK, 0)),
        *_in_panel(kit, family, brush),
        Commentary(kit, family),
    ]
    return Canvas(background, elements, kit.scale, brush.words)


def _names(kit: Kit, family: Family, plot: Plot) -> Names:
    """Start and minima, named where the stops' paths leave room."""
    lines = [dense(pixels_of(plot.at(run.points)), plot.box) for run in family.stops]
    avoided = [(float(x), float(y)) for line in lines for x, y in line]
    return Names(kit, Track(kit.with_run(family.stops[0]), plot), avoided, end=False)


def _paint_titles(kit: Kit, shot: SweepShot, brush: Brush) -> None:
    """Title, and the settings that stay."""
    run = kit.run
    paint_title(kit, kit.spec.title or run.optimizer.title, kit.stage.title.width, brush)
    parts = [
        f"{symbol_typst(name)} = {number_typst(float(value))}"
        for name, value in run.hyper.items()
        if name != shot.hyper
    ]
    x, y = (number_typst(float(value)) for value in run.points[0])
    paint_settings(kit, [*parts, f"x_0 = ({x}, {y})"], brush)


def _in_panel(kit: Kit, family: Family, brush: Brush) -> list[Element[SweepState]]:
    """From above: the rule, the slider, and the loss."""
    stage = kit.stage
    panel = stage.panel
    high = Slider(kit, family, panel).height
    below = high + (CHART_LEAST if stage.charts else COUNT_ROOM)
    room = Box(panel.left, stage.equations.top, panel.right, panel.bottom - below)
    top = _paint_rule(kit, family.shot, room, brush) + GAP
    slider = Slider(kit, family, Box(panel.left, top, panel.right, top + high))
    slider.paint_still(brush)
    elements: list[Element[SweepState]] = [Zones(slider), Knob(slider), Readout(slider)]
    if not stage.charts:
        return [*elements, FinalLoss(kit, family, panel.right - 18, panel.bottom - 6)]
    box = Box(panel.left, top + high + GAP, panel.right, panel.bottom)
    curve = WholeCurve(kit, family, box)
    curve.axes.paint(brush)
    return [*elements, curve, FinalLoss(kit, family, panel.right - 18, box.top + 24)]


def _paint_rule(kit: Kit, shot: SweepShot, room: Box, brush: Brush) -> float:
    """The rule with the symbol that moves lit; where it ends.

    Where not all lines have room, those stand that the symbol is in, with the update if it fits,
    or one of them. Raises UserError where none does.
    """
    rows = kit.run.optimizer.rows
    lit = [at for at, line in enumerate(lit_lines(kit, shot)) if SWEPT in line]
    update = [row.name for row in rows].index("x")
    for choice in (range(len(rows)), sorted({*lit, update}), lit, *([at] for at in lit[::-1])):
        sprites = _set(kit, shot, choice, room)
        high = sum(sprite.height + ROW_GAP for sprite in sprites) / (room.height - RULE_TOP)
        wide = max(sprite.width for sprite in sprites) / (room.width - 2 * INSET)
        if max(high, wide) <= 1:
            break
    rule_fits(kit.run.optimizer, kit.spec.form, max(high, wide))
    left = room.left + INSET + max(-sprite.ink[0] for sprite in sprites)
    y = room.top + RULE_TOP
    for sprite in sprites:
        brush.write(sprite, left, y - sprite.ink[1])
        y += sprite.height + ROW_GAP
    return y


def _set(kit: Kit, shot: SweepShot, choice: Sequence[int], room: Box) -> list[Sprite]:
    """The chosen lines as large as the room lets them be; long ones are broken, not small."""
    size = float(EQUATION)
    while True:
        across = (room.width - 2 * INSET) / size
        for share in (math.inf, *TIGHTER) if size <= BROKEN else (math.inf,):
            lines = lit_lines(kit, shot, share * across)
            sprites = [_lit(kit, lines[at], size) for at in choice]
            high = sum(sprite.height + ROW_GAP for sprite in sprites) > room.height - RULE_TOP
            wide = max(sprite.width for sprite in sprites) > room.width - 2 * INSET
            if not (high or wide):
                return sprites
        if size <= EQUATION_LEAST:
            return sprites
        size = max(size - 2, float(EQUATION_LEAST))


def _lit(kit: Kit, line: str, size: float) -> Sprite:
    """A line with its colors, among them that of what is swept."""
    labels = set(re.findall(r": ([A-Za-z0-9_-]+) \}\}", line)) - {"relation", SWEPT}
    colors = {label: kit.role(label.replace("-", "_")) for label in sorted(labels)}
    colors |= {SWEPT: kit.theme.setting} if SWEPT in line else {}
    return kit.lettering.math(line, size, kit.theme.text, colors)


def lit_lines(kit: Kit, shot: SweepShot, room: float = math.inf) -> list[str]:
    """Typst of the rule, the symbol of the hyper-parameter that moves labelled.

    Lines wider than ``room`` heights of their letters are broken.
    """
    name = re.escape(symbol_typst(shot.hyper))
    symbol = re.compile(rf"(?<![A-Za-z]){name}(?![A-Za-z0-9])(\^([A-Za-z0-9]+|\([^()]*\)))?")
    return [
        symbol.sub(lambda found: f"{{{{ {found[0]} : {SWEPT} }}}}", line)
        for line in broken_sources(kit.run.optimizer, room)
    ]


class Commentary(Element[SweepState]):
    """The line under the field: what moves or, at a stop, how its run comes out."""

    def __init__(self, kit: Kit, family: Family) -> None:
        place, words = kit.stage.now, kit.words
        steps = steps_made(family.shot.run.steps, kit.spec.language)
        self.moving = {
            INTRO: Told.of(kit, words["sweep_now_start"], place),
            GLIDE: Told.of(kit, words["sweep_now_glide"].format(steps=steps), place),
        }
        self.kit, self.family = kit, family
        self.stop = lru_cache(maxsize=None)(self._stop)

    def _stop(self, stop: float) -> Told:
        """How a stop comes out, set when it is first told."""
        words = sentence(self.kit, self.family, stop)
        return Told.of(self.kit, words, self.kit.stage.now, bold=True)

    def _shown(self, state: SweepState) -> tuple[Told, float]:
        """What is said, and how bright."""
        if state.kind == INTRO:
            return self.moving[INTRO], state.reveal
        if state.kind == GLIDE and state.calm <= 0.0:
            return self.moving[GLIDE], 1.0
        return self.stop(self.family.shot.stops[state.stop - 1]), state.calm

    def key(self, state: SweepState) -> Hashable:
        told, alpha = self._shown(state)
        return id(told), alpha

    def reach(self, state: SweepState) -> Box | None:
        return self._shown(state)[0].box

    def paint(self, brush: Brush, state: SweepState) -> None:
        told, alpha = self._shown(state)
        told.paint(brush, alpha)

    def words(self, state: SweepState) -> list[Word]:
        return self._shown(state)[0].words


def sentence(kit: Kit, family: Family, stop: float) -> str:
    """How the run of a stop comes out, in words."""
    run, kind = family.run(stop), family.behavior(stop)
    broken = kind is Behavior.DIVERGES and run.stopped is not None
    words = kit.words["sweep_now_broken" if broken else f"sweep_now_{kind.value}"]
    return words.format(
        value=brief(stop, SET),
        steps=steps_made(run.requested, kit.spec.language),
        step=run.stopped,
        loss=against(float(run.losses[-1]), float(run.losses[0]))[0],
    )
