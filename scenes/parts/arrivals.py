"""How the numbers of a worked line come to their places: from near, out of their terms' direction.

A number takes the longest way, up to ``NEAR``, on which it meets no other ink of its line.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenes.clock import smooth
from scenes.lettering import Sprite
from scenes.parts.pieces import Pieces
from scenes.stage import Box

NEAR = 14.0
"""The longest way of a number, in stage pixels."""

EACH = 0.55
"""The share of the time of all numbers that one of them takes; they set out one after another."""

Spots = NDArray[np.int64]


@dataclass(frozen=True)
class Arrival:
    """A number's coming: part ``part`` of its line, from ``way`` off its place, ``start`` to 1.

    ``term`` is where its term stands in the equation, ``label`` what both are labelled.
    """

    part: int
    label: str
    term: Box
    way: tuple[float, float]
    start: float
    length: float

    def share(self, flown: float) -> float:
        """How far it has come when all numbers together have come ``flown``."""
        return smooth((flown - self.start) / self.length)


def arrivals(
    equation: Pieces, at: tuple[float, float], line: Pieces, to: tuple[float, float], scale: float
) -> list[Arrival]:
    """The numbers of ``line`` whose terms are in ``equation``, each in its turn.

    ``at`` and ``to`` are the reference points of both; ``scale`` is device pixels for a stage one.
    """
    terms: dict[str, list[Box]] = {}
    for index, (label, _) in enumerate(equation.parts[2:], start=2):
        terms.setdefault(label, []).append(equation.spot(index, *at))
    pairs: list[tuple[int, Box]] = []
    count: dict[str, int] = {}
    for index, (label, _) in enumerate(line.parts[2:-2], start=2):
        name = label if label in terms else coordinate_of(label)
        if found := terms.get(name):
            number = count.get(name, 0)
            count[name] = number + 1
            pairs.append((index, found[min(number, len(found) - 1)]))
    directions = {index: _direction(line.spot(index, *to), term) for index, term in pairs}
    ways = free_ways(line.sprites, directions, scale)
    length = EACH if len(pairs) > 1 else 1.0
    return [
        Arrival(
            index,
            line.parts[index][0],
            term,
            ways[index],
            (1 - length) * turn / max(len(pairs) - 1, 1),
            length,
        )
        for turn, (index, term) in enumerate(pairs)
    ]


def coordinate_of(label: str) -> str:
    """The name of which ``label`` is a coordinate, as ``x1`` of ``x``; others as they are."""
    return label[:-1] if label[-1:] in ("1", "2") else label


def _direction(place: Box, term: Box) -> tuple[float, float]:
    """The unit vector from a number's place to its term."""
    (a, b), (c, d) = place.center, term.center
    length = math.hypot(c - a, d - b)
    return ((c - a) / length, (d - b) / length) if length else (0.0, 0.0)


def free_ways(
    sprites: list[Sprite], directions: dict[int, tuple[float, float]], scale: float
) -> dict[int, tuple[float, float]]:
    """The longest ways on which no sprite meets another, in stage pixels.

    All have one reference point. Those in ``directions`` move, and the strips over which they move
    do not meet either.
    """
    inks = [_ink(sprite) for sprite in sprites]
    margin = math.ceil(NEAR * scale) + 3
    low = np.min([ink.min(axis=0) for ink in inks], axis=0) - margin
    size = np.max([ink.max(axis=0) for ink in inks], axis=0) - low + margin + 1
    taken = np.zeros((len(sprites), *size), bool)
    for own, ink in zip(taken, inks, strict=True):
        own[tuple((ink - low).T)] = True
    ways = {}
    for index, direction in directions.items():
        others = _thickened(np.asarray(np.delete(taken, index, axis=0).any(axis=0)))
        ink, reached = inks[index] - low, 0
        for distance in range(1, math.floor(NEAR * scale) + 1):
            moved = ink + np.round(distance * np.array(direction[::-1])).astype(int)
            if others[tuple(moved.T)].any():
                break
            taken[index][tuple(moved.T)] = True
            reached = distance
        ways[index] = (direction[0] * reached / scale, direction[1] * reached / scale)
    return ways


def _ink(sprite: Sprite) -> Spots:
    """Row and column of every device pixel with ink, from the reference point."""
    surface = sprite.surface
    pixels = np.frombuffer(surface.get_data(), np.uint8)
    pixels = pixels.reshape(surface.get_height(), surface.get_stride())
    alpha = pixels[:, 3 : 4 * surface.get_width() : 4]
    return np.asarray(np.argwhere(alpha > 0) + np.array((sprite.top, sprite.left)))


def _thickened(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The mask and all pixels beside it: places are rounded to whole pixels."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    wide = grown.copy()
    wide[:, 1:] |= grown[:, :-1]
    wide[:, :-1] |= grown[:, 1:]
    return wide
