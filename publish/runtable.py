"""The first and last steps of a run, as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from engine import Trajectory
from publish.formulas import coordinate_mathml
from publish.numbers import in_sentence, readable
from publish.words import PLAYGROUND_WORDS
from publish.words_page import WORDS

FIRST, LAST = 6, 4


@dataclass(frozen=True)
class Column:
    """The heading of two coordinates, with the role whose color it has."""

    first: str
    second: str
    role: str


@dataclass(frozen=True)
class RunTable:
    """Cells as text; ``skipped`` steps are left out between ``head`` and ``tail``."""

    columns: tuple[Column, ...]
    head: tuple[tuple[str, ...], ...]
    tail: tuple[tuple[str, ...], ...]
    skipped: int


def run_table(trajectory: Trajectory) -> RunTable:
    """The run's points, losses, gradients and effective steps.

    A row tells the point that a step reached; gradient and effective step are those that led
    there, so the start has none.
    """
    last = len(trajectory.points) - 1
    rows = [row(trajectory, step) for step in range(last + 1)]
    columns = (
        Column(coordinate_mathml("x", 1), coordinate_mathml("x", 2), "point"),
        Column(coordinate_mathml("g", 1), coordinate_mathml("g", 2), "gradient"),
    )
    if len(rows) <= FIRST + LAST + 1:
        return RunTable(columns, tuple(rows), (), 0)
    return RunTable(columns, tuple(rows[:FIRST]), tuple(rows[-LAST:]), len(rows) - FIRST - LAST)


def outcome_sentence(trajectory: Trajectory, language: str) -> Markup:
    """How the run ended, in the sentence and the numbers that its playground would show."""
    first, second = (in_sentence(float(value)) for value in trajectory.points[-1])
    template = PLAYGROUND_WORDS[language][f"outcome.{trajectory.outcome.name.lower()}"]
    return escape(template).format(
        step=trajectory.stopped or trajectory.steps,
        first=in_sentence(float(trajectory.losses[0])),
        last=in_sentence(float(trajectory.losses[-1])),
        point=Markup("({}, {})").format(first, second),
    )


def ending(trajectory: Trajectory, language: str) -> str:
    """How a run ended, in few words."""
    template = WORDS[language][f"ended_{trajectory.outcome.name.lower()}"]
    return template.format(step=trajectory.stopped or trajectory.steps)


def row(trajectory: Trajectory, step: int) -> tuple[str, ...]:
    """Step, point, loss, gradient and effective step as text."""
    made: list[float | None] = [None] * 4
    if step:
        made = [*trajectory.gradients[step - 1], *trajectory.effective[step - 1]]
    values = [*trajectory.points[step], trajectory.losses[step], *made]
    return (str(step), *(readable(None if value is None else float(value)) for value in values))
