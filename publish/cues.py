"""Captions of a film: the rows below ``@film``, with the numbers of the run filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from mdit_py_cjk_friendly import is_cjk  # type: ignore[import-untyped]

from engine import Trajectory
from engine.errors import UserError, nearest
from publish.tags import Row, Tag
from scenes import Cue

ROW = re.compile(r"(\d+)\s*[:：]\s*(.*)$")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
INNER = re.compile(r"\s*(\w+)\s*(?:\[\s*([-−]?\d+)\s*\])?\s*(?::([^:]*))?$")
FORMAT = re.compile(r"[+]?\d{0,2}(\.\d{1,2})?[defg%]?$")


def read_cues(tag: Tag, trajectory: Trajectory, path: Path) -> tuple[Cue, ...]:
    """The captions below a film's tag, in step order.

    Raises:
        UserError: a row is not ``STEP: text``, steps do not rise, a step lies outside the run or
            a placeholder names something the run does not have; with file and line.
    """
    values = numbers(trajectory)
    last = len(trajectory.points) - 1
    cues: list[Cue] = []
    for row, step, words in joined(tag.rows, path):
        place = f"{path}, line {row.line}"
        if step > last:
            raise UserError(f"{place}: a caption at step {step}, but the run ends at step {last}")
        if cues and step <= cues[-1].at:
            raise UserError(
                f"{place}: a caption at step {step} cannot follow one at step {cues[-1].at}"
            )
        cues.append(Cue(step, filled(words, values, place)))
    return tuple(cues)


def joined(rows: Sequence[Row], path: Path) -> list[tuple[Row, int, str]]:
    """Rows that begin with a step, each with the rows that continue it."""
    result: list[tuple[Row, int, str]] = []
    for row in rows:
        match = ROW.match(row.text)
        if match:
            result.append((row, int(match[1]), match[2]))
        elif result:
            first, step, words = result[-1]
            gap = "" if words and is_cjk(words[-1]) and is_cjk(row.text[0]) else " "
            result[-1] = (first, step, f"{words}{gap}{row.text}")
        else:
            raise UserError(
                f"{path}, line {row.line}: expected a caption such as '0: The first words', "
                f"found '{row.text}'"
            )
    for row, _, words in result:
        if not words.strip():
            raise UserError(f"{path}, line {row.line}: the caption has no words")
    return result


def numbers(trajectory: Trajectory) -> dict[str, float | Mapping[int, float]]:
    """What a placeholder can name: one number, or one number for each step.

    ``loss`` and ``x1``, ``x2`` count from the start, step 0. Gradients, terms and effective steps
    belong to the step that they make: ``g1[1]`` is the gradient at the start.
    """
    values: dict[str, float | Mapping[int, float]] = {
        name: float(value) for name, value in trajectory.hyper.items()
    }
    values["steps"] = len(trajectory.gradients)
    made = {**trajectory.terms, "g": trajectory.gradients, "effective": trajectory.effective}
    for name, array in made.items():
        for column in (0, 1):
            values[f"{name}{column + 1}"] = indexed(array[:, column], 1)
    for column in (0, 1):
        values[f"x{column + 1}"] = indexed(trajectory.points[:, column], 0)
    values["loss"] = indexed(trajectory.losses, 0)
    return values


def indexed(column: np.ndarray, first: int) -> dict[int, float]:
    """The column by step, and by -1 for its last entry."""
    by_step = {index + first: float(value) for index, value in enumerate(column)}
    if by_step:
        by_step[-1] = float(column[-1])
    return by_step


def filled(words: str, values: Mapping[str, float | Mapping[int, float]], place: str) -> str:
    """The words with every ``{name[step]:format}`` replaced; numbers get true minus signs."""

    def fill(match: re.Match[str]) -> str:
        inner = INNER.match(match[1])
        if not inner:
            raise UserError(
                f"{place}: '{match[0]}' is not a placeholder such as {{loss[1]:.3f}} or {{lr}}"
            )
        value = looked_up(inner[1], inner[2], values, place)
        form = inner[3] or ""
        if not FORMAT.match(form):
            raise UserError(f"{place}: '{form}' is not a number format such as .3f in '{match[0]}'")
        whole = form.endswith("d")
        text = format(round(value), form) if whole else format(value, form or ".6g")
        return text.replace("-", "−")

    return PLACEHOLDER.sub(fill, words)


def looked_up(
    name: str,
    index: str | None,
    values: Mapping[str, float | Mapping[int, float]],
    place: str,
) -> float:
    """The number that a placeholder names."""
    if name not in values:
        raise UserError(
            f"{place}: the run has no '{name}'{nearest(name, values)}; it has {', '.join(values)}"
        )
    value = values[name]
    if isinstance(value, Mapping):
        if index is None:
            raise UserError(f"{place}: '{name}' needs a step, as in {{{name}[1]}}")
        step = int(index.replace("−", "-"))
        if step not in value:
            low, high = min(key for key in value if key >= 0), max(value)
            raise UserError(f"{place}: '{name}' has steps {low} to {high}, found {step}")
        return value[step]
    if index is not None:
        raise UserError(f"{place}: '{name}' is one number for the whole run; write {{{name}}}")
    return value
