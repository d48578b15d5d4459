"""Fonts that were cut for a site, kept so that a build after an edit need not cut them again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from publish.sources import combined, digest, file_digest, versions

FOLDER = "fonts"
LIBRARIES = ("fonttools", "brotli")

Cut = Callable[[Path, str, frozenset[str]], bytes]


def kept(folder: Path, cut: Cut, font: Path, face: str, letters: frozenset[str]) -> bytes:
    """What ``cut`` gives for these arguments, from ``folder`` where it is there and whole.

    A file's name is made of the digest of all that it depends on and the digest of its content.
    """
    status = font.stat()
    key = combined(
        {
            "font": [str(font), status.st_size, status.st_mtime_ns],
            "face": face,
            "letters": sorted(letters),
            "code": file_digest(Path(__file__).with_name("fonts.py")),
            "libraries": versions(LIBRARIES),
        }
    )
    for path in folder.glob(f"{key}-*"):
        with suppress(OSError):
            content = path.read_bytes()
            if path.name == f"{key}-{digest(content)}":
                return content
            path.unlink()
    content = cut(font, face, letters)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{key}-{digest(content)}").write_bytes(content)
    return content
