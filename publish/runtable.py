"""The first and last steps of a run, as the pages show them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from engine import Outcome, Trajectory
from publish.formulas import component_mathml
from publish.numbers import against, in_sentence, readable
from publish.words import PLAYGROUND_WORDS
from publish.words_page import WORDS
from scenes.parts.figures import LONG, column
from scenes.words import steps_made

FIRST, LAST = 6, 4


@dataclass(frozen=True)
class Column:
    """A heading: the key of its word, a symbol as MathML, the role whose color it has; or ""."""

    word: str
    symbol: str = ""
    role: str = ""


@dataclass(frozen=True)
class RunTable:
    """Cells as text; ``skipped`` steps are left out between ``head`` and ``tail``."""

    columns: tuple[Column, ...]
    head: tuple[tuple[str, ...], ...]
    tail: tuple[tuple[str, ...], ...]
    skipped: int


def run_table(trajectory: Trajectory) -> RunTable:
    """The run's points, losses, gradients, directions and effective steps.

    A row tells the point that a step reached; all but point and loss belong to the step that led
    there, so the start has none. A rule that follows a gradient has no direction beside it. The
    effective step is told with the direction where more than a multiple of that moves the point,
    and is the step divided by the gradient where it is no multiple of it.
    """
    columns = tuple(columns_of(trajectory))
    numbers = written([row(trajectory, step) for step in range(len(trajectory.points))])
    rows = [(str(step), *texts) for step, texts in enumerate(numbers)]
    if len(rows) <= FIRST + LAST + 1:
        return RunTable(columns, tuple(rows), (), 0)
    return RunTable(columns, tuple(rows[:FIRST]), tuple(rows[-LAST:]), len(rows) - FIRST - LAST)


def columns_of(trajectory: Trajectory) -> Iterator[Column]:
    """The headings behind that of the step."""
    rule = trajectory.optimizer
    yield from coordinates("point", "x", "point")
    yield Column("loss")
    for name in trajectory.taken:
        yield from coordinates("gradient", name, "gradient")
    if rule.direction not in trajectory.taken:
        yield from coordinates("direction", rule.direction, rule.role(rule.direction) or "")
    if rule.multiple is None:
        yield from coordinates("step_over_gradient", "x")
    elif rule.multiple.alone:
        yield from coordinates("effective", "x")
    else:
        yield from coordinates("effective_on", rule.direction)


def coordinates(word: str, name: str, role: str = "") -> Iterator[Column]:
    """The headings of both coordinates of a quantity."""
    for axis in (1, 2):
        # The engine has escaped what it printed.
        yield Column(word, Markup(component_mathml(name, axis)), role)  # noqa: S704


def outcome_sentence(trajectory: Trajectory, language: str) -> Markup:
    """How the run ended, in the sentence and the numbers that its playground would show."""
    first, second = (in_sentence(float(value)) for value in trajectory.points[-1])
    words = PLAYGROUND_WORDS[language]
    key = trajectory.outcome.name.lower()
    if trajectory.outcome is Outcome.FINISHED and trajectory.losses[-1] == trajectory.losses[0]:
        key = "level"
    template = words[f"outcome.{key}"]
    before, last = against(float(trajectory.losses[0]), float(trajectory.losses[-1]))
    if trajectory.kinked:
        template += words["outcome.kinked"]
    return escape(template).format(
        step=trajectory.stopped or trajectory.steps,
        steps=steps_made(trajectory.steps, language),
        first=before,
        last=last,
        point=Markup("({}, {})").format(first, second),
    )


def ending(trajectory: Trajectory, language: str) -> str:
    """How a run ended, in few words."""
    key = trajectory.outcome.name.lower()
    if trajectory.outcome is Outcome.FINISHED and trajectory.losses[-1] == trajectory.losses[0]:
        key = "level"
    return WORDS[language][f"ended_{key}"].format(step=trajectory.stopped or trajectory.steps)


def row(trajectory: Trajectory, step: int) -> tuple[float | None, ...]:
    """The values of a step, in the order of the columns; None before there are any."""
    made = [each.values for each in trajectory.taken.values()]
    if trajectory.optimizer.direction not in trajectory.taken:
        made.append(trajectory.direction)
    made.append(trajectory.effective)
    values = [*trajectory.points[step], trajectory.losses[step]]
    values += [value for array in made for value in (array[step - 1] if step else (None, None))]
    return tuple(None if value is None else float(value) for value in values)


def written(rows: Sequence[tuple[float | None, ...]]) -> list[tuple[str, ...]]:
    """Rows as text; the numbers of a column get as many digits as tell them apart."""
    columns = list(zip(*rows, strict=True))
    known = ([value for value in values if value is not None] for values in columns)
    texts = [column(values, readable, LONG) for values in known]
    return [
        tuple(
            readable(None) if value is None else text(value)
            for text, value in zip(texts, row, strict=True)
        )
        for row in rows
    ]
