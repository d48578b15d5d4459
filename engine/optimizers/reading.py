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

from engine.errors import UserError
from engine.optimizers.declaration import STARTS, Hyper, Optimizer, Reference, State
from engine.reading import Table


def read_optimizer(values: Mapping[str, Any], where: str) -> Optimizer:
    """The optimizer that a table declares; UserError tells the place of a mistake."""
    table = Table(values, where)
    name = table.name("name")
    state, roles = table.table("state"), table.table("roles")
    declared = Optimizer(
        name=name,
        title=table.text("title", name),
        formula=table.text("formula"),
        hyper=tuple(_hyper(key, entry) for key, entry in table.tables("hyper")),
        state=tuple(_state(key, state) for key in state.names()),
        roles=tuple((key, roles.text(key)) for key in roles.names()),
        direction=table.text("direction", "g"),
        reference=_reference(table),
        summary=table.text("summary", ""),
    )
    if "direction" in table.names():
        declared.require_multiple()
    table.close()
    return declared


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
        raise UserError(f"{table.where}: low ({hyper.low:g}) must be below high ({hyper.high:g})")
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
            raise UserError(f"{table.where}: scale: expected 'linear' or 'log', found {other!r}")


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
