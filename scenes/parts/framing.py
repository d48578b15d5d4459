"""The field's frame: room for the objective above it, and for the numbers of its axes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from scenes.brush import Brush
from scenes.kit import Kit
from scenes.parts.formula import Formula, formula_of, most_height, paint_formula, with_formula
from scenes.parts.relief import Plot, plot_of
from scenes.parts.scenery import across, paint_axes, up
from scenes.stage import Box

BESIDE, ROUNDS = 16.0, 3


def framed(kit: Kit, points: NDArray[np.float64]) -> tuple[Kit, Plot, Formula]:
    """The kit with room for the objective above the field and numbers beside it, and what is there.

    ``points`` (n, 2) are those for which the view has room.
    """
    stage = kit.stage
    formula = formula_of(kit, kit.run.objective, stage.formula.width, most_height(stage))
    kit = kit.on(with_formula(stage, formula))
    plot = numbered(kit, points, kit.stage.safe.left)
    left = plot.box.left
    above = replace(kit.stage.formula, left=max(left, kit.stage.formula.left))
    return kit.on(replace(kit.stage, field=plot.box, formula=above)), plot, formula


def numbered(kit: Kit, points: NDArray[np.float64], edge: float) -> Plot:
    """The plot in the field, which is narrower where the axes' numbers would go beyond ``edge`` at
    its left or the safe area at its right.
    """
    box = kit.stage.field
    for _ in range(ROUNDS):
        plot = plot_of(kit.run.objective, points, box)
        wider = _within(kit, plot, edge)
        if wider == box:
            break
        box = wider
    return plot


def _within(kit: Kit, plot: Plot, edge: float) -> Box:
    """The box of a plot made smaller by what its numbers need."""
    box, below, beside = plot.box, across(kit, plot), up(kit, plot)
    widest = max((sprite.width for sprite in (*beside.labels, beside.name)), default=0.0)
    left = max(box.left, edge + BESIDE + widest)
    ends = [x + sprite.width / 2 for x, sprite in zip(below.spots, below.labels, strict=True)]
    beyond = max(ends, default=box.right) - kit.stage.safe.right
    right = box.right - max(beyond, 0.0)
    return replace(box, left=left, right=right)


def paint_frame(kit: Kit, plot: Plot, formula: Formula, brush: Brush) -> None:
    """The axes of the field, and the objective above it."""
    paint_axes(kit, plot, brush)
    paint_formula(kit, formula, brush)
