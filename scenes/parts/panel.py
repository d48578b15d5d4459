"""The panel's rows: equations with colored terms, live numbers, the bar on the acting line."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from scenes.canvas import Brush, Element, Shown, Word
from scenes.clock import smooth
from scenes.kit import Kit, figures_box, ink_box, spelled
from scenes.lettering import Sprite
from scenes.parts.readings import Readings
from scenes.stage import EQUATION, EQUATION_LEAST, Box
from scenes.state import MOVE, State

COLUMN, COLUMN_GAP = 142.0, 14.0
INSET, HEADER, PADDING, SPREAD = 18.0, 40.0, 10.5, 24.0
GRADIENT_LINE = "{{ g_t : g }} {{ = : relation }} nabla f({{ x_(t - 1) : x }})"
STALE = 0.55


@dataclass(frozen=True, eq=False)
class Row:
    """One equation: its picture, where its relation sign stands, and the row's box."""

    sprite: Sprite
    x: float
    y: float
    box: Box


def _sources(kit: Kit) -> list[str]:
    """Typst of all rows, the relation sign of each labelled."""
    lines = (equation.typst for equation in kit.run.optimizer.equations)
    return [GRADIENT_LINE, *(line.replace(" = ", " {{ = : relation }} ", 1) for line in lines)]


def _sprites(kit: Kit, size: float) -> list[Sprite]:
    sprites = []
    for source in _sources(kit):
        labels = set(re.findall(r": ([A-Za-z0-9_-]+) \}\}", source)) - {"relation"}
        colors = {label: kit.role(label.replace("-", "_")) for label in sorted(labels)}
        sprites.append(kit.lettering.math(source, size, kit.theme.text, colors))
    return sprites


def rows_of(kit: Kit) -> list[Row]:
    """All rows, as large as the panel lets them be, their relation signs one below the other."""
    space = kit.stage.equations
    room = space.width - 2 * (COLUMN + INSET) - COLUMN_GAP - 22
    height = space.height - HEADER
    size = float(EQUATION)
    sprites = _sprites(kit, size)
    while size > EQUATION_LEAST and not _fits(sprites, room, height):
        size = max(size - 2, EQUATION_LEAST)
        sprites = _sprites(kit, size)
    left = max(-sprite.ink[0] for sprite in sprites)
    spare = height - sum(sprite.height + 2 * PADDING for sprite in sprites)
    more = min(max(spare / len(sprites), 0.0), SPREAD)
    top = space.top + HEADER
    rows = []
    for sprite in sprites:
        bottom = top + sprite.height + 2 * PADDING + more
        y = (top + bottom - sprite.height) / 2 - sprite.ink[1]
        rows.append(
            Row(
                sprite,
                space.left + INSET + left,
                y,
                Box(space.left, top, space.right, bottom),
            )
        )
        top = bottom
    return rows


def _fits(sprites: Sequence[Sprite], width: float, height: float) -> bool:
    left, right = max(-s.ink[0] for s in sprites), max(s.ink[2] for s in sprites)
    return left + right <= width and sum(s.height + 2 * PADDING for s in sprites) <= height


def column_right(kit: Kit, index: int) -> float:
    """Where the numbers of coordinate ``index`` end."""
    return kit.stage.equations.right - INSET - (1 - index) * (COLUMN + COLUMN_GAP)


def paint_header(kit: Kit, brush: Brush) -> None:
    """The names of the two columns."""
    for index in range(2):
        sprite = kit.lettering.math(f"x_{index + 1}", 32, kit.theme.muted, {})
        brush.write(
            sprite, column_right(kit, index) - COLUMN / 2 + 12, kit.stage.equations.top + 22
        )


class Highlight(Element[State]):
    """The bar behind the line that acts; it glides from line to line."""

    def __init__(self, kit: Kit, rows: Sequence[Row], update: int = -1) -> None:
        """``update`` is the row that moves the point."""
        self.kit, self.rows, self.update = kit, rows, update

    def _bar(self, state: State) -> tuple[Box, float] | None:
        if state.kind == MOVE:
            alpha = 1 - smooth(state.moving * 4)
            return (self.rows[self.update].box, alpha) if alpha > 0.01 else None
        if state.acting is None:
            return None
        box = self.rows[state.acting].box
        if state.acting == 0:
            return box, state.turn
        before, u = self.rows[state.acting - 1].box, state.turn
        top, bottom = (
            a + u * (b - a) for a, b in ((before.top, box.top), (before.bottom, box.bottom))
        )
        return Box(box.left, top, box.right, bottom), 1.0

    def key(self, state: State) -> Hashable:
        return self._bar(state)

    def reach(self, state: State) -> Box | None:
        bar = self._bar(state)
        return bar[0] if bar else None

    def paint(self, brush: Brush, state: State) -> None:
        bar = self._bar(state)
        if bar:
            box, alpha = bar
            brush.panel(box, 12, self.kit.theme.accent, 0.17 * alpha)
            side = Box(box.left, box.top + 8, box.left + 6, box.bottom - 8)
            brush.panel(side, 3, self.kit.theme.accent, alpha)


class EquationRow(Element[State]):
    """One equation; it comes in during the introduction."""

    def __init__(self, index: int, row: Row) -> None:
        self.index, self.row = index, row

    def key(self, state: State) -> Hashable:
        return smooth(state.reveal - self.index)

    def reach(self, state: State) -> Box | None:
        return ink_box(self.row.sprite, self.row.x, self.row.y).grown(3)

    def paint(self, brush: Brush, state: State) -> None:
        brush.sprite(self.row.sprite, self.row.x, self.row.y, smooth(state.reveal - self.index))

    def words(self, state: State) -> list[Word]:
        return [spelled(self.row.sprite, self.row.x, self.row.y)]


class Number(Element[State]):
    """One live number beside an equation; dim while it is still the last step's."""

    def __init__(self, kit: Kit, readings: Readings, index: int, row: Row, coordinate: int) -> None:
        self.kit, self.readings, self.index, self.coordinate = kit, readings, index, coordinate
        self.color = kit.role(readings.names[index])
        self.right, self.baseline = column_right(kit, coordinate), row.y + 0.5 * kit.figures.height

    def key(self, state: State) -> Hashable:
        text = self.readings.texts(self.index, state)[self.coordinate]
        return text, self._alpha(state)

    def _alpha(self, state: State) -> float:
        explained = state.acting is not None
        shade = STALE if explained and self.index >= state.fresh else 1.0
        return shade * smooth(state.reveal - self.index)

    def _box(self, state: State) -> Box:
        text = self.readings.texts(self.index, state)[self.coordinate]
        return figures_box(text, self.kit.figures, self.right, self.baseline, self.kit.scale)

    def reach(self, state: State) -> Box | None:
        return self._box(state).grown(5)

    def paint(self, brush: Brush, state: State) -> None:
        text = self.readings.texts(self.index, state)[self.coordinate]
        brush.figures(
            text, self.kit.figures, self.right, self.baseline, self.color, self._alpha(state)
        )

    def words(self, state: State) -> list[Word]:
        text = self.readings.texts(self.index, state)[self.coordinate]
        return [Word(self._box(state), self.kit.figures.size, text)]

    def numbers(self, state: State) -> list[Shown]:
        text = self.readings.texts(self.index, state)[self.coordinate]
        step = self.readings.step_of(self.index, state)
        return [Shown(text, self.kit.run, self.readings.names[self.index], step, self.coordinate)]
