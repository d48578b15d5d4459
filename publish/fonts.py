"""The fonts of the site: Latin Modern Math with the characters that its formulas use."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from html import unescape
from pathlib import Path

from engine.errors import UserError
from fontTools import subset

MATH_FILE = "latinmodern-math.otf"
FOLDERS = (
    Path("/usr/share/texmf/fonts/opentype/public/lm-math"),
    Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/lm-math"),
    Path("/usr/share/texmf-dist/fonts/opentype/public/lm-math"),
    Path("/usr/local/texlive/texmf-local/fonts/opentype/public/lm-math"),
    Path("/Library/Fonts"),
    Path.home() / "Library/Fonts",
    Path.home() / ".fonts",
    Path.home() / ".local/share/fonts",
)
FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
ALWAYS = "0123456789+-−=()[]|,.√⎷∑∂·×/^ˆ̂̃ ⁢"
"""Digits, signs and the pieces of roots and brackets, for formulas that scripts put together."""


def find_math_font() -> Path:
    """The path of Latin Modern Math.

    Raises:
        UserError: it is not installed; the message names the package.
    """
    for folder in FOLDERS:
        if (folder / MATH_FILE).is_file():
            return folder / MATH_FILE
    listed = asked_of_fontconfig()
    if listed:
        return listed
    raise UserError(
        f"the font Latin Modern Math ({MATH_FILE}) is not installed; install the package "
        "fonts-lmodern (Debian, Ubuntu), texlive-lm-math (Fedora) or otf-latinmodern-math (Arch), "
        "or put the file into ~/.local/share/fonts"
    )


def asked_of_fontconfig() -> Path | None:
    """The font's path as ``fc-list`` knows it, where that program is there."""
    program = shutil.which("fc-list")
    if not program:
        return None
    found = subprocess.run(  # noqa: S603  a program found on the path, with fixed arguments
        [program, ":family=Latin Modern Math", "--format=%{file}\\n"],
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line for line in found.stdout.splitlines() if line.endswith(MATH_FILE)]
    return Path(lines[0]) if lines else None


def characters(pages: Iterable[str]) -> set[str]:
    """Every character inside a ``<math>`` element of the HTML texts."""
    found = set(ALWAYS)
    for page in pages:
        for formula in FORMULA.findall(page):
            found.update(unescape(TAG.sub("", formula)))
    return found


def require_fonts() -> None:
    """Raise a UserError where a font that the pages need is not installed."""
    find_math_font()


def write_fonts(folder: Path, pages: Sequence[str]) -> None:
    """Write the fonts that the style sheet names into ``folder``."""
    write_math_font(folder / "math.woff2", characters(pages))


def write_math_font(target: Path, used: Iterable[str]) -> None:
    """Write a WOFF2 subset for the characters, with its MATH table.

    Single letters are drawn italic by browsers, from the mathematical alphabets, so these come
    along with the plain letters.
    """
    options = subset.Options(flavor="woff2", layout_features=["*"], notdef_outline=True)
    options.drop_tables += ["FFTM"]
    font = subset.load_font(str(find_math_font()), options)
    points = {ord(letter) for letter in used}
    points |= {italic(letter) for letter in used}
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    target.parent.mkdir(parents=True, exist_ok=True)
    subset.save_font(font, str(target), options)


def italic(letter: str) -> int:
    """The code point of a letter's mathematical italic; of anything else, its own."""
    if letter == "h":
        return 0x210E
    code = ord(letter)
    if "A" <= letter <= "Z":
        return 0x1D434 + code - ord("A")
    if "a" <= letter <= "z":
        return 0x1D44E + code - ord("a")
    if "α" <= letter <= "ω":
        return 0x1D6FC + code - ord("α")
    if "Α" <= letter <= "Ω":
        return 0x1D6E2 + code - ord("Α")
    return {"∂": 0x1D715, "ϵ": 0x1D716, "ϑ": 0x1D717, "ϰ": 0x1D718, "ϕ": 0x1D719}.get(
        letter, code
    )
