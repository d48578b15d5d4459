"""A run as a NumPy script that a student can copy, read and run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import Template
from textwrap import indent

import numpy as np
import numpy.typing as npt

from engine.arguments import checked_start, checked_steps
from engine.descent import run
from engine.errors import UserError
from engine.formula import numpy_helpers, numpy_source
from engine.formula.rewrite import names
from engine.objectives import Array, Mask, Objective
from engine.optimizers import Optimizer, State
from engine.optimizers.taken import USUAL

_SCRIPT = Template('''\
"""$title on $formula."""

import numpy as np

$hyper
$helpers

def loss(x):
    x1, x2 = x
$value


def grad(x):
    x1, x2 = x
$slopes


x = np.array([$start])
${state}for t in range(1, $end):
$lines

print("end point:", x.tolist())
print("loss:", loss(x))
''')

_MOST_PLACES = 8
_LIMIT = "# The formula alone gives no value here."
_KINK = "# At this kink the gradient has no value; a subgradient is taken."
_BEYOND = (
    "# On this run NumPy leaves the range of its numbers on the way to results that are within\n"
    "# it; the run itself was computed with a wider range.\n"
)


def listing(
    optimizer: Optimizer,
    objective: Objective,
    start: npt.ArrayLike,
    steps: int,
    hyper: Mapping[str, float],
) -> str:
    """A complete script that runs as printed and ends by printing the end point and its loss.

    ``start`` is a point (2,); ``hyper`` overrides the optimizer's defaults. Where the run came to
    points at which the formulas alone give no value, the script holds what was taken there. Raises
    UserError as `engine.run` does.
    """
    values = optimizer.hyper_values(**hyper)
    point, count = checked_start(start), checked_steps(steps)
    met = _met(optimizer, objective, point, count, hyper)
    formulas = [objective.computed, *objective.partials]
    formulas += [line.value for line in optimizer.program.lines]
    helpers = numpy_helpers(formulas)
    reads = any(USUAL in names(line.value) for line in optimizer.program.lines)
    return _SCRIPT.substitute(
        title=optimizer.title,
        formula=objective.formula,
        hyper="\n".join(f"{name} = {value!r}" for name, value in values.items()),
        helpers=f"\n\n{helpers}\n" if helpers else "",
        value=indent(_loss(numpy_source(objective.computed), met), "    "),
        slopes=indent(_gradient(objective.gradient_source, met), "    "),
        start=", ".join(map(repr, point.tolist())),
        state="".join(f"{state.name} = {_initial(state)}\n" for state in optimizer.state),
        end=count + 1,
        lines=indent("g = grad(x)\n" * reads + numpy_source(optimizer.program), "    "),
    )


@dataclass(frozen=True)
class _Met:
    """Where a run took gradients, and there what it used and what the formulas alone give.

    ``points`` and the gradients ``used`` and ``plain`` are (n, 2), ``kinks`` (n,); ``end`` is the
    last point (2,), ``loss`` what the run and what the formula has there. ``warns``: whether NumPy
    would warn of the loss there, and of a gradient.
    """

    points: Array
    used: Array
    plain: Array
    kinks: Mask
    end: Array
    loss: tuple[float, float]
    warns: tuple[bool, bool]

    @property
    def wrong(self) -> Mask:
        """Which components (n, 2) the formulas alone do not give."""
        with np.errstate(all="ignore"):
            return ~np.isclose(self.plain, self.used, rtol=1e-9, atol=1e-300)


def _met(
    optimizer: Optimizer, objective: Objective, start: Array, steps: int, hyper: Mapping[str, float]
) -> _Met | None:
    """What the run came to, None where it has not even a first loss."""
    try:
        made = run(optimizer, objective, start, steps, **hyper)
    except UserError:
        return None
    places = [each.points for each in made.taken.values()] or [made.points[: made.steps]]
    values = [each.values for each in made.taken.values()] or [made.gradients]
    points, used = np.concatenate(places), np.concatenate(values)
    kinks, end, evaluation = np.tile(made.kinks, len(places)), made.points[-1], objective.evaluation
    with np.errstate(all="ignore"):
        plain, value = evaluation.plain_gradient(points), float(evaluation.plain(end))
    loss = (float(made.losses[-1]), value)
    warns = (_warns(evaluation.plain, end), _warns(evaluation.plain_gradient, points))
    return _Met(points, used, plain, kinks, end, loss, warns)


def _warns(function: Callable[[Array], Array], points: Array) -> bool:
    try:
        with np.errstate(divide="raise", over="raise", invalid="raise"):
            function(points)
    except FloatingPointError:
        return True
    return False


def _loss(source: str, met: _Met | None) -> str:
    """The lines of the function that gives the loss."""
    if met is None or not met.warns[0]:
        return f"return {source}"
    text = f'with np.errstate(all="ignore"):\n    return {source}'
    used, plain = met.loss
    if np.isclose(plain, used, rtol=1e-9, atol=1e-300):
        return text
    where = _at(met.end)
    return f"{_LIMIT}\nif {where}:\n    return {used!r}\n{text}"


def _gradient(sources: Sequence[str], met: _Met | None) -> str:
    """The lines of the function that gives the gradient."""
    array = f"np.array([{', '.join(sources)}])"
    if met is None or not (met.warns[1] or met.wrong.any()):
        return f"return {array}"
    quiet = f'with np.errstate(all="ignore"):\n    g = {array}' if met.warns[1] else f"g = {array}"
    places: dict[str, list[str]] = {}
    notes: dict[str, str] = {}
    for axis in range(2):
        for where, value, kink in _places(met, axis):
            places.setdefault(where, []).append(f"    g[{axis}] = {value!r}")
            notes[where] = _KINK if kink else _LIMIT
    if len(places) > _MOST_PLACES:
        return f"{_BEYOND}{quiet}\nreturn g"
    lines = ["\n".join([notes[where], f"if {where}:", *taken]) for where, taken in places.items()]
    return "\n".join([quiet, *lines, "return g"])


def _places(met: _Met, axis: int) -> Iterator[tuple[str, float, bool]]:
    """Where a component is not what its formula gives, what it is there, and whether at a kink.

    As a condition in the script, on one coordinate where it is so at several points of a line.
    """
    wrong = met.wrong[:, axis]
    found = {tuple(point.tolist()): step for step, point in enumerate(met.points) if wrong[step]}
    used = {float(met.used[step, axis]) for step in found.values()}
    for coordinate in (axis, 1 - axis) if len(found) > 1 and len(used) == 1 else ():
        line = {point[coordinate] for point in found}
        if len(line) == 1 and not np.isin(met.points[~wrong, coordinate], list(line)).any():
            where = f"x{coordinate + 1} == {line.pop()!r}"
            yield where, used.pop(), bool(met.kinks[wrong].all())
            return
    for point, step in found.items():
        yield _at(np.array(point)), float(met.used[step, axis]), bool(met.kinks[step])


def _at(point: Array) -> str:
    return " and ".join(f"x{k} == {value!r}" for k, value in enumerate(point.tolist(), start=1))


def _initial(state: State) -> str:
    if state.initial == "x":
        return "x.copy()"
    return "np.zeros(2)" if state.initial == 0 else f"np.full(2, {state.initial!r})"
