"""The number check: live digits are the run's own, at the step that the picture is at.

What a number is, its element says; what the number must be is read from the run here, and the step
at which it must stand is worked out from the state, not by what the elements use.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from engine import Trajectory
from scenes.anatomy_state import LEAP, AnatomyState
from scenes.canvas import Shown
from scenes.layout import Layers
from scenes.race_state import RaceState
from scenes.state import GRADIENT, LINE, MOVE, State
from scenes.sweep_state import SweepState

NONE = "\u2013"
INFINITE = "\u221e"
MINUS = "\u2212"
COUNTERS = ("loss", "distance", "step")


def wrong_numbers(layers: Layers[object], state: object) -> list[str]:
    """What is wrong with the live digits of a painted picture, a line each."""
    lines = []
    for layer in layers.layers:
        name = type(layer.element).__name__
        told = layer.element.numbers(state)
        claimed = Counter(shown.text for shown in told)
        untold = Counter(layer.digits) - claimed
        lines += [f"{name} shows {text!r} and does not say what it is" for text in untold]
        missed = claimed - Counter([*layer.digits, *layer.faint])
        absent = [text for text in missed if not any(spells(word, text) for word in layer.words)]
        lines += [f"{name} says that it shows {text!r} and does not" for text in absent]
        lines += [f"{name}: {fault}" for shown in told for fault in judged(shown, state)]
    return lines


def spells(source: str, text: str) -> bool:
    """Whether Typst ``source`` has the digits of ``text``; its sign and power stand apart."""
    return text.strip(MINUS).partition("e")[0] in source


def judged(shown: Shown, state: object) -> Iterable[str]:
    """What is wrong with one number."""
    what = shown.name if shown.index is None else f"{shown.name}_{shown.index + 1}"
    step = due(shown, state)
    if shown.step != step:
        yield f"{what} is of step {shown.step}, where step {step} is due"
    if isinstance(state, SweepState) and shown.run.hyper.get(state.name) != state.value:
        setting = f"{state.name} = {state.value}"
        yield f"{what} is of a run that has not the setting {setting} of the slider"
    if shown.name == "step":
        if shown.text != f"{shown.step}/{shown.run.requested}":
            yield f"the counter shows {shown.text!r} at step {shown.step} of {shown.run.requested}"
        return
    value = value_of(shown)
    if not agrees(shown.text, value):
        yield f"{what} at step {shown.step} is {value!r}, and {shown.text!r} is shown"


def due(shown: Shown, state: object) -> int:
    """The step whose number must stand in a state; a hyper-parameter belongs to any."""
    if shown.name in shown.run.hyper:
        return shown.step
    if isinstance(state, State):
        return in_descent(shown, state)
    if isinstance(state, AnatomyState):
        return in_anatomy(shown, state)
    if isinstance(state, RaceState):
        return state.step if shown.name == "step" else min(state.step, shown.run.steps)
    if isinstance(state, SweepState):
        return shown.run.steps
    raise TypeError(f"{type(state).__name__} has no rule for its numbers")


def row_of(shown: Shown) -> int:
    """The row whose number it is; what follows from a step has that of the new point."""
    names = [row.name for row in shown.run.optimizer.rows]
    return names.index(shown.name if shown.name in names else "x")


def in_descent(shown: Shown, state: State) -> int:
    """A descent's rule.

    Next to a row of a slow step is what it last worked out. The counters, the point's coordinates
    and, where steps follow quickly, all numbers are those of the point until it has come to the
    next. A run that stops before the one next to it rests at its last step.
    """
    waits = shown.name in (*COUNTERS, "x")
    worked_out = state.slow and not waits and row_of(shown) < state.fresh
    return min(state.step + worked_out, shown.run.steps)


def in_anatomy(shown: Shown, state: AnatomyState) -> int:
    """An anatomy's rule: a number is the next step's as soon as its line is solved for its axis.

    The point's coordinates wait for the point, but where they are worked out.
    """
    row = row_of(shown)
    waits = shown.name in COUNTERS or (shown.name == "x" and not shown.worked)
    if waits or state.kind not in (GRADIENT, LINE, LEAP, MOVE):
        return state.step
    acting = state.rows if state.row is None or state.kind == LEAP else state.row
    solved = row == acting and state.solved(shown.index or 0) > 0
    return state.step + (row < acting or solved)


def value_of(shown: Shown) -> float | None:
    """The number in the run, None where there is none before the first step."""
    run, step, index = shown.run, shown.step, shown.index
    if shown.name == "loss":
        return float(run.losses[step])
    if shown.name == "final loss":
        return None if run.stopped else float(run.losses[-1])
    if shown.name in run.hyper:
        return float(run.hyper[shown.name])
    if shown.name == "goal":
        return at_goal(run, shown.level)
    if shown.name == "distance":
        return min(math.dist(run.points[step], minimum) for minimum in run.objective.minima)
    if index is None:
        raise ValueError(f"{shown.name} has two coordinates")
    if shown.name == "x":
        return float(run.points[step, index])
    if step == 0:
        return initial(run, shown.name, index)
    if shown.name in run.taken:
        return float(run.objective.gradient(run.taken[shown.name].points[step - 1])[index])
    rows = {"effective": run.effective, **run.terms}[shown.name]
    return float(rows[step - 1, index])


def at_goal(run: Trajectory, level: float | None) -> float | None:
    """The step from which the loss stays at most ``level``; None where it does not, or no level."""
    if level is None:
        return None
    high = [step for step, loss in enumerate(run.losses.tolist()) if not loss <= level]
    first = high[-1] + 1 if high else 0
    return float(first) if first <= run.requested else None


def rank_due(run: Trajectory, runs: Sequence[Trajectory], level: float | None) -> str:
    """The rank of one of a race's runs: by the step at the goal, ``level``, then by the last loss.

    Losses above the least by no more than 1e-12 of what went are equal to it.
    """
    if run.stopped:
        return NONE
    ended = [other for other in runs if other.stopped is None]
    least = min(float(other.losses[-1]) for other in ended)

    def merit(one: Trajectory) -> tuple[int, float]:
        if (at := at_goal(one, level)) is not None:
            return 0, at
        away, went = (float(one.losses[step]) - least for step in (-1, 0))
        return 1, away if away > 1e-12 * went else 0.0

    return str(1 + sum(merit(other) < merit(run) for other in ended))


def initial(run: Trajectory, name: str, index: int) -> float | None:
    """What a coordinate of a state variable is before the first step."""
    for item in run.optimizer.state:
        if item.name == name:
            return float(run.points[0, index] if item.initial == "x" else item.initial)
    return None


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
