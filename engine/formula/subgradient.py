"""Gradients where plain float64 has none: limits, and subgradients at kinks.

At a kink the slopes on both sides differ. Where the function has a minimum there, 0 is one of the
slopes in between and is taken; else the mean of both.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations_with_replacement

import numpy as np

from engine.formula.germ import OUTSIDE, SINGULAR
from engine.formula.limits import AXES, View, along, close, exact_range
from engine.formula.nodes import Expression
from engine.formula.wide import Array, Mask

_CUTS = 8
_TOLERANCE = 1e-12
_GAIN = 1e-3
_STEEP = 1e15


def subgradient(
    value: Expression,
    partials: Sequence[Expression],
    points: Array,
    plain: Array,
    failed: Mask,
    jumps: Mask,
) -> tuple[Array, Mask]:
    """The gradient at points (P, 2) where its formulas fail or may jump, and where there is a kink.

    ``plain`` (P, 2) is what the formulas ``partials`` of the function ``value`` give, ``failed``
    (P, 2) where that cannot be trusted, ``jumps`` (P, 2) where they take the sign of something that
    is 0. A component that has neither limit nor subgradient stays as it is.
    """
    gradient, middle = plain.copy(), plain.copy()
    kinks = np.zeros(plain.shape, dtype=np.bool_)
    for axis, partial in enumerate(partials):
        open_ = jumps[:, axis].copy()
        again = failed[:, axis] & ~open_
        if again.any():
            found, flaw = exact_range(partial, points[again])
            gradient[again, axis] = np.where(flaw == 0, found, plain[again, axis])
            open_[again] = (flaw > 0) & (flaw < OUTSIDE) & ~np.isfinite(plain[again, axis])
        middle[:, axis] = gradient[:, axis]
        if open_.any():
            sided = _sided(value, partial, axis, points[open_], plain[open_, axis])
            gradient[open_, axis], middle[open_, axis], kinks[open_, axis] = sided
    [asked] = np.nonzero((kinks & (gradient != middle)).any(axis=1))
    if asked.size:
        wrong = asked[~_supports(value, partials, points[asked], gradient[asked])]
        gradient[wrong] = middle[wrong]
    return gradient, np.asarray(kinks.any(axis=1))


def _sided(
    value: Expression, partial: Expression, axis: int, points: Array, plain: Array
) -> tuple[Array, Array, Mask]:
    """A component from the slopes on both sides: what to take, their mean, whether they differ."""
    sides = np.repeat([1.0, -1.0], len(points))
    limits, flaws = _slopes(value, partial, axis, np.tile(points, (2, 1)), [sides])
    (right, left), (its_flaw, other_flaw) = np.split(limits, 2), np.split(flaws, 2)
    both = (its_flaw == 0) & (other_flaw == 0)
    same = both & close(right, left)
    found = np.where(same & ~np.isfinite(plain), right, plain)
    found = np.where((its_flaw == 0) & (other_flaw == OUTSIDE), right, found)
    found = np.where((its_flaw == OUTSIDE) & (other_flaw == 0), left, found)
    found = np.where(np.isfinite(found), found, plain)
    kink = both & ~same
    with np.errstate(invalid="ignore"):
        mean = np.where(kink, right + (left - right) / 2, found)
    [steep] = np.nonzero(kink & np.isinf(right) & np.isinf(left))
    if steep.size:  # what is infinite on both sides may cancel
        ways = [np.full(steep.size, side) for side in (1.0, -1.0)]
        limits, flaws = _slopes(value, partial, axis, points[steep], ways)
        mean[steep] = np.where(flaws == 0, limits, plain[steep])
    mean = np.where(close(mean, plain), plain, mean)
    return np.where(kink & (left <= 0) & (right >= 0), 0.0, mean), mean, kink


def _slopes(
    value: Expression, partial: Expression, axis: int, points: Array, sides: Sequence[Array]
) -> tuple[Array, Array]:
    """The mean slope along an axis, coming from sides (P,) that are 1 or -1, and its flaw.

    The partial derivative tells it but where it is singular all along the axis, as that of
    ``sqrt(maximum(x1, 0))`` is left of 0; then the values tell it or, where they are singular too,
    the partial derivative on a path that bends away from the axis.
    """
    straight, bent = np.zeros_like(points), np.zeros_like(points)
    bent[:, 1 - axis] = 1.0
    ways = [straight + side[:, np.newaxis] * (np.arange(2) == axis) for side in sides]
    even = [np.full(len(points), 1 / len(sides))] * len(sides)
    signed = [weight * side for weight, side in zip(even, sides, strict=True)]
    limit, flaw = np.full(len(points), np.nan), np.full(len(points), float(SINGULAR))
    tries: tuple[tuple[Expression, Sequence[Array], Array, View], ...] = (
        (partial, even, straight, "limit"),
        (value, signed, straight, "slope"),
        (partial, even, bent, "limit"),
    )
    for formula, weights, bend, view in tries:
        [open_] = np.nonzero(flaw == SINGULAR)
        if open_.size:
            paths = [
                (way[open_], bend[open_], weight[open_])
                for way, weight in zip(ways, weights, strict=True)
            ]
            limit[open_], flaw[open_] = along(formula, points[open_], paths, view=view)
    return limit, flaw


def _supports(
    value: Expression, partials: Sequence[Expression], points: Array, chosen: Array
) -> Mask:
    """Whether ``chosen`` (P, 2) is among the subgradients: in the hull of the gradients around.

    By cutting planes: the hull's point nearest to ``chosen`` tells the direction in which the
    function would fall below the plane of slope ``chosen``, if there is one; the gradient in that
    direction is a new corner or shows that there is none farther out.
    """
    ways, every = np.tile(AXES, (len(points), 1)), np.repeat(points, len(AXES), axis=0)
    around = _gradient(value, partials, every, ways).reshape(-1, len(AXES), 2)
    corners = around - chosen[:, np.newaxis]
    inside, settled = np.zeros(len(points), dtype=np.bool_), np.zeros(len(points), dtype=np.bool_)
    for _ in range(_CUTS):
        [open_] = np.nonzero(~settled)
        if not open_.size:
            break
        near, encloses = _nearest(corners[open_])
        size = np.nanmax(np.abs(corners[open_]), axis=(1, 2), initial=0)
        distance = np.hypot(*near.T)
        inside[open_] = encloses | (distance <= _TOLERANCE * size)
        settled |= inside
        outer = open_[~inside[open_]]
        if not outer.size:
            break
        near, distance, size = (each[~inside[open_]] for each in (near, distance, size))
        way = -near / distance[:, np.newaxis]
        added = np.full((len(points), 2), np.nan)
        added[outer] = _gradient(value, partials, points[outer], way) - chosen[outer]
        gain = (added[outer] * way).sum(axis=1) + distance
        new = np.abs(added[outer]).max(axis=1)  # much larger along a cusp, but for rounding
        settled[outer] = ~((gain > _GAIN * new) & (new < size / _GAIN))
        corners = np.concatenate([corners, added[:, np.newaxis]], axis=1)
    return inside


def _gradient(
    value: Expression, partials: Sequence[Expression], points: Array, way: Array
) -> Array:
    """The gradient right beside the points in a direction (P, 2); NaN where there is none."""
    columns = []
    for axis, partial in enumerate(partials):
        whole, aside = np.ones(len(points)), np.zeros_like(way)
        found, flaw = along(partial, points, [(way, aside, whole)], view="start")
        aside[:, axis] = 1.0
        [open_] = np.nonzero(flaw == SINGULAR)
        if open_.size:
            half, bend = whole[open_] / 2, aside[open_]
            pair = [(way[open_], bend, half), (way[open_], -bend, -half)]
            found[open_], flaw[open_] = along(value, points[open_], pair, view="across")
        columns.append(np.where(flaw == 0, np.clip(found, -_STEEP, _STEEP), np.nan))
    return np.where(np.isnan(columns).any(axis=0), np.nan, columns).T


def _nearest(corners: Array) -> tuple[Array, Mask]:
    """The point nearest to 0 on the lines between corners (P, n, 2), and whether they enclose 0."""
    best = np.full_like(corners[:, 0], _STEEP)
    for i, j in combinations_with_replacement(range(corners.shape[1]), 2):
        start, line = corners[:, i], corners[:, j] - corners[:, i]
        length = (line * line).sum(axis=1)
        share = -(start * line).sum(axis=1) / np.where(length > 0, length, 1)
        point = start + np.clip(share, 0, 1)[:, np.newaxis] * line
        nearer = (point * point).sum(axis=1) < (best * best).sum(axis=1)
        best = np.where(nearer[:, np.newaxis], point, best)
    angles = np.sort(np.arctan2(corners[..., 1], corners[..., 0]), axis=1)
    last = np.nanmax(angles, axis=1, initial=-np.pi)
    gaps = np.nanmax(np.diff(angles, axis=1), axis=1, initial=0)
    around = angles[:, 0] + 2 * np.pi - last
    return best, np.maximum(gaps, around) < np.pi - _TOLERANCE
