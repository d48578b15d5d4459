"""What ``thalweg run`` prints: one run as a table, as CSV or as JSON."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine import Trajectory, objective, optimizer, run
from engine.errors import UserError
from engine.table import table, to_csv
from publish.catalog import load_catalogs
from publish.options import COURSE


def run_text(
    optimizer_name: str,
    objective_name: str,
    start: str | None,
    steps: int,
    settings: Sequence[str],
    form: str,
    course: Path,
) -> str:
    """The text of one run in the form asked for, ending with a newline.

    Raises:
        UserError: a name, number or formula is not valid, or there is no such course. Only the
            usual course may be absent.
    """
    if course != COURSE and not (course / "course.toml").is_file():
        raise UserError(f"{course}: no course.toml here; name the folder that holds it (--course)")
    catalogs = load_catalogs(course)
    trajectory = run(
        optimizer(optimizer_name, catalog=catalogs.optimizers),
        objective(objective_name, catalog=catalogs.objectives),
        start=parse_point(start),
        steps=steps,
        **parse_settings(settings),
    )
    return {"table": as_table, "csv": to_csv, "json": as_json}[form](trajectory)


def parse_point(text: str | None) -> tuple[float, float] | None:
    """``"-5,-2"`` as two finite numbers."""
    if text is None:
        return None
    parts = text.strip().strip("()[]").split(",")
    if len(parts) != 2:
        raise UserError(f"--start: expected two numbers such as -5,-2, found '{text}'")
    return parse_number(parts[0], "--start"), parse_number(parts[1], "--start")


def parse_settings(settings: Sequence[str]) -> dict[str, float]:
    """``["lr=0.4"]`` as a dictionary; of a name given twice the last one counts."""
    values = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise UserError(f"--set: expected NAME=VALUE such as lr=0.4, found '{setting}'")
        values[name.strip()] = parse_number(value, f"--set {name.strip()}")
    return values


def parse_number(text: str, where: str) -> float:
    """One finite number."""
    try:
        value = float(text)
    except ValueError:
        comma = re.fullmatch(r"\s*([+-]?\d+),(\d+)\s*", text)
        hint = f"; a decimal number is written with a point: {comma[1]}.{comma[2]}" if comma else ""
        raise UserError(f"{where}: expected a number, found '{text.strip()}'{hint}") from None
    if not math.isfinite(value):
        raise UserError(f"{where}: expected a finite number, found '{text.strip()}'")
    return value


def as_json(trajectory: Trajectory) -> str:
    """One JSON object on one line, floats in full precision."""
    content = {
        "optimizer": trajectory.optimizer.name,
        "objective": trajectory.objective.name,
        "formula": trajectory.objective.formula,
        "hyper": trajectory.hyper,
        "steps": trajectory.steps,
        "outcome": trajectory.outcome.name.lower(),
        "message": trajectory.message,
        "kinks": (np.flatnonzero(trajectory.kinks) + 1).tolist(),
        "points": trajectory.points.tolist(),
        "losses": trajectory.losses.tolist(),
    }
    return json.dumps(content, ensure_ascii=False, allow_nan=False) + "\n"


def as_table(trajectory: Trajectory) -> str:
    """A table for reading: columns of equal width, then the outcome."""
    header, *rows = table(trajectory)
    cells = [[str(name) for name in header]] + [
        ["" if value is None else f"{value:z.6g}" for value in row] for row in rows
    ]
    widths = [max(len(cell) for cell in column) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    return "\n".join([*lines, "", trajectory.message, *trajectory.objective.notes, ""])
