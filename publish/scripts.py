"""The script of the pages: the rules printed from the formulas, then the playground's modules."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from engine import Objective, Optimizer
from engine.formula import javascript, javascript_gradients, javascript_step

PLAYGROUND = Path(__file__).parent.parent / "templates" / "assets" / "playground"
"""The modules of the playground; they are joined in the order of their names."""


def rules(optimizers: Mapping[str, Optimizer], objectives: Mapping[str, Objective]) -> str:
    """The text of ``const RULES = …``: what a browser needs to compute every descent.

    ``RULES.optimizers[name]`` has ``state`` and ``hyper`` (name to number), ``step`` and ``taken``,
    see `engine.formula.javascript_step` and `javascript_gradients`; ``RULES.objectives[name]`` has
    ``value(x1, x2)``, ``gradient(x1, x2)`` and the usual ``start``.
    """
    lines = ["const RULES = {", "optimizers: {"]
    lines += [f"{json.dumps(name)}: {_optimizer(rule)}," for name, rule in optimizers.items()]
    lines += ["},", "objectives: {"]
    lines += [f"{json.dumps(name)}: {_objective(field)}," for name, field in objectives.items()]
    return "\n".join([*lines, "},", "};", ""])


def _optimizer(rule: Optimizer) -> str:
    state = {entry.name: entry.initial for entry in rule.state}
    step = javascript_step(rule.program, tuple(state))
    points = {taken.name: taken.point for taken in rule.taken}
    taken = javascript_gradients(rule.program, tuple(state), points)
    return (
        f"{{ state: {json.dumps(state)}, hyper: {json.dumps(rule.defaults)}, step: {step}, "
        f"taken: {taken} }}"
    )


def _objective(field: Objective) -> str:
    first, second = (javascript(partial) for partial in field.partials)
    return (
        f"{{ start: {json.dumps(field.start)}, value: (x1, x2) => {javascript(field.expression)}, "
        f"gradient: (x1, x2) => [{first}, {second}] }}"
    )


def modules(folder: Path = PLAYGROUND) -> tuple[str, ...]:
    """The texts of the playground's modules in the order in which they must stand."""
    return tuple(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.js")))


def script(
    optimizers: Mapping[str, Optimizer],
    objectives: Mapping[str, Objective],
    extra: Iterable[str] = (),
) -> str:
    """One classic script: rules, playground and ``extra`` modules, sharing a scope of their own."""
    parts = [rules(optimizers, objectives), *modules(), *extra]
    return "\n".join(['"use strict";', "(() => {", *parts, "})();", ""])
