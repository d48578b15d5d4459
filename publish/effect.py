"""Keys of a lesson file that would change nothing, and values that a key cannot take."""

from __future__ import annotations

from collections.abc import Sequence

from publish.given import Given, PlacedError
from publish.lesson import FilmEntry, PaneEntry, RacerEntry, ShotEntry
from publish.lines import Location
from scenes import RaceShot, RunSpec, Shot

Item = PaneEntry | RacerEntry | ShotEntry
Items = Sequence[PaneEntry] | Sequence[RacerEntry] | Sequence[ShotEntry]


def check_heirs(entry: ShotEntry, items: Items, given: Given, what: str) -> None:
    """A key of a film or shot serves one of its ``items`` at least, which are called ``what``.

    Raises:
        PlacedError: each of them has its own, or another optimizer.
    """
    for key in ("optimizer", "objective", "start", "steps"):
        own = [getattr(item, key, None) is not None for item in items]
        if key in entry.model_fields_set and all(own):
            raise PlacedError(
                f"'{key}' has no effect, for each of the {what} has its own; leave it out",
                (*given.place, key),
            )
    for name in entry.hyper:
        tuned = name == "lr" and entry.best_of
        if tuned or not any(inherits(item, name, given) for item in items):
            raise PlacedError(
                f"'hyper.{name}' has no effect: each of the {what} has its own, the best of a "
                "grid, or another optimizer than the one it belongs to; leave it out, or give it "
                "to them",
                (*given.place, "hyper", name),
            )


def inherits(item: Item, name: str, given: Given) -> bool:
    """Whether an item takes a hyper-parameter from above."""
    own = {*item.hyper}
    if isinstance(item, RacerEntry) and item.lr is not None:
        own.add("lr")
    if isinstance(item, ShotEntry) and item.best_of:
        own.add("lr")
    return item.optimizer in (None, given.optimizer) and name not in own


def check_hyper(given: Given, keys: Sequence[str]) -> None:
    """Hyper-parameters belong to an optimizer. Raises PlacedError."""
    if keys and given.optimizer is None:
        raise PlacedError(
            "'hyper' needs the key 'optimizer' beside it: settings belong to an optimizer, "
            "and whoever names another one begins with its defaults",
            (*given.place, "hyper"),
        )


def check_grid(entry: ShotEntry, shots: Sequence[Shot], place: Location) -> None:
    """A grid for all racers serves one of them at least. Raises PlacedError."""
    grid = tuple(sorted(entry.best_of))
    choices = [
        choice for shot in shots if isinstance(shot, RaceShot) for choice in shot.choices if choice
    ]
    searches = [choice.search for choice in choices if choice.search]
    if grid and not any(
        dict(zip(s.names, s.grids, strict=True)).get("lr") == grid for s in searches
    ):
        raise PlacedError(
            "'best_of' has no effect: every racer has an 'lr' of its own; leave it out, or theirs",
            (*place, "best_of"),
        )


def check_racers(film: FilmEntry, place: Location) -> None:
    """The racers of a film of shots serve one of its races at least. Raises PlacedError."""
    races = [shot for shot in film.shots if shot.kind == "race"]
    if "racers" in film.model_fields_set and all(shot.racers for shot in races):
        raise PlacedError(
            "'racers' has no effect: every race of the film has its own; leave it out",
            (*place, "racers"),
        )


def check_panes(runs: Sequence[RunSpec], given: Given) -> None:
    """Two panes show two runs, under two names. Raises PlacedError."""
    place = (*given.place, "panes", 1)
    one, other = (
        (run.optimizer, run.objective, run.trajectory.points[0].tolist(), run.trajectory.hyper)
        for run in runs
    )
    if one == other:
        raise PlacedError(
            "the two panes show the same run; let one have another 'objective', 'start' or "
            "'hyper', or leave 'panes' out",
            place,
        )
    if runs[0].label and runs[0].label == runs[1].label:
        raise PlacedError(
            f"two panes have the label '{runs[0].label}'; give one another", (*place, "label")
        )


def check_stops(stops: Sequence[float], place: Location) -> None:
    """A sweep moves from each stop to the next. Raises PlacedError."""
    for index, stop in enumerate(stops):
        if stop in stops[:index]:
            raise PlacedError(f"the stop {stop:g} is named twice; leave one out", (*place, index))


def check_slow(entry: ShotEntry, last: int, place: Location) -> None:
    """Steps of a descent are slow for one reason, and the run has them. Raises PlacedError."""
    if "explained" in entry.model_fields_set and entry.explained > last:
        raise PlacedError(
            f"the first {entry.explained} steps are to be explained, but the run ends at step "
            f"{last}; set explained to {last} or less",
            (*place, "explained"),
        )
    for index, step in enumerate(entry.dwell):
        if step <= entry.explained:
            raise PlacedError(
                f"step {step} is slow already, with explained = {entry.explained}; leave it out "
                "of 'dwell', or set explained = 0",
                (*place, "dwell", index),
            )


def check_once(names: Sequence[str], place: Location) -> None:
    """No name stands twice. Raises PlacedError."""
    for index, name in enumerate(names):
        if name in names[:index]:
            raise PlacedError(f"'{name}' is named twice; leave one out", (*place, index))
