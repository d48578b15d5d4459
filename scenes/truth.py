"""The number check: live digits are the run's own, at the step that the picture is at.

What a number is, its element says; what the number must be is read from the run here, and the step
at which it must stand is worked out from the state, not by what the elements use.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from engine import Trajectory
from scenes.canvas import Shown
from scenes.layout import Layers
from scenes.state import QUICK, State

NONE = "\u2013"
INFINITE = "\u221e"
MINUS = "\u2212"


def wrong_numbers(layers: Layers[object], state: object) -> list[str]:
    """What is wrong with the live digits of a painted picture, a line each."""
    lines = []
    for layer in layers.layers:
        name = type(layer.element).__name__
        told = layer.element.numbers(state)
        untold = Counter(layer.digits) - Counter(shown.text for shown in told)
        lines += [f"{name} shows {text!r} and does not say what it is" for text in untold]
        lines += [f"{name}: {fault}" for shown in told for fault in judged(shown, state)]
    return lines


def judged(shown: Shown, state: object) -> Iterable[str]:
    """What is wrong with one number."""
    what = shown.name if shown.index is None else f"{shown.name}_{shown.index + 1}"
    steps = due(shown, state)
    if shown.step not in steps:
        yield f"{what} is of step {shown.step}, where step {steps[0]} is due"
    if shown.name == "step":
        if shown.text != f"{shown.step}/{shown.run.requested}":
            yield f"the counter shows {shown.text!r} at step {shown.step} of {shown.run.requested}"
        return
    value = value_of(shown)
    if not agrees(shown.text, value):
        yield f"{what} at step {shown.step} is {value!r}, and {shown.text!r} is shown"


def due(shown: Shown, state: object) -> tuple[int, ...]:
    """The steps at which a number may stand in a state."""
    if isinstance(state, State):
        return (due_in_descent(shown, state),)
    return (shown.step,)


def due_in_descent(shown: Shown, state: State) -> int:
    """The step whose number a descent shows.

    Beside a line stands what it last worked out. The counters are those of the point, or, where
    steps follow quickly, of the step on its way as soon as its line has been worked out.
    """
    lines = ["g", *(line.target.id for line in shown.run.optimizer.program.lines)]
    moved = lines.index("x") < state.fresh
    if shown.name in lines:
        return state.step + (lines.index(shown.name) < state.fresh)
    if shown.name == "effective":
        return state.step + moved
    return state.step + (moved and state.kind == QUICK)


def value_of(shown: Shown) -> float | None:
    """The number in the run, None where there is none before the first step."""
    run, step, index = shown.run, shown.step, shown.index
    if shown.name == "loss":
        return float(run.losses[step])
    if index is None:
        raise ValueError(f"{shown.name} has two coordinates")
    if shown.name == "x":
        return float(run.points[step, index])
    if step == 0:
        return initial(run, shown.name)
    rows = {"g": run.gradients, "effective": run.effective, **run.terms}[shown.name]
    return float(rows[step - 1, index])


def initial(run: Trajectory, name: str) -> float | None:
    """What a state variable is before the first step."""
    return next((float(item.initial) for item in run.optimizer.state if item.name == name), None)


def agrees(text: str, value: float | None) -> bool:
    """Whether ``text`` is ``value`` rounded to the digits it shows."""
    if value is None or math.isnan(value):
        return text == NONE
    if math.isinf(value):
        return text == (MINUS if value < 0 else "") + INFINITE
    mantissa, _, power = text.replace(MINUS, "-").partition("e")
    try:
        number, unit = float(f"{mantissa}e{power or 0}"), int(power or 0)
    except ValueError:
        return False
    half = 0.5 * 10.0 ** (unit - len(mantissa.partition(".")[2]))
    return abs(number - value) <= half * (1 + 1e-6) and (number != 0 or value == 0)
