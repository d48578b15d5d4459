"""What a run yields: the path, what was computed on the way, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import numpy as np

from engine.objectives import Array, Mask, Objective
from engine.optimizers import Optimizer


class Outcome(Enum):
    """How a run ended; the value is the sentence a reader sees, with places for its numbers.

    The first that fits, as `engine.ending.judge` finds it:

    UNDEFINED  broke off at a step in which something has no value, such as the root of -1
    DIVERGED   broke off at a step in which something is beyond what float64 can hold
    CONVERGED  made all steps, ends no higher than it began, is at rest, and has next to nothing
               left to gain; `engine.rest` says what that is
    FLAT       made all steps and ends where the gradient is next to nothing by the objective's own
               scale, but convergence is not shown. Followed across the whole view, this gradient
               would bring less than a thousandth of what could still go. Or it would bring less
               than a millionth of `engine.scale.Scale.usual`, and so has the run. And it ends no
               higher than it began by as much
    DIVERGING  made all steps, ends above the loss it began with, and grows: cut the losses into
               four quarters; the highest of the third is above that of the second, and that of the
               last is higher by at least as much again, and above the first loss. Or it ends
               farther out than 1e100
    CLIMBED    made all steps and ends above the loss it began with, but does not grow so
    FINISHED   made all steps, and none of these
    """

    CONVERGED = "converged in {steps}: at rest, with next to nothing left to gain"
    FLAT = "finished {steps}: the gradient is almost flat here"
    FINISHED = "finished {steps}: the loss went from {first:z.4g} to {last:z.4g}"
    CLIMBED = "climbed in {steps}: the loss went up from {first:z.4g} to {last:z.4g}"
    DIVERGING = "diverging: in {steps} the loss grew from {first:z.4g} to {last:z.4g}"
    DIVERGED = "diverged at step {step}: the numbers grew beyond all bounds"
    UNDEFINED = "broke off at step {step}: the formula has no value there"

    @property
    def diverges(self) -> bool:
        """Whether the run grew without bound, to its end or until it broke off."""
        return self in (Outcome.DIVERGED, Outcome.DIVERGING)


KINKED = "; at a kink, where the gradient has no value, a subgradient was taken"
"""What is added to the sentence of a run that met one, once."""


@dataclass(frozen=True, eq=False)
class Gradients:
    """A gradient of a rule in every step: where it was taken, and what it was.

    ``points`` and ``values`` are (T, *batch, 2); row t - 1 belongs to step t.
    """

    points: Array
    values: Array


@dataclass(frozen=True, eq=False)
class Trajectory:
    """One run, or a batch of runs that differ in start or hyper-parameters.

    With T steps done, and ``batch`` () for one run or (n,) for a batch:

    points     (T + 1, *batch, 2): ``points[0]`` is the start, ``points[t]`` follows step t
    losses     (T + 1, *batch): the objective at the points
    taken      the gradients that the steps used, by their names in ``optimizer.taken``
    terms      (T, *batch, 2) each: ``terms[name][t - 1]`` is what step t assigned, ``x`` included
    effective  (T, *batch, 2): what multiplied the direction in step t, see `Optimizer`; or, where
               that has no direction, the step divided by the gradient, NaN where that is 0
    kinks      (T, *batch), boolean: in which steps a gradient was taken at a kink, where it has no
               value, so that it is a subgradient; see `Objective.gradient`
    outcomes, messages, lengths: how each run ended, in words, and after how many steps

    One run is cut before the first step that has no finite value, so that T may be less than
    ``requested``. A batch keeps ``requested`` rows, NaN after a run's last finite step.
    """

    optimizer: Optimizer
    objective: Objective
    hyper: dict[str, float | Array]
    requested: int
    points: Array
    losses: Array
    taken: dict[str, Gradients]
    terms: dict[str, Array]
    effective: Array
    kinks: Mask
    outcomes: tuple[Outcome, ...]
    messages: tuple[str, ...]
    lengths: tuple[int, ...]

    @property
    def steps(self) -> int:
        """The number of rows of steps, T."""
        return len(self.effective)

    @cached_property
    def gradients(self) -> Array:
        """The gradient at ``points[t - 1]``, (T, *batch, 2), whether step t used it or not."""
        for each in self.optimizer.taken:
            if each.here:
                return self.taken[each.name].values
        with np.errstate(all="ignore"):
            return self.objective.gradient(self.points[:-1])

    def values_of(self, name: str) -> Array:
        """What each step worked out under a name, (T, *batch, 2): a gradient or a term."""
        return self.taken[name].values if name in self.taken else self.terms[name]

    @property
    def outcome(self) -> Outcome:
        """How the one run ended; ValueError for a batch, which has ``outcomes``."""
        (outcome,) = self.outcomes
        return outcome

    @property
    def message(self) -> str:
        """The sentence that tells how the one run ended; ValueError for a batch."""
        (message,) = self.messages
        return message

    @property
    def kinked(self) -> bool:
        """Whether any step of it took a subgradient at a kink."""
        return bool(self.kinks.any())

    @property
    def stopped(self) -> int | None:
        """The step at which the one run left the finite numbers, None where it never did."""
        (length,) = self.lengths
        return None if length == self.requested else length + 1

    @property
    def direction(self) -> Array:
        """What the effective step multiplies in each step, (T, *batch, 2)."""
        multiple = self.optimizer.multiple
        if multiple is None:
            named = self.optimizer.direction
            return self.taken[named].values if named in self.taken else self.gradients
        name, time = multiple.direction.id, multiple.direction.time
        return self.before(name) if time == -1 else self.values_of(name)

    def before(self, name: str) -> Array:
        """A state's values before each step, (T, *batch, 2). KeyError for what is no state."""
        first = self.initial_values(name)
        if first is None:
            raise KeyError(name)
        return np.concatenate([first[np.newaxis], self.terms[name]])[:-1]

    def initial_values(self, name: str) -> Array | None:
        """A state's values before the first step, (*batch, 2); None for what is no state."""
        states = {state.name: state for state in self.optimizer.state}
        return states[name].initial_values(self.points[0]) if name in states else None

    def member(self, index: int) -> Trajectory:
        """Run ``index`` of a batch as a trajectory of its own, cut after its last finite step."""
        steps = self.lengths[index]
        return Trajectory(
            optimizer=self.optimizer,
            objective=self.objective,
            hyper={
                name: float(value[index] if isinstance(value, np.ndarray) else value)
                for name, value in self.hyper.items()
            },
            requested=self.requested,
            points=self.points[: steps + 1, index],
            losses=self.losses[: steps + 1, index],
            taken={
                name: Gradients(each.points[:steps, index], each.values[:steps, index])
                for name, each in self.taken.items()
            },
            terms={name: values[:steps, index] for name, values in self.terms.items()},
            effective=self.effective[:steps, index],
            kinks=self.kinks[:steps, index],
            outcomes=(self.outcomes[index],),
            messages=(self.messages[index],),
            lengths=(steps,),
        )
