"""The site's fonts, cut down to the characters it uses, so that pages look alike everywhere.

Formulas need Latin Modern Math, whose MATH table browsers read. The text is set in Noto Sans CJK,
as in the films; where that is not found as a file, pages use the reader's own fonts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UserError
from publish.cuts import kept
from publish.fontfiles import find_font

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

MATH = "latinmodern-math.otf"
FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
IN_FORMULAS = "0123456789+-−=()[]|,.√⎷∑∂·×/^~¯ˆ̂̃̄ \N{INVISIBLE TIMES}"
"""Digits, signs and the pieces of roots and brackets, for formulas that scripts put together."""

LATIN = "U+0000-2E7F"
LETTERS = "U+0000-00B6, U+00B8-2013, U+2030-2E7F"
HAN = "U+00B7, U+2014-202F, U+2E80-FFFF"
"""The Han font draws what Chinese text sets full-width: dash, quotes, ellipsis, middle dot."""


@dataclass(frozen=True)
class TextFont:
    """A font file of the site: CSS family, weight and range, and which face it is cut from."""

    file: str
    families: tuple[tuple[str, str], ...]
    weight: int
    source: str
    face: str
    han: bool = False


WESTERN = (("Thalweg Sans", LATIN), ("Thalweg Letters", LETTERS))
EASTERN = (("Thalweg Han", HAN),)
TEXT_FONTS = (
    TextFont("sans.woff2", WESTERN, 400, "NotoSansCJK-Regular.ttc", "Noto Sans CJK KR"),
    TextFont("sans-bold.woff2", WESTERN, 700, "NotoSansCJK-Bold.ttc", "Noto Sans CJK KR"),
    TextFont("han.woff2", EASTERN, 400, "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", True),
    TextFont("han-bold.woff2", EASTERN, 700, "NotoSansCJK-Bold.ttc", "Noto Sans CJK SC", True),
    TextFont(
        "mono.woff2",
        (("Thalweg Mono", LATIN),),
        400,
        "NotoSansCJK-Regular.ttc",
        "Noto Sans Mono CJK KR",
    ),
)


SUBSCRIPT_DROP = 50
"""How far below its base's lower edge a subscript stands at least, in thousandths of an em."""

TEXT_FEATURES = ["kern", "liga", "ccmp", "calt", "tnum", "lnum", "locl"]


def require_fonts() -> Path:
    """The path of Latin Modern Math.

    Raises:
        UserError: it is not installed; the message names the package.
    """
    path = find_font(MATH, "Latin Modern Math")
    if path is None:
        raise UserError(
            f"the font Latin Modern Math ({MATH}) is not installed; install the package "
            "fonts-lmodern (Debian, Ubuntu), texlive-lm-math (Fedora) or otf-latinmodern-math "
            "(Arch), or put the file into ~/.local/share/fonts"
        )
    return path


def write_fonts(folder: Path, pages: Sequence[str], cuts: Path) -> str:
    """Write the fonts that the pages need into ``folder``; returns their ``@font-face`` rules.

    Cutting takes seconds, so the folder ``cuts`` keeps what was cut.
    """
    math = require_fonts()
    (folder / "math.woff2").write_bytes(kept(cuts, cut, math, "", math_characters(pages)))
    faces = [font_face("Thalweg Math", "math.woff2", 400, "")]
    han = frozenset(letter for page in pages for letter in page if is_han(letter))
    for font in TEXT_FONTS:
        path = find_font(font.source, font.face)
        used = han if font.han else western_characters()
        if path is None or not used:
            continue
        (folder / font.file).write_bytes(kept(cuts, cut, path, font.face, used))
        faces += [font_face(family, font.file, font.weight, span) for family, span in font.families]
    return "".join(faces)


def font_face(family: str, file: str, weight: int, span: str) -> str:
    """One ``@font-face`` rule."""
    limit = f" unicode-range: {span};" if span else ""
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap; '
        f'src: url("{file}") format("woff2");{limit} }}\n'
    )


def is_han(letter: str) -> bool:
    """Whether the Han font draws this character; see ``HAN``."""
    return letter == "·" or "—" <= letter <= "\u202f" or letter >= "⺀"


def western_characters() -> frozenset[str]:
    """Letters of Western languages, Greek, punctuation, superscripts, arrows and signs."""
    spans = ((0x20, 0x7F), (0xA0, 0x180), (0x370, 0x3D0), (0x2010, 0x2040), (0x2070, 0x20A0))
    signs = "€№™←↑→↓↔⇒−×÷±≈≠≤≥∞√∂∇∑∈·•"
    return frozenset(signs).union(*({chr(code) for code in range(*span)} for span in spans))


def math_characters(pages: Iterable[str]) -> frozenset[str]:
    """Every character inside a ``<math>`` element, with the italic that browsers draw for it."""
    found = set(IN_FORMULAS)
    for page in pages:
        for formula in FORMULA.findall(page.replace("\\u003c", "<")):
            found.update(unescape(TAG.sub("", formula)))
    return frozenset(found | {italic(letter) for letter in found})


def italic(letter: str) -> str:
    """The mathematical italic of a letter; anything else is itself."""
    if letter == "h":
        return "\N{PLANCK CONSTANT}"
    for first, last, start in (
        ("A", "Z", 0x1D434),
        ("a", "z", 0x1D44E),
        ("Α", "Ω", 0x1D6E2),
        ("α", "ω", 0x1D6FC),
    ):
        if first <= letter <= last:
            return chr(start + ord(letter) - ord(first))
    others = {"∂": 0x1D715, "ϵ": 0x1D716, "ϑ": 0x1D717, "ϰ": 0x1D718, "ϕ": 0x1D719}
    return chr(others.get(letter, ord(letter)))


@lru_cache(maxsize=32)
def cut(path: Path, face: str, letters: frozenset[str]) -> bytes:
    """A WOFF2 font with these characters and all its layout, kept in memory for the next build.

    ``face`` names one face of a collection by its family.
    """
    # A build that cuts nothing is faster without the library.
    from fontTools import subset

    options = subset.Options(
        layout_features=TEXT_FEATURES if face else ["*"],
        hinting=False,
        notdef_outline=True,
    )
    options.drop_tables += ["FFTM"]
    font = open_face(path, face)
    font.recalcTimestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes={ord(letter) for letter in letters})
    subsetter.subset(font)
    if "MATH" in font:
        lower_scripts(font)
    font.flavor = "woff2"
    buffer = BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def lower_scripts(font: TTFont) -> None:
    """Keep the subscript of a letter with a descender, such as β, as high as any other.

    TeX lowers subscripts with their base only where that is a box; browsers do it for letters too.
    """
    font["MATH"].table.MathConstants.SubscriptBaselineDropMin.Value = SUBSCRIPT_DROP


def open_face(path: Path, face: str) -> TTFont:
    """A font, or the face of that family in a collection."""
    from fontTools.ttLib import TTCollection, TTFont

    if path.suffix != ".ttc":
        return TTFont(path, lazy=True)
    for font in TTCollection(path, lazy=True).fonts:
        if font["name"].getBestFamilyName() == face:
            return font
    raise UserError(f"{path}: this collection has no face '{face}'; is it an old version?")
