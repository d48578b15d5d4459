"""From the films of a lesson file to shots: inheritance, defaults, and the names of runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from engine.errors import UserError
from publish.catalog import Catalogs
from publish.effect import check_grid, check_heirs, check_hyper, check_racers
from publish.given import Given, PlacedError, translated
from publish.kinds import Made, anatomy_of, descent_of, sweep_of
from publish.lesson import KIND_KEYS, FilmEntry, ShotEntry
from publish.lines import Location
from publish.racers import race_of
from scenes import RunSpec, Shot

Maker = Callable[[ShotEntry, Given, Catalogs, str], Made]
MAKERS: Mapping[str, Maker] = {
    "descent": descent_of,
    "anatomy": anatomy_of,
    "race": race_of,
    "sweep": sweep_of,
}


@dataclass(frozen=True)
class NamedShot:
    """A shot with its name and kind; ``names`` are those of ``shot.runs``, "" for one without."""

    name: str
    kind: str
    shot: Shot
    names: tuple[str, ...]

    @property
    def runs(self) -> dict[str, RunSpec]:
        """The runs by name, the main one first."""
        return dict(zip(self.names, self.shot.runs, strict=True))


@dataclass(frozen=True)
class Direction:
    """What a film shows: its shots, without captions, and its title in the picture."""

    title: str
    shots: tuple[NamedShot, ...]


def directed(film: FilmEntry, place: Location, catalogs: Catalogs, language: str) -> Direction:
    """The film of an entry at ``place`` in the lesson file.

    Without a title it has that of its only optimizer; of several, each shot has its own.

    Raises:
        PlacedError: a key stands where it does not belong, or a run cannot be made.
    """
    shots = shots_of(film, place, catalogs, language)
    titles = {run.trajectory.optimizer.title for shot in shots for run in shot.shot.runs}
    usual = titles.pop() if len(titles) == 1 else ""
    return Direction(translated(film.title, language, (*place, "title")) or usual, shots)


def shots_of(
    film: FilmEntry, place: Location, catalogs: Catalogs, language: str
) -> tuple[NamedShot, ...]:
    """The shots of a film, without captions.

    Raises:
        PlacedError: a key stands where it does not belong, or a run cannot be made.
    """
    check_film_keys(film, place)
    given = Given(place).under(film, place)
    check_hyper(given, [*film.hyper])
    if not film.shots:
        check_kind_keys(film, film.kind, place)
        made = made_shot(film, film.kind, given, catalogs, language)
        check_grid(film, [made.shot], place)
        return (made,)
    shots: list[NamedShot] = []
    for index, entry in enumerate(film.shots):
        at = (*place, "shots", index)
        check_kind_keys(entry, entry.kind, at)
        name = entry.name or entry.kind
        if name in [shot.name for shot in shots]:
            raise PlacedError(f"two shots are called '{name}'; give one a 'name' of its own", at)
        filled, settled = with_racers(entry, film, given.under(entry, at), place)
        check_hyper(settled, [*entry.hyper])
        shots.append(made_shot(filled, name, settled, catalogs, language))
        check_grid(entry, [shots[-1].shot], at)
    check_grid(film, [shot.shot for shot in shots], place)
    check_heirs(film, film.shots, given, "shots")
    return tuple(shots)


def with_racers(
    entry: ShotEntry, film: FilmEntry, given: Given, place: Location
) -> tuple[ShotEntry, Given]:
    """A race with what it inherits of its film at ``place``: racers and their grid.

    Shots of other kinds stay as they are.
    """
    if entry.kind != "race":
        return entry, given
    keys = [
        key
        for key in KIND_KEYS["race"]
        if key in film.model_fields_set and key not in entry.model_fields_set
    ]
    where = {**given.where, **{key: (*place, key) for key in keys}}
    filled = entry.model_copy(update={key: getattr(film, key) for key in keys})
    return filled, replace(given, where=where)


def check_film_keys(film: FilmEntry, place: Location) -> None:
    """A film of several shots has the keys of kinds in its shots, but for those of races."""
    if not film.shots:
        return
    own = film.keys_for({"shots": film.shots})
    for key in sorted(film.model_fields_set - {*own}):
        raise PlacedError(
            f"'{key}' belongs into one of the film's shots; move it there", (*place, key)
        )
    races = any(shot.kind == "race" for shot in film.shots)
    for key in KIND_KEYS["race"]:
        if key in film.model_fields_set and not races:
            raise PlacedError(
                f"'{key}' is a key of races, but none of the film's shots is one", (*place, key)
            )
    check_racers(film, place)


def check_kind_keys(entry: ShotEntry, kind: str, place: Location) -> None:
    """A shot has no key of another kind."""
    own = ShotEntry.keys_for({"kind": entry.kind})
    for key in sorted(entry.model_fields_set & (ShotEntry.model_fields.keys() - {*own})):
        kinds = [name for name, keys in KIND_KEYS.items() if key in keys]
        raise PlacedError(
            f"'{key}' is a key of the kind {' or '.join(kinds)}, but this is of the kind "
            f"{entry.kind}, whose keys are {', '.join(KIND_KEYS[entry.kind])}",
            (*place, key),
        )


def made_shot(
    entry: ShotEntry, name: str, given: Given, catalogs: Catalogs, language: str
) -> NamedShot:
    """The shot of an entry, checked but for its captions."""
    shot, names = MAKERS[entry.kind](entry, given, catalogs, language)
    if not isinstance(entry, FilmEntry):
        shot = replace(shot, title=translated(entry.title, language, (*given.place, "title")))
    try:
        shot.check()
    except UserError as error:
        words = str(error).replace(":", " ").split()
        key = next((key for key in reversed(KIND_KEYS[entry.kind]) if key in words), "kind")
        raise PlacedError(str(error), (*given.place, key)) from None
    return NamedShot(name, entry.kind, shot, names)
