"""The functions of the vocabulary in terms of one another, as trees."""

from __future__ import annotations

from functools import cache

from engine.formula.nodes import Expression
from engine.formula.parse import parse_expression
from engine.formula.vocabulary import FUNCTIONS, SLOTS


@cache
def meaning_of(function: str) -> Expression:
    """The formula in ``a`` and ``b`` that a row of the vocabulary gives as its meaning."""
    row = FUNCTIONS[function]
    return parse_expression(row.meaning, SLOTS[: row.arity])
