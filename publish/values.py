"""The numbers that captions can name, for each kind of shot: those of its runs, from the engine."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

import numpy as np

from engine import Trajectory
from engine.sweep import behavior, zones
from publish.kinds import stop_runs
from publish.runtable import ending
from publish.shots import NamedShot
from scenes import RaceShot, RunSpec, SweepShot
from scenes.parts.standings import labels, ranks, reached
from scenes.words import WORDS

Value = float | str | Mapping[int, float] | Mapping[int, str]
Values = Mapping[str, Value]
Groups = Mapping[str, Callable[[], Values]]
"""What the names before a dot stand for, worked out when asked for; "" for names without one."""


def groups_of(named: NamedShot, language: str) -> Groups:
    """Everything that a caption of a shot can name.

    A run's numbers stand by themselves, or behind the run's name where there are several; a sweep
    has its stops' as ``stop1`` and so on.
    """
    shot = named.shot
    if isinstance(shot, SweepShot):
        stops = tuple(stop_runs(shot))
        groups: dict[str, Callable[[], Values]] = {"": partial(sweep_values, shot, stops, language)}
        for number, stop in enumerate(stops, start=1):
            groups[f"stop{number}"] = partial(run_values, stop, language)
        return groups
    if isinstance(shot, RaceShot):
        return {
            "": partial(race_values, shot),
            **{
                name: partial(racer_values, shot, index, language)
                for index, name in enumerate(named.names)
            },
        }
    runs = named.runs
    main = next(iter(runs.values()))
    return {
        "": partial(run_values, main, language),
        **{n: partial(run_values, run, language) for n, run in runs.items() if n},
    }


@lru_cache(maxsize=64)
def run_values(run: RunSpec, language: str) -> Values:
    """The numbers of one run, and its ``outcome`` in words."""
    return {**numbers(run.trajectory), "outcome": ending(run.trajectory, language)}


def numbers(trajectory: Trajectory) -> dict[str, Value]:
    """What a placeholder can name of a run: one number, or one number for each step.

    ``loss``, ``x1``, ``x2`` and the ``distance`` from the nearest known minimum count from the
    start, step 0. Gradients, terms and effective steps belong to the step that they make: where a
    rule takes its gradient at the point, ``g1[1]`` is that at the start.
    """
    values: dict[str, Value] = {name: float(value) for name, value in trajectory.hyper.items()}
    values["steps"] = trajectory.steps
    taken = {name: each.values for name, each in trajectory.taken.items()}
    made = {**trajectory.terms, **taken, "effective": trajectory.effective}
    for name, array in made.items():
        for column in (0, 1):
            values[f"{name}{column + 1}"] = indexed(array[:, column], 1)
    for column in (0, 1):
        values[f"x{column + 1}"] = indexed(trajectory.points[:, column], 0)
    values["loss"] = indexed(trajectory.losses, 0)
    distance = trajectory.objective.distance(trajectory.points)
    if distance is not None:
        values["distance"] = indexed(distance, 0)
    return values


def indexed(column: np.ndarray, first: int) -> dict[int, float]:
    """The column by step, and by -1 for its last entry."""
    by_step = {index + first: float(value) for index, value in enumerate(column)}
    if by_step:
        by_step[-1] = float(column[-1])
    return by_step


@lru_cache(maxsize=64)
def sweep_values(shot: SweepShot, stops: tuple[RunSpec, ...], language: str) -> Values:
    """Of a sweep by the number of the stop, from 1: the moving setting and the end of each run.

    The other settings are one number; so is ``first_loss``, the loss at the start. ``outcome`` are
    the picture's words, ``limit`` the values between which runs behave alike.
    """
    runs = [stop.trajectory for stop in stops]
    values: dict[str, Value] = {
        name: float(value) for name, value in runs[0].hyper.items() if name != shot.hyper
    }
    values[shot.hyper] = by_number(shot.stops)
    values["stops"] = len(stops)
    values["first_loss"] = float(runs[0].losses[0])
    values["steps"] = by_number([run.steps for run in runs])
    values["loss"] = by_number([run.losses[-1] for run in runs])
    for column in (0, 1):
        values[f"x{column + 1}"] = by_number([run.points[-1, column] for run in runs])
    distances = [run.objective.distance(run.points[-1]) for run in runs]
    if distances[0] is not None:
        values["distance"] = by_number([float(found) for found in distances if found is not None])
    endings = [WORDS[language][f"sweep_{behavior(run).value}"] for run in runs]
    values["outcome"] = {**dict(enumerate(endings, start=1)), -1: endings[-1]}
    values["limit"] = Limits(shot)
    return values


class Limits(Mapping[int, float]):
    """Where a sweep's behavior changes on its slider, counted from 1 in rising order.

    They are worked out, from hundreds of runs, when the first one is asked for.
    """

    def __init__(self, shot: SweepShot) -> None:
        self._shot = shot

    def __getitem__(self, number: int) -> float:
        return limits(self._shot)[number]

    def __iter__(self) -> Iterator[int]:
        return iter(limits(self._shot))

    def __len__(self) -> int:
        return len(limits(self._shot))


@lru_cache(maxsize=64)
def limits(shot: SweepShot) -> dict[int, float]:
    """The limits between the zones of a sweep's slider; see `engine.sweep.zones`."""
    run = shot.run
    found = zones(
        run.optimizer,
        run.objective,
        run.start,
        run.steps,
        shot.hyper,
        (min(shot.stops), max(shot.stops)),
        {name: value for name, value in run.hyper if name != shot.hyper},
        log=shot.log,
    )
    return by_number([zone.low for zone in found[1:]])


def by_number(found: Sequence[float]) -> dict[int, float]:
    """The numbers counted from 1, the last one also as -1."""
    return indexed(np.asarray(found, dtype=np.float64), 1)


@lru_cache(maxsize=64)
def race_values(shot: RaceShot) -> Values:
    """Of a race: its ``steps``, how many ``racers``, and who is in which place in ``order``.

    ``goal`` is the loss to come to, where there is one; ``trials`` what each that is tuned has.
    """
    shown, (order, _) = labels(shot), ranks(shot)
    by_rank = {rank: shown[index] for rank, index in enumerate(order, start=1)}
    values: dict[str, Value] = {
        "steps": shot.steps,
        "racers": len(shot.racers),
        "order": {**by_rank, -1: shown[order[-1]]},
    }
    if shot.ranking.aim.loss is not None:
        values["goal"] = shot.ranking.aim.loss
    searches = [choice.search for choice in shot.choices if choice and choice.search]
    if searches:
        values["trials"] = len(searches[0].trials)
    return values


@lru_cache(maxsize=64)
def racer_values(shot: RaceShot, index: int, language: str) -> Values:
    """Of a racer: the numbers of its run, its ``rank`` at the end, and what it was tuned on.

    One that broke off has no rank, and ``reached`` is the step from which it is at the goal, if it
    is. ``grid[k]`` is the k-th value with which the search began, ``tried[k]`` the k-th of all in
    rising order, ``tried_loss[k]`` the loss at the end with it, where one setting was tuned; of
    several, the first one's grid.
    """
    values = dict(run_values(shot.racers[index], language))
    rank = ranks(shot)[1][index]
    if rank is not None:
        values["rank"] = rank
    at_goal = reached(shot)[index]
    if at_goal is not None:
        values["reached"] = at_goal
    choice = shot.choices[index]
    search = choice.search if choice else None
    if search:
        values["grid"] = by_number(search.grids[0])
        values["trials"] = len(search.trials)
    if search and len(search.names) == 1:
        rising = sorted(search.trials, key=lambda trial: trial.values)
        values["tried"] = by_number([trial.values[0] for trial in rising])
        ends = [trial.finish.loss if trial.finish.whole else math.nan for trial in rising]
        values["tried_loss"] = by_number(ends)
    return values
