"""The optimizers and objectives of a course: the built-in ones and those it declares itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from engine import OBJECTIVES, OPTIMIZERS, Objective, Optimizer
from engine.errors import UserError, nearest
from publish.settings import read_toml


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
        merged(folder / "optimizers.toml", "optimizers", OPTIMIZERS, Optimizer.from_table),
        merged(folder / "objectives.toml", "objectives", OBJECTIVES, Objective.from_table),
    )


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
