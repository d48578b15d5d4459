"""The panel's rows: equations with colored terms, live numbers, the bar on the acting line."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass

from engine import Optimizer
from engine.formula import notation, typst
from engine.formula.breaking import ems, lines
from engine.optimizers.taken import Row as RuleRow
from scenes.canvas import Brush, Element, Shown, Word
from scenes.checks import rule_fits
from scenes.clock import smooth
from scenes.kit import Kit, figures_box, ink_box, spelled, spelled_bands
from scenes.lettering import Sprite
from scenes.palette import faint
from scenes.parts.plates import GLOW, Plates, plate
from scenes.parts.readings import Readings
from scenes.stage import EQUATION, EQUATION_LEAST, Box
from scenes.state import GRADIENT, LINE, MOVE, State

COLUMN, COLUMN_GAP = 142.0, 14.0
INSET, HEADER, PADDING, SPREAD = 18.0, 40.0, 10.5, 24.0
PADDING_LEAST = 1.6
BREAK = " \\ & "
BROKEN, TIGHTER, RELATION, FIRST = 32.0, (1.0, 0.92, 0.84), 1.5, 0.94
"""The size from which on long rows are broken, and to which shares of their room; about how wide a
relation sign is with what is around it; the share of its room that a first line takes.
"""


@dataclass(frozen=True, eq=False)
class Row:
    """One equation: its picture, where its relation sign stands, and the row's box.

    ``glows`` are the boxes of highlighted terms with their colors, ``dim`` is how bright the
    equation is while another row acts.
    """

    sprite: Sprite
    x: float
    y: float
    box: Box
    glows: Sequence[tuple[Box, str]] = ()
    dim: float = 1.0
    scale: float = 1.0

    def words(self) -> list[Word]:
        """What is read, each line of a long equation by itself."""
        whole = spelled(self.sprite, self.x, self.y)
        if BREAK not in self.sprite.text:
            return [whole]
        return spelled_bands([self.sprite], self.x, self.y, self.scale, whole)


def row_sources(rule: Optimizer) -> list[str]:
    """Typst of all rows of a rule, the relation sign of each labelled."""
    lines = (equation.typst for equation in rule.row_equations)
    return [line.replace(" = ", " {{ = : relation }} ", 1) for line in lines]


def broken_sources(rule: Optimizer, room: float, whole: float | None = None) -> list[str]:
    """The rows of a rule; those wider than ``room`` heights of their letters in several lines.

    Lines but the first may be as wide as ``whole``: no numbers stand beside them.
    """
    return [
        _broken(row, room, room if whole is None else whole) or source
        for row, source in zip(rule.rows, row_sources(rule), strict=True)
    ]


def _broken(row: RuleRow, room: float, whole: float) -> str:
    """A row in several lines, "" where it has room in one."""
    target, value = notation(row.line.target), notation(row.line.value)
    before = ems(target) + RELATION
    if before + ems(value) <= room:
        return ""
    below = BREAK.join(lines(value, whole - before, FIRST * (room - before)))
    return f"{typst(target)} {{{{ = : relation }}}} & {below}"


def _colors(kit: Kit, source: str) -> dict[str, str]:
    """The colors of an equation's parts by their labels."""
    labels = set(re.findall(r": ([A-Za-z0-9_-]+) \}\}", source)) - {"relation"}
    return {label: kit.role(label.replace("-", "_")) for label in sorted(labels)}


def _sprites(kit: Kit, size: float, sources: Iterable[str]) -> list[Sprite]:
    return [
        kit.lettering.math(source, size, kit.theme.text, _colors(kit, source)) for source in sources
    ]


def _set(kit: Kit, room: float, whole: float, height: float) -> list[Sprite]:
    """The rows as large as ``room`` and ``height`` let them be.

    Long ones are broken rather than small; their further lines may be as wide as ``whole``.
    """
    rule, size = kit.run.optimizer, float(EQUATION)
    plain = row_sources(rule)
    while True:
        sprites = _sprites(kit, size, plain)
        if _fits(sprites, room, height):
            return sprites
        if size <= BROKEN and _width(sprites) > room:
            for tighter in TIGHTER:
                broken = broken_sources(rule, tighter * room / size, tighter * whole / size)
                sprites = _sprites(kit, size, broken)
                if _fits(sprites, whole, height):
                    return sprites
        if size <= EQUATION_LEAST:
            return sprites
        size = max(size - 2 * _rounds(sprites, size, room, height), EQUATION_LEAST)


def _rounds(sprites: Sequence[Sprite], size: float, room: float, height: float) -> int:
    """How often two stage pixels less are needed, at least, until rows of ``size`` have room."""
    if size <= BROKEN:
        return 1
    tall = sum(sprite.height for sprite in sprites)
    share = min(room / _width(sprites), (height - 2 * PADDING * len(sprites)) / tall)
    needed = math.floor((size - max(share * size, BROKEN)) / 2)
    return max(needed, 1)


def rows_of(kit: Kit, highlight: Collection[str] = (), *, columns: bool = True) -> list[Row]:
    """All rows, as large as the panel lets them be, their relation signs one below the other.

    Beside them is room for two ``columns`` of numbers, and above them for the columns' names.
    Terms in ``highlight`` stand on a ground of their color.
    """
    space = kit.stage.equations
    room = space.width - 2 * INSET - (2 * COLUMN + COLUMN_GAP + 22 if columns else 0)
    top = space.top + (HEADER if columns else 0)
    height = space.bottom - top
    whole = space.width - 2 * INSET
    sprites = _set(kit, room, whole, height)
    needed = sum(sprite.height + 2 * PADDING_LEAST for sprite in sprites)
    rule_fits(kit.run.optimizer, kit.spec.form, max(needed / height, _width(sprites) / whole))
    left = max(-sprite.ink[0] for sprite in sprites)
    spare = (height - sum(sprite.height for sprite in sprites)) / len(sprites)
    high = min(max(spare, 2 * PADDING_LEAST), 2 * PADDING + SPREAD)
    labels = {name.replace("_", "-") for name in highlight}
    rows = []
    for sprite in sprites:
        bottom = top + sprite.height + high
        x, y = space.left + INSET + left, (top + bottom - sprite.height) / 2 - sprite.ink[1]
        glows = _glows(kit, sprite, x, y, labels)
        dim = dimmed(kit, _colors(kit, sprite.text).values(), [color for _, color in glows])
        rows.append(
            Row(sprite, x, y, Box(space.left, top, space.right, bottom), glows, dim, kit.scale)
        )
        top = bottom
    return rows


def dimmed(kit: Kit, colors: Iterable[str], glowing: Iterable[str]) -> float:
    """The least alpha at which a row can be read whose terms have ``colors``.

    Terms that are ``glowing`` stand on a ground of their own color.
    """
    ground = kit.theme.background
    grounds = [(color, ground) for color in (kit.theme.text, *colors)]
    grounds += [(color, plate(kit.theme, color, GLOW)) for color in glowing]
    return max(faint(*pair) for pair in grounds)


def _glows(
    kit: Kit, sprite: Sprite, x: float, y: float, labels: Collection[str]
) -> list[tuple[Box, str]]:
    """The boxes of the labelled parts of an equation that stands at (x, y), with their colors."""
    if not labels:
        return []
    colors = _colors(kit, sprite.text)
    spots = kit.lettering.spots(sprite.text, sprite.size, kit.theme.text, colors)
    return [
        (Box(x + b.left, y + b.top, x + b.right, y + b.bottom), colors[label])
        for label, b in spots
        if label in labels
    ]


def _width(sprites: Sequence[Sprite]) -> float:
    """The width of rows whose relation signs stand one below the other."""
    return max(-sprite.ink[0] for sprite in sprites) + max(sprite.ink[2] for sprite in sprites)


def _fits(sprites: Sequence[Sprite], width: float, height: float) -> bool:
    return _width(sprites) <= width and sum(s.height + 2 * PADDING for s in sprites) <= height


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


class EquationRow(Element[State]):
    """One equation; it comes in during the introduction, and is lit while it acts."""

    def __init__(self, index: int, row: Row, last: bool = False) -> None:
        self.index, self.row, self.last = index, row, last

    def light(self, state: State) -> float:
        """How bright it is: eased from the line that acted to the one that acts."""
        reveal = smooth(state.reveal - self.index)
        if state.kind in (GRADIENT, LINE) and state.acting is not None:
            before = 1.0 if state.acting in (0, self.index + 1) else self.row.dim
            now = 1.0 if state.acting == self.index else self.row.dim
            return reveal * (before + state.turn * (now - before))
        if state.kind == MOVE and not self.last:
            return reveal * (self.row.dim + (1 - self.row.dim) * smooth(state.moving * 2))
        return reveal

    def key(self, state: State) -> Hashable:
        return self.light(state)

    def reach(self, state: State) -> Box | None:
        return ink_box(self.row.sprite, self.row.x, self.row.y).grown(3)

    def paint(self, brush: Brush, state: State) -> None:
        brush.sprite(self.row.sprite, self.row.x, self.row.y, self.light(state))

    def words(self, state: State) -> list[Word]:
        return self.row.words()


def equations(kit: Kit, rows: Sequence[Row]) -> list[Element[State]]:
    """The equations of the rule, under them the plates of their highlighted terms."""
    made = [EquationRow(index, row, row is rows[-1]) for index, row in enumerate(rows)]
    lit = [each for each in made if each.row.glows]
    return [*(Plates(kit.theme, each.row.glows, each.light) for each in lit), *made]


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
        shade = 1.0
        if self.readings.waits(self.index, state):
            theme = self.kit.theme
            ground = theme.lit if self.index == state.acting else theme.background
            shade = faint(self.color, ground)
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
