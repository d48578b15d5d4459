"""Reading a parsed TOML table key by key, so that a mistake is told with its place."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from engine.errors import UserError, nearest

_MISSING: Any = object()

Pair = tuple[float, float]


class Table:
    """A table whose keys are taken one by one; `close` refuses those that nobody asked for.

    ``where`` names the table in messages, such as ``optimizers.toml, [lion]``. A key without a
    default is required. Every fault raises UserError.
    """

    def __init__(self, values: object, where: str) -> None:
        self.where = where
        self._asked: list[str] = []
        if not isinstance(values, Mapping):
            raise UserError(f"{where}: expected a table, found {values!r}")
        self._values = values

    def raw(self, key: str, default: Any = _MISSING) -> Any:
        """The value as TOML gave it."""
        self._asked.append(key)
        value = self._values.get(key, default)
        if value is _MISSING:
            raise UserError(f"{self.where}: the key '{key}' is missing")
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
        return [(name, Table(item, f"{self.where}, {key}.{name}")) for name, item in value.items()]

    def table(self, key: str) -> Table:
        """A table within this one; empty where it is absent."""
        return Table(self.raw(key, {}), f"{self.where}, {key}")

    def names(self) -> tuple[str, ...]:
        """The keys that were written, in order."""
        return tuple(self._values)

    def close(self) -> None:
        """Raise UserError for the first key that was not asked for."""
        for key in self._values:
            if key not in self._asked:
                raise UserError(
                    f"{self.where}: unknown key '{key}'{nearest(str(key), self._asked)}; "
                    f"known keys: {', '.join(self._asked)}"
                )

    def _wrong(self, key: str, expected: str, found: object) -> UserError:
        return UserError(f"{self.where}: {key}: expected {expected}, found {found!r}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_pair(value: object) -> bool:
    return isinstance(value, Sequence) and len(value) == 2 and all(map(_is_number, value))
