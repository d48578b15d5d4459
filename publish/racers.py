"""The race of a lesson file: its runs, how their settings were chosen, their names and labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from engine import Objective, Optimizer
from engine.errors import UserError
from engine.ranking import TOLERANCE
from engine.tuning import MOST_TRIALS, Tuned, tune, usual_trials
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
    grids: tuple[tuple[str, tuple[float, ...]], ...],
    trials: int,
    tolerance: float,
    hyper: tuple[tuple[str, float], ...],
) -> Tuned:
    """A search, made once in a process; see `engine.tuning.tune`."""
    return tune(
        rule,
        target,
        start,
        steps,
        dict(grids),
        trials=trials,
        tolerance=tolerance,
        hyper=dict(hyper),
    )


@dataclass(frozen=True)
class Contest:
    """What all racers share: the trials that each search may make, and the race's tolerance."""

    trials: int
    tolerance: float


@dataclass(frozen=True)
class Entrant:
    """What an entry asks for, before any search: its settings, and the grids of those to tune."""

    entry: RacerEntry
    place: Location
    given: Given
    grids: tuple[tuple[str, tuple[float, ...]], ...]


@dataclass(frozen=True)
class Racer:
    """A run of a race with the place of its entry; ``choice`` as in `RaceShot`."""

    entry: RacerEntry
    place: Location
    run: RunSpec
    choice: Choice | None


def race_of(entry: ShotEntry, given: Given, catalogs: Catalogs, language: str) -> Made:
    """A race; settings that are to be tuned are searched for by the engine."""
    if not entry.racers:
        raise PlacedError(
            "a race needs 'racers', as in racers = [{ optimizer = \"sgd\" }, "
            '{ optimizer = "adam" }]',
            given.place,
        )
    entrants = [
        entrant_of(item, given, (*given.at("racers"), index), entry.best_of)
        for index, item in enumerate(entry.racers)
    ]
    contest = contest_of(entry, entrants, given, catalogs)
    racers = [racer_of(entrant, contest, catalogs) for entrant in entrants]
    runs = tuple(
        replace(racer.run, label=translated(racer.entry.label, language, (*racer.place, "label")))
        for racer in racers
    )
    shot = RaceShot(
        racers=runs,
        choices=tuple(racer.choice for racer in racers),
        tolerance=contest.tolerance,
    )
    check_heirs(entry, entry.racers, given, "racers")
    check_different(labels(shot), "label", racers)
    return shot, racer_names(racers)


def contest_of(
    entry: ShotEntry, entrants: Sequence[Entrant], given: Given, catalogs: Catalogs
) -> Contest:
    """The trials and the tolerance of a race. Raises PlacedError for keys without effect."""
    grids = [[grid for _, grid in entrant.grids] for entrant in entrants if entrant.grids]
    if entry.trials is not None and not grids:
        raise PlacedError(
            "'trials' has no effect: no racer has a setting to be tuned, as in "
            "lr = { best_of = [0.01, 0.1, 1] }; leave it out",
            given.at("trials"),
        )
    target = given.target(catalogs)
    if entry.tolerance is not None and not target.minima:
        raise PlacedError(
            f"'tolerance' has no effect: no minimum of '{target.name}' is known, so the race goes "
            "by the loss at the end; leave it out, or declare the objective with its 'minima'",
            given.at("tolerance"),
        )
    usual = max((usual_trials(each) for each in grids), default=0)
    return Contest(entry.trials or min(usual, MOST_TRIALS), entry.tolerance or TOLERANCE)


def entrant_of(entry: RacerEntry, given: Given, place: Location, grid: Sequence[float]) -> Entrant:
    """What a racer asks for; ``grid`` is for the learning rate of one that says nothing of it."""
    hyper: dict[str, float | BestOf] = dict(entry.hyper)
    own = given.under(entry, place)
    if grid and entry.lr is None and "lr" not in hyper:
        hyper = {"lr": BestOf(best_of=list(grid)), **hyper}
        own = replace(own, where={**own.where, "hyper.lr": given.at("best_of")})
    if entry.lr is not None:
        if "lr" in hyper:
            raise PlacedError("'lr' is given twice, here and in 'hyper'", (*place, "lr"))
        hyper = {"lr": entry.lr, **hyper}
        settled = {**own.hyper, "lr": entry.lr} if isinstance(entry.lr, float) else own.hyper
        own = replace(own, hyper=settled, where={**own.where, "hyper.lr": (*place, "lr")})
    grids = tuple(
        (name, tuple(value.best_of)) for name, value in hyper.items() if isinstance(value, BestOf)
    )
    return Entrant(entry, place, own, grids)


def racer_of(entrant: Entrant, contest: Contest, catalogs: Catalogs) -> Racer:
    """The run of a racer, with the best settings that its trials found."""
    entry, place, own = entrant.entry, entrant.place, entrant.given
    if not entrant.grids:
        choice = Choice(("lr",)) if "lr" in own.hyper else None
        return Racer(entry, place, own.run(catalogs), choice)
    search = searched(entrant, contest, catalogs)
    own = replace(own, hyper={**own.hyper, **search.settings})
    return Racer(entry, place, own.run(catalogs), Choice(search.names, search))


def searched(entrant: Entrant, contest: Contest, catalogs: Catalogs) -> Tuned:
    """The search for the settings of a racer that has everything else."""
    own, names = entrant.given, [name for name, _ in entrant.grids]
    rule, target = own.rule(catalogs), own.target(catalogs)
    for name, grid in entrant.grids:
        if name in rule.defaults:
            for index, value in enumerate(grid):
                check_value(rule, name, value, (*own.at(f"hyper.{name}"), index))
    rest = {key: value for key, value in own.hyper.items() if key not in names}
    run = replace(own, hyper=rest).run(catalogs)
    start = run.start or target.start
    try:
        return tuned(
            rule,
            target,
            start,
            own.steps,
            entrant.grids,
            contest.trials,
            contest.tolerance,
            run.hyper,
        )
    except UserError as error:
        raise PlacedError(str(error), own.at(f"hyper.{names[0]}")) from None


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
