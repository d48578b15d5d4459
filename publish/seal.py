"""The seal of a build: what the site was made from, so that with nothing to do one ends at once.

It lies beside the site, in ``output/.store/built.json``. While every file that was read, every
line of code, library and font is the same, and the site's files are those that were written, a
build would write the same again. Reading this takes no library but Python's own.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from publish.sources import (
    ALL_CODE,
    FILM_LIBRARIES,
    PAGE_LIBRARIES,
    Digests,
    code_digest,
    combined,
    file_digest,
    font_digests,
    python_version,
    versions,
)

STORE = ".store"
NAME = "built.json"


@dataclass(frozen=True)
class Inputs:
    """What a build reads, before it reads it: digests of the course, code, libraries and fonts.

    ``course`` maps paths to digests, None for a file that is not there.
    """

    folder: str
    lessons: tuple[str, ...]
    course: dict[str, str | None]
    code: str
    libraries: dict[str, str]
    fonts: Digests

    @property
    def key(self) -> str:
        """One digest of it all; where the fonts lie and when they were copied does not matter."""
        content = asdict(self) | {"fonts": sorted(entry[2] for entry in self.fonts.values())}
        return combined(content)


def take_inputs(course: Path, output: Path) -> Inputs:
    """The digests of a build's inputs as they are now."""
    lessons, files = course_files(course)
    libraries = versions([*FILM_LIBRARIES, *PAGE_LIBRARIES]) | {"python": python_version()}
    known = read_seal(output).get("fonts", {})
    return Inputs(
        str(course.resolve()),
        lessons,
        {str(path.relative_to(course)): file_digest(path) for path in files},
        code_digest(ALL_CODE),
        libraries,
        font_digests(known if isinstance(known, dict) else {}),
    )


def course_files(folder: Path) -> tuple[tuple[str, ...], list[Path]]:
    """The lessons of a course that need not be valid, and the files it is read from."""
    files = [folder / f"{name}.toml" for name in ("course", "optimizers", "objectives")]
    lessons: list[str] = []
    with suppress(OSError, ValueError):
        content = tomllib.loads(files[0].read_text(encoding="utf-8-sig"))
        listed, titles = content.get("lessons"), content.get("title")
        if isinstance(listed, list) and isinstance(titles, dict):
            lessons = [name for name in listed if isinstance(name, str)]
            names = ["lesson.toml", *(f"{language}.md" for language in titles)]
            files += [folder / lesson / name for lesson in lessons for name in names]
            files += [path for lesson in lessons for path in files_below(folder / lesson)]
    return tuple(lessons), files


def files_below(folder: Path) -> list[Path]:
    """The files in a lesson's folder, any of which its texts may show or link.

    Texts can name no hidden one.
    """
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def read_seal(output: Path) -> dict[str, Any]:
    """The seal of the last whole build; empty where there is none that can be read."""
    with suppress(OSError, ValueError):
        content = json.loads((output / STORE / NAME).read_text(encoding="utf-8"))
        if isinstance(content, dict):
            return content
    return {}


def is_current(inputs: Inputs, output: Path, quality: str, only: Collection[str]) -> bool:
    """Whether a build of these inputs would change nothing; reads every byte of the site."""
    seal = read_seal(output)
    return (
        bool(inputs.lessons)
        and seal.get("inputs") == inputs.key
        and seal.get("quality") == quality
        and set(only) <= set(inputs.lessons)
        and seal.get("site") == site_digests(output / "site")
    )


def site_digests(site: Path) -> dict[str, str | None]:
    """The digest of each file of a site."""
    return {
        path.relative_to(site).as_posix(): file_digest(path)
        for path in site.rglob("*")
        if path.is_file()
    }


def seal_text(inputs: Inputs, quality: str, site: Path) -> str:
    """The text of the seal of a site just built from ``inputs``."""
    content: Mapping[str, Any] = {
        "inputs": inputs.key,
        "quality": quality,
        "fonts": inputs.fonts,
        "site": site_digests(site),
    }
    return json.dumps(content, indent=1, sort_keys=True) + "\n"
