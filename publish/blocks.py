"""What the tags of a lesson place on its page, as values for the templates."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from engine import Optimizer, optimizer
from engine.formula import notation
from engine.formula.breaking import ems
from engine.formula.rewrite import names
from engine.listing import listing
from engine.meaning import meaning
from publish.course import Course
from publish.cues import read_caption
from publish.formulas import field_mathml
from publish.highlight import highlighted
from publish.lesson import Lesson
from publish.protocol import protocol, settings_of, trusted
from publish.references import data_path, data_runs, labels_of, referred, target_of
from publish.runtable import outcome_sentence, run_table
from publish.shots import Direction, NamedShot
from publish.tags import Tag
from publish.words_page import WORDS
from scenes import DescentShot, RaceShot, RunSpec

LONG, LONG_IN_PANE = 40.0, 16.0
"""Formulas wider than so many heights of their letters may be shortened in a film, in a pane."""


@dataclass(frozen=True)
class Block:
    """One placed tag: the optimizer's title and whatever else its template shows."""

    tag: Tag
    title: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DataLink:
    """A data file, from the site's root; the label of the main run is ""."""

    path: str
    label: str


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
            "caption": read_caption(tag, direction.shots, lesson.texts[language].path, language),
            "data": data_links(lesson, tag.target, direction.shots, WORDS[language]["colon"]),
            "protocols": [protocol(race, language) for race in races],
            "kinks": kinks_told(direction.shots, language),
            "formulas": long_formulas(direction.shots),
        },
    )


def long_formulas(shots: Sequence[NamedShot]) -> list[tuple[str, Markup]]:
    """The objectives that a film may not show in whole: their titles, and formulas as MathML."""
    panes = any(isinstance(named.shot, DescentShot) and named.shot.runs[1:] for named in shots)
    objectives = dict.fromkeys(
        run.trajectory.objective for named in shots for run in named.shot.runs
    )
    return [
        ("" if item.name == item.formula else item.title, trusted(field_mathml(item)))
        for item in objectives
        if ems(notation(item.expression)) > (LONG_IN_PANE if panes else LONG)
    ]


def kinks_told(shots: Sequence[NamedShot], language: str) -> str:
    """The sentence that tells which runs of a film met a kink; "" where none did."""
    runs, words = data_runs(shots), WORDS[language]
    met = [item.label for item in runs if item.run.trajectory.kinked]
    if len(met) == len(runs):
        return words["kinked"] if met else ""
    return words["kinked_of"].format(labels=words["comma"].join(dict.fromkeys(met))) if met else ""


def data_links(lesson: Lesson, film: str, shots: Sequence[NamedShot], colon: str) -> list[DataLink]:
    """The data files of a film; runs of several shots that are called alike name their shot."""
    runs = data_runs(shots)
    often = Counter(item.label for item in runs if item.name)
    links = []
    for item in runs:
        whole = f"{item.chapter}{colon}{item.label}" if often[item.label] > 1 else item.label
        path = data_path(lesson.name, film, item.name)
        links.append(DataLink(path, whole if item.name else ""))
    return links


def program(run: RunSpec) -> str:
    """The run as a NumPy script."""
    known = run.trajectory
    start = run.start or known.objective.start
    return listing(known.optimizer, known.objective, start, run.steps, dict(run.hyper))


def equations_block(course: Course, tag: Tag) -> Block:
    """The update of an optimizer, with a legend of the colors that occur in it."""
    item = optimizer(tag.target, catalog=course.catalogs.optimizers)
    return Block(
        tag,
        item.title,
        {
            "equations": [trusted(equation.mathml) for equation in item.equations],
            "sources": [equation.source for equation in item.equations],
            "latex": [equation.latex for equation in item.equations],
            "legend": legend(item),
            "reference": item.reference,
        },
    )


def legend(item: Optimizer) -> dict[str, list[str]]:
    """For each role whose color the equations have, the keys of the words for what has it.

    What a line works out is read from its formula; a role has no entry where no line tells. A
    gradient taken inside a line has no letter there, and so no color.
    """
    shown: dict[str, list[str]] = {}
    read = {name.id for line in item.program.lines for name in names(line.value)}
    for row in item.rows:
        term = row.name
        if term not in item.terms and term not in read:
            continue
        role, means = item.role(term), meaning(item, term)
        known = "gradient" if row.taken else "point" if term == "x" else None
        word = known or (means.what if means else None)
        if role and word and word not in shown.setdefault(role, []):
            shown[role].append(word)
    return shown


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
