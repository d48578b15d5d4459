"""What moves on the field of a run: path, point, arrows, and the names of all that is there."""

from __future__ import annotations

from scenes.canvas import Element
from scenes.kit import Kit
from scenes.parts.arrows import ArrowName, StepArrow
from scenes.parts.marks import GradientArrow, Path, Runner
from scenes.parts.names import Labels, Names
from scenes.parts.outside import Outside
from scenes.parts.relief import Plot
from scenes.parts.track import Track
from scenes.state import State

SHARES = [index / 12 for index in range(1, 14)]


def on_field(kit: Kit, plot: Plot, explained: int, *, small: bool = False) -> list[Element[State]]:
    """The elements from the bottom up; names keep off the arrows of the ``explained`` steps.

    On a ``small`` field no arrow is named but one that is not to scale: what the arrows mean is
    said beside it.
    """
    track = Track(kit, plot)
    gradient, step = GradientArrow(track), StepArrow(track)
    vectors = gradient.vectors[:explained]
    shafts = [
        (float(x + share * u), float(y + share * v))
        for (x, y), (u, v) in zip(track.pixels[: len(vectors)], vectors, strict=True)
        for share in SHARES
    ]
    names = Names(kit, track, shafts)
    named = ("step",) if small else ("gradient", "step")
    return [
        Path(track),
        step,
        gradient,
        Labels(names),
        Runner(track),
        Outside(names),
        *(ArrowName(names, gradient, step, which, small) for which in named),
    ]
