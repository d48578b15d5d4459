"""A run as a NumPy script that a student can copy, read and run."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from textwrap import indent

import numpy.typing as npt

from engine.arguments import checked_start, checked_steps
from engine.formula import numpy_source
from engine.formula.rewrite import names
from engine.objectives import Objective
from engine.optimizers import Optimizer
from engine.optimizers.taken import USUAL

_SCRIPT = Template('''\
"""$title on $formula."""

import numpy as np

$hyper


def loss(x):
    x1, x2 = x
    return $value


def grad(x):
    x1, x2 = x
    return np.array([$slope1, $slope2])


x = np.array([$start])
${state}for t in range(1, $end):
$lines

print("end point:", x.tolist())
print("loss:", loss(x))
''')


def listing(
    optimizer: Optimizer,
    objective: Objective,
    start: npt.ArrayLike,
    steps: int,
    hyper: Mapping[str, float],
) -> str:
    """A complete script that runs as printed and ends by printing the end point and its loss.

    ``start`` is a point (2,); ``hyper`` overrides the optimizer's defaults. Raises UserError as
    `engine.run` does.
    """
    values = optimizer.hyper_values(**hyper)
    slope1, slope2 = objective.gradient_source
    reads = any(USUAL in names(line.value) for line in optimizer.program.lines)
    return _SCRIPT.substitute(
        title=optimizer.title,
        formula=objective.formula,
        hyper="\n".join(f"{name} = {value!r}" for name, value in values.items()),
        value=numpy_source(objective.expression),
        slope1=slope1,
        slope2=slope2,
        start=", ".join(map(repr, checked_start(start).tolist())),
        state="".join(f"{state.name} = {_filled(state.initial)}\n" for state in optimizer.state),
        end=checked_steps(steps) + 1,
        lines=indent("g = grad(x)\n" * reads + numpy_source(optimizer.program), "    "),
    )


def _filled(initial: float) -> str:
    return "np.zeros(2)" if initial == 0 else f"np.full(2, {initial!r})"
