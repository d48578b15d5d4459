"""The script of the pages: the rules printed from the formulas, then the playground's modules."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

from engine import Objective, Optimizer
from engine.evaluation import signed
from engine.formula import (
    FUNCTIONS,
    Call,
    Expression,
    javascript,
    javascript_gradients,
    javascript_step,
    nested,
)
from engine.formula.definitions import definition
from engine.formula.limits import has_log, has_root
from engine.scale import scale_of

PLAYGROUND = Path(__file__).parent.parent / "templates" / "assets" / "playground"
"""The modules of the playground; they are joined in the order of their names."""


def rules(optimizers: Mapping[str, Optimizer], objectives: Mapping[str, Objective]) -> str:
    """The text of ``const RULES = …``: what a browser needs to compute every descent.

    ``RULES.optimizers[name]`` has ``state`` (name to its first number, or ``"x"`` for the start),
    ``hyper`` (name to number), ``step`` and ``taken``, see `engine.formula.javascript_step` and
    `engine.formula.javascript_gradients`;
    ``RULES.objectives[name]`` has ``value(x1, x2)``, ``gradient(x1, x2)``,
    ``subgradient(x1, x2)``, the usual ``start``, the known ``minima``, and the ``scale`` by which
    the ends of runs are judged, see `engine.scale.Scale`; ``RULES.functions[name]`` defines a
    function by others, as nested lists, unless the script knows it by itself.
    """
    lines = ["const RULES = {", "functions: {", *_functions(), "},", "optimizers: {"]
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


def _functions() -> Iterator[str]:
    for name, row in FUNCTIONS.items():
        tree = definition(name)
        if not (isinstance(tree, Call) and tree.function == name):
            yield f"{name}: {{ plain: {row.javascript}, definition: {json.dumps(nested(tree))} }},"


def _objective(field: Objective) -> str:
    evaluation = field.evaluation
    formula, partials = evaluation.expression, evaluation.partials
    first, second = map(javascript, partials)
    jumps = ", ".join(
        " || ".join(f"({javascript(part)}) === 0" for part in signed(partial)) or "false"
        for partial in partials
    )
    trees = f"{{ value: {_tree(formula)}, partials: [{', '.join(map(_tree, partials))}] }}"
    return (
        f"completedField({{ start: {json.dumps(field.start)}, minima: {json.dumps(field.minima)}, "
        f"scale: {json.dumps(asdict(scale_of(field)))}, "
        f"value: (x1, x2) => {javascript(formula)}, gradient: (x1, x2) => [{first}, {second}], "
        f"jumps: (x1, x2) => [{jumps}], trees: {trees} }})"
    )


def _tree(formula: Expression) -> str:
    facts = {"roots": has_root(formula), "logs": has_log(formula)}
    return json.dumps({"tree": nested(formula), **facts}, separators=(",", ":"))


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
