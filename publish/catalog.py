"""The optimizers and objectives of a course: the built-in ones and those it declares itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from engine import OBJECTIVES, OPTIMIZERS, Objective, Optimizer
from engine.errors import UserError, nearest, shown
from engine.formula import Name
from engine.formula.rewrite import names
from publish.plainwords import plain_words
from publish.settings import read_toml

RUN_NAMES = (
    *("distance", "outcome", "rank", "grid", "grid_loss"),
    *("order", "racers", "stops", "first_loss", "limit"),
)
"""What captions can name of runs besides terms and settings; see `publish.values`."""


class Named(Protocol):
    """What has a name."""

    @property
    def name(self) -> str: ...


Item = TypeVar("Item", bound=Named)


@dataclass(frozen=True)
class Catalogs:
    """Everything a lesson of a course can name."""

    optimizers: Mapping[str, Optimizer]
    objectives: Mapping[str, Objective]


def load_catalogs(folder: Path) -> Catalogs:
    """The built-in catalogs with what ``optimizers.toml`` and ``objectives.toml`` add.

    Both files are optional. A course may not give a new meaning to a built-in name.

    Raises:
        UserError: a file is not valid, or a name is taken.
    """
    return Catalogs(
        merged(folder / "optimizers.toml", "optimizers", OPTIMIZERS, used_rule),
        merged(folder / "objectives.toml", "objectives", OBJECTIVES, used_objective),
    )


def used_rule(table: dict[str, Any], place: str) -> Optimizer:
    """The optimizer of a table, all of whose settings and states have an effect.

    Raises:
        UserError: a part is wrong, or no line reads it, or a default lies beside its slider.
    """
    rule = Optimizer.from_table(table, place)
    read = {name for line in rule.program.lines for name in names(line.value)}
    for hyper in rule.hyper:
        if hyper.name not in {name.id for name in read}:
            raise UserError(f"hyper.{hyper.name}: no line of the formula reads it; leave it out")
        if not hyper.low <= hyper.default <= hyper.high:
            raise UserError(
                f"hyper.{hyper.name}: expected a default from low ({hyper.low:g}) to high "
                f"({hyper.high:g}), found {hyper.default:g}"
            )
        if hyper.name in spoken_for(rule):
            raise UserError(
                f"hyper.{hyper.name}: captions call something else '{hyper.name}'; "
                "choose another name"
            )
    for state in rule.state:
        if Name(state.name, -1) not in read:
            raise UserError(
                f"state: no line reads '{state.name}' of the step before; leave it out of 'state'"
            )
    return rule


def spoken_for(rule: Optimizer) -> set[str]:
    """The names that captions give to the numbers of a run, a race or a sweep."""
    terms = ("x", "effective", *(row.name for row in rule.rows))
    return {*RUN_NAMES, *(f"{term}{axis}" for term in terms for axis in (1, 2))}


def used_objective(table: dict[str, Any], place: str) -> Objective:
    """The objective of a table, which depends on the point. Raises UserError."""
    return varying(Objective.from_table(table, place))


def varying(item: Objective) -> Objective:
    """The objective, which depends on the point. Raises UserError."""
    if not names(item.expression) & {Name("x1"), Name("x2")}:
        raise UserError(
            f"objective '{shown(item.formula)}' depends on neither x1 nor x2: nothing descends"
        )
    return item


def merged(
    path: Path, key: str, known: Mapping[str, Item], build: Callable[[dict[str, Any], str], Item]
) -> Mapping[str, Item]:
    """``known`` and the entries of the file's ``[[key]]`` tables, in that order."""
    catalog = dict(known)
    for number, table in enumerate(tables(path, key), start=1):
        place = f"{path}, [[{key}]] {number}"
        item = placed(build, table, place)
        if item.name in catalog:
            raise UserError(f"{place}: the name '{item.name}' is taken; choose another")
        catalog[item.name] = item
    return MappingProxyType(catalog)


def placed(build: Callable[[dict[str, Any], str], Item], table: dict[str, Any], place: str) -> Item:
    """The item of a table; every mistake in it is told with the table's place."""
    try:
        for key in ("title", "summary"):
            if isinstance(table.get(key), str):
                plain_words(table[key])
        return build(table, place)
    except UserError as error:
        message = str(error)
        raise UserError(message if message.startswith(place) else f"{place}: {message}") from None


def tables(path: Path, key: str) -> list[dict[str, Any]]:
    """The ``[[key]]`` tables of a file that need not exist."""
    if not path.exists():
        return []
    content = read_toml(path)
    for word in content:
        if word != key:
            raise UserError(
                f"{path}: unknown table '{word}'{nearest(word, [key])}; expected [[{key}]]"
            )
    entries = content.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise UserError(f"{path}: expected [[{key}]] tables; write the name in double brackets")
    return entries
