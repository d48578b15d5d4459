"""Formulas as JavaScript, with the operations and the order of operations of NumPy."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import reduce

from engine.formula.evaluate import constant_value, product_count
from engine.formula.infix import Dialect, infix
from engine.formula.nodes import Binary, Call, Expression, Name, Number, Program, Unary
from engine.formula.vocabulary import CONSTANTS, FUNCTIONS, GRADIENT

Nested = float | str | list["Nested"]
"""A formula as JSON."""


def javascript(expression: Expression) -> str:
    """A JavaScript expression of the formula, on numbers, with its names as they are."""
    return infix(expression, _dialect(lambda name: name.id))


def javascript_step(program: Program, state: Collection[str]) -> str:
    """The text of a JavaScript function that makes one step of an update rule.

    The function is ``(x, state, g, t, hyper, grad) => ({x, state, terms})``: ``x`` and ``g``
    are pairs of numbers, ``state`` maps a name to a pair, ``hyper`` a name to a number, ``grad``
    a pair to a pair. ``terms`` of the answer has the pair of every assigned name, ``x`` included.
    """
    dialect = _dialect(_speller(program, state, {"g": "g[i]"}))
    lines = [
        f"  terms.{line.target.id} = both((i) => {infix(line.value, dialect)});"
        for line in program.lines
    ]
    kept = ", ".join(f"{name}: terms.{name}" for name in state)
    kept = f"{{ {kept} }}" if kept else "{}"
    return "\n".join(
        [
            "(x, state, g, t, hyper, grad) => {",
            "  const both = (value) => [value(0), value(1)];",
            "  const terms = {};",
            *lines,
            f"  return {{ x: terms.x, state: {kept}, terms }};",
            "}",
        ]
    )


def nested(expression: Expression) -> Nested:
    """The formula as nested lists for JSON: ``["+", ["**", "x1", 2], ["neg", "x2"]]``.

    Constants are numbers, so that a fixed power has a number for its exponent.
    """
    value = constant_value(expression)
    if value is not None and math.isfinite(value):
        return value
    match expression:
        case Unary(operand):
            return ["neg", nested(operand)]
        case Binary(operator, left, right):
            return [operator, nested(left), nested(right)]
        case Call(function, arguments):
            return [function, *map(nested, arguments)]
        case Name(name):
            return name
        case Number(value):
            return value


def javascript_gradients(
    program: Program, state: Collection[str], points: Mapping[str, Expression]
) -> str:
    """The text of a JavaScript function that tells which gradients a step took.

    The function is ``(x, state, t, hyper, terms, grad) => ({name: {point, value}, ...})``, with
    ``terms`` as `javascript_step` answers them; ``points`` say by name, in order, where a gradient
    is taken, and may read those before.
    """
    known = {name: f"taken.{name}.value[i]" for name in points}
    dialect = _dialect(_speller(program, state, known))
    lines = [
        f"  take({json.dumps(name)}, both((i) => {infix(point, dialect)}));"
        for name, point in points.items()
    ]
    return "\n".join(
        [
            "(x, state, t, hyper, terms, grad) => {",
            "  const both = (value) => [value(0), value(1)];",
            "  const taken = {};",
            "  const take = (name, point) => { taken[name] = { point, value: grad(point) }; };",
            *lines,
            "  return taken;",
            "}",
        ]
    )


def _speller(
    program: Program, state: Collection[str], known: Mapping[str, str]
) -> Callable[[Name], str]:
    """How names of an update rule are spelled inside the functions of a step."""
    assigned = {line.target.id for line in program.lines}

    def spell(name: Name) -> str:
        if name.id in assigned and name.time == 0:
            return f"terms.{name.id}[i]"
        if name.id in state:
            return f"state.{name.id}[i]"
        if name.id == "x":
            return "x[i]"
        if name.id in known and name.time == 0:
            return known[name.id]
        return "t" if name.id == "t" else f"hyper.{name.id}"

    return spell


def _dialect(spell: Callable[[Name], str]) -> Dialect:
    def name(node: Name) -> str:
        return f"Math.{node.id.upper()}" if node.id in CONSTANTS else spell(node)

    return Dialect(name, _call, _power)


def _call(call: Call, arguments: Sequence[str]) -> str:
    if call.function == GRADIENT:
        return f"grad(both((i) => {arguments[0]}))[i]"
    return f"{FUNCTIONS[call.function].javascript}({', '.join(arguments)})"


def _power(node: Binary, write: Callable[[Expression], str]) -> Expression | str:
    """A small integer power as a product of one value; any other as ``Math.pow``."""
    count = product_count(node)
    if count is None:
        return f"Math.pow({write(node.left)}, {write(node.right)})"
    if isinstance(node.left, Name | Number):
        factors: list[Expression] = [node.left] * count
        return reduce(lambda left, right: Binary("*", left, right), factors)
    return f"((a) => {' * '.join('a' * count)})({write(node.left)})"
