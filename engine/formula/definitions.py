"""The functions of the vocabulary in terms of one another, as trees."""

from __future__ import annotations

from functools import cache

from engine.formula.nodes import Expression
from engine.formula.parse import parse_expression
from engine.formula.vocabulary import FUNCTIONS, SLOTS


@cache
def definition(function: str) -> Expression:
    """The formula in ``a`` and ``b`` by which a row of the vocabulary defines its function."""
    row = FUNCTIONS[function]
    return parse_expression(row.definition, SLOTS[: row.arity])
