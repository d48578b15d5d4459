"""Reading TOML into pydantic models, with mistakes told by file, line and nearest valid name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from engine.errors import Mistakes, Place, UserError, nearest, shown
from engine.reading import spelled
from publish.examples import example, mended
from publish.lines import Location, line_of
from publish.toml import read_text, read_toml


class Entry(BaseModel):
    """A table of a lesson file: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def keys_for(cls, table: Mapping[str, Any]) -> list[str]:
        """The keys that a table may have, by what stands in it; for messages."""
        return list(cls.model_fields)

    @classmethod
    def elsewhere(cls, word: str) -> str:
        """Where a key that the table does not have belongs, in words that follow it, or ""."""
        return ""


Model = TypeVar("Model", bound=Entry)


@dataclass(frozen=True)
class Part(Generic[Model]):
    """What of a file is sound.

    ``kept`` holds the numbers, from 0, of the entries of each list that are in ``model``, by the
    list's key; ``left_out`` the names of the others. ``whole`` is whether their names are known.
    """

    model: Model
    kept: Mapping[str, tuple[int, ...]]
    left_out: frozenset[str] = frozenset()
    whole: bool = True


def read_model(path: Path, model: type[Model]) -> Model:
    """The file's tables as a validated model.

    Raises:
        UserError: the mistakes, with file, line, place and nearest valid name.
    """
    mistakes = Mistakes()
    part = read_part(path, model, mistakes)
    mistakes.close()
    if part is None:
        raise UserError(f"{path}: cannot be read")
    return part.model


def read_part(path: Path, model: type[Model], mistakes: Mistakes) -> Part[Model] | None:
    """The file's tables without the entries that have mistakes, which are gathered.

    None where nothing of the file can be read.
    """
    content = mistakes.of(read_toml, path)
    if content is None:
        return None
    try:
        return Part(model.model_validate(content), _numbers(content, {}))
    except ValidationError as error:
        found = explained(path, model, content, error)
        mistakes.found += [told for told, _ in found]
        return _sound(model, content, [location for _, location in found])


def _sound(model: type[Model], content: Any, faults: list[Location]) -> Part[Model] | None:
    """What is left without the entries around the faults."""
    bad: dict[str, set[int]] = {}
    gone = {str(fault[0]) for fault in faults if len(fault) == 1 or isinstance(fault[1], str)}
    for fault in faults:
        if len(fault) > 1 and isinstance(fault[1], int):
            bad.setdefault(str(fault[0]), set()).add(fault[1])
    entries = [content[key][number] for key, numbers in bad.items() for number in numbers]
    names = [entry.get("name") if isinstance(entry, dict) else None for entry in entries]
    kept = {key: value for key, value in content.items() if key not in gone}
    for key, numbers in bad.items():
        if key in kept:
            kept[key] = [item for at, item in enumerate(kept[key]) if at not in numbers]
    try:
        return Part(
            model.model_validate(kept),
            _numbers(content, bad),
            frozenset(name for name in names if isinstance(name, str)),
            not gone and all(isinstance(name, str) for name in names),
        )
    except ValidationError:
        return None


def _numbers(content: Any, without: Mapping[str, set[int]]) -> dict[str, tuple[int, ...]]:
    return {
        key: tuple(at for at in range(len(value)) if at not in without.get(key, ()))
        for key, value in content.items()
        if isinstance(value, list)
    }


WANTED = {
    "bool_type": "should be true or false",
    "dict_type": "should be a table in braces",
    "finite_number": "should be a finite number",
    "float_type": "should be a number",
    "greater_than": "should be more than {gt}",
    "greater_than_equal": "should be at least {ge}",
    "int_from_float": "should be a whole number",
    "int_type": "should be a whole number",
    "less_than_equal": "should be at most {le}",
    "list_type": "should be a list in square brackets",
    "model_type": "should be a table",
    "string_pattern_mismatch": "should be letters from a to z, digits, - and _",
    "string_too_short": "should not be empty",
    "string_type": "should be a text in quotes",
    "too_long": "should have at most {max_length} {entries}",
    "too_short": "should have at least {min_length} {entries}",
}
"""The kinds of mistakes that pydantic tells apart, without its Python words."""

TYPES = (
    *("bool_type", "dict_type", "float_type", "int_from_float", "int_type", "list_type"),
    *("model_type", "string_type"),
)
"""The kinds of mistakes where a value has the wrong type, so that an example helps."""

TABLES = ("films", "playgrounds", "shots", "racers", "panes")
"""The keys that hold several tables."""


Told = tuple[ErrorDetails, Location]


def explained(
    path: Path, model: type[Entry], content: Any, error: ValidationError
) -> list[tuple[UserError, Location]]:
    """The mistakes of ``error``, each in one line, and their places."""
    result = []
    text = read_text(path)
    for detail, location in chosen(content, error):
        line = line_of(text, location) or 0
        place = f"{path}, line {line}" if line else f"{path}"
        words = f"{place}: {explain(model, content, detail, location)}"
        result.append((UserError(words, Place(str(path), line)), location))
    return result


def explain(model: type[Entry], content: Any, detail: ErrorDetails, location: Location) -> str:
    """One mistake in the words of someone who writes TOML."""
    if detail["type"] == "extra_forbidden":
        word = str(location[-1])
        models, table = models_at(model, content, location[:-1])
        allowed = [name for item in models for name in item.keys_for(table)]
        hint = "".join(item.elsewhere(word) for item in models) or nearest(word, allowed)
        return (
            f"unknown key '{shown(word)}'{within(location[:-1])}{hint}; "
            f"the keys are {', '.join(allowed)}"
        )
    if detail["type"] == "missing":
        key = str(location[-1])
        return f"the key '{key}' is missing{within(location[:-1])}; write {example(key)}"
    return f"'{dotted(location)}' {wanted(detail, location)}"


def chosen(content: Any, error: ValidationError) -> list[Told]:
    """The mistakes to tell, and their places.

    A key that is missing beside one that is unknown is the same mistake. Of what speaks against
    each member of a union, the mistake that lies deepest is told: the member of the right shape
    has come furthest.
    """
    places = [
        (detail, written(content, detail["loc"], detail["type"] == "missing"))
        for detail in error.errors()
    ]
    unknown = [item for item in places if item[0]["type"] == "extra_forbidden"]
    tables = [place[:-1] for _, place in unknown]
    groups: list[list[Told]] = []
    for detail, place in places:
        missing = detail["type"] == "missing" and place[:-1] in tables
        around = any(len(place) > 1 and _under(table, place) for table in tables)
        if detail["type"] == "extra_forbidden" or missing or around:
            continue
        near = next((g for g in groups if _under(place, g[0][1]) or _under(g[0][1], place)), None)
        if near is None:
            groups.append([(detail, place)])
        else:
            near.append((detail, place))
    return unknown + [max(group, key=lambda item: len(item[1])) for group in groups]


def _under(place: Location, table: Location) -> bool:
    """Whether a place is ``table`` or in it."""
    return place[: len(table)] == table


def wanted(detail: ErrorDetails, location: Location) -> str:
    """What a value should have been, and what was found, in the words of who writes TOML."""
    kind, found = detail["type"], detail["input"]
    seen = f"found {shown(spelled(found))}"
    name = location[-1]
    key = next((part for part in reversed(location) if isinstance(part, str)), str(name))
    if kind == "list_type" and name in TABLES and isinstance(found, dict):
        names = ".".join(part for part in location if isinstance(part, str))
        form = f"write [[{names}]] with two brackets, or [{{ ... }}]"
        return f"should be tables in a list: {form}, {seen}"
    words = WANTED.get(kind)
    if words is None:
        return f"{re.sub('^(Value error, |Input )', '', str(detail['msg']))}, {seen}"
    context = detail.get("ctx", {})
    one = 1 in (context.get("min_length"), context.get("max_length"))
    text = words.format(**context, entries="entry" if one else "entries")
    if kind not in TYPES:
        return f"{text}, {seen}"
    meant = mended(kind, found)
    if kind == "dict_type" and key in ("title", "summary") and isinstance(found, str):
        meant = spelled({"en": found})
    if isinstance(name, int):
        return f"{text}, {seen}{f'; write {meant}' if meant else ''}"
    return f"{text}, {seen}; write {f'{name} = {meant}' if meant else example(key, kind)}"


def within(location: Location) -> str:
    """``" in films[1]"``, or nothing at the top of the file."""
    return f" in {dotted(location)}" if location else ""


def dotted(location: Location) -> str:
    """``films[1].hyper.lr``; entries are counted from 1, as a reader counts them."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location]
    return "".join(parts).lstrip(".")


def written(content: Any, location: Location, missing: bool) -> Location:
    """The parts of a place that are in the file; pydantic also names the member of a union.

    A ``missing`` key keeps its name.
    """
    parts: list[int | str] = []
    for part in location[: len(location) - missing]:
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            continue
        parts.append(part)
    return (*parts, *location[len(location) - missing :])


def models_at(
    model: type[Entry], content: Any, location: Location
) -> tuple[list[type[Entry]], Any]:
    """The models of what ``location`` points at in ``content``, and that itself."""
    current: list[Any] = [model]
    for part in location:
        current = [inner for outer in current for inner in inside(outer, part)]
        content = content[part]
    return [item for item in current if is_model(item)], content


def inside(annotation: Any, part: int | str) -> Iterator[Any]:
    """The types that an entry of this name or number has, unions taken apart."""
    found: Any = None
    if is_model(annotation):
        found = (
            annotation.model_fields[part].annotation if part in annotation.model_fields else None
        )
    elif get_origin(annotation) in (list, dict):
        found = get_args(annotation)[-1]
    yield from members(found)


def members(annotation: Any) -> Iterator[Any]:
    """The types of a union; for any other type that itself."""
    if annotation is None or get_origin(annotation) in (list, dict) or is_model(annotation):
        yield annotation
        return
    arguments = get_args(annotation)
    if get_origin(annotation) is Annotated:
        arguments = arguments[:1]
    for item in arguments:
        yield from members(item)


def is_model(annotation: Any) -> bool:
    """Whether the type is a table with named keys."""
    return isinstance(annotation, type) and issubclass(annotation, Entry)
