"""What a value of a lesson file should look like, by its key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from engine.reading import spelled

_TEXT, _NUMBER = '"..."', "0.5"

EXAMPLES: Mapping[str, str] = {
    "lessons": '["01-intro", "adagrad"]',
    "title": '"Gradient descent"',
    "summary": '"How it began."',
    "name": '"descent"',
    "optimizer": '"adagrad"',
    "objective": '"x1**2 + 3*x2**2"',
    "formula": '"x1**2 + 3*x2**2"',
    "start": "[-5, -2]",
    "view": "[[-5, 5], [-3, 3]]",
    "minima": "[[0, 0]]",
    "steps": "50",
    "hyper": "{ lr = 0.4 }",
    "lr": "0.4",
    "state": "{ s = 0 }",
    "kind": '"race"',
    "explained": "3",
    "dwell": "[1, 2]",
    "highlight": '["m_hat"]',
    "without": '"adam"',
    "racers": '[{ optimizer = "sgd" }, { optimizer = "adam" }]',
    "best_of": "[0.1, 0.3, 1]",
    "sweep": '"lr"',
    "stops": "[0.1, 0.5, 1]",
    "log": "true",
    "trials": "20",
    "tolerance": "0.01",
    "pace": "1.2",
    "theme": '"dark"',
    "form": '"wide"',
    "label": '"With momentum"',
    "direction": '"d"',
    "default": "0.1",
    "low": "0",
    "high": "1",
    "step": "0.01",
    "year": "2011",
}

NUMBER = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?")
_POINT = re.compile(r"[\[({]?\s*([^\s,;()\[\]{}]+)\s*[,;\s]\s*([^\s,;()\[\]{}]+)\s*[\])}]?")


def example(key: str, kind: str = "") -> str:
    """``key = value`` as it could stand in a file; ``kind`` is what pydantic expected there."""
    if kind == "dict_type" and key != "hyper":
        text = EXAMPLES.get(key, _TEXT)
        return f"{key} = {{ en = {text if text.startswith(chr(34)) else _TEXT} }}"
    usual = {"string_type": _TEXT, "list_type": "[1, 2]", "int_type": "1", "bool_type": "true"}
    return f"{key} = {EXAMPLES.get(key) or usual.get(kind, _NUMBER)}"


def mended(kind: str, found: Any) -> str | None:
    """What the author meant by a value of the wrong type, as TOML spells it; None if unclear.

    ``kind`` is what pydantic calls the mistake.
    """
    if kind in ("float_type", "int_type", "int_from_float"):
        number = _number(found)
        whole = number is not None and (kind == "float_type" or number.is_integer())
        return spelled(_plain(number)) if number is not None and whole else None
    if kind == "bool_type" and isinstance(found, str) and found.lower() in ("true", "false"):
        return found.lower()
    if kind == "string_type" and not isinstance(found, list | dict):
        return spelled(str(found) if not isinstance(found, bool) else str(found).lower())
    if kind == "list_type" and isinstance(found, str) and (pair := _POINT.fullmatch(found.strip())):
        numbers = [_number(part) for part in pair.groups()]
        return None if None in numbers else spelled([_plain(part or 0.0) for part in numbers])
    if kind == "list_type" and isinstance(found, str | int | float) and not _text(found):
        return f"[{spelled(found)}]"
    return None


def _text(found: object) -> bool:
    return isinstance(found, str) and re.search(r"[,;\s]", found.strip()) is not None


def _number(found: Any) -> float | None:
    if isinstance(found, list) and len(found) == 1:
        return _number(found[0])
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return None
    if isinstance(found, str):
        text = found.strip().replace("−", "-")
        if not NUMBER.fullmatch(text):
            return None
        return float(text.replace(",", "."))
    return float(found)


def _plain(number: float) -> float | int:
    return int(number) if number.is_integer() and abs(number) < 1e15 else number
