"""The objective above the field: in one line, in several, or shortened with a note that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from engine import Objective
from engine.formula import notation
from engine.formula.breaking import Piece, ems, filled, pieces, spelled
from scenes.brush import Brush
from scenes.kit import Kit
from scenes.lettering import Sprite
from scenes.stage import TEXT_LEAST, Stage

SIZE, BROKEN = 36.0, 30.0
SIZES = (30.0, 28.0, 26.0, float(TEXT_LEAST))
"""Sizes of a formula in one line, at most, and in several."""

HEAD = 2.8
"""About how wide ``f(x) =`` is, in heights of its letters."""

MORE, NOTE = 0.24, 34.0
"""The most of the field's height that goes to a long formula; the height of the note."""

TALLEST = 4000
"""A formula wider than so many heights of its letters is shortened without being set."""

TRIES, TIGHTER = 4, 0.98


@dataclass(frozen=True, eq=False)
class Formula:
    """An objective as it is shown: its formula and, where that is shortened, a note."""

    sprite: Sprite
    note: Sprite | None = None

    @property
    def height(self) -> float:
        """The height of both."""
        return self.sprite.height + (NOTE if self.note else 0.0)

    def paint(self, brush: Brush, left: float, top: float) -> None:
        """Paint it below ``top``."""
        ink = self.sprite.ink
        brush.write(self.sprite, left - ink[0], top - ink[1])
        if self.note:
            y = top + self.sprite.height + NOTE - 8
            brush.write(self.note, left - self.note.ink[0], y)


def formula_of(kit: Kit, objective: Objective, width: float, height: float) -> Formula:
    """The objective's formula as it can be read in ``width`` and ``height``.

    In one line where that is large enough, else broken at its signs; where that is too high, by its
    title or with its middle left out, and a note tells that it is.
    """
    tree = notation(objective.expression)
    wide = HEAD + ems(tree)
    if wide * TEXT_LEAST < 1.4 * width:
        sprite = kit.lettering.math(f"f(x) = {objective.typst}", SIZE, kit.theme.text, {})
        share = min(width / sprite.width, height / sprite.height, 1.0)
        if share * SIZE >= TEXT_LEAST:
            return Formula(_math(kit, f"f(x) = {objective.typst}", share * SIZE))
    for size in SIZES if wide < TALLEST else ():
        if wide * size / width * size > 2 * height:
            continue
        sprite = _broken(kit, pieces(tree, width / size - HEAD), size, width)
        if sprite.width <= width and sprite.height <= height:
            return Formula(sprite)
    return _shortened(kit, objective, width, height)


def with_formula(stage: Stage, formula: Formula) -> Stage:
    """The stage on which the field makes room for a formula above it."""
    above, field = stage.formula, stage.field
    more = max(formula.height - above.height, 0.0)
    if above.bottom > field.top or not more:
        return stage
    return replace(
        stage,
        formula=replace(above, bottom=above.bottom + more),
        field=replace(field, top=field.top + more),
    )


def most_height(stage: Stage) -> float:
    """The height that a formula may take above the field."""
    return stage.formula.height + MORE * stage.field.height


def paint_formula(kit: Kit, formula: Formula, brush: Brush) -> None:
    """The formula in its place above the field."""
    above = kit.stage.formula
    formula.paint(brush, above.left, above.top + max(above.height - formula.height, 0.0) / 2)


def _math(kit: Kit, source: str, size: float) -> Sprite:
    return kit.lettering.math(source, size, kit.theme.text, {})


def _broken(kit: Kit, parts: Sequence[Piece], size: float, width: float) -> Sprite:
    """Parts in as many lines as they need, narrower ones where they were wider than thought."""
    room = width / size - HEAD
    for _ in range(TRIES):
        sprite = _math(kit, _source(spelled(filled(parts, room))), size)
        if sprite.width <= width:
            break
        room *= TIGHTER * width / sprite.width
    return sprite


def _source(lines: Sequence[str]) -> str:
    """Lines of Typst below one another."""
    return "f(x) = & " + " \\ & ".join(lines)


def _shortened(kit: Kit, objective: Objective, width: float, height: float) -> Formula:
    """The objective by its title, or what of its formula has room."""
    words, muted, least = kit.words, kit.theme.muted, float(TEXT_LEAST)
    if objective.name != objective.formula:
        note = kit.fitted(words["formula_named"], least, width, muted)
        return Formula(kit.fitted(f"f: {objective.title}", SIZE, width), note)
    note = kit.fitted(words["formula_cut"], least, width, muted)
    for parts in _fewer(objective, width / least - HEAD):
        sprite = _broken(kit, parts, least, width)
        if sprite.width <= width and sprite.height + NOTE <= height:
            return Formula(sprite, note)
    return Formula(_math(kit, "f(x)", SIZE), note)


def _fewer(objective: Objective, room: float) -> Iterator[list[Piece]]:
    """The first parts of a formula with dots for the middle, and its last part where it has room:
    ever fewer.
    """
    dots = Piece("+ dots.c", 2.5)
    parts = pieces(notation(objective.expression), room)
    first = list(parts[: int(6 * room)])
    while first:
        first = first[: max(len(first) * 2 // 3, 1)] if len(first) > 12 else first[:-1]
        if first and len(filled([*first, dots], room)) <= 6:
            yield [*first, dots]
