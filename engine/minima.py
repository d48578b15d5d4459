"""Declared minima brought to full precision, and those refused that are none.

Books print minima with two to six digits. From there the nearest point is sought at which the
function is lowest: inside the view by Newton's method, on an edge of the view along it, and at a
kink, where there is no slope that vanishes, by descent in many directions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from engine.errors import UserError

Array = npt.NDArray[np.float64]
Pair = tuple[float, float]
View = tuple[Pair, Pair]

NEAR = 1e-2
"""So far, as a share of the view, a minimum may lie from where it was declared."""
ROUNDED = 3e-2
"""So far it may lie where its declaration has so few decimals."""

_KEPT = 1e-9
_EPS = float(np.finfo(np.float64).eps)
_TURNS = 400
_WAYS = 32
_DIGITS, _SAVED = 12, 6


@dataclass(frozen=True)
class Polished:
    """A minimum as it was declared and as it is used."""

    declared: Pair
    used: Pair

    @property
    def moved(self) -> bool:
        """Whether it is used where it was not declared."""
        return self.declared != self.used

    @property
    def words(self) -> str:
        """``"minimum (3.58, -1.85) polished to (3.584428, -1.848127)"``."""
        places = max(_decimals(value) for value in self.declared) + 2
        used = ", ".join(f"{value:z.{max(places, 6)}f}" for value in self.used)
        return f"minimum ({self.declared[0]:g}, {self.declared[1]:g}) polished to ({used})"


@dataclass(frozen=True)
class Function:
    """A function of two variables and its gradient, at points (..., 2), over a view."""

    value: Callable[[Array], Array]
    gradient: Callable[[Array], Array]
    view: View

    @property
    def low(self) -> Array:
        """The lower left corner of the view."""
        return np.array([low for low, _ in self.view])

    @property
    def high(self) -> Array:
        """The upper right corner of the view."""
        return np.array([high for _, high in self.view])

    @property
    def size(self) -> Array:
        """Width and height of the view."""
        return self.high - self.low

    def bounds(self, point: Array) -> tuple[Array, Array]:
        """Where a minimum near ``point`` may be: in the view, or anywhere if it is outside."""
        slack = NEAR * self.size
        inside = (point >= self.low - slack) & (point <= self.high + slack)
        if inside.all():
            return self.low, self.high
        return np.full(2, -np.inf), np.full(2, np.inf)


def polished(function: Function, declared: Pair) -> Polished:
    """The minimum that a declared one stands for.

    Raises:
        UserError: the function has no value there, or no minimum so near; with the nearest one.
    """
    point = np.array(declared, dtype=np.float64)
    bounds = function.bounds(point)
    start = np.clip(point, *bounds)
    told = f"[{declared[0]:g}, {declared[1]:g}]"
    if not np.isfinite(function.value(start)):
        raise UserError(f"{told}: the formula has no value there")
    found = settled(function, start, bounds)
    if found is not None and _near(function, declared, found) and _lowest(function, found, bounds):
        if (np.abs(found - point) <= _KEPT * function.size).all() and (point == start).all():
            return Polished(declared, declared)
        return Polished(declared, (float(found[0]), float(found[1])))
    value = float(function.value(start))
    raise UserError(
        f"{told} is no minimum: the value there is {value:.6g}{_hint(function, start, bounds)}; "
        f"correct it or leave it out"
    )


def _near(function: Function, declared: Pair, found: Array) -> bool:
    """Whether a minimum may have been declared like that, by rounding."""
    away, size = np.abs(found - np.array(declared)), function.size
    digits = [_decimals(value) for value in declared]
    unit = np.array([0.51 * 10.0**-places if places else 0.0 for places in digits])
    return bool((away <= np.maximum(NEAR * size, np.minimum(unit, ROUNDED * size))).all())


def _decimals(value: float) -> int:
    """How many digits behind the point a number is written with."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _hint(function: Function, start: Array, bounds: tuple[Array, Array]) -> str:
    """Where the nearest minimum is, in words; "" where none is found."""
    angles = np.arange(8) * (np.pi / 4)
    ring = start + NEAR * function.size * np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    starts = [start, *np.clip(ring, *bounds)]
    found = [
        point
        for each in starts
        if (point := settled(function, each, bounds)) is not None
        and (point >= function.low).all()
        and (point <= function.high).all()
        and _lowest(function, point, bounds)
    ]
    if not found:
        lowest = float(np.nanmin(function.value(ring), initial=np.inf))
        return f", nearby {lowest:.6g}"
    best = min(found, key=lambda point: float(np.hypot(*((point - start) / function.size))))
    on_edge = ((best == function.low) | (best == function.high)).any()
    edge = ", on the edge of the view," if on_edge else ""
    return (
        f", and the nearest one{edge} is [{best[0]:z.7g}, {best[1]:z.7g}], with "
        f"{float(function.value(best)):.6g}"
    )


def _lowest(function: Function, point: Array, bounds: tuple[Array, Array]) -> bool:
    """Whether no point around is lower; values are compared, for a minimum may be on a kink.

    What is lower by a billionth of how far the rings around rise, or by rounding, is not.
    """
    angles = np.arange(_WAYS) * (2 * np.pi / _WAYS)
    ways = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    sizes = np.array([1e-3, 1e-4, 1e-5]).reshape(-1, 1, 1)
    around = function.value(np.clip(point + ways * function.size * sizes, *bounds))
    value = float(function.value(point))
    if not np.isfinite(value) or not np.isfinite(around).any():
        return False
    lowest, highest = float(np.nanmin(around)), float(np.nanmax(around))
    rounding = 64 * _EPS * max(abs(value), abs(highest))
    return bool(lowest >= value - 1e-9 * (highest - lowest) - rounding)


def settled(function: Function, start: Array, bounds: tuple[Array, Array]) -> Array | None:
    """The lowest point that a descent from ``start`` comes to, None where it finds no end."""
    point, radius = start, NEAR
    with np.errstate(all="ignore"):
        for _ in range(3):
            point, smooth = _newton(function, point, bounds)
            found = _searched(function, point, bounds, radius)
            if found is None:
                return None
            if smooth and (np.abs(found - point) <= 1e-7 * function.size).all():
                return _short(function, point, bounds)
            point, radius = found, 1e-4
        return _short(function, point, bounds)


def _newton(function: Function, point: Array, bounds: tuple[Array, Array]) -> tuple[Array, bool]:
    """Newton's method, within the bounds; and whether it ended where the slope vanishes."""
    size, reach = function.size, NEAR
    value = float(function.value(point))
    for _ in range(_TURNS):
        slope = function.gradient(point) * size
        free = ~(((point <= bounds[0]) & (slope > 0)) | ((point >= bounds[1]) & (slope < 0)))
        if not np.isfinite(slope).all():
            return point, False
        if not free.any():
            return point, True
        bend = _bend(function, point)[np.ix_(free, free)]
        if not np.isfinite(bend).all() or not bend.any():
            return point, not slope[free].any()
        levels, axes = np.linalg.eigh(bend)
        least = 1e-12 * max(float(np.abs(levels).max()), 1e-300)
        step = -axes @ ((axes.T @ slope[free]) / np.maximum(np.abs(levels), least))
        length = float(np.sqrt((step * step).sum()))
        if not np.isfinite(length):
            return point, False
        step = step * min(1.0, reach / length) if length else step
        moved = point.copy()
        moved[free] = np.clip(point + _spread(step, free) * size, *bounds)[free]
        after = float(function.value(moved))
        steady = 4 * _EPS * abs(value)
        flatter = (
            float(np.abs(function.gradient(moved) * size)[free].max()) < np.abs(slope[free]).max()
        )
        if after < value - steady or (after <= value + steady and flatter):
            point, value, reach = moved, after, min(2 * reach, 4 * NEAR)
        else:
            reach = min(reach, length) / 4
        if length <= 4 * _EPS or reach < 1e-15:
            return point, float(levels.min()) > 0
    return point, False


def _spread(step: Array, free: npt.NDArray[np.bool_]) -> Array:
    whole = np.zeros(2)
    whole[free] = step
    return whole


def _bend(function: Function, point: Array) -> Array:
    """The second derivatives by coordinates that run from 0 to 1 over the view."""
    width = 1e-5
    offsets = np.diag(function.size * width)
    rises = function.gradient(point + offsets) - function.gradient(point - offsets)
    bend = rises * function.size / (2 * width)
    return np.asarray((bend + bend.T) / 2)


def _searched(
    function: Function, point: Array, bounds: tuple[Array, Array], radius: float
) -> Array | None:
    """Descent to the lowest of many points around, on ever smaller rings.

    None where it still goes down after many turns: there is no lowest point.
    """
    value = float(function.value(point))
    angles = np.arange(_WAYS) * (2 * np.pi / _WAYS)
    for turn in range(_TURNS):
        ways = np.stack([np.cos(angles + turn), np.sin(angles + turn)], axis=-1)
        ways = np.concatenate([ways, np.eye(2), -np.eye(2)])
        ring = np.clip(point + radius * function.size * ways, *bounds)
        values = np.nan_to_num(function.value(ring), nan=np.inf)
        best = int(values.argmin())
        if values[best] < value - 4 * _EPS * abs(value):
            point, value, radius = ring[best], float(values[best]), min(2 * radius, 0.1)
        else:
            radius /= 4
        if radius < 1e-15:
            return point
    return point if radius < 1e-4 else None


def _short(function: Function, point: Array, bounds: tuple[Array, Array]) -> Array:
    """The point in fewer digits where that is as low: 1 for 0.9999999999998."""
    rounded = np.array([float(f"{value:.{_DIGITS}g}") for value in point])
    rounded = np.where(np.abs(rounded) < 1e-13 * function.size, 0.0, rounded)
    rounded = np.clip(rounded, *bounds)
    pairs = zip(rounded.tolist(), point.tolist(), strict=True)
    shorter = [len(repr(few)) + _SAVED <= len(repr(many)) for few, many in pairs]
    kept = np.where(shorter, rounded, point)
    value = float(function.value(point))
    ring = np.clip(point + 1e-3 * function.size * np.array([[1, 1], [1, -1]]), *bounds)
    rise = float(np.nan_to_num(np.abs(function.value(ring) - value)).max())
    steady = 16 * _EPS * abs(value) + 1e-12 * rise
    return kept if function.value(kept) <= value + steady else point
