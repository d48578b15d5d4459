"""Values and gradients of an objective at points: plain float64 first, and more where it fails."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from engine.formula import Call, Expression, numpy_function
from engine.formula.evaluate import Evaluator
from engine.formula.limits import completed
from engine.formula.rewrite import nodes_in
from engine.formula.subgradient import subgradient
from engine.formula.wide import Array, Mask

_BLOCK = 4096
_KEPT = 64
"""Results at so few points are kept, for a run that stays where it is."""


@dataclass(frozen=True)
class Evaluation:
    """A formula in ``x1`` and ``x2`` and its two partial derivatives.

    All is computed in plain float64. Only points at which that gives no finite number, or at which
    a derivative jumps, are looked at again: where the numbers on the way are out of range, where
    there is a limit, and where there is a kink, whose subgradient is taken.
    """

    expression: Expression
    partials: tuple[Expression, Expression]

    def plain(self, points: Array) -> Array:
        """The formula at the points (..., 2) in float64, as good as that goes; shape (...).

        NumPy's floating-point warnings are left to the caller, as in `plain_gradient`.
        """
        return _computed((self._value,), points.reshape(-1, 2))[:, 0].reshape(points.shape[:-1])

    def plain_gradient(self, points: Array) -> Array:
        """The derivatives at the points (..., 2) in float64, as good as that goes; same shape."""
        return _computed(self._slopes, points.reshape(-1, 2)).reshape(points.shape)

    def value(self, points: Array) -> Array:
        """The formula at the points (..., 2); shape (...)."""
        with np.errstate(all="ignore"):
            values, flat = self.plain(points).reshape(-1), points.reshape(-1, 2)
        failed = ~np.isfinite(values)
        if failed.any():
            failed &= np.isfinite(flat).all(axis=1)
            if failed.any():
                found = self._completed(flat[failed])
                values[failed] = np.where(np.isnan(found), values[failed], found)
        return values.reshape(points.shape[:-1])

    def gradient(self, points: Array) -> tuple[Array, Mask]:
        """The gradient at the points (..., 2), and at which of them (...) there is a kink."""
        flat = points.reshape(-1, 2)
        gradient, sound = self._tried(flat)
        kinks, jumps = np.zeros(len(flat), dtype=np.bool_), self._jumps(flat)
        if jumps is not None or not sound.all():
            jumps = np.zeros_like(sound) if jumps is None else jumps
            asked = np.asarray((~sound | jumps).any(axis=1) & np.isfinite(flat).all(axis=1))
            # Where there is no value there is no slope.
            asked[asked] = np.isfinite(self.value(flat[asked]))
            if asked.any():
                again = self._again(flat[asked], gradient[asked], ~sound[asked], jumps[asked])
                gradient[asked], kinks[asked] = again
        return gradient.reshape(points.shape), kinks.reshape(points.shape[:-1])

    def _tried(self, points: Array) -> tuple[Array, Mask]:
        """The derivatives in float64, (P, 2), and which of these numbers can be trusted.

        What overflows below a bar leaves a finite 0, as in ``x**3 / sqrt(x**4)``; where something
        overflows and the formula itself does, none is trusted.
        """
        try:
            with np.errstate(all="ignore", over="raise"):
                gradient = _computed(self._slopes, points)
            return gradient, np.isfinite(gradient)
        except FloatingPointError:
            with np.errstate(all="ignore"):
                gradient, values = self.plain_gradient(points), self.plain(points)
            return gradient, np.isfinite(gradient) & np.isfinite(values)[:, np.newaxis]

    def _jumps(self, points: Array) -> Mask | None:
        """Where a derivative takes the sign of something that is 0, (P, 2); None if nowhere."""
        found = None
        for axis, signs in enumerate(self._signs):
            for sign in signs:
                with np.errstate(all="ignore"):
                    zero = np.asarray(sign({"x1": points[:, 0], "x2": points[:, 1]})) == 0
                if zero.any():
                    found = np.zeros(points.shape, dtype=np.bool_) if found is None else found
                    found[:, axis] |= zero
        return found

    def _again(self, points: Array, plain: Array, failed: Mask, jumps: Mask) -> tuple[Array, Mask]:
        """`subgradient`, at each different point once: a run may stay where it is for long."""
        _, first, back = np.unique(points, axis=0, return_index=True, return_inverse=True)
        rows = np.concatenate([points, plain, failed, jumps], axis=1)[first]
        blocks = [rows[start : start + _BLOCK] for start in range(0, len(rows), _BLOCK)]
        compute = _known_subgradient if len(rows) <= _KEPT else _subgradient
        parts = [compute(self, block.tobytes()) for block in blocks]
        found, kinks = (np.concatenate(columns) for columns in zip(*parts, strict=True))
        back = back.reshape(-1)
        return found[back], kinks[back]

    def _completed(self, points: Array) -> Array:
        if len(points) > _KEPT:
            return completed(self.expression, points)
        return _known_value(self.expression, points.tobytes())

    def __reduce__(self) -> tuple[type[Evaluation], tuple[object, ...]]:
        return Evaluation, (self.expression, self.partials)

    @cached_property
    def _value(self) -> Evaluator:
        return numpy_function(self.expression)

    @cached_property
    def _slopes(self) -> tuple[Evaluator, ...]:
        return tuple(map(numpy_function, self.partials))

    @cached_property
    def _signs(self) -> tuple[tuple[Evaluator, ...], ...]:
        """For each derivative what it takes the sign of."""
        return tuple(tuple(map(numpy_function, signed(partial))) for partial in self.partials)


def signed(partial: Expression) -> tuple[Expression, ...]:
    """What a derivative takes the sign of: where one of these is 0 it may jump."""
    found = (
        node.arguments[0]
        for node in nodes_in(partial)
        if isinstance(node, Call) and node.function == "sign"
    )
    return tuple(dict.fromkeys(found))


def _computed(functions: tuple[Evaluator, ...], points: Array) -> Array:
    """What functions give at the points (P, 2), one a column."""
    known = {"x1": points[:, 0], "x2": points[:, 1]}
    values = np.empty((len(points), len(functions)))
    for column, function in enumerate(functions):
        values[:, column] = function(known)
    return values


@lru_cache(maxsize=256)
def _known_value(expression: Expression, packed: bytes) -> Array:
    return completed(expression, np.frombuffer(packed).reshape(-1, 2))


def _subgradient(evaluation: Evaluation, packed: bytes) -> tuple[Array, Mask]:
    rows = np.frombuffer(packed).reshape(-1, 8)
    points, plain, failed, jumps = np.split(rows, 4, axis=1)
    formulas = evaluation.expression, evaluation.partials
    return subgradient(*formulas, points, plain, failed > 0, jumps > 0)


_known_subgradient = lru_cache(maxsize=256)(_subgradient)
