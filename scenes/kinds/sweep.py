"""The kind ``sweep``: one hyper-parameter moves, and the whole run with it."""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import lru_cache

import numpy as np

from engine.sweep import Behavior
from scenes.canvas import Brush, Canvas, Element, Seen, Word
from scenes.kinds.sweep_clock import sweep_clock
from scenes.kit import Kit, ink_box, spelled
from scenes.lettering import Sprite
from scenes.parts.family import Family, pixels_of
from scenes.parts.figures import SET, brief
from scenes.parts.morph import FinalLoss, WholeCurve, WholePath
from scenes.parts.names import Labels, Names
from scenes.parts.panel import row_sources
from scenes.parts.places import dense
from scenes.parts.relief import Plot, plot_of
from scenes.parts.scenery import (
    fitted_math,
    ground,
    paint_axes,
    paint_field,
    paint_settings,
    paint_title,
    settings_of,
    symbol_typst,
)
from scenes.parts.slider import Knob, Readout, Slider
from scenes.parts.track import Track
from scenes.parts.zones import Zones
from scenes.shots import SweepShot
from scenes.stage import BODY, EQUATION, EQUATION_LEAST, GAP, Box
from scenes.state import QUICK, State
from scenes.sweep_state import GLIDE, INTRO, SweepState
from scenes.words import steps_made

ASCENT, ROW_GAP, INSET, RULE_TOP = 42.0, 20.0, 18.0, 16.0
CHART_LEAST, COUNT_ROOM = 300.0, 44.0
SWEPT = "swept"


def sweep(kit: Kit, shot: SweepShot) -> Canvas[SweepState]:
    """The picture of a sweep: all that is still painted, all that moves standing ready."""
    family = Family.of(shot, sweep_clock(shot, kit.spec))
    plot = _plot(kit, family)
    background = ground(kit)
    paint_field(kit, plot, background)
    brush = Brush(background, kit.scale)
    paint_axes(kit, plot, brush)
    _paint_titles(kit, shot, brush)
    elements = [
        WholePath(kit, family, plot),
        Seen(Labels(_names(kit, family, plot)), lambda _: State(QUICK, 0)),
        *_in_panel(kit, family, brush),
        Told(kit, family),
    ]
    return Canvas(background, elements, kit.scale, brush.words)


def _plot(kit: Kit, family: Family) -> Plot:
    """The field with room for the stops' runs that do not diverge."""
    points = np.concatenate([run.points for run in family.steady])
    return plot_of(kit.run.objective, points, kit.stage.field)


def _names(kit: Kit, family: Family, plot: Plot) -> Names:
    """Start and minima, named where the stops' paths leave room."""
    lines = [dense(pixels_of(plot.at(run.points)), plot.box) for run in family.stops]
    avoided = [(float(x), float(y)) for line in lines for x, y in line]
    return Names(kit, Track(kit.with_run(family.stops[0]), plot), avoided, end=False)


def _paint_titles(kit: Kit, shot: SweepShot, brush: Brush) -> None:
    """Title, the settings that stay, the objective above the field."""
    theme, run, place, above = kit.theme, kit.run, kit.stage.title, kit.stage.formula
    paint_title(kit, kit.spec.title or run.optimizer.title, place.width, brush)
    settings = {name: text for name, text in settings_of(run).items() if name != shot.hyper}
    paint_settings(kit, settings, place, 88, brush)
    formula = fitted_math(kit, f"f(x) = {run.objective.typst}", 36, above.width, theme.text)
    brush.write(formula, above.left, above.top + 28)


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

    Where not all lines have room, those stand that the symbol is in, with the update if it fits.
    """
    lines = lit_lines(kit, shot)
    update = lines[[row.name for row in kit.run.optimizer.rows].index("x")]
    lit = [line for line in lines if SWEPT in line]
    for choice in (lines, [line for line in lines if line in lit or line is update], lit):
        sprites = _set(kit, choice, room)
        if sum(sprite.height + ROW_GAP for sprite in sprites) <= room.height - RULE_TOP:
            break
    left = room.left + INSET + max(-sprite.ink[0] for sprite in sprites)
    y = room.top + RULE_TOP
    for sprite in sprites:
        brush.write(sprite, left, y - sprite.ink[1])
        y += sprite.height + ROW_GAP
    return y


def _set(kit: Kit, lines: list[str], room: Box) -> list[Sprite]:
    """The lines as large as the room lets them be."""
    size = float(EQUATION)
    while True:
        sprites = []
        for line in lines:
            labels = set(re.findall(r": ([A-Za-z0-9_-]+) \}\}", line)) - {"relation", SWEPT}
            colors = {label: kit.role(label.replace("-", "_")) for label in sorted(labels)}
            colors |= {SWEPT: kit.theme.setting} if SWEPT in line else {}
            sprites.append(kit.lettering.math(line, size, kit.theme.text, colors))
        high = sum(sprite.height + ROW_GAP for sprite in sprites) > room.height - RULE_TOP
        wide = max(sprite.width for sprite in sprites) > room.width - 2 * INSET
        if size <= EQUATION_LEAST or not (high or wide):
            return sprites
        size = max(size - 2, float(EQUATION_LEAST))


def lit_lines(kit: Kit, shot: SweepShot) -> list[str]:
    """Typst of the rule, the symbol of the hyper-parameter that moves labelled."""
    name = re.escape(symbol_typst(shot.hyper))
    symbol = re.compile(rf"(?<![A-Za-z]){name}(?![A-Za-z0-9])(\^([A-Za-z0-9]+|\([^()]*\)))?")
    return [
        symbol.sub(lambda found: f"{{{{ {found[0]} : {SWEPT} }}}}", line)
        for line in row_sources(kit.run.optimizer)
    ]


class Told(Element[SweepState]):
    """The line under the field: what moves or, at a stop, how its run comes out."""

    def __init__(self, kit: Kit, family: Family) -> None:
        place, words = kit.stage.now, kit.words
        steps = steps_made(family.shot.run.steps, kit.spec.language)
        self.x, self.baseline = place.left, place.top + ASCENT
        self.moving = {
            INTRO: kit.fitted(words["sweep_now_start"], BODY, place.width),
            GLIDE: kit.fitted(words["sweep_now_glide"].format(steps=steps), BODY, place.width),
        }
        self.kit, self.family = kit, family
        self.stop = lru_cache(maxsize=None)(self._stop)

    def _stop(self, stop: float) -> Sprite:
        """How a stop comes out, set when it is first told."""
        words = sentence(self.kit, self.family, stop)
        return self.kit.fitted(words, BODY, self.kit.stage.now.width, bold=True)

    def _shown(self, state: SweepState) -> tuple[Sprite, float]:
        """What is said, and how bright."""
        if state.kind == INTRO:
            return self.moving[INTRO], state.reveal
        if state.kind == GLIDE and state.calm <= 0.0:
            return self.moving[GLIDE], 1.0
        return self.stop(self.family.shot.stops[state.stop - 1]), state.calm

    def key(self, state: SweepState) -> Hashable:
        sprite, alpha = self._shown(state)
        return id(sprite), alpha

    def reach(self, state: SweepState) -> Box | None:
        return ink_box(self._shown(state)[0], self.x, self.baseline).grown(3)

    def paint(self, brush: Brush, state: SweepState) -> None:
        sprite, alpha = self._shown(state)
        brush.sprite(sprite, self.x, self.baseline, alpha)

    def words(self, state: SweepState) -> list[Word]:
        return [spelled(self._shown(state)[0], self.x, self.baseline)]


def sentence(kit: Kit, family: Family, stop: float) -> str:
    """How the run of a stop comes out, in words."""
    run, kind = family.run(stop), family.behavior(stop)
    broken = kind is Behavior.DIVERGES and run.stopped is not None
    words = kit.words["sweep_now_broken" if broken else f"sweep_now_{kind.value}"]
    return words.format(
        value=brief(stop, SET),
        steps=steps_made(run.requested, kit.spec.language),
        step=run.stopped,
        loss=brief(float(run.losses[-1])),
    )
