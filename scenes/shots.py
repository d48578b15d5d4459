"""What a film is made of: runs and shots, as plain frozen data."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from engine import Objective, Optimizer, Ranking, Trajectory, Tuned, known_run, ranking
from engine.errors import UserError
from engine.plaintext import plain_text
from engine.ranking import TOLERANCE
from scenes.checks import check_choice, check_steps, check_stops, check_terms

MOST_STEPS = 100_000


@dataclass(frozen=True)
class Cue:
    """A caption in the film's language, shown from the moment its shot comes to place ``at``.

    What a place is, the kind of shot says: steps made, a step that is taken apart, a stop.
    """

    at: int
    text: str


@dataclass(frozen=True)
class RunSpec:
    """One run; ``hyper`` holds the hyper-parameters that differ from the optimizer's defaults.

    ``label`` names it where several runs are shown; without one it has its optimizer's title.
    """

    optimizer: str | Optimizer
    objective: str | Objective
    start: tuple[float, float] | None = None
    steps: int = 50
    hyper: tuple[tuple[str, float], ...] = ()
    label: str = ""

    def __post_init__(self) -> None:
        """Refuse what is no run."""
        object.__setattr__(self, "label", plain_text(self.label))
        if not 1 <= self.steps <= MOST_STEPS:
            raise UserError(f"steps must be from 1 to {MOST_STEPS}, found {self.steps}")
        if self.start is not None and not all(math.isfinite(value) for value in self.start):
            raise UserError(f"start must be two finite numbers, found {self.start}")
        # A zero has no sign here: what is equal must look the same.
        if self.start is not None:
            object.__setattr__(self, "start", (self.start[0] + 0.0, self.start[1] + 0.0))
        plain = tuple((name, value + 0.0) for name, value in self.hyper)
        object.__setattr__(self, "hyper", plain)

    def __getstate__(self) -> dict[str, Any]:
        """What is sent to other processes: the fields without the run, which they compute."""
        return {name: value for name, value in vars(self).items() if name != "trajectory"}

    @cached_property
    def trajectory(self) -> Trajectory:
        """The run, computed once."""
        return known_run(self.optimizer, self.objective, self.start, self.steps, self.hyper)


@dataclass(frozen=True)
class Shot:
    """A stretch of a film of one kind; ``title`` names its chapter where the kind's do not do."""

    cues: tuple[Cue, ...] = ()
    title: str = ""
    place: ClassVar[str] = "step"  # what a place is called

    @property
    def runs(self) -> tuple[RunSpec, ...]:
        """Every run that the shot shows, the main one first."""
        raise NotImplementedError

    @property
    def places(self) -> int:
        """The last place at which a caption may stand."""
        return max(run.steps for run in self.runs)

    def check(self) -> None:
        """Cues stand in the order of their places, and inside the shot. Raises UserError."""
        last = 0
        for cue in self.cues:
            if not last <= cue.at <= self.places:
                raise UserError(
                    f"a cue at {cue.at} must stand between {last} and {self.places}: "
                    "write cues in the order of their places"
                )
            last = cue.at


@dataclass(frozen=True)
class DescentShot(Shot):
    """Runs of the same length side by side, at most two, step by step.

    The first ``explained`` steps and those in ``dwell`` are shown line by line; ``highlight`` are
    terms of the rule that are lit.
    """

    panes: tuple[RunSpec, ...] = ()
    explained: int = 3
    dwell: tuple[int, ...] = ()
    highlight: tuple[str, ...] = ()
    kind: str = field(default="descent", init=False)

    @property
    def runs(self) -> tuple[RunSpec, ...]:
        return self.panes

    @property
    def slow(self) -> frozenset[int]:
        """The steps (from 1) that are shown line by line."""
        return frozenset((*range(1, self.explained + 1), *self.dwell))

    def check(self) -> None:
        super().check()
        if not 1 <= len(self.panes) <= 2:
            raise UserError(f"a descent shows one run or two, found {len(self.panes)}")
        if self.explained < 0:
            raise UserError(f"explained must not be negative, found {self.explained}")
        check_steps("dwell", self.dwell, self.places)
        rules = [run.trajectory.optimizer for run in self.panes]
        if rules[0] != rules[-1]:
            raise UserError(
                "two panes show one rule on two objectives or with two settings, found "
                f"{rules[0].title} and {rules[-1].title}: a race shows several rules"
            )
        if len({run.steps for run in self.panes}) > 1:
            found = " and ".join(str(run.steps) for run in self.panes)
            raise UserError(f"two panes make the same number of steps, found {found}")
        check_terms("highlight", self.highlight, rules[0])


@dataclass(frozen=True)
class AnatomyShot(Shot):
    """The ``steps`` (from 1) of a run taken apart: each line of the rule acts in turn.

    ``without`` is the same run without bias correction, or any other to set against it: its steps
    are shown beside. The places of cues are the steps; 0 is the introduction.
    """

    run: RunSpec = field(default_factory=lambda: RunSpec("sgd", "valley"))
    steps: tuple[int, ...] = (1,)
    without: RunSpec | None = None
    highlight: tuple[str, ...] = ()
    kind: str = field(default="anatomy", init=False)

    @property
    def runs(self) -> tuple[RunSpec, ...]:
        return (self.run, self.without) if self.without else (self.run,)

    def check(self) -> None:
        super().check()
        if not self.steps:
            raise UserError("an anatomy needs at least one step")
        if len({run.trajectory.objective for run in self.runs}) > 1:
            raise UserError("an anatomy compares runs on the same objective")
        check_steps("steps", self.steps, self.places)
        check_terms("highlight", self.highlight, self.run.trajectory.optimizer)


@dataclass(frozen=True)
class Choice:
    """How a racer came by the hyper-parameters ``names``: by a search, or given without one."""

    names: tuple[str, ...]
    search: Tuned | None = None


@dataclass(frozen=True)
class RaceShot(Shot):
    """Runs on one field with the same clock; ``choices`` say how each one's step was chosen.

    A choice is None where none of its run's settings was chosen: they are as they stand in the run.
    ``tolerance`` is the share of the loss that could go at which a run has come to the goal.
    """

    racers: tuple[RunSpec, ...] = ()
    choices: tuple[Choice | None, ...] = ()
    tolerance: float = TOLERANCE
    kind: str = field(default="race", init=False)

    @property
    def runs(self) -> tuple[RunSpec, ...]:
        return self.racers

    @property
    def steps(self) -> int:
        """The steps that each run is to make."""
        return self.racers[0].steps

    @property
    def ranking(self) -> Ranking:
        """Who comes to the goal first, and what the goal is."""
        return ranking([run.trajectory for run in self.racers], self.tolerance)

    def check(self) -> None:
        if not 2 <= len(self.racers) <= 6:
            raise UserError(f"a race has two to six runs, found {len(self.racers)}")
        super().check()
        if len(self.choices) != len(self.racers):
            raise UserError("a race says for each run how its settings were chosen")
        if len({run.trajectory.objective for run in self.racers}) > 1:
            raise UserError("the runs of a race descend the same objective")
        if len({run.steps for run in self.racers}) > 1:
            found = ", ".join(str(run.steps) for run in self.racers)
            raise UserError(f"the runs of a race make the same number of steps, found {found}")
        searches = [choice.search for choice in self.choices if choice and choice.search]
        if len({len(search.trials) for search in searches}) > 1:
            found = ", ".join(str(len(search.trials)) for search in searches)
            raise UserError(
                f"each racer that is tuned has the same number of trials, found {found}"
            )
        for run, choice in zip(self.racers, self.choices, strict=True):
            if choice is not None and choice.search:
                check_choice(run.trajectory, choice.search, self.ranking.aim)


@dataclass(frozen=True)
class SweepShot(Shot):
    """One hyper-parameter moves from stop to stop, and the whole run with it.

    ``stops`` are the values at which the film rests, in the order of the film; ``log`` moves evenly
    in decades. The places of cues are the stops, from 1; 0 is the introduction. A place begins when
    the knob has come to its stop and holds until it comes to the next: what is said of a stop is
    read while the knob rests there.
    """

    run: RunSpec = field(default_factory=lambda: RunSpec("sgd", "valley"))
    hyper: str = "lr"
    stops: tuple[float, ...] = ()
    log: bool = False
    place: ClassVar[str] = "stop"
    kind: str = field(default="sweep", init=False)

    @property
    def runs(self) -> tuple[RunSpec, ...]:
        return (self.run,)

    @property
    def places(self) -> int:
        return len(self.stops)

    def check(self) -> None:
        super().check()
        check_stops(self.stops, log=self.log)
        self.run.trajectory.optimizer.require_hyper(self.hyper)


KINDS: dict[str, type[Shot]] = {
    "descent": DescentShot,
    "anatomy": AnatomyShot,
    "race": RaceShot,
    "sweep": SweepShot,
}
"""The kinds of shots by the names that lessons use."""
