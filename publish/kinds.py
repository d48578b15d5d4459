"""The shots of one method: a descent, an anatomy or a sweep from an entry of a lesson file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.errors import UserError
from engine.optimizers import Optimizer
from publish.catalog import Catalogs
from publish.effect import (
    check_heirs,
    check_once,
    check_panes,
    check_slow,
    check_stops,
)
from publish.given import Given, PlacedError, check_value, known, translated
from publish.lesson import OtherEntry, ShotEntry
from publish.lines import Location
from scenes import AnatomyShot, DescentShot, RunSpec, Shot, SweepShot

PANES = ("first", "second")
WITHOUT = "without"
TAKEN_APART = (1, 2)

Made = tuple[Shot, tuple[str, ...]]
"""A shot, and the names of its runs; "" for a run that needs none."""


def descent_of(entry: ShotEntry, given: Given, catalogs: Catalogs, language: str) -> Made:
    """A descent of one run, or of two beside each other."""
    runs: tuple[RunSpec, ...]
    names: tuple[str, ...]
    if entry.panes:
        places = [(*given.place, "panes", index) for index in range(len(entry.panes))]
        panes = list(zip(entry.panes, places, strict=True))
        runs = tuple(
            given.under(pane, place).run(
                catalogs, translated(pane.label, language, (*place, "label"))
            )
            for pane, place in panes
        )
        names = tuple(pane.name or PANES[index] for index, pane in enumerate(entry.panes))
        if names[0] == names[1]:
            raise PlacedError(
                f"two panes are called '{names[0]}'; give one another name", (*places[1], "name")
            )
    else:
        runs, names = (given.run(catalogs),), ("",)
    last = max(run.trajectory.steps for run in runs)
    check_dwell(entry.dwell, last, (*given.place, "dwell"))
    check_slow(entry, last, given.place)
    for run in runs:
        check_highlight(entry, run, given.place)
    shot = DescentShot(
        panes=runs,
        explained=entry.explained,
        dwell=tuple(entry.dwell),
        highlight=tuple(entry.highlight),
    )
    if entry.panes:
        check_heirs(entry, entry.panes, given, "panes")
        check_panes(runs, given)
    return shot, names


def anatomy_of(entry: ShotEntry, given: Given, catalogs: Catalogs, language: str) -> Made:
    """A run of which the steps in ``dwell`` are taken apart, by default the first two."""
    run = given.run(catalogs)
    last = run.trajectory.steps
    check_dwell(entry.dwell, last, (*given.place, "dwell"))
    steps = entry.dwell or [step for step in TAKEN_APART if step <= last]
    if not steps:
        raise PlacedError(f"there is no step to take apart: {run.trajectory.message}", given.place)
    check_highlight(entry, run, given.place)
    other = None
    if entry.without is not None:
        other = other_of(entry.without, run, catalogs, (*given.place, "without"), language)
    shot = AnatomyShot(run=run, steps=tuple(steps), without=other, highlight=tuple(entry.highlight))
    return shot, ("", WITHOUT) if other else ("",)


def other_of(
    entry: str | OtherEntry, run: RunSpec, catalogs: Catalogs, place: Location, language: str
) -> RunSpec:
    """The run that is set against another, with the name it has on screen."""
    if isinstance(entry, str):
        return run_without(entry, run, catalogs, place)
    made = run_without(entry.optimizer, run, catalogs, (*place, "optimizer"))
    return replace(made, label=translated(entry.label, language, (*place, "label")))


def run_without(name: str, run: RunSpec, catalogs: Catalogs, place: Location) -> RunSpec:
    """The same run with another optimizer, which keeps the settings that it has in common."""
    given = Given(place[:-1], optimizer=name, where={"optimizer": place})
    rule = given.rule(catalogs)
    if rule == run.trajectory.optimizer:
        raise PlacedError(
            f"'{name}' is the anatomy's own optimizer; name another one to set against it, or "
            "leave 'without' out",
            place,
        )
    settings = {
        key: float(value)
        for key, value in run.trajectory.hyper.items()
        if rule.defaults.get(key, value) != value
    }
    made = replace(run, optimizer=rule, hyper=tuple(sorted(settings.items())), label="")
    if made.trajectory.steps < run.trajectory.steps:
        raise PlacedError(
            f"'{name}' breaks off before the run beside it ends: {made.trajectory.message}", place
        )
    return made


def sweep_of(entry: ShotEntry, given: Given, catalogs: Catalogs, language: str) -> Made:
    """A run with a hyper-parameter that moves from stop to stop."""
    run = given.run(catalogs)
    rule = run.trajectory.optimizer
    try:
        rule.require_hyper(entry.sweep)
    except UserError as error:
        raise PlacedError(str(error), (*given.place, "sweep")) from None
    if entry.sweep in entry.hyper:
        raise PlacedError(
            f"'{entry.sweep}' moves in this sweep: its values are the 'stops'; leave it out here",
            (*given.place, "hyper", entry.sweep),
        )
    for index, value in enumerate(entry.stops):
        check_value(rule, entry.sweep, value, (*given.place, "stops", index))
    check_stops(entry.stops, (*given.place, "stops"))
    stops, log = usual_stops(rule, entry.sweep)
    if entry.stops:
        stops, log = entry.stops, False
    if "log" in entry.model_fields_set:
        log = entry.log
    shot = SweepShot(run=run, hyper=entry.sweep, stops=tuple(stops), log=log)
    for index, stop in enumerate(stop_runs(shot)):
        try:
            _ = stop.trajectory
        except UserError as error:
            raise PlacedError(str(error), (*given.place, "stops", index)) from None
    return shot, ("",)


def usual_stops(rule: Optimizer, name: str) -> tuple[list[float], bool]:
    """Three stops over the range of a slider, and whether they go in decades.

    A learning rate goes from a hundredth of the slider's upper end, anything else from its lower
    end; the one between them is their mean, in decades the geometric one.
    """
    hyper = next(hyper for hyper in rule.hyper if hyper.name == name)
    low, high = hyper.low, hyper.high
    if name == "lr" and low <= 0:
        return [high / 100, high / 10, high], True
    if hyper.scale == "log":
        return [low, (low * high) ** 0.5, high], True
    return [low, (low + high) / 2, high], False


def stop_runs(shot: SweepShot) -> Iterator[RunSpec]:
    """The run at each stop of a sweep, in order."""
    for stop in shot.stops:
        hyper = {**dict(shot.run.hyper), shot.hyper: float(stop)}
        yield replace(shot.run, hyper=tuple(sorted(hyper.items())))


def check_dwell(dwell: Sequence[int], last: int, place: Location) -> None:
    """Steps to dwell on rise, and the run has them."""
    before = 0
    for index, step in enumerate(dwell):
        if step > last:
            raise PlacedError(
                f"step {step}, but the run ends at step {last}; name an earlier one",
                (*place, index),
            )
        if step <= before:
            raise PlacedError(
                f"step {step} cannot follow step {before}; let steps rise", (*place, index)
            )
        before = step


def check_highlight(entry: ShotEntry, run: RunSpec, place: Location) -> None:
    """What is to be lit are terms of the rule, or its gradients."""
    terms = tuple(row.name for row in run.trajectory.optimizer.rows)
    known(entry.highlight, terms, "term", (*place, "highlight"))
    check_once(entry.highlight, (*place, "highlight"))
