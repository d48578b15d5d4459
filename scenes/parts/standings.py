"""What a race says in words and numbers: labels, the protocol, ranks, how runs ended."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from engine import Outcome, Trajectory
from engine.digits import digits_apart
from engine.formula.symbols import in_text
from engine.scale import scale_of
from scenes.manner import manner
from scenes.parts.figures import MINUS, SET, brief
from scenes.shots import Choice, RaceShot, RunSpec
from scenes.words import WORDS, steps_made
from scenes.wrapping import wrapped as broken

GONE = 1e6
LATIN, TIGHT = 0.46, 1.06
LISTED = 8
"""Grids of at most so many values are listed on screen, where there is room."""

SHORTER = (LISTED, 0, None)
"""How grids are told, in this order until there is room; None leaves them to the page."""


def labels(shot: RaceShot) -> tuple[str, ...]:
    """The racers' names: as given, else the optimizer's title with what tells equal ones apart."""
    names = [run.label or run.trajectory.optimizer.title for run in shot.racers]
    often = Counter(names)
    return tuple(
        ", ".join([name, *_apart(shot, run)]) if often[name] > 1 else name
        for name, run in zip(names, shot.racers, strict=True)
    )


def _apart(shot: RaceShot, run: RunSpec) -> list[str]:
    """The settings of ``run`` that not all runs of its optimizer share."""
    mine = run.trajectory
    others = [r.trajectory for r in shot.racers if r.trajectory.optimizer == mine.optimizer]
    shared = {
        name
        for name, value in mine.hyper.items()
        if all(other.hyper[name] == value for other in others)
    }
    return settings(shot, run, shared)


def settings(shot: RaceShot, run: RunSpec, known: Collection[str]) -> list[str]:
    """The settings of ``run`` without the ``known`` ones, and its start where starts differ."""
    trajectory = run.trajectory
    parts = [
        f"{in_text(name)} = {plain(float(value))}"
        for name, value in trajectory.hyper.items()
        if name not in known
    ]
    if not same_start(shot):
        parts.append("({}, {})".format(*start_of(trajectory)))
    return parts


def plain(value: float) -> str:
    """A setting's value in running text."""
    text = f"{value:zg}"
    return brief(value) if "e" in text else text.replace("-", MINUS)


def start_of(run: Trajectory) -> tuple[str, str]:
    """The coordinates of a run's start."""
    first, second = run.points[0].tolist()
    return plain(first), plain(second)


def same_start(shot: RaceShot) -> bool:
    """Whether all runs start at one point."""
    return len({tuple(run.trajectory.points[0].tolist()) for run in shot.racers}) == 1


def protocol(shot: RaceShot, language: str, listed: int | None = LISTED) -> tuple[str, ...]:
    """The rules of the race: start, steps, the goal, and how each run's settings were chosen.

    Grids of at most ``listed`` values are told value by value, others by their ends; with None
    none is told.
    """
    words = WORDS[language]
    first, second = start_of(shot.racers[0].trajectory)
    start = (
        words["race_same_start"].format(x=first, y=second)
        if same_start(shot)
        else words["race_starts"]
    )
    chosen: dict[str, tuple[str, list[str]]] = {}
    for run, choice, label in zip(shot.racers, shot.choices, labels(shot), strict=True):
        how = _how(run, choice, language, listed, named=not chosen)
        later = _how(run, choice, language, listed, named=False)
        if how:
            chosen.setdefault(later, (how, []))[1].append(label)
    rules = [how for how, _ in chosen.values()]
    if len(chosen) > 1:
        rules = [
            words["race_whose"].format(who=words["race_and"].join(who), how=how)
            for how, who in chosen.values()
        ]
    steps = words["race_steps"].format(steps=steps_made(shot.steps, language))
    return start, steps, _goal(shot, language), *rules


def _goal(shot: RaceShot, language: str) -> str:
    """What decides the race."""
    words, loss = WORDS[language], shot.ranking.aim.loss
    if loss is None:
        return words["race_by_loss"]
    lowest = scale_of(shot.racers[0].trajectory.objective).lowest
    digits = digits_apart(loss, lowest, 3)
    short = digits <= SET
    told = plain(float(f"{loss:.{digits}g}")) if short else brief(loss, digits)
    return words["race_goal"].format(loss=told)


def _how(
    run: RunSpec, choice: Choice | None, language: str, listed: int | None, *, named: bool
) -> str:
    """How a run's settings were chosen, "" for a run without any; ``named`` as in `called`."""
    (how, names), words = manner(run, choice), WORDS[language]
    if not names:
        return ""
    search = choice.search if choice else None
    name = words["race_and"].join(called(name, language, named=named) for name in names)
    if search is None:
        return words[f"race_{how.value}"].format(name=name)
    told = words["race_at_end" if search.at_end else "race_best"]
    told = told.format(name=name, count=len(search.trials))
    if listed is None:
        return told
    grids = (_grid(grid, language, listed) for grid in search.grids)
    return told + words["race_first"].format(grid=words["race_grid_and"].join(grids))


def called(name: str, language: str, *, named: bool) -> str:
    """A setting's symbol; where it is first ``named``, a learning rate's after its word."""
    word = f"{WORDS[language]['learning_rate']} " if named and name == "lr" else ""
    return word + in_text(name)


def _grid(grid: Sequence[float], language: str, listed: int) -> str:
    if len(grid) <= listed:
        return "{" + ", ".join(plain(value) for value in grid) + "}"
    return WORDS[language]["race_grid_long"].format(
        count=len(grid), low=plain(min(grid)), high=plain(max(grid))
    )


def wrapped(rules: Sequence[str], language: str, ems: float) -> list[str]:
    """The rules as lines about ``ems`` letter heights wide.

    A rule that fits stays whole, on the line of the one before where it can; a longer one is
    broken at spaces and between Chinese characters.
    """
    between, lines = WORDS[language]["race_between"], [""]
    for rule in rules:
        joined = lines[-1] + between + rule
        if not lines[-1]:
            lines[-1] = rule
        elif _ems(joined) <= ems:
            lines[-1] = joined
        else:
            lines.append(rule)
        if _ems(lines[-1]) > TIGHT * ems:
            lines[-1:] = broken(lines[-1], lambda line: _ems(line) <= ems)
    return lines


def _ems(text: str) -> float:
    """About how wide ``text`` is, in its letters' size."""
    return sum(1.0 if unicodedata.east_asian_width(letter) in "WF" else LATIN for letter in text)


def steady(run: Trajectory) -> bool:
    """Whether a run came to its end no higher than it began."""
    return run.outcome in (Outcome.CONVERGED, Outcome.FLAT, Outcome.FINISHED)


def ranks(shot: RaceShot) -> tuple[list[int], list[int | None]]:
    """The racers in their order at the end, and each one's rank; see `engine.ranking.Ranking`."""
    found = shot.ranking
    return list(found.order), list(found.ranks)


def reached(shot: RaceShot) -> tuple[int | None, ...]:
    """The step from which on each racer is at the goal, None for those that never are."""
    return tuple(end.reached for end in shot.ranking.finishes)


def over(run: Trajectory) -> int:
    """The step after which nothing of a run can be followed.

    That is its last one or, for one that diverges, the first after which its loss stays more than
    a million times as high, above the lowest that is known, as at the start.
    """
    last = run.stopped or run.requested
    if not run.outcome.diverges:
        return last
    scale = scale_of(run.objective)
    near = run.losses - scale.lowest <= GONE * max(run.losses[0] - scale.lowest, scale.usual)
    return min(int(np.flatnonzero(near)[-1]) + 1, last)


def status(run: Trajectory, place: float, language: str) -> str:
    """What is said of a run instead of numbers when the clock stands at ``place``, "" if nothing.

    It is said once the clock has counted the step at which the run broke off.
    """
    step = run.stopped
    if step is None or place < step:
        return ""
    key = "race_diverged" if run.outcome is Outcome.DIVERGED else "race_undefined"
    return WORDS[language][key].format(step=step)


def verdict(shot: RaceShot, language: str) -> str:
    """Who has come first; nobody where every run diverges or breaks off."""
    words, (_, placed) = WORDS[language], ranks(shot)
    first = [label for label, rank in zip(labels(shot), placed, strict=True) if rank == 1]
    runs = [racer.trajectory for racer in shot.racers]
    if all(run.stopped or run.outcome.diverges for run in runs):
        return words["race_none"]
    found, winner = shot.ranking, placed.index(1)
    best = found.finishes[winner]
    key = "race_won" if len(first) == 1 else "race_tied"
    if best.reached is not None:
        key = f"{key}_goal"
    elif found.aim.loss is not None:
        key = f"{key}_short"
    return words[key].format(
        steps=shot.steps,
        step=best.reached,
        label=words["race_and"].join(first),
        loss=brief(best.loss, digits_apart(best.loss, float(runs[winner].losses[0]))),
    )
