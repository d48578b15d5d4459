"""All that an anatomy writes down: the rule's rows, and every step's lines in numbers, set once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from engine import Trajectory
from engine.formula import Name, Substitution, notation, typst
from engine.worked import worked
from scenes.kit import Kit
from scenes.parts.panel import COLUMN, COLUMN_GAP, GRADIENT_LINE, HEADER, INSET, PADDING, Row
from scenes.parts.pieces import Pieces, Setting
from scenes.shots import AnatomyShot
from scenes.stage import EQUATION, EQUATION_LEAST, GAP, Box

BENCH_MOST, BENCH_LEAST = 38.0, 24.2
BENCH_SHORT = 32.0
SPREAD, LETTER = 24.0, 36.0
LABEL = re.compile(r": ([A-Za-z0-9_-]+) \}\}")


def first_steps(run: Trajectory, steps: int) -> Trajectory:
    """The run as far as it is shown."""
    if steps >= run.steps:
        return run
    return replace(
        run,
        points=run.points[: steps + 1],
        losses=run.losses[: steps + 1],
        gradients=run.gradients[:steps],
        terms={name: values[:steps] for name, values in run.terms.items()},
        effective=run.effective[:steps],
        lengths=(steps,),
    )


@dataclass(frozen=True, eq=False)
class Written:
    """One line in numbers: its pieces, where its relation sign stands, and what it says."""

    pieces: Pieces
    x: float
    y: float
    substitution: Substitution


class Worksheet:
    """The rows of the rule in their places and, for every step taken apart, all of its lines."""

    def __init__(self, kit: Kit, shot: AnatomyShot, *, columns: bool) -> None:
        self.kit, self.columns = kit, columns
        self.run = kit.run
        self.names = ("g", *(line.target.id for line in self.run.optimizer.program.lines))
        self.steps = tuple(step for step in shot.steps if step <= self.run.steps)
        self.worked = {step: worked(self.run, step) for step in self.steps}
        rule = (line.typst for line in self.run.optimizer.equations)
        self.sources = [GRADIENT_LINE, *(s.replace(" = ", " {{ = : relation }} ", 1) for s in rule)]
        letters = [typst(notation(Name(name, 0))) for name in self.names]
        lines = [each.typst for rows in self.worked.values() for pair in rows for each in pair]
        self.setting = Setting(kit, [*self.sources, *letters, *lines], self._colors(lines))
        self.rows = self._rows()
        self.equations = [self.setting.pieces(source, self.size) for source in self.sources]
        self.letters = [self.setting.pieces(letter, LETTER) for letter in letters]

    @property
    def first(self) -> int:
        """The first step that is taken apart, 0 where none is."""
        return self.steps[0] if self.steps else 0

    def _colors(self, lines: list[str]) -> dict[str, str]:
        """The colors of all labels by the roles of their terms."""
        labels = {label for source in [*self.sources, *lines] for label in LABEL.findall(source)}
        colors = {label: self.kit.role(label.replace("-", "_")) for label in sorted(labels)}
        return colors | {label: self.kit.role("x") for label in labels & {"x1", "x2"}}

    def _rows(self) -> list[Row]:
        """The rule's rows, as large as their box lets them be."""
        space, extents = self.kit.stage.equations, [self.setting.extent(s) for s in self.sources]
        numbers = 2 * COLUMN + COLUMN_GAP + 22 if self.columns else 0.0
        header = HEADER if self.columns else 0.0
        left, right = max(-e[0] for e in extents), max(e[2] for e in extents)
        tall = sum(e[3] - e[1] for e in extents)
        room = space.width - 2 * INSET - numbers
        height = space.height - header - 2 * PADDING * len(extents)
        size = min(float(EQUATION), room / (left + right), height / tall)
        self.size = max(round(size - 0.25, 1), float(EQUATION_LEAST))
        more = min(max((height - tall * self.size) / len(extents), 0.0), SPREAD)
        rows, top = [], space.top + header
        for source, extent in zip(self.sources, extents, strict=True):
            bottom = top + (extent[3] - extent[1]) * self.size + 2 * PADDING + more
            middle = (extent[1] + extent[3]) / 2 * self.size
            sprite = self.setting.pieces(source, self.size).sprites[0]
            box = Box(space.left, top, space.right, bottom)
            x, y = space.left + INSET + left * self.size, (top + bottom) / 2 - middle
            rows.append(Row(sprite, x, y, box))
            top = bottom
        return rows

    def written(self, bench: Box) -> dict[tuple[int, int], tuple[Written, Written]]:
        """The lines in numbers by (step, row), for both coordinates, placed in ``bench``."""
        short = [
            each.typst_short for rows in self.worked.values() for pair in rows for each in pair
        ]
        brief: Setting | None = None
        found = {}
        for row in range(len(self.names)):
            pairs = [self.worked[step][row] for step in self.steps]
            size = self._fitting([e.typst for p in pairs for e in p], bench, self.setting)
            setting = self.setting
            if size < BENCH_LEAST:
                brief = brief or Setting(self.kit, short, self.setting.colors)
                size, setting = BENCH_SHORT, brief
            for step, pair in zip(self.steps, pairs, strict=True):
                texts = [e.typst if setting is self.setting else e.typst_short for e in pair]
                pieces = [setting.pieces(text, size) for text in texts]
                x = bench.left + max(-piece.ink[0] for piece in pieces)
                first, second = (
                    Written(piece, x, self._middle(bench, index, piece), pair[index])
                    for index, piece in enumerate(pieces)
                )
                found[step, row] = first, second
        return found

    def _middle(self, bench: Box, index: int, pieces: Pieces) -> float:
        """The height of the reference point of a coordinate's line."""
        return line_box(bench, index).center[1] - (pieces.ink[1] + pieces.ink[3]) / 2

    def _fitting(self, sources: list[str], bench: Box, setting: Setting) -> float:
        """The largest size at which all of ``sources`` fit."""
        extents = [setting.extent(source) for source in sources]
        wide = max(-e[0] for e in extents) + max(e[2] for e in extents)
        tall = max(e[3] - e[1] for e in extents)
        height = line_box(bench, 0).height - 12
        return min(BENCH_MOST, round(min(bench.width / wide, height / tall) - 0.25, 1))


def line_box(bench: Box, coordinate: int) -> Box:
    """Where the line of a coordinate stands on the bench."""
    half = (bench.height - GAP) / 2
    top = bench.top + coordinate * (half + GAP)
    return Box(bench.left, top, bench.right, top + half)
