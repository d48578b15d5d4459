"""What formulas tend to where plain float64 gives them no value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, reduce
from typing import Literal

import numpy as np
import numpy.typing as npt

from engine.formula.definitions import definition
from engine.formula.evaluate import constant_value
from engine.formula.germ import OUTSIDE, SINGULAR, VAGUE, Germs
from engine.formula.nodes import Binary, Call, Expression
from engine.formula.rewrite import functions_in, names, nodes_in
from engine.formula.wide import Array

Path = tuple[Array, Array, Array]
"""Slopes (P, 2), bends (P, 2) and weights (P,)."""

View = Literal["limit", "slope", "start", "across"]
"""What is looked at: the limit of a sum of germs, that of their slopes, the sum's start (see
`Germ.start`), or that of the sum over the square of h."""

NAMES = ("x1", "x2")

LADDER = ((1, 1), (4, 1), (12, 1), (16, 2), (48, 12))
"""Terms and grid that are tried in turn until a path has its limit; without roots the grid is 1."""

LOG_STEPS = (-(2.0**12), -(2.0**13))
"""Stand-ins for ``log(h)``: what differs between them has no limit."""

AXES = ((1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0))
_DIAGONALS = ((1.0, 1.0), (-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0))
STRAIGHT = tuple((direction, (0.0, 0.0)) for direction in (*AXES, *_DIAGONALS))
CURVED = tuple(
    (direction, (bend * abs(direction[1]), bend * abs(direction[0])))
    for direction in AXES
    for bend in (1.0, -1.0)
)
PATHS = (*STRAIGHT, *CURVED)
"""Slopes and bends of the paths that must agree before a point is given their limit."""

_CLOSE = 1e-9
_BLOCK = 4096


def close(a: Array, b: Array) -> npt.NDArray[np.bool_]:
    """Whether numbers are the same but for what rounding leaves open."""
    with np.errstate(all="ignore"):
        size = np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-3)
        return np.asarray((a == b) | (np.isfinite(size) & (np.abs(a - b) <= _CLOSE * size)))


def exact_range(expression: Expression, points: Array) -> tuple[Array, Array]:
    """The formula at points (P, 2) with all the range it needs on the way, and the flaw.

    The flaw (P,) is 0 where there is a value, OUTSIDE where the formula is outside its domain, and
    else less, where a limit may exist.
    """
    arithmetic = Germs(1, 1, LOG_STEPS[0], rounded=False)
    names = {name: arithmetic.constant(points[:, k]) for k, name in enumerate(NAMES)}
    with np.errstate(all="ignore"):
        return arithmetic.of(expression, names).limit()


def along(
    expression: Expression, points: Array, paths: Sequence[Path], *, view: View = "limit"
) -> tuple[Array, Array]:
    """What a formula tends to on a path or, weighted, on several; the limits and flaws (P,).

    A path is ``points + slope * h + bend * h**2`` as h falls to 0. Limits may be infinite, and are
    NaN where there is a flaw.
    """
    value, flaw = np.full(len(points), np.nan), np.full(len(points), float(VAGUE))
    log_steps = LOG_STEPS if has_log(expression) else LOG_STEPS[:1]
    roots = has_root(expression)
    for terms, grid in LADDER:
        [open_] = np.nonzero(flaw == VAGUE)
        if not open_.size or (grid > 1 and not roots):
            break
        some = [(slope[open_], bend[open_], weight[open_]) for slope, bend, weight in paths]
        with np.errstate(all="ignore"):
            tries = [
                _seen(Germs(terms, grid, log_step), expression, points[open_], some, view)
                for log_step in log_steps
            ]
        value[open_], flaw[open_] = _agreed(*tries)
    return np.where(flaw == 0, value, np.nan), flaw


def _seen(
    arithmetic: Germs, expression: Expression, points: Array, paths: Sequence[Path], view: View
) -> tuple[Array, Array]:
    """What a view shows of the weighted sum of a formula's germs on some paths."""
    parts = []
    for slope, bend, weight in paths:
        names = {
            name: arithmetic.path(points[:, k], slope[:, k], bend[:, k])
            for k, name in enumerate(NAMES)
        }
        part = arithmetic.of(expression, names)
        part = arithmetic.slope(part) if view == "slope" else part
        parts.append(arithmetic.times(part, arithmetic.constant(weight)))
    whole = reduce(arithmetic.plus, parts)
    if view == "across":
        whole = replace(whole, order=whole.order - 2, rest=whole.rest - 2)
    return whole.start(arithmetic.grid) if view in ("start", "across") else whole.limit()


@lru_cache(maxsize=256)
def has_log(expression: Expression) -> bool:
    """Whether a logarithm can arise: by name, or from a power with a variable exponent."""
    return any(
        (isinstance(node, Call) and "log" in functions_in(definition(node.function)))
        or (isinstance(node, Binary) and node.operator == "**" and bool(names(node.right)))
        for node in nodes_in(expression)
    )


@lru_cache(maxsize=256)
def has_root(expression: Expression) -> bool:
    """Whether a power can arise that is no whole number."""
    return any(
        (isinstance(node, Call) and node.function == "sqrt")
        or (
            isinstance(node, Binary)
            and node.operator == "**"
            and not (constant_value(node.right) or 0.5).is_integer()
        )
        for node in nodes_in(expression)
    )


def _agreed(first: tuple[Array, Array], *others: tuple[Array, Array]) -> tuple[Array, Array]:
    """The limit on which all stand-ins for the logarithm agree; infinite where it follows them."""
    value, flaw = first
    for other, its_flaw in others:
        same = close(value, other)
        with np.errstate(invalid="ignore"):
            grows = np.abs(other) > 1.5 * np.abs(value)
        flaw = np.maximum(np.maximum(flaw, its_flaw), np.where(same | grows, 0, VAGUE))
        value = np.where(same, other, np.where(grows, np.copysign(np.inf, other), np.nan))
    return value, flaw


def limit(expression: Expression, points: Array) -> Array:
    """What a formula tends to at points (P, 2) from all sides where it is defined, else NaN."""
    count = len(PATHS)
    slopes, bends = (np.tile([path[part] for path in PATHS], (len(points), 1)) for part in (0, 1))
    every = np.repeat(points, count, axis=0)
    value, flaw = along(expression, every, [(slopes, bends, np.ones(len(every)))])
    value, flaw = value.reshape(-1, count), flaw.reshape(-1, count)
    there = flaw < SINGULAR
    low = np.where(there, value, np.inf).min(axis=1, initial=np.inf)
    high = np.where(there, value, -np.inf).max(axis=1, initial=-np.inf)
    known = np.isfinite(low) & np.isfinite(high) & close(low, high)
    with np.errstate(invalid="ignore"):
        return np.where(known, low + (high - low) / 2, np.nan)


def completed(expression: Expression, points: Array) -> Array:
    """The formula at points (P, 2) at which plain float64 fails: its value or its limit, or NaN."""
    value = np.empty(len(points))
    for start in range(0, len(points), _BLOCK):
        block = slice(start, start + _BLOCK)
        found, flaw = exact_range(expression, points[block])
        found = np.where(flaw == 0, found, np.nan)
        [open_] = np.nonzero((flaw > 0) & (flaw < OUTSIDE))
        if open_.size:
            found[open_] = limit(expression, points[block][open_])
        value[block] = found
    return value
