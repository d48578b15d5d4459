"""Reading TOML into pydantic models, with mistakes told by file, line and nearest valid name."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from engine.errors import UserError, nearest, shown
from publish.lines import Location, line_of


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


def read_text(path: Path) -> str:
    """The text of a UTF-8 file.

    Raises:
        UserError: the file is missing, unreadable or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"{path}: there is no such file") from None
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from None


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file.

    Raises:
        UserError: the file cannot be read or is not TOML; the message names line and column.
    """
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path}: not valid TOML: {error}") from None


def read_model(path: Path, model: type[Model]) -> Model:
    """The file's tables as a validated model.

    Raises:
        UserError: the first mistake, with file, line, place and nearest valid name.
    """
    content = read_toml(path)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise UserError(explain(path, model, content, error)) from None


WANTED = {
    "bool_type": "should be true or false",
    "dict_type": "should be a table in braces, such as {{ lr = 0.4 }}",
    "finite_number": "should be a finite number",
    "float_type": "should be a number",
    "greater_than": "should be more than {gt}",
    "greater_than_equal": "should be at least {ge}",
    "int_from_float": "should be a whole number",
    "int_type": "should be a whole number",
    "less_than_equal": "should be at most {le}",
    "list_type": "should be a list in square brackets",
    "model_type": "should be a table",
    "string_pattern_mismatch": "should be lower-case letters, digits and hyphens",
    "string_too_short": "should not be empty",
    "string_type": "should be a text in quotes",
    "too_long": "should have at most {max_length} {entries}",
    "too_short": "should have at least {min_length} {entries}",
}
"""The kinds of mistakes that pydantic tells apart, without its Python words."""

TABLES = ("films", "playgrounds", "shots", "racers", "panes")
"""The keys that hold several tables."""


def explain(path: Path, model: type[Entry], content: Any, error: ValidationError) -> str:
    """One line for the first mistake of ``error``; unknown keys come before what they leave out."""
    detail, location = told_first(content, error)
    place = f"{path}{line_note(path, location)}"
    if detail["type"] == "extra_forbidden":
        word = str(location[-1])
        models, table = models_at(model, content, location[:-1])
        allowed = [name for item in models for name in item.keys_for(table)]
        hint = "".join(item.elsewhere(word) for item in models) or nearest(word, allowed)
        return (
            f"{place}: unknown key '{word}'{within(location[:-1])}{hint}; "
            f"the keys are {', '.join(allowed)}"
        )
    if detail["type"] == "missing":
        return f"{place}: the key '{location[-1]}' is missing{within(location[:-1])}"
    return (
        f"{place}: '{dotted(location)}' {wanted(detail)}, found {shown(spelled(detail['input']))}"
    )


def told_first(content: Any, error: ValidationError) -> tuple[ErrorDetails, Location]:
    """The mistake to tell, and its place.

    Unknown keys come first. Of what speaks against each member of a union, the mistake that lies
    deepest is told: the member of the right shape has come furthest.
    """
    places = [
        (detail, written(content, detail["loc"], detail["type"] == "missing"))
        for detail in error.errors()
    ]
    unknown = [item for item in places if item[0]["type"] == "extra_forbidden"]
    first = (unknown or places)[0]
    inner = [item for item in places if item[1][: len(first[1])] == first[1]]
    return first if unknown else max(inner, key=lambda item: len(item[1]))


def wanted(detail: Mapping[str, Any]) -> str:
    """What a value should have been, in the words of someone who writes TOML."""
    words = WANTED.get(detail["type"])
    name = detail["loc"][-1]
    if detail["type"] == "list_type" and name in TABLES and isinstance(detail["input"], dict):
        names = ".".join(part for part in detail["loc"] if isinstance(part, str))
        return f"should be tables in a list: write [[{names}]] with two brackets, or [{{ ... }}]"
    if words is None:
        return re.sub("^(Value error, |Input )", "", str(detail["msg"]))
    context = detail.get("ctx", {})
    one = 1 in (context.get("min_length"), context.get("max_length"))
    return words.format(**context, entries="entry" if one else "entries")


def spelled(value: Any) -> str:
    """A value as TOML spells it."""
    return json.dumps(value, ensure_ascii=False, default=str)


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


def line_note(path: Path, location: Location) -> str:
    """``", line 7"``: where the place, or what is around it, stands in the file."""
    line = line_of(read_text(path), location)
    return "" if line is None else f", line {line}"
