"""The runs of a film by the names that tags and data files call them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.errors import UserError, nearest
from publish.kinds import stop_runs
from publish.shots import NamedShot
from scenes import RaceShot, RunSpec, SweepShot
from scenes.parts.standings import labels, plain


@dataclass(frozen=True)
class Reference:
    """A run of a film. ``name`` is "" for the main run; ``label`` calls it in words.

    ``chapter`` calls its shot, "" for the main run.
    """

    name: str
    label: str
    run: RunSpec
    chapter: str = ""
    races: bool = False


def references(shots: Sequence[NamedShot]) -> tuple[Reference, ...]:
    """Every run of a film, each under all of its names.

    The main run is that of the first shot, unless this is a race, whose runs are equals. A shot's
    main run has the shot's name; racers, panes and stops have theirs behind the shot's, or alone
    in a film of one shot.
    """
    found: list[Reference] = []
    for index, named in enumerate(shots):
        races, chapter = isinstance(named.shot, RaceShot), named.shot.title or named.name
        if not races:
            main = named.shot.runs[0]
            label = labels_of(named)[0]
            found += [Reference("", label, main)] if index == 0 else []
            found += [Reference(named.name, label, main, chapter)] if len(shots) > 1 else []
        prefix = f"{named.name}." if len(shots) > 1 else ""
        found += [
            Reference(prefix + name, label, run, chapter, races)
            for name, label, run in inner(named)
        ]
    return tuple(found)


def inner(named: NamedShot) -> Iterator[tuple[str, str, RunSpec]]:
    """The runs with names within a shot: name, label and run."""
    for (name, run), label in zip(named.runs.items(), labels_of(named), strict=True):
        if name:
            yield name, label, run
    if isinstance(named.shot, SweepShot):
        for number, run in enumerate(stop_runs(named.shot), start=1):
            setting = f"{named.shot.hyper} {plain(named.shot.stops[number - 1])}"
            yield f"stop{number}", f"{run.trajectory.optimizer.title}, {setting}", run


def labels_of(named: NamedShot) -> tuple[str, ...]:
    """What the runs of a shot are called in words."""
    if isinstance(named.shot, RaceShot):
        return labels(named.shot)
    runs = named.shot.runs
    several = len({run.trajectory.objective for run in runs}) > 1
    return tuple(
        run.label or (run.trajectory.objective if several else run.trajectory.optimizer).title
        for run in runs
    )


def data_runs(shots: Sequence[NamedShot]) -> tuple[Reference, ...]:
    """The runs that get a data file: each once, but for racers, who all have theirs."""
    kept: dict[object, Reference] = {}
    for item in references(shots):
        run = item.run
        settings = tuple(sorted(run.trajectory.hyper.items()))
        same = (run.optimizer, run.objective, run.start, run.steps, settings)
        kept.setdefault(item.name if item.races else same, item)
    return tuple(kept.values())


def data_path(lesson: str, film: str, run: str) -> str:
    """The CSV file of a film's run, from the site's root; ``run`` as in `Reference`."""
    return f"data/{lesson}-{film}{'.' if run else ''}{run}.csv"


def target_of(target: str) -> tuple[str, str]:
    """``FILM.RUN`` as film and name of the run, "" for the main one."""
    film, _, name = target.partition(".")
    return film, name


def referred(shots: Sequence[NamedShot], target: str) -> Reference:
    """The run that a tag's target ``FILM`` or ``FILM.RUN`` names.

    Raises:
        UserError: there is no such run, or the film has no main one.
    """
    film, name = target_of(target)
    found = {item.name: item for item in references(shots)}
    if name in found:
        return found[name]
    names = [f"{film}.{item}" if item else film for item in found]
    if not name:
        raise UserError(f"the film '{film}' shows several runs; name one: {', '.join(names)}")
    raise UserError(
        f"the film '{film}' has no run '{name}'{nearest(f'{film}.{name}', names)}; "
        f"there is {', '.join(names)}"
    )
