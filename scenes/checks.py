"""What shots ask of the steps and terms that they are given."""

from __future__ import annotations

from collections.abc import Iterable

from engine import Optimizer
from engine.errors import UserError, nearest, shown


def check_steps(name: str, steps: Iterable[int], last: int) -> None:
    """Steps rise and lie from 1 to ``last``. Raises UserError."""
    before = 0
    for step in steps:
        if not before < step <= last:
            raise UserError(f"{name}: step {step} must lie between {before + 1} and {last}")
        before = step


def check_terms(name: str, terms: Iterable[str], rule: Optimizer) -> None:
    """Terms are the gradient's or of the rule's lines. Raises UserError."""
    known = ("g", *rule.terms)
    for term in terms:
        if term not in known:
            raise UserError(
                f"{name}: the rule of {rule.title} has no term '{shown(term)}'"
                f"{nearest(term, known)}; it has {', '.join(known)}"
            )
