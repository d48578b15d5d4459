"""Films that are kept: each under a key of all that decides its bytes, so none is made twice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from engine.errors import UserError
from publish.place import link
from publish.seal import STORE
from publish.sources import (
    FILM_CODE,
    FILM_LIBRARIES,
    Digests,
    code_digest,
    combined,
    digest,
    file_digest,
    versions,
)
from scenes import Chapter, Film, FilmSpec, TimedCue, other_fonts

VIDEO, POSTER, PREVIEW, RECORD = "film.mp4", "poster.png", "preview.mp4", "film.json"
FILES = (VIDEO, POSTER, PREVIEW)
FILM_FONTS = "NotoSansCJK"


@dataclass(frozen=True)
class Entry:
    """A film in the store: its key and size in bytes."""

    key: str
    size: int


class Store:
    """The films kept in ``output/.store/films``; the fonts' digests are part of each key."""

    def __init__(self, output: Path, fonts: Digests) -> None:
        self.folder = output / STORE / "films"
        self.code = code_digest(FILM_CODE)
        self._base = {
            "code": self.code,
            "libraries": versions(FILM_LIBRARIES),
            "fonts": sorted(entry[2] for path, entry in fonts.items() if FILM_FONTS in path),
        }

    def key(self, spec: FilmSpec) -> str:
        """The key of a film: equal for specs, code, libraries and fonts that give equal bytes.

        The name of a film is not shown in it, so that is left out.
        """
        content = plain(spec) | {"name": ""}
        return combined(self._base | {"spec": content, "others": other_digests(spec)})

    def has(self, spec: FilmSpec) -> bool:
        """Whether the film was kept; `find` tells whether it is whole."""
        return (self.folder / self.key(spec)).is_dir()

    def find(self, spec: FilmSpec) -> Film | None:
        """The kept film, verified byte by byte; a damaged one is dropped and None given."""
        folder = self.folder / self.key(spec)
        if not folder.is_dir():
            return None
        film = read_entry(folder)
        if film is None:
            shutil.rmtree(folder, ignore_errors=True)
        return film

    def keep(self, spec: FilmSpec, film: Film, scratch: Path) -> Film:
        """Take in a finished film with one move; ``scratch`` is on the same disk.

        Raises:
            UserError: the sources of the films changed meanwhile, so that the key is not true.
        """
        if code_digest(FILM_CODE) != self.code:
            raise UserError("the sources in engine/ or scenes/ changed while films were rendered")
        key = self.key(spec)
        made = scratch / key
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        for source, name in zip((film.video, film.poster, film.preview), FILES, strict=True):
            link(source, made / name)
        write_record(made, film)
        self.folder.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            made.rename(self.folder / key)
        found = read_entry(self.folder / key)
        if found is None:
            raise UserError(f"{self.folder / key}: the film that was written is not what is there")
        return found

    def entries(self) -> Iterator[Entry]:
        """All films of the store, in the order of their keys."""
        if self.folder.is_dir():
            for folder in sorted(self.folder.iterdir()):
                files = [path for path in folder.rglob("*") if path.is_file()]
                yield Entry(folder.name, sum(path.stat().st_size for path in files))

    def drop(self, key: str) -> None:
        """Remove a film from the store; a site that shows it keeps its own name of the file."""
        shutil.rmtree(self.folder / key)


def other_digests(spec: FilmSpec) -> list[str]:
    """The digests of the fonts of a film other than the films' own."""
    files = ((path, path.stat()) for path in other_fonts(spec))
    return [_digest_of(path, state.st_size, state.st_mtime_ns) for path, state in files]


@lru_cache(maxsize=64)
def _digest_of(path: Path, size: int, changed: int) -> str:
    return file_digest(path) or ""


def plain(value: Any) -> Any:
    """Dataclasses, tuples, mappings and numbers as JSON data that is equal only for equal ones."""
    if is_dataclass(value):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return value.hex()
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} has no place in the key of a film")


def write_record(folder: Path, film: Film) -> None:
    """Write what is known of a film beside its files, with the digests of all of them."""
    record = {
        "files": {name: file_digest(folder / name) for name in FILES},
        "numbers": [film.width, film.height, film.fps, film.frames, film.duration],
        "cues": [[cue.start, cue.end, cue.text] for cue in film.cues],
        "chapters": [[chapter.start, chapter.title] for chapter in film.chapters],
    }
    text = json.dumps(record, ensure_ascii=False, sort_keys=True)
    whole = f"{digest(text.encode())}\n{text}\n"
    (folder / RECORD).write_text(whole, encoding="utf-8")


def read_entry(folder: Path) -> Film | None:
    """The film of an entry; None where a byte of it is not what was written."""
    try:
        claim, text, _ = (folder / RECORD).read_text(encoding="utf-8").split("\n")
        if digest(text.encode()) != claim:
            return None
        record = json.loads(text)
    except (OSError, ValueError):
        return None
    if any(file_digest(folder / name) != value for name, value in record["files"].items()):
        return None
    width, height, fps, frames, duration = record["numbers"]
    return Film(
        folder / VIDEO,
        folder / POSTER,
        folder / PREVIEW,
        width,
        height,
        fps,
        frames,
        duration,
        tuple(TimedCue(*cue) for cue in record["cues"]),
        tuple(Chapter(*chapter) for chapter in record["chapters"]),
    )
