"""Optimizers that a course declares in TOML.

A table has the keys of `Optimizer`::

    name = "signum"
    title = "Signum"
    formula = '''
    b = beta * b + (1 - beta) * g
    d = sign(b)
    x = x - lr * d
    '''
    direction = "d"
    state = { b = 0.0 }  # a number, or "x" for the start point
    roles = { b = "first" }
    hyper.lr = { default = 0.1, low = 0, high = 1, step = 0.01, doc = "learning rate" }
    hyper.beta = { default = 0.9, low = 0, high = 0.99, step = 0.01, below = 1 }
    reference = { authors = "Bernstein and others", year = 2018, title = "signSGD", url = "…" }
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Literal

from engine.errors import Mistakes
from engine.optimizers.declaration import STARTS, Hyper, Optimizer, Reference, State
from engine.reading import Table


def read_optimizer(values: Mapping[str, Any], where: str) -> Optimizer:
    """The optimizer that a table declares; UserError tells the places of its mistakes."""
    table, mistakes = Table(values, where), Mistakes()
    name = mistakes.of(table.name, "name") or ""
    title = mistakes.of(table.text, "title", name) or name
    formula = mistakes.of(table.text, "formula") or ""
    hyper = mistakes.of(_hypers, table, mistakes) or ()
    state = mistakes.of(_states, table, mistakes) or ()
    roles = mistakes.of(_roles, table) or ()
    direction = mistakes.of(table.text, "direction", "g") or "g"
    reference = mistakes.of(_reference, table)
    summary = mistakes.of(table.text, "summary", "") or ""
    mistakes.of(table.close)
    mistakes.close()
    declared = Optimizer(name, title, formula, hyper, state, roles, direction, reference, summary)
    if "direction" in table.names():
        declared.require_multiple()
    return declared


def _hypers(table: Table, mistakes: Mistakes) -> tuple[Hyper, ...]:
    """The sound settings; mistakes are gathered."""
    found = [mistakes.of(_hyper, key, entry) for key, entry in table.tables("hyper")]
    return tuple(hyper for hyper in found if hyper is not None)


def _states(table: Table, mistakes: Mistakes) -> tuple[State, ...]:
    """The sound states; mistakes are gathered."""
    entries = table.table("state")
    found = [mistakes.of(_state, key, entries) for key in entries.names()]
    return tuple(state for state in found if state is not None)


def _roles(table: Table) -> tuple[tuple[str, str], ...]:
    roles = table.table("roles")
    return tuple((key, roles.text(key)) for key in roles.names())


def _state(name: str, table: Table) -> State:
    if table.raw(name) == "x":
        return State(name, "x")
    return State(name, table.number(name, expected=STARTS))


def _hyper(name: str, table: Table) -> Hyper:
    scale = _scale(table)
    hyper = Hyper(
        name=name,
        default=table.number("default"),
        low=table.number("low") if scale == "linear" else table.positive("low"),
        high=table.number("high"),
        step=table.positive("step"),
        doc=table.text("doc", ""),
        scale=scale,
        below=_below(table),
    )
    table.close()
    if hyper.low >= hyper.high:
        raise table.error(f"low ({hyper.low:g}) must be below high ({hyper.high:g})", "low")
    return hyper


def _below(table: Table) -> float:
    if "below" in table.names():
        return table.number("below")
    table.raw("below", None)
    return math.inf


def _scale(table: Table) -> Literal["linear", "log"]:
    match table.text("scale", "linear"):
        case "linear":
            return "linear"
        case "log":
            return "log"
        case other:
            raise table.error(f"scale: expected 'linear' or 'log', found {other!r}", "scale")


def _reference(table: Table) -> Reference | None:
    if "reference" not in table.names():
        table.raw("reference", None)
        return None
    entry = table.table("reference")
    reference = Reference(
        authors=entry.text("authors"),
        year=int(entry.number("year")),
        title=entry.text("title"),
        url=entry.text("url"),
    )
    entry.close()
    return reference
