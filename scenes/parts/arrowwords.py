"""What the arrows on a field are called, with their factors."""

from __future__ import annotations

from collections.abc import Sequence

from engine.formula import Name, notation, typst
from engine.formula.nodes import Call, Unary
from engine.optimizers.taken import Taken
from scenes.kit import Kit
from scenes.lettering import Sprite
from scenes.stage import SMALL

WIDEST, MATH = 270.0, 31.0
"""The most room for saying where gradients are taken, and the size of its notation."""


def gradient_word(kit: Kit, taken: Sequence[Taken], factor: int = 1) -> Sprite:
    """What the arrows of some gradients are called, with their factor where they are magnified.

    One at the point has words; one taken elsewhere has the notation that says where or, where that
    is too long, its name, whose row says where.
    """
    color = kit.theme.roles["gradient"]
    if plain(taken):
        words = kit.words["gradient" if factor == 1 else "gradient_magnified"]
        return kit.text(words.format(factor=factor), SMALL, color)
    times = "" if factor == 1 else f" times {factor}"
    places = [typst(notation(Unary(Call("grad", (each.point,))))) for each in taken]
    sprite = kit.lettering.math(" comma ".join(places) + times, MATH, color, {})
    if sprite.width <= WIDEST:
        return sprite
    named = [typst(notation(Unary(Name(each.name, 0)))) for each in taken]
    return kit.lettering.math(" comma ".join(named) + times, MATH, color, {})


def plain(taken: Sequence[Taken]) -> bool:
    """Whether the arrows are called by words, which stand on a baseline, not by notation."""
    return len(taken) == 1 and taken[0].here


def step_word(kit: Kit, factor: int = 1) -> Sprite:
    """What the step's arrow is called, with its factor where it is magnified."""
    words = kit.words["step" if factor == 1 else "step_magnified"].format(factor=factor)
    return kit.text(words, SMALL, kit.theme.roles["step"])
