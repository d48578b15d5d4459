"""Which font draws which characters: the films' own and, for what that lacks, another one here.

The films' font has the scripts of China, Japan and Korea, English, Cyrillic and plain Greek. Each
other script of a text is set in one font that has all its letters, the most alike first. The
choice depends on the fonts alone, not on the settings of a desktop.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from fontTools import unicodedata

from engine.errors import UserError
from engine.plaintext import SHAPERS, ZERO_WIDTH_SPACE, character_name
from scenes.raised import lowered
from scenes.wrapping import letters

FONT, MONO = "Noto Sans CJK SC", "Noto Sans Mono CJK SC"
FIELDS = ("family[0]", "weight", "width", "slant", "color", "outline", "file", "charset")
"""What fontconfig is asked of each font."""

REGULAR, BOLD, UPRIGHT, USUAL_WIDTH = 80.0, 200.0, 0.0, 100.0
PREFERRED = ("Noto Sans", "DejaVu Sans", "Noto ", "DejaVu ", "")
"""What the names of fonts begin with, the most alike to the films' font first."""

NO_FONT = re.compile("last ?resort|blank|tofu|notdef|barcode", re.IGNORECASE)
"""Fonts that have a picture for everything, which is none."""

SHARED = ("Zyyy", "Zinh", "Zzzz")
IDEOGRAPHS = "Hani"


@dataclass(frozen=True)
class Face:
    """A family in one weight, its files, and the first and last characters of what it has."""

    family: str
    bold: bool
    files: tuple[str, ...]
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]

    def has(self, letter: str) -> bool:
        """Whether the font has the character."""
        at = bisect_right(self.firsts, ord(letter)) - 1
        return at >= 0 and ord(letter) <= self.lasts[at]

    def sets(self, words: str) -> bool:
        """Whether it has all characters that are drawn."""
        return all(self.has(letter) for letter in words if letter not in UNDRAWN)


UNDRAWN = frozenset(SHAPERS + ZERO_WIDTH_SPACE)


@cache
def faces(bold: bool = False) -> tuple[Face, ...]:
    """The fonts of this computer that are outlines, upright and of one color, the best first.

    In bold, those that have no such weight follow. Empty where fontconfig's ``fc-list`` is
    missing: which font has what is then not known.
    """
    found: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
    for fields in _listed():
        if _plain(fields):
            off = _from(fields[1], BOLD if bold else REGULAR)
            found[fields[0]].append((off, fields[6], fields[7]))
    made = (_face(family, bold, files) for family, files in found.items())
    best = sorted(made, key=lambda face: (_rank(face.family), face.family))
    return (*best, *faces()) if bold else tuple(best)


@cache
def _listed() -> tuple[list[str], ...]:
    """What fontconfig tells of each font, in the order of ``FIELDS``."""
    program = shutil.which("fc-list")
    if not program:
        return ()
    form = "\\t".join(f"%{{{field}}}" for field in FIELDS)
    listed = subprocess.run(  # noqa: S603  a program found on the path, with fixed arguments
        [program, f"--format={form}\\n"], capture_output=True, text=True, check=False
    )
    return tuple(line.split("\t") for line in listed.stdout.splitlines())


def _plain(fields: list[str]) -> bool:
    if len(fields) != len(FIELDS):
        return False
    family, _, width, slant, color, outline, *_ = fields
    return (
        _from(width, USUAL_WIDTH) == 0
        and _from(slant, UPRIGHT) == 0
        and (color, outline) == ("False", "True")
        and not NO_FONT.search(family)
    )


def _from(given: str, wanted: float) -> float:
    """How far a number, or a range such as ``[100 900]``, is from the wanted one."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", given)] or [wanted]
    return max(min(numbers) - wanted, wanted - max(numbers), 0.0)


def _face(family: str, bold: bool, files: list[tuple[float, str, str]]) -> Face:
    """The face of the files that are nearest to a weight: what all of them have."""
    nearest = min(off for off, _, _ in files)
    chosen = [(file, charset) for off, file, charset in files if off == nearest]
    spans = [_spans(charset) for _, charset in chosen]
    if len(set(spans)) > 1:
        codes = set.intersection(*({c for a, b in each for c in range(a, b + 1)} for each in spans))
        spans = [tuple((code, code) for code in sorted(codes))]
    firsts, lasts = zip(*spans[0], strict=True) if spans[0] else ((), ())
    return Face(family, bold, tuple(sorted({file for file, _ in chosen})), firsts, lasts)


def _spans(charset: str) -> tuple[tuple[int, int], ...]:
    ends = (span.partition("-") for span in charset.split())
    return tuple(sorted((int(first, 16), int(last or first, 16)) for first, _, last in ends))


def _rank(family: str) -> int:
    if family == FONT:
        return -1
    rank = next(rank for rank, name in enumerate(PREFERRED) if family.startswith(name))
    return rank + len(PREFERRED) * (family not in ("Noto Sans", "DejaVu Sans"))


@lru_cache(maxsize=2048)
def spread(words: str, bold: bool = False) -> tuple[tuple[Face, str], ...]:
    """``words`` in pieces, each with the face that it is set in; none where no face is known.

    Raises:
        UserError: no font here has a character.
    """
    found = faces(bold)
    if not found or found[0].family != FONT:
        return ()
    clusters = letters(words)
    scripts = _by_script(clusters, found)
    pieces: list[tuple[Face, str]] = []
    last = found[0]
    for cluster in clusters:
        last = _chosen(cluster, scripts.get(_script(cluster)), last, found)
        if pieces and pieces[-1][0] == last:
            pieces[-1] = (last, pieces[-1][1] + cluster)
        else:
            pieces.append((last, cluster))
    return tuple(pieces)


def _script(cluster: str) -> str:
    return str(unicodedata.script(cluster[0]))


def _by_script(clusters: Iterable[str], found: tuple[Face, ...]) -> dict[str, Face | None]:
    """The font of each script: the first that has all that the text has of it."""
    of_script: dict[str, str] = defaultdict(str)
    for cluster in clusters:
        if _script(cluster) not in SHARED:
            of_script[_script(cluster)] += cluster
    return {
        script: next((face for face in found if face.sets(all_of_it)), None)
        for script, all_of_it in of_script.items()
        if script != IDEOGRAPHS
    }


def _chosen(cluster: str, usual: Face | None, last: Face, found: tuple[Face, ...]) -> Face:
    """The font of a cluster: its script's, else the one before, the films' own, or another."""
    if usual is not None:
        return usual
    before = [last] if cluster == " " else []
    after = [] if _script(cluster) == IDEOGRAPHS else [last]
    for face in (*before, found[0], *after, *found):
        if face.sets(cluster):
            return face
    for letter in cluster:
        if letter not in UNDRAWN and not any(face.has(letter) for face in found):
            raise UserError(
                f"no font on this computer has the character {character_name(letter)}: "
                f"{_advice(letter)}, or write it otherwise"
            )
    names = " with ".join(map(character_name, cluster))
    raise UserError(f"no font on this computer has {names}: write it otherwise")


def require_faces(words: str) -> None:
    """Raise :class:`UserError` where no font here has a character of ``words``; it is named."""
    for bold in (False, True):
        spread(lowered(words), bold)


def other_files(words: str) -> tuple[Path, ...]:
    """The files of the fonts other than the films' own in which ``words`` are set."""
    files: set[str] = set()
    for bold in (False, True):
        with suppress(UserError):
            for face, _ in spread(lowered(words), bold):
                files.update(face.files if face.family != FONT else ())
    return tuple(Path(file) for file in sorted(files))


def _advice(letter: str) -> str:
    code, script = ord(letter), str(unicodedata.script(letter))
    if 0x1F000 <= code <= 0x1FAFF or 0x2600 <= code <= 0x27BF:
        return (
            "films take pictures from fonts of outlines in one color (Debian and Ubuntu: "
            "apt-get install fonts-noto-core fonts-symbola)"
        )
    if script in SHARED:
        return "install a font that has it (Debian and Ubuntu: apt-get install fonts-noto-core)"
    name = str(unicodedata.script_name(script)).replace("_", " ")
    packages = "fonts-noto-cjk" if script in ("Hani", "Hira", "Kana", "Hang") else "fonts-noto-core"
    extra = " fonts-noto-extra" if packages == "fonts-noto-core" and code > 0xFFFF else ""
    return (
        f"install a font for the script {name} "
        f"(Debian and Ubuntu: apt-get install {packages}{extra})"
    )
