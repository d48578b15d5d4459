"""The race of a lesson file: its runs, how their settings were chosen, their names and labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from engine import Objective, Optimizer
from engine.errors import UserError
from engine.tuning import Tuned, best_of
from publish.catalog import Catalogs
from publish.effect import check_heirs
from publish.given import Given, PlacedError, check_value, translated
from publish.kinds import Made
from publish.lesson import BestOf, RacerEntry, ShotEntry
from publish.lines import Location
from scenes import Choice, RaceShot, RunSpec
from scenes.parts.standings import labels


@lru_cache(maxsize=256)
def tuned(
    rule: Optimizer,
    target: Objective,
    start: tuple[float, float],
    steps: int,
    name: str,
    grid: tuple[float, ...],
    hyper: tuple[tuple[str, float], ...],
) -> Tuned:
    """The best of a grid, worked out once in a process; see `engine.tuning.best_of`."""
    return best_of(rule, target, start, steps, name, grid, dict(hyper))


@dataclass(frozen=True)
class Racer:
    """A run of a race with the place of its entry; ``choice`` as in `RaceShot`."""

    entry: RacerEntry
    place: Location
    run: RunSpec
    choice: Choice | None


def race_of(entry: ShotEntry, given: Given, catalogs: Catalogs, language: str) -> Made:
    """A race; a setting that is the best of a grid is worked out by the engine."""
    if not entry.racers:
        raise PlacedError(
            "a race needs 'racers', as in racers = [{ optimizer = \"sgd\" }, "
            '{ optimizer = "adam" }]',
            given.place,
        )
    racers = [
        racer_of(item, given, (*given.at("racers"), index), catalogs, entry.best_of)
        for index, item in enumerate(entry.racers)
    ]
    runs = tuple(
        replace(racer.run, label=translated(racer.entry.label, language, (*racer.place, "label")))
        for racer in racers
    )
    shot = RaceShot(racers=runs, choices=tuple(racer.choice for racer in racers))
    check_heirs(entry, entry.racers, given, "racers")
    check_different(labels(shot), "label", racers)
    return shot, racer_names(racers)


def racer_of(
    entry: RacerEntry, given: Given, place: Location, catalogs: Catalogs, grid: Sequence[float]
) -> Racer:
    """The run of one racer; ``grid`` is for the learning rate of one that says nothing of it."""
    hyper: dict[str, float | BestOf] = dict(entry.hyper)
    own = given.under(entry, place)
    if grid and entry.lr is None and "lr" not in hyper:
        hyper["lr"] = BestOf(best_of=list(grid))
        own = replace(own, where={**own.where, "hyper.lr": given.at("best_of")})
    if entry.lr is not None:
        if "lr" in hyper:
            raise PlacedError("'lr' is given twice, here and in 'hyper'", (*place, "lr"))
        hyper["lr"] = entry.lr
        settled = {**own.hyper, "lr": entry.lr} if isinstance(entry.lr, float) else own.hyper
        own = replace(own, hyper=settled, where={**own.where, "hyper.lr": (*place, "lr")})
    grids = {name: value for name, value in hyper.items() if isinstance(value, BestOf)}
    if len(grids) > 1:
        raise PlacedError(
            f"only one setting of a racer can be the best of a grid, found {' and '.join(grids)}",
            place,
        )
    for name, tried in grids.items():
        choice = chosen(own, name, tuple(tried.best_of), catalogs)
        own = replace(own, hyper={**own.hyper, name: choice.value})
        made = Choice(name, choice.grid, choice.losses)
        return Racer(entry, place, own.run(catalogs), made)
    return Racer(entry, place, own.run(catalogs), Choice("lr") if "lr" in own.hyper else None)


def chosen(own: Given, name: str, grid: tuple[float, ...], catalogs: Catalogs) -> Tuned:
    """The best of a grid for a racer that has everything else."""
    rule, target = own.rule(catalogs), own.target(catalogs)
    if name in rule.defaults:
        for index, value in enumerate(grid):
            check_value(rule, name, value, (*own.at(f"hyper.{name}"), index))
    rest = {key: value for key, value in own.hyper.items() if key != name}
    run = replace(own, hyper=rest).run(catalogs)
    start = run.start or target.start
    try:
        return tuned(rule, target, start, own.steps, name, grid, run.hyper)
    except UserError as error:
        raise PlacedError(str(error), own.at(f"hyper.{name}")) from None


def racer_names(racers: Sequence[Racer]) -> tuple[str, ...]:
    """The names given, else the optimizers', numbered where several racers would have the same."""
    usual = [racer.run.trajectory.optimizer.name for racer in racers]
    unnamed = Counter(
        name for racer, name in zip(racers, usual, strict=True) if not racer.entry.name
    )
    seen: Counter[str] = Counter()
    names = []
    for racer, name in zip(racers, usual, strict=True):
        seen[name] += not racer.entry.name
        numbered = name if unnamed[name] == 1 else f"{name}-{seen[name]}"
        names.append(racer.entry.name or numbered)
    check_different(names, "name", racers)
    return tuple(names)


def check_different(words: Sequence[str], key: str, racers: Sequence[Racer]) -> None:
    """No two racers have the same name, or label."""
    for index, word in enumerate(words):
        if word in words[:index]:
            raise PlacedError(
                f"two racers have the {key} '{word}'; give one a '{key}' of its own",
                (*racers[index].place, key),
            )
