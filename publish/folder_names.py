"""Names of lesson folders, after which pages, films and addresses are called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from engine.errors import Mistakes, Place, UserError, shown
from publish.lines import line_of
from publish.toml import read_text

LONGEST = 60
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def check_names(names: Sequence[str], path: Path, mistakes: Mistakes) -> list[str]:
    """The names that files and addresses can have on every system; what is wrong is gathered."""
    seen: dict[str, str] = {}
    good = []
    text = read_text(path)
    for index, name in enumerate(names):
        fault = fault_of(name) or _taken(name, seen.get(name.lower()))
        if not fault:
            seen[name.lower()] = name
            good.append(name)
            continue
        line = line_of(text, ("lessons", index)) or 0
        place = f"{path}, line {line}" if line else f"{path}"
        mistakes.found.append(
            UserError(f"{place}: lessons[{index + 1}]: {fault}", Place(str(path), line))
        )
    return good


def fault_of(name: str) -> str:
    """Why a folder of this name cannot be a lesson; "" where it can."""
    if name.lower() == "index":
        return f"'{name}' is the start page; give the folder another name"
    if _DEVICES.fullmatch(name):
        return f"'{name}' is the name of a device on Windows; give the folder another name"
    if _NAME.fullmatch(name) and len(name) <= LONGEST:
        return ""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", plain).strip("-_.")[:LONGEST]
    hint = f"; call it {plain}" if plain != name and _NAME.fullmatch(plain) else ""
    return (
        f"expected the name of a folder here, of letters from a to z, digits, -, _ and points "
        f"inside, at most {LONGEST}, found '{shown(name, LONGEST)}'{hint}"
    )


def _taken(name: str, other: str | None) -> str:
    if other is None:
        return ""
    if other == name:
        return f"two lessons are called '{name}'; leave one out"
    return (
        f"'{name}' and '{other}' differ in capitals alone, and many systems take them for one "
        "folder; give one another name"
    )
