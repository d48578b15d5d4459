"""What films and pages are made from, as digests: files, fonts and the versions of libraries."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from publish.fontfiles import find_font

ROOT = Path(__file__).parent.parent
FILM_CODE = ("engine", "scenes")
ALL_CODE = (*FILM_CODE, "publish", "templates")
FILM_LIBRARIES = (
    "manim",
    "typst",
    "av",
    "pycairo",
    "numpy",
    "sympy",
    "contourpy",
    "pillow",
    "manimpango",
    "uniseg",
    "fonttools",
)
PAGE_LIBRARIES = (
    "pydantic",
    "jinja2",
    "markdown-it-py",
    "mdit-py-plugins",
    "mdit-py-cjk-friendly",
    "pygments",
    "brotli",
)
FAMILIES = ("Noto Sans CJK", "Noto Sans Mono CJK", "Latin Modern Math")
FILES = {
    "NotoSansCJK-Regular.ttc": "Noto Sans CJK SC",
    "NotoSansCJK-Bold.ttc": "Noto Sans CJK SC",
    "latinmodern-math.otf": "Latin Modern Math",
}

Digests = dict[str, tuple[int, int, str]]
"""Of files by path: size, time of change in nanoseconds, and SHA-256."""


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def file_digest(path: Path) -> str | None:
    """SHA-256 of a file; None where there is none that can be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def combined(content: Any) -> str:
    """SHA-256 of plain data, whatever the order of its keys."""
    return digest(json.dumps(content, sort_keys=True, ensure_ascii=False).encode())


def code_digest(packages: Iterable[str], root: Path = ROOT) -> str:
    """One digest of all files of these folders, byte by byte."""
    files = {
        path.relative_to(root).as_posix(): file_digest(path)
        for package in packages
        for path in (root / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    return combined(files)


def versions(names: Iterable[str]) -> dict[str, str]:
    """The installed versions of libraries, "" where one is missing."""
    found = {}
    for name in names:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = ""
    return found


def python_version() -> str:
    """The version of the interpreter, as in 3.11.2."""
    return ".".join(map(str, sys.version_info[:3]))


def font_files() -> list[Path]:
    """The files of the fonts that films and pages are set in, as this computer has them now."""
    program = shutil.which("fc-list")
    if not program:
        found = (find_font(file, family) for file, family in FILES.items())
        return sorted({path for path in found if path})
    listed = subprocess.run(  # noqa: S603  a program found on the path, with fixed arguments
        [program, "--format=%{file}\\t%{family}\\n"], capture_output=True, text=True, check=False
    )
    rows = (line.split("\t") for line in listed.stdout.splitlines())
    return sorted({Path(row[0]) for row in rows if any(name in row[-1] for name in FAMILIES)})


def font_listing() -> str:
    """A digest of the names, sizes and versions of all fonts of this computer.

    Films take the characters that their own font lacks from any of them.
    """
    program = shutil.which("fc-list")
    if not program:
        return ""
    listed = subprocess.run(  # noqa: S603  a program found on the path, with fixed arguments
        [program, "--format=%{file}\\t%{family}\\t%{fontversion}\\n"],
        capture_output=True,
        text=True,
        check=False,
    )
    rows = (line.split("\t") for line in listed.stdout.splitlines())
    return combined(sorted([Path(row[0]).name, size_of(row[0]), *row[1:]] for row in rows))


def size_of(path: str) -> int:
    """The size of a file in bytes, -1 for one that is not there."""
    try:
        return Path(path).stat().st_size
    except OSError:
        return -1


def font_digests(known: Mapping[str, Any]) -> Digests:
    """The fonts' digests; a file of the size and time in ``known`` is not read again."""
    result: Digests = {}
    for path in font_files():
        try:
            status = path.stat()
        except OSError:
            continue
        size, changed, old = known.get(str(path), (0, 0, ""))
        if (size, changed) != (status.st_size, status.st_mtime_ns):
            old = file_digest(path) or ""
        result[str(path)] = (status.st_size, status.st_mtime_ns, old)
    return result
