"""What the tags of a lesson place on its page, as values for the templates."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from engine import objective, optimizer
from engine.listing import listing
from publish.course import Course
from publish.formulas import field_mathml, setting_mathml
from publish.highlight import highlighted
from publish.lesson import Lesson, RunEntry
from publish.runtable import outcome_sentence, run_table
from publish.tags import Tag


@dataclass(frozen=True)
class Block:
    """One placed tag: the optimizer's title and whatever else its template shows."""

    tag: Tag
    title: str
    values: dict[str, Any] = field(default_factory=dict)


def lesson_blocks(course: Course, lesson: Lesson, language: str) -> dict[tuple[str, str], Block]:
    """The blocks of a lesson text by tag name and target."""
    return {
        (tag.name, tag.target): make_block(course, lesson, language, tag)
        for tag in lesson.texts[language].tags
    }


def make_block(course: Course, lesson: Lesson, language: str, tag: Tag) -> Block:
    """The values of one tag."""
    if tag.name == "equations":
        return equations_block(course, tag)
    if tag.name == "playground":
        return playground_block(course, lesson.playground(tag.target), tag)
    entry = lesson.film(tag.target)
    title = optimizer(entry.optimizer, catalog=course.catalogs.optimizers).title
    if tag.name == "table":
        return Block(tag, title, run_values(course, entry, language))
    if tag.name == "listing":
        code = program(course, entry)
        return Block(tag, title, {"code": trusted(highlighted(code, "python"))})
    return Block(tag, title)


def trusted(html: str) -> Markup:
    """HTML that this program printed itself and escaped where it came from outside."""
    return Markup(html)  # noqa: S704  see the docstring


def program(course: Course, entry: RunEntry) -> str:
    """The run as a NumPy script."""
    return listing(
        optimizer(entry.optimizer, catalog=course.catalogs.optimizers),
        objective(entry.objective, catalog=course.catalogs.objectives),
        (entry.start[0], entry.start[1]),
        entry.steps,
        entry.hyper,
    )


def equations_block(course: Course, tag: Tag) -> Block:
    """The update of an optimizer, with a legend of the roles that occur in it."""
    item = optimizer(tag.target, catalog=course.catalogs.optimizers)
    roles = [item.role(term) for term in ("g", *item.terms)]
    return Block(
        tag,
        item.title,
        {
            "equations": [trusted(equation.mathml) for equation in item.equations],
            "sources": [equation.source for equation in item.equations],
            "latex": [equation.latex for equation in item.equations],
            "roles": list(dict.fromkeys(role for role in roles if role)),
            "reference": item.reference,
        },
    )


def playground_block(course: Course, entry: RunEntry, tag: Tag) -> Block:
    """A playground's place and the run it starts with."""
    config = {
        "optimizer": entry.optimizer,
        "objective": objective(entry.objective, catalog=course.catalogs.objectives).name,
        "start": entry.start,
        "steps": entry.steps,
        "hyper": entry.hyper,
    }
    title = optimizer(entry.optimizer, catalog=course.catalogs.optimizers).title
    return Block(tag, title, {"config": json.dumps(config, ensure_ascii=False)})


def run_values(course: Course, entry: RunEntry, language: str) -> dict[str, Any]:
    """The table of a run, its settings and how it ended."""
    trajectory = course.trajectory(entry)
    return {
        "table": run_table(trajectory),
        "objective": trusted(field_mathml(trajectory.objective)),
        "settings": [
            trusted(setting_mathml(name, float(value))) for name, value in trajectory.hyper.items()
        ],
        "outcome": outcome_sentence(trajectory, language),
    }
