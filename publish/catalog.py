"""The optimizers and objectives of a course: the built-in ones and those it declares itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, Protocol, TypeVar

from engine import OBJECTIVES, OPTIMIZERS, Objective, Optimizer
from engine.errors import Mistakes, Place, UserError, nearest, shown
from engine.formula import Name
from engine.formula.rewrite import names
from engine.reading import TableError
from publish.lines import Location, line_of
from publish.plainwords import plain_words
from publish.toml import read_text, read_toml

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
    """Everything a lesson of a course can name.

    ``left_out`` are the names of declarations with mistakes, ``whole`` is whether these are known.
    """

    optimizers: Mapping[str, Optimizer]
    objectives: Mapping[str, Objective]
    left_out: frozenset[str] = frozenset()
    whole: bool = True

    def missing(self, name: str) -> bool:
        """Whether a name may be one that was left out because of a mistake that is told."""
        return name in self.left_out or not self.whole


def load_catalogs(folder: Path) -> Catalogs:
    """The built-in catalogs with what ``optimizers.toml`` and ``objectives.toml`` add.

    Both files are optional. A course may not give a new meaning to a built-in name.

    Raises:
        UserError: a file is not valid, or a name is taken.
    """
    mistakes = Mistakes()
    catalogs = sound_catalogs(folder, mistakes)
    mistakes.close()
    return catalogs


def sound_catalogs(folder: Path, mistakes: Mistakes) -> Catalogs:
    """The catalogs without declarations that have mistakes, which are gathered."""
    rules = merged(folder / "optimizers.toml", "optimizers", OPTIMIZERS, used_rule, mistakes)
    objectives = merged(
        folder / "objectives.toml", "objectives", OBJECTIVES, used_objective, mistakes
    )
    return Catalogs(
        rules.items,
        objectives.items,
        rules.left_out | objectives.left_out,
        rules.whole and objectives.whole,
    )


def notes(catalogs: Catalogs) -> Iterator[str]:
    """What an author should know of what was declared, a line each."""
    for item in catalogs.objectives.values():
        for note in item.notes:
            yield f"objective '{item.name}': {note}"


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


@dataclass(frozen=True)
class Merged(Generic[Item]):
    """A catalog; ``left_out`` and ``whole`` as in `Catalogs`."""

    items: Mapping[str, Item]
    left_out: frozenset[str]
    whole: bool


def merged(
    path: Path,
    key: str,
    known: Mapping[str, Item],
    build: Callable[[dict[str, Any], str], Item],
    mistakes: Mistakes,
) -> Merged[Item]:
    """``known`` and the sound entries of the file's ``[[key]]`` tables, in that order."""
    catalog = dict(known)
    left_out: set[str] = set()
    entries = mistakes.of(tables, path, key)
    whole = entries is not None
    for number, table in enumerate(entries or ()):
        with mistakes.noted():
            item = placed(build, table, path, (key, number))
            if item.name in catalog:
                raise place_of(path, (key, number), ("name",)).error(
                    f"the name '{item.name}' is taken; choose another"
                )
            catalog[item.name] = item
            continue
        name = table.get("name")
        left_out |= {name} if isinstance(name, str) else set()
        whole &= isinstance(name, str)
    return Merged(MappingProxyType(catalog), frozenset(left_out - {*catalog}), whole)


@dataclass(frozen=True)
class Spot:
    """A place in a catalog, in words and as a file with a line."""

    words: str
    place: Place

    def error(self, message: str) -> UserError:
        """A mistake at this place."""
        told = message if message.startswith(self.words) else f"{self.words}: {message}"
        return UserError(told, self.place)


def place_of(path: Path, entry: tuple[str, int], keys: Location = ()) -> Spot:
    """The place of a key of an entry."""
    line = line_of(read_text(path), (*entry, *keys)) or 0
    key, number = entry
    return Spot(f"{path}, line {line}, [[{key}]] {number + 1}", Place(str(path), line))


def placed(
    build: Callable[[dict[str, Any], str], Item],
    table: dict[str, Any],
    path: Path,
    entry: tuple[str, int],
) -> Item:
    """The item of a table; every mistake in it is told with its place.

    Raises:
        CollectedError: the mistakes.
    """
    base = place_of(path, entry).words
    mistakes, found = Mistakes(), Mistakes()
    for word in ("title", "summary"):
        if isinstance(table.get(word), str):
            with mistakes.noted():
                told_at(word, plain_words, table[word])
    with mistakes.noted():
        item = build(table, base)
        if not mistakes.found:
            return item
    for error in mistakes.found:
        message = str(error).removeprefix(base).lstrip(":, ")
        keys = error.keys if isinstance(error, TableError) else said_keys(message, table)
        found.found.append(place_of(path, entry, keys).error(message))
    found.close()
    raise UserError(f"{path}: [[{entry[0]}]] {entry[1] + 1} cannot be read")


def told_at(key: str, check: Callable[[str], object], words: str) -> None:
    """Check words; a mistake in them is one at their key."""
    try:
        check(words)
    except UserError as error:
        raise TableError(f"{key}: {error}", (key,)) from None


def said_keys(message: str, table: dict[str, Any]) -> Location:
    """The key of a table that a message begins with, as in ``hyper.lr: ...``."""
    said = re.sub(r"^(optimizer|objective) '[^']*'[:,]\s*", "", message)
    keys = tuple(re.split(r"[:,\s]", said)[0].split("."))
    if keys[0] in table:
        return keys
    return ("formula",) if re.match(r"line \d+, column|no line", said) else ()


def tables(path: Path, key: str) -> list[dict[str, Any]]:
    """The ``[[key]]`` tables of a file that need not exist."""
    if not path.exists():
        return []
    content = read_toml(path)
    for word in content:
        if word != key:
            line = line_of(read_text(path), (word,)) or 1
            raise UserError(
                f"{path}, line {line}: unknown table '{word}'{nearest(word, [key])}; "
                f"expected [[{key}]]"
            )
    entries = content.get(key, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        line = line_of(read_text(path), (key,)) or 1
        raise UserError(
            f"{path}, line {line}: expected [[{key}]] tables; write the name in double brackets"
        )
    return entries
