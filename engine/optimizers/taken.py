"""The gradients that an update rule takes: where, under which name, and before which line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, count

from engine.formula import Assignment, Expression, Name, Program
from engine.formula.nodes import Binary, Call, Unary
from engine.formula.rewrite import children, names
from engine.formula.vocabulary import GRADIENT

POINT = Name("x", -1)
USUAL = Name("g", 0)

_FURTHER = ("g_tilde", "g_bar", "g_hat")


@dataclass(frozen=True, slots=True)
class Taken:
    """One gradient of a rule.

    Attributes:
        name: ``g``; the term of a line that is nothing but this gradient, such as
            ``h = grad(y)``; or a name that the rule does not have, for one taken inside a line.
        point: Where it is taken; a gradient inside of it goes by its name.
        line: The number, from 0, of the line before which it is worked out, or its own line's.
        own: Whether it has a line of its own.
    """

    name: str
    point: Expression
    line: int
    own: bool

    @property
    def here(self) -> bool:
        """Whether it is taken at the point from which the step goes."""
        return self.point == POINT


@dataclass(frozen=True, slots=True)
class Row:
    """What a step works out next: a gradient, a line of the rule, or a line that is a gradient.

    In ``line`` every gradient but the one that it takes goes by its name.
    """

    line: Assignment
    taken: Taken | None = None

    @property
    def name(self) -> str:
        """The name of what is worked out."""
        return self.line.target.id


def rows_of(program: Program, given: Collection[str]) -> tuple[Row, ...]:
    """All that a step works out, in order: the lines of a rule, each after the gradients it reads.

    Every gradient is taken once. ``g`` is the one at ``x`` that lines read by this name or, where
    none does, one that is taken inside a line: that at ``x``, else the first. Further ones are
    called otherwise than anything in the rule and in ``given``.
    """
    taken = _taken(program, given)
    rows: list[Row] = []
    for number, line in enumerate(program.lines):
        due = [each for each in taken.values() if each.line == number]
        rows += [Row(_line_of(each), each) for each in due if not each.own]
        own = [Row(_line_of(each), each) for each in due if each.own]
        rows += own or [Row(replace(line, value=_named(line.value, taken)))]
    return tuple(rows)


def _taken(program: Program, given: Collection[str]) -> dict[Expression, Taken]:
    """The gradients in the order in which they are worked out, by their points as written."""
    found = _found(program)
    used = {*given, *(line.target.id for line in program.lines)}
    free = _free("" if POINT in found and not found[POINT].own else USUAL.id, used)
    made: dict[Expression, Taken] = {}
    for point, taken in sorted(found.items(), key=lambda item: (item[1].line, not item[1].here)):
        name = taken.name or (USUAL.id if taken.here else next(free))
        made[point] = replace(taken, name=name, point=_named(point, made))
    return made


def _found(program: Program) -> dict[Expression, Taken]:
    """The gradients by the points at which they are taken; those inside a line have no name yet."""
    found: dict[Expression, Taken] = {}
    if any(USUAL in names(line.value) for line in program.lines):
        found[POINT] = Taken(USUAL.id, POINT, 0, own=False)
    for number, line in enumerate(program.lines):
        for call in _calls(line.value):
            own, (point,) = call == line.value and line.target.id != "x", call.arguments
            first = 0 if point == POINT and not own else number
            found.setdefault(point, Taken(line.target.id if own else "", point, first, own))
    return found


def _free(usual: str, used: Collection[str]) -> Iterator[str]:
    """Names for gradients that have none."""
    letters = (f"g_{chr(ord('a') + number % 26) * (1 + number // 26)}" for number in count())
    return (name for name in chain((usual,), _FURTHER, letters) if name and name not in used)


def _line_of(taken: Taken) -> Assignment:
    """A gradient as a line."""
    return Assignment(Name(taken.name, 0), Call(GRADIENT, (taken.point,)), "")


def _calls(node: Expression) -> Iterator[Call]:
    """The gradients taken in a formula, inner ones first."""
    for child in children(node):
        yield from _calls(child)
    if isinstance(node, Call) and node.function == GRADIENT:
        yield node


def _named(node: Expression, known: Mapping[Expression, Taken]) -> Expression:
    """The formula with each known gradient by its name."""
    match node:
        case Call(function, arguments):
            if function == GRADIENT and arguments[0] in known:
                return Name(known[arguments[0]].name, 0)
            return Call(function, tuple(_named(each, known) for each in arguments))
        case Unary(operand):
            return Unary(_named(operand, known))
        case Binary(operator, left, right):
            return Binary(operator, _named(left, known), _named(right, known))
    return node
