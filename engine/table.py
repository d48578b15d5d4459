"""A trajectory as rows and as CSV."""

from __future__ import annotations

import csv
import io
import math

import numpy as np

from engine.trajectory import Trajectory

Row = tuple[str | int | float | None, ...]


def table(trajectory: Trajectory) -> list[Row]:
    """The header, then one row a point: step, x1, x2, loss, and what led there.

    That are the two coordinates of each gradient which the step used (``g1, g2``), in lines or as
    a line, of each other term it assigned (``s1, s2``), and its effective step (``effective1,
    effective2``) or, where the rule has none, the step divided by the gradient (``step_over_g1,
    step_over_g2``), None where that is 0; the start has none of them, so None. For one run, not for
    a batch.
    """
    last = "effective" if trajectory.optimizer.multiple else "step_over_g"
    taken = {name: each.values for name, each in trajectory.taken.items()}
    used = {**taken, **trajectory.terms, last: trajectory.effective}
    del used["x"]
    header = ("step", "x1", "x2", "loss", *(f"{name}{axis}" for name in used for axis in (1, 2)))
    numbers = np.concatenate(list(used.values()), axis=1).tolist()
    known = [[None if math.isnan(number) else number for number in row] for row in numbers]
    led = [[None] * (2 * len(used)), *known]
    points, losses = trajectory.points.tolist(), trajectory.losses.tolist()
    rows = zip(points, losses, led, strict=True)
    return [
        header,
        *((step, *point, loss, *values) for step, (point, loss, values) in enumerate(rows)),
    ]


def to_csv(trajectory: Trajectory) -> str:
    """The table as CSV, each number with all its digits; empty where a row has no number."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(table(trajectory))
    return text.getvalue()
