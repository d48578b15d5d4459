"""What the scripts of a page are given: optimizers, objectives and words as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from engine import Hyper, Objective, Optimizer, objective
from publish.course import Course
from publish.formulas import gradient_text, objective_mathml, symbol_mathml
from publish.words import PLAYGROUND_WORDS


def objectives_of(course: Course) -> dict[str, Objective]:
    """The catalog's objectives and every formula that a lesson uses in place of a name."""
    found = dict(course.catalogs.objectives)
    for lesson in course.lessons:
        for name in lesson.objectives:
            item = objective(name, catalog=course.catalogs.objectives)
            found.setdefault(item.name, item)
    return found


def page_data(course: Course, language: str) -> str:
    """The JSON of a page's ``thalweg-data`` element, safe inside ``<script>``."""
    content = {
        "language": language,
        "words": PLAYGROUND_WORDS[language],
        "optimizers": {
            name: optimizer_data(item) for name, item in course.catalogs.optimizers.items()
        },
        "objectives": {name: objective_data(item) for name, item in objectives_of(course).items()},
    }
    text = json.dumps(plain(content), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")


def plain(value: Any) -> Any:
    """Mappings and sequences as JSON knows them."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def slider(hyper: Hyper) -> dict[str, Any]:
    """What a setting's slider needs; the bound of a search is none of it."""
    return {name: value for name, value in asdict(hyper).items() if name != "below"}


def optimizer_data(item: Optimizer) -> dict[str, Any]:
    """An optimizer's sliders, the rows of its steps, and what the gradients in them are called."""
    return {
        "title": item.title,
        "hyper": [
            {**slider(hyper), "symbol_mathml": symbol_mathml(hyper.name)} for hyper in item.hyper
        ],
        "equations": [
            {"target": equation.target, "mathml": equation.mathml}
            for equation in item.row_equations
        ],
        "gradients": {taken.name: gradient_text(taken) for taken in item.taken},
        "roles": {row.name: item.role(row.name) for row in item.rows if item.role(row.name)},
    }


def objective_data(item: Objective) -> dict[str, Any]:
    """An objective's field."""
    return {
        "title": item.title,
        "mathml": objective_mathml(item),
        "view": item.view,
        "start": item.start,
        "minima": item.minima,
    }
