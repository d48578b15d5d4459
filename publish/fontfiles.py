"""Where the fonts of this computer are."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

FOLDERS = (
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
    Path.home() / "Library/Fonts",
    Path("/usr/local/share/fonts"),
    Path("/usr/share/fonts"),
    Path("/usr/share/texmf/fonts/opentype"),
    Path("/usr/share/texlive/texmf-dist/fonts/opentype"),
    Path("/usr/share/texmf-dist/fonts/opentype"),
    Path("/Library/Fonts"),
    Path("/opt/homebrew/share/fonts"),
)


@cache
def find_font(file: str, family: str) -> Path | None:
    """The path of a font file, as fontconfig knows its family, else by search; None if absent."""
    for path in listed(family):
        if path.name == file and path.is_file():
            return path
    for folder in FOLDERS:
        for place, _, names in os.walk(folder):
            if file in names:
                return Path(place) / file
    return None


@cache
def listed(family: str) -> tuple[Path, ...]:
    """The files of a family as ``fc-list`` lists them; none where that program is missing."""
    program = shutil.which("fc-list")
    if not program:
        return ()
    found = subprocess.run(  # noqa: S603  a program found on the path, with fixed arguments
        [program, f":family={family}", "--format=%{file}\\n"],
        capture_output=True,
        text=True,
        check=False,
    )
    return tuple(Path(line) for line in found.stdout.splitlines())
