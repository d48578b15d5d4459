"""Reading a parsed TOML table key by key, so that a mistake is told with its place."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from engine.errors import Mistakes, UserError, nearest, shown

_MISSING: Any = object()
_EXAMPLES = {
    "start": "[-5, -2]",
    "view": "[[-5, 5], [-3, 3]]",
    "minima": "[[0, 0]]",
    "hyper": "{ lr = { default = 0.1, low = 0, high = 1, step = 0.01 } }",
    "state": "{ s = 0 }",
    "roles": '{ s = "second" }',
    "formula": '"x1**2 + 3*x2**2"',
}

Pair = tuple[float, float]


class TableError(UserError):
    """A mistake in a table; ``keys`` lead to its place from the top of what was read."""

    def __init__(self, message: str, keys: tuple[int | str, ...]) -> None:
        super().__init__(message)
        self.keys = keys


class Table:
    """A table whose keys are taken one by one; `close` refuses those that nobody asked for.

    ``where`` names the table in messages, such as ``optimizers.toml, [lion]``. A key without a
    default is required. Every fault raises UserError.
    """

    def __init__(self, values: object, where: str, keys: tuple[int | str, ...] = ()) -> None:
        self.where = where
        self.keys = keys
        self._asked: list[str] = []
        if not isinstance(values, Mapping):
            key = str(keys[0]) if keys else ""
            example = f"; write {key} = {_EXAMPLES[key]}" if key in _EXAMPLES else ""
            raise TableError(
                f"{where}: expected a table, found {shown(spelled(values))}{example}", keys
            )
        self._values = values

    def raw(self, key: str, default: Any = _MISSING) -> Any:
        """The value as TOML gave it."""
        self._asked.append(key)
        value = self._values.get(key, default)
        if value is _MISSING:
            raise self.error(f"the key '{key}' is missing")
        return value

    def text(self, key: str, default: str = _MISSING) -> str:
        """A string."""
        value = self.raw(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, "a text", value)
        return value

    def name(self, key: str) -> str:
        """A name that can stand in file names, addresses and TOML keys."""
        value = self.text(key)
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", value):
            raise self._wrong(key, "a name of letters, digits, - and _", value)
        return value

    def number(
        self, key: str, default: float = _MISSING, *, expected: str = "a finite number"
    ) -> float:
        """A finite number; ``expected`` says what else the key may hold."""
        value = self.raw(key, default)
        if not _is_number(value):
            raise self._wrong(key, expected, value)
        return float(value)

    def positive(self, key: str) -> float:
        """A finite number above 0."""
        value = self.number(key)
        if value <= 0:
            raise self._wrong(key, "a number above 0", value)
        return value

    def pair(self, key: str, default: Pair = _MISSING) -> Pair:
        """Two finite numbers, such as ``[-5, -2]``."""
        value = self.raw(key, default)
        if not _is_pair(value):
            raise self._wrong(key, "two finite numbers", value)
        return float(value[0]), float(value[1])

    def pairs(self, key: str, default: Sequence[Pair] = _MISSING) -> tuple[Pair, ...]:
        """A list of pairs."""
        value = self.raw(key, default)
        if not isinstance(value, Sequence) or not all(_is_pair(item) for item in value):
            raise self._wrong(key, "a list of pairs of finite numbers", value)
        return tuple((float(first), float(second)) for first, second in value)

    def tables(self, key: str) -> list[tuple[str, Table]]:
        """A table of tables, as (name, table) in the order written; empty where it is absent."""
        value = self.raw(key, {})
        if not isinstance(value, Mapping):
            raise self._wrong(key, "a table of tables", value)
        return [
            (name, Table(item, f"{self.where}, {key}.{name}", (*self.keys, key, name)))
            for name, item in value.items()
        ]

    def table(self, key: str) -> Table:
        """A table within this one; empty where it is absent."""
        return Table(self.raw(key, {}), f"{self.where}, {key}", (*self.keys, key))

    def names(self) -> tuple[str, ...]:
        """The keys that were written, in order."""
        return tuple(self._values)

    def close(self) -> None:
        """Raise the mistakes of keys that were not asked for."""
        mistakes = Mistakes()
        for key in self._values:
            if key not in self._asked:
                message = (
                    f"unknown key '{shown(str(key))}'{nearest(str(key), self._asked)}; "
                    f"known keys: {', '.join(self._asked)}"
                )
                mistakes.found.append(self.error(message, key))
        mistakes.close()

    def error(self, message: str, *keys: int | str) -> TableError:
        """A mistake at a key of this table."""
        return TableError(f"{self.where}: {message}", (*self.keys, *keys))

    def _wrong(self, key: str, expected: str, found: object) -> UserError:
        return self.error(
            f"{key}: expected {expected}, found {shown(spelled(found))}{self._meant(key, found)}",
            key,
        )

    def _meant(self, key: str, found: object) -> str:
        """What to write instead of a value of the wrong type."""
        if key in _EXAMPLES:
            return f"; write {key} = {_EXAMPLES[key]}"
        if isinstance(found, Mapping):
            texts = [item for item in found.values() if isinstance(item, str)]
            return f"; write {key} = {spelled(texts[0])}" if texts else ""
        if isinstance(found, str) and re.fullmatch(r"\s*[+-]?\d*[.,]?\d+\s*", found):
            return f"; write {key} = {found.strip().replace(',', '.')}"
        if isinstance(found, Sequence) and len(found) == 1 and not isinstance(found, str):
            return f"; write {key} = {spelled(found[0])}"
        return ""


def spelled(value: Any) -> str:
    """A value as TOML spells it."""
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key} = {spelled(item)}" for key, item in value.items())
        return f"{{ {inside} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(spelled, value))}]"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_pair(value: object) -> bool:
    return isinstance(value, Sequence) and len(value) == 2 and all(map(_is_number, value))
