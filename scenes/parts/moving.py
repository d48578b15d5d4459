"""What moves on the field of a run: path, point, arrows, and the names of all that is there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from scenes.canvas import Element, Seen
from scenes.parts.arrows import ArrowName, ArrowNames, StepArrow
from scenes.parts.gradients import GradientArrow, arrows_of
from scenes.parts.marks import Path, Runner
from scenes.parts.names import Labels, Names
from scenes.parts.outside import Outside
from scenes.parts.places import Point
from scenes.parts.scales import Scales
from scenes.parts.track import Track
from scenes.state import LINE, State

SHARES = [index / 12 for index in range(1, 14)]


def on_field(
    track: Track, scales: Scales, explained: int, *, small: bool = False
) -> list[Element[State]]:
    """The elements from the bottom up; names keep off the arrows of the ``explained`` steps.

    On a ``small`` field no arrow is named but one that is magnified: what the arrows mean is said
    beside it.
    """
    gradients, step = arrows_of(track, scales), StepArrow(track, scales)
    first = range(min(explained, track.kit.run.steps))
    full = [State(LINE, made, gradient=1.0) for made in first]
    shafts = [spot for state in full for each in gradients for spot in _spots(each.whole(state))]
    names = Names(track.kit, track, shafts)
    found = ArrowNames(names, gradients, step, magnified=small)
    return [
        Path(track),
        under(gradients, step),
        *gradients,
        over(gradients, step),
        Labels(names),
        Runner(track),
        Outside(names),
        *(ArrowName(found, which) for which in range(len(gradients) + 1)),
    ]


def under(gradients: Sequence[GradientArrow], step: StepArrow) -> Element[State]:
    """The step's arrow where it is painted below the gradients', as it is longer than they are."""
    return Seen(step, lambda state: state if _longer(gradients, step, state) else None)


def over(gradients: Sequence[GradientArrow], step: StepArrow) -> Element[State]:
    """The step's arrow where it is painted over a longer one."""
    return Seen(step, lambda state: None if _longer(gradients, step, state) else state)


def _longer(gradients: Sequence[GradientArrow], step: StepArrow, state: State) -> bool:
    """Whether the step's arrow, fully grown, is longer than those of the gradients."""
    full = replace(state, gradient=1.0, leap=1.0, acting=None, moving=0.0)
    others = [_length(arrow.whole(full)) for arrow in gradients]
    return _length(step.whole(full)) > max(others, default=0.0)


def _length(ends: tuple[Point, Point] | None) -> float:
    return math.dist(*ends) if ends else 0.0


def _spots(ends: tuple[Point, Point] | None) -> list[Point]:
    """Places on an arrow and a little beyond."""
    if ends is None:
        return []
    (a, b), (c, d) = ends
    return [(a + share * (c - a), b + share * (d - b)) for share in SHARES]
