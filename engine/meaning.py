"""What a line of an update rule works out, read from its formula and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.formula.nodes import Assignment, Binary, Call, Expression, Name, Number, Unary
from engine.formula.rewrite import names
from engine.optimizers.declaration import Optimizer

What = Literal["first", "second", "memory", "step"]

POINT = Name("x", -1)
GRADIENT = Name("g", 0)


@dataclass(frozen=True)
class Meaning:
    """What a term is: gathered gradients (``first``), squared gradients (``second``), squared
    steps (``memory``) or the ``step`` to take; ``corrected`` where it is one of these divided by
    settings and the step's number.
    """

    what: What
    corrected: bool = False


def meaning(optimizer: Optimizer, term: str) -> Meaning | None:
    """What ``term`` is, None where its line has none of the forms that have a name.

    Gathered is what a line keeps by a factor of settings and adds to by another:
    ``b = momentum * b + g``. The step's term is what settings alone multiply in the update of x.
    """
    lines = {line.target.id: line for line in optimizer.program.lines}
    line = lines.get(term)
    if line is None or term == "x":
        return None
    step = _step_term(lines["x"])
    gathered = _gathered(line, step)
    if gathered is not None:
        return Meaning(gathered)
    source = _corrected(line)
    kept = _gathered(lines[source], step) if source in lines else None
    if kept is not None:
        return Meaning(kept, corrected=True)
    return Meaning("step") if step == Name(term, 0) else None


def _step_term(update: Assignment) -> Name | None:
    """The term d of ``x = x - setting * d``."""
    terms = _terms(update.value)
    if len(terms) != 2 or (1, POINT) not in terms:
        return None
    match list(_factors(terms[1 - terms.index((1, POINT))][1]).items()):
        case [(Name(_, 0) as term, 1)]:
            return term
    return None


def _gathered(line: Assignment, step: Name | None) -> What | None:
    """What ``term = setting * term + setting * X`` gathers."""
    terms = _terms(line.value)
    parts = [_factors(part) for sign, part in terms if sign > 0]
    own: dict[Expression, int] = {Name(line.target.id, -1): 1}
    if len(terms) != 2 or len(parts) != 2 or own not in parts:
        return None
    added = parts[1 - parts.index(own)]
    if added == {GRADIENT: 1}:
        return "first"
    if added == {GRADIENT: 2}:
        return "second"
    return "memory" if step is not None and added == {step: 2} else None


def _corrected(line: Assignment) -> str:
    """The term of ``line = term / (settings and t)``, "" where it has another form."""
    match line.value:
        case Binary("/", Name(source, 0), divisor) if _is_setting(divisor):
            return source if Name("t") in names(divisor) else ""
    return ""


def _terms(node: Expression, sign: int = 1) -> list[tuple[int, Expression]]:
    """The terms of a sum with their signs."""
    match node:
        case Binary("+" | "-" as operator, left, right):
            return [*_terms(left, sign), *_terms(right, sign if operator == "+" else -sign)]
        case Unary(operand):
            return _terms(operand, -sign)
    return [(sign, node)]


def _factors(node: Expression) -> dict[Expression, int]:
    """The factors of a product, other than settings, with their powers."""
    counted: Counter[Expression] = Counter()
    for factor, power in _walked(node, 1):
        if not _is_setting(factor):
            counted[factor] += power
    return dict(counted)


def _walked(node: Expression, power: int) -> Iterator[tuple[Expression, int]]:
    """Every factor of a product with its power; a divisor's is negative."""
    match node:
        case Binary("*", left, right):
            yield from _walked(left, power)
            yield from _walked(right, power)
        case Binary("/", left, right):
            yield from _walked(left, power)
            yield from _walked(right, -power)
        case Binary("**", base, Number(value)) if value == 2:
            yield from _walked(base, 2 * power)
        case _:
            yield node, power


def _is_setting(node: Expression) -> bool:
    """Whether a formula reads nothing but settings and the step's number."""
    calls = isinstance(node, Call) and node.function == "grad"
    return not calls and all(name.time is None for name in names(node))
