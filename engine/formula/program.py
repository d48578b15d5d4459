"""The lines of an update rule: who may be read, who must be assigned, and at which time."""

from __future__ import annotations

import re
from collections.abc import Collection

from engine.formula.errors import FormulaError, Source
from engine.formula.hints import reserved
from engine.formula.nodes import Assignment, Name, Program
from engine.formula.parse import read
from engine.formula.vocabulary import CONSTANTS, FUNCTIONS, GRADIENT

MAX_LINES = 32

_MEANINGS = {
    "x": "the point",
    "g": "the gradient",
    "t": "the number of the step",
    "pi": "the constant",
    GRADIENT: "the gradient at another point",
}
_TARGET = re.compile(r"\s*([A-Za-z][A-Za-z0-9_]*)\s*=(?!=)")


def parse_program(
    text: str, *, state: Collection[str], hyper: Collection[str], where: str = "formula"
) -> Program:
    """The program of an update rule, one ``name = formula`` a line, elementwise throughout.

    Besides the names assigned above it, a line may read ``x`` (the point), ``g`` (the gradient
    at the step's start), ``t`` (the step number from 1), the state and the hyper-parameters.
    The order of the lines gives each name its time: ``x`` and the state are of step t - 1 until
    their line and of step t after it.

    Args:
        text: The lines; blank ones are skipped.
        state: The names kept from step to step; each is assigned exactly once, and so is ``x``.
        hyper: The names of the hyper-parameters.
        where: What an error calls the place.

    Raises:
        FormulaError: If a line is outside the language or breaks these rules.
    """
    _check_declared(state, hyper, where)
    sources = [Source(where, t, n) for n, t in enumerate(text.splitlines(), 1) if t.strip()]
    if len(sources) > MAX_LINES:
        raise sources[MAX_LINES].error(f"an update rule has at most {MAX_LINES} lines", 0)
    targets = [_target(source) for source in sources]
    times: dict[str, int | None] = {"x": -1, "g": 0, "t": None}
    times |= dict.fromkeys(state, -1) | dict.fromkeys(hyper)
    fixed = {"g", "t", *hyper, *CONSTANTS, GRADIENT}
    lines: list[Assignment] = []
    for number, (source, (target, start)) in enumerate(zip(sources, targets, strict=True)):
        column = source.text.index(target)
        if told := _taken_name(target):
            raise source.error(told, column)
        if target in fixed:
            raise source.error(f"{target!r} is given and cannot be assigned", column)
        if target in (line.target.id for line in lines):
            raise source.error(f"{target!r} is already assigned above", column)
        later = {name for name, _ in targets[number:]}
        value = read(source, start, times, later=later, gradient=True)
        times[target] = 0
        lines.append(Assignment(Name(target, 0), value, source.text.strip()))
    _check_complete(lines, state, where)
    return Program(tuple(lines))


def _target(source: Source) -> tuple[str, int]:
    """The assigned name, and the column where its formula begins."""
    match = _TARGET.match(source.text)
    if match is None:
        column = len(source.text) - len(source.text.lstrip())
        raise source.error("a line of the form 'name = formula' was expected", column)
    return match[1], match.end()


def _taken_name(name: str) -> str:
    """Why no rule can give a name to something; "" where it can."""
    if name in FUNCTIONS:
        return f"{name!r} is a function of the formula language; choose another name"
    return reserved(name)


def _check_declared(state: Collection[str], hyper: Collection[str], where: str) -> None:
    given = {"x", "g", "t", *CONSTANTS, GRADIENT}
    for name in [*state, *hyper]:
        if not re.fullmatch("[A-Za-z][A-Za-z0-9_]*", name):
            plain = re.sub(r"^[\d_]+|_+$", "", re.sub("[^A-Za-z0-9]+", "_", name))
            hint = f", as in {plain}" if plain and not _taken_name(plain) else ""
            raise FormulaError(f"{where}: {name!r} is not a name: use letters, digits and _{hint}")
        if told := _taken_name(name):
            raise FormulaError(f"{where}: {told}")
        if name in given:
            meaning = _MEANINGS.get(name, "another name of this rule")
            raise FormulaError(
                f"{where}: {name!r} already has a meaning, {meaning}; choose another name"
            )
        given.add(name)


def _check_complete(lines: list[Assignment], state: Collection[str], where: str) -> None:
    assigned = {line.target.id for line in lines}
    for name in ["x", *state]:
        if name not in assigned:
            raise FormulaError(f"{where}: no line assigns {name!r}; write '{name} = ...'")
