"""What the tags of a lesson place on its page, as values for the templates."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from engine import optimizer
from engine.listing import listing
from publish.course import Course
from publish.formulas import field_mathml
from publish.highlight import highlighted
from publish.lesson import Lesson
from publish.protocol import protocol, settings_of, trusted
from publish.references import data_path, data_runs, labels_of, referred, target_of
from publish.runtable import outcome_sentence, run_table
from publish.shots import Direction
from publish.tags import Tag
from publish.words_page import WORDS
from scenes import RaceShot, RunSpec


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
        return playground_block(course, lesson, tag)
    film = lesson.film(target_of(tag.target)[0])
    direction = course.direction(lesson, film, language)
    if tag.name == "film":
        return film_block(lesson, tag, direction, language)
    found = referred(direction.shots, tag.target)
    run, title = found.run, found.label
    if tag.name == "table":
        return Block(tag, title, run_values(run, language))
    return Block(tag, title, {"code": trusted(highlighted(program(run), "python"))})


def film_block(lesson: Lesson, tag: Tag, direction: Direction, language: str) -> Block:
    """What stands beside a film: the protocols of its races, and its data files."""
    races = [named.shot for named in direction.shots if isinstance(named.shot, RaceShot)]
    titles = dict.fromkeys(label for named in direction.shots for label in labels_of(named))
    return Block(
        tag,
        direction.title or WORDS[language]["comma"].join(titles),
        {
            "data": [
                {
                    "path": data_path(lesson.name, tag.target, item.name),
                    "label": item.label if item.name else "",
                }
                for item in data_runs(direction.shots)
            ],
            "protocols": [protocol(race, language) for race in races],
        },
    )


def program(run: RunSpec) -> str:
    """The run as a NumPy script."""
    known = run.trajectory
    start = run.start or known.objective.start
    return listing(known.optimizer, known.objective, start, run.steps, dict(run.hyper))


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


def playground_block(course: Course, lesson: Lesson, tag: Tag) -> Block:
    """A playground's place and the run it starts with."""
    entry = lesson.playground(tag.target)
    run = course.playground_run(lesson, entry)
    known = run.trajectory
    config = {
        "optimizer": known.optimizer.name,
        "objective": known.objective.name,
        "start": run.start,
        "steps": run.steps,
        "hyper": entry.hyper,
    }
    return Block(tag, known.optimizer.title, {"config": json.dumps(config, ensure_ascii=False)})


def run_values(run: RunSpec, language: str) -> dict[str, Any]:
    """The table of a run, its settings and how it ended."""
    trajectory = run.trajectory
    return {
        "table": run_table(trajectory),
        "objective": trusted(field_mathml(trajectory.objective)),
        "settings": settings_of(trajectory),
        "outcome": outcome_sentence(trajectory, language),
    }
