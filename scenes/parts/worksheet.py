"""All that an anatomy writes down: the rule's rows, and every step's lines in numbers, set once."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from engine import Trajectory
from engine.formula import Name, Substitution, notation, typst
from engine.trajectory import Gradients
from engine.worked import worked
from scenes.checks import rule_fits
from scenes.kit import Kit
from scenes.parts.arrivals import coordinate_of
from scenes.parts.panel import (
    BROKEN,
    COLUMN,
    COLUMN_GAP,
    HEADER,
    INSET,
    PADDING,
    PADDING_LEAST,
    Row,
    broken_sources,
    row_sources,
)
from scenes.parts.pieces import Pieces, Setting
from scenes.shots import AnatomyShot
from scenes.stage import EQUATION, EQUATION_LEAST, GAP, TEXT_LEAST, Box

BENCH_MOST, BENCH_LEAST = 38.0, 24.2
BENCH_SHORT = 32.0
SPREAD, LETTER = 46.0, 36.0
LABEL = re.compile(r": ([A-Za-z0-9_-]+) \}\}")


def first_steps(run: Trajectory, steps: int) -> Trajectory:
    """The run as far as it is shown."""
    if steps >= run.steps:
        return run
    return replace(
        run,
        points=run.points[: steps + 1],
        losses=run.losses[: steps + 1],
        taken={
            name: Gradients(each.points[:steps], each.values[:steps])
            for name, each in run.taken.items()
        },
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
        self.names = tuple(row.name for row in self.run.optimizer.rows)
        self.steps = tuple(step for step in shot.steps if step <= self.run.steps)
        self.worked = {step: worked(self.run, step) for step in self.steps}
        self.sources = row_sources(self.run.optimizer)
        letters = [typst(notation(Name(name, 0))) for name in self.names]
        self.colors = self._colors([line.typst for step in self.steps for line in self.lines(step)])
        self.setting = Setting(kit, [*self.sources, *letters], self.colors)
        self._break_long(letters)
        self.rows = self._rows()
        self.equations = [self.setting.pieces(source, self.size) for source in self.sources]
        self.letters = [self.setting.pieces(letter, LETTER) for letter in letters]

    @property
    def first(self) -> int:
        """The first step that is taken apart, 0 where none is."""
        return self.steps[0] if self.steps else 0

    def lines(self, step: int) -> list[Substitution]:
        """All lines of a step in numbers, of both coordinates."""
        return [each for pair in self.worked[step] for each in pair]

    def _colors(self, lines: list[str]) -> dict[str, str]:
        """The colors of all labels by the roles of their terms."""
        labels = {label for source in [*self.sources, *lines] for label in LABEL.findall(source)}
        known = {*self.names, *(state.name for state in self.run.optimizer.state)}
        terms = {label: label.replace("-", "_") for label in sorted(labels)}
        return {
            label: self.kit.role(term if term in known else coordinate_of(term))
            for label, term in terms.items()
        }

    @property
    def _room(self) -> tuple[float, float, float]:
        """Width and height for the rows, and the height of the columns' header above them."""
        space = self.kit.stage.equations
        numbers = 2 * COLUMN + COLUMN_GAP + 22 if self.columns else 0.0
        header = HEADER if self.columns else 0.0
        return space.width - 2 * INSET - numbers, space.height - header, header

    def _largest(self, setting: Setting, sources: list[str]) -> tuple[float, float]:
        """The largest sizes at which rows have room: in their width, and in their height."""
        room, height, _ = self._room
        if sources != row_sources(self.run.optimizer):
            room = self.kit.stage.equations.width - 2 * INSET
        extents = [setting.extent(source) for source in sources]
        left, right = max(-e[0] for e in extents), max(e[2] for e in extents)
        tall = sum(e[3] - e[1] for e in extents)
        return room / (left + right), (height - 2 * PADDING * len(extents)) / tall

    def _break_long(self, letters: list[str]) -> None:
        """Set rows in several lines that would be too small in one."""
        wide, high = self._largest(self.setting, self.sources)
        best = min(wide, high)
        rule, room = self.run.optimizer, self._room[0]
        whole = self.kit.stage.equations.width - 2 * INSET
        for size in (BROKEN, 28.0, EQUATION_LEAST) if wide < EQUATION_LEAST + 2 else ():
            sources = broken_sources(rule, 0.94 * room / size, 0.94 * whole / size)
            setting = Setting(self.kit, [*sources, *letters], self.colors)
            largest = min(self._largest(setting, sources))
            if largest > best:
                best, self.sources, self.setting = largest, sources, setting

    def _rows(self) -> list[Row]:
        """The rule's rows, as large as their box lets them be."""
        space, extents = self.kit.stage.equations, [self.setting.extent(s) for s in self.sources]
        _, height, header = self._room
        tall, left = sum(e[3] - e[1] for e in extents), max(-e[0] for e in extents)
        wide, high = self._largest(self.setting, self.sources)
        self.size = max(round(min(wide, high, float(EQUATION)) - 0.25, 1), float(TEXT_LEAST))
        more = min((height - tall * self.size) / len(extents), 2 * PADDING + SPREAD)
        share = max(2 * PADDING_LEAST / max(more, 1e-9), self.size / wide)
        rule_fits(self.run.optimizer, self.kit.spec.form, share)
        rows, top = [], space.top + header
        for source, extent in zip(self.sources, extents, strict=True):
            bottom = top + (extent[3] - extent[1]) * self.size + more
            middle = (extent[1] + extent[3]) / 2 * self.size
            sprite = self.setting.pieces(source, self.size).sprites[0]
            box = Box(space.left, top, space.right, bottom)
            x, y = space.left + INSET + left * self.size, (top + bottom) / 2 - middle
            rows.append(Row(sprite, x, y, box))
            top = bottom
        return rows

    def written(self, step: int, bench: Box) -> list[tuple[Written, Written]]:
        """The lines of a step in numbers by row, for both coordinates, placed in ``bench``.

        A line that would be too small to read is written without its right side.
        """
        whole = Setting(self.kit, [line.typst for line in self.lines(step)], self.colors)
        sizes = [
            self._fitting([line.typst for line in pair], bench, whole) for pair in self.worked[step]
        ]
        short = [
            line.typst_short
            for pair, size in zip(self.worked[step], sizes, strict=True)
            for line in pair
            if size < BENCH_LEAST
        ]
        brief = Setting(self.kit, short, self.colors) if short else whole
        written = []
        for pair, size in zip(self.worked[step], sizes, strict=True):
            if size < BENCH_LEAST:
                pieces = [brief.pieces(line.typst_short, BENCH_SHORT) for line in pair]
            else:
                pieces = [whole.pieces(line.typst, size) for line in pair]
            x = bench.left + max(-piece.ink[0] for piece in pieces)
            first, second = (
                Written(piece, x, self._middle(bench, index, piece), pair[index])
                for index, piece in enumerate(pieces)
            )
            written.append((first, second))
        return written

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
