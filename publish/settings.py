"""Reading TOML into pydantic models, with mistakes told by file, line and nearest valid name."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from engine.errors import UserError, nearest, shown

Model = TypeVar("Model", bound=BaseModel)
Location = tuple[int | str, ...]


class Entry(BaseModel):
    """A table of a lesson file: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
        raise UserError(explain(path, model, error)) from None


WANTED = {
    "bool_type": "should be true or false",
    "dict_type": "should be a table such as { lr = 0.4 }",
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
    "too_long": "should have at most {max_length} entries",
    "too_short": "should have at least {min_length} entries",
}
"""The kinds of mistakes that pydantic tells apart, without its Python words."""


def explain(path: Path, model: type[BaseModel], error: ValidationError) -> str:
    """One line for the first mistake of ``error``; unknown keys come before what they leave out."""
    details = sorted(error.errors(), key=lambda item: item["type"] != "extra_forbidden")
    detail = details[0]
    location = detail["loc"]
    place = f"{path}{line_note(path, location)}"
    if detail["type"] == "extra_forbidden":
        word = str(location[-1])
        allowed = keys_at(model, location[:-1])
        return (
            f"{place}: unknown key '{word}'{within(location[:-1])}{nearest(word, allowed)}; "
            f"the keys are {', '.join(allowed)}"
        )
    if detail["type"] == "missing":
        return f"{place}: the key '{location[-1]}' is missing{within(location[:-1])}"
    return (
        f"{place}: '{dotted(location)}' {wanted(detail)}, found {shown(spelled(detail['input']))}"
    )


def wanted(detail: Mapping[str, Any]) -> str:
    """What a value should have been, in the words of someone who writes TOML."""
    words = WANTED.get(detail["type"])
    if words is None:
        return re.sub("^(Value error, |Input )", "", str(detail["msg"]))
    return words.format(**detail.get("ctx", {}))


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


def keys_at(model: type[BaseModel], location: Location) -> list[str]:
    """The names that the model accepts where ``location`` points."""
    current: Any = model
    for part in location:
        if isinstance(part, int):
            continue
        annotation = current.model_fields[part].annotation
        arguments = getattr(annotation, "__args__", ())
        current = arguments[0] if arguments else annotation
    return list(current.model_fields)


def line_note(path: Path, location: Location) -> str:
    """``", line 7"`` where the place is found in the text, else nothing.

    The reader of TOML in the standard library keeps no positions, so headers are counted.
    """
    tables = [part for part in location if isinstance(part, str)]
    count = next((part for part in location if isinstance(part, int)), None)
    lines = read_text(path).splitlines()
    row = 0
    if count is not None:
        header = re.compile(rf"\s*\[\[\s*{re.escape(tables[0])}\s*\]\]")
        rows = [index for index, line in enumerate(lines) if header.match(line)]
        if count >= len(rows):
            return ""
        row = rows[count]
        found = find_key(lines, row + 1, tables[1:])
        return f", line {(row if found is None else found) + 1}"
    found = find_key(lines, row, tables)
    return "" if found is None else f", line {found + 1}"


def find_key(lines: list[str], first: int, names: list[str]) -> int | None:
    """The row of the first of ``names`` that stands as a key or a table from row ``first`` on."""
    for name in names:
        pattern = re.compile(rf"\s*\[*\s*[\"']?{re.escape(name)}[\"']?\s*(=|\]|\.)")
        for row in range(first, len(lines)):
            if pattern.match(lines[row]):
                return row
            if lines[row].lstrip().startswith("[[") and row > first:
                break
    return None
