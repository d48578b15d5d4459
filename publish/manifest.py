"""``site.json``: every lesson, page, film and other file of a site, for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.errors import UserError
from publish.course import Course
from publish.lesson import Lesson
from scenes import Film

NAME = "site.json"


def lesson_entry(
    lesson: Lesson,
    languages: tuple[str, ...],
    films: Mapping[tuple[str, str], Film],
    trajectories: list[dict[str, Any]],
) -> dict[str, Any]:
    """A lesson's entry; ``films`` are the rendered films by film name and language."""
    pages = {}
    for language in languages:
        text = lesson.texts[language]
        pages[language] = {
            "path": f"{language}/{lesson.name}.html",
            "title": text.plain(text.title),
            "summary": text.plain(text.summary),
        }
    return {
        "name": lesson.name,
        "pages": pages,
        "films": [
            film_entry(lesson.name, name, language, film)
            for (name, language), film in films.items()
        ],
        "trajectories": trajectories,
        "files": [{"path": file.site_path(lesson.name)} for file in lesson.files],
    }


def film_entry(lesson: str, name: str, language: str, film: Film) -> dict[str, Any]:
    """A film's entry: paths from the site's root, size in pixels, times in seconds."""
    stem = f"films/{lesson}-{name}-{language}"
    return {
        "name": name,
        "language": language,
        "path": f"{stem}.mp4",
        "width": film.width,
        "height": film.height,
        "frame_rate": film.fps,
        "frames": film.frames,
        "duration": film.duration,
        "captions": f"{stem}.vtt",
        "chapters": [{"start": chapter.start, "title": chapter.title} for chapter in film.chapters],
        "poster": f"{stem}{film.poster.suffix}",
        "preview": f"{stem}-preview.mp4",
    }


def write_manifest(course: Course, lessons: list[dict[str, Any]], site: Path) -> None:
    """Write ``site.json``."""
    content = {
        "title": dict(course.title),
        "languages": list(course.languages),
        "lessons": lessons,
    }
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
    (site / NAME).write_text(text + "\n", encoding="utf-8")


def read_manifest(site: Path) -> dict[str, Any] | None:
    """The manifest of a built site, or None where there is no site.

    Raises:
        UserError: the manifest is damaged.
    """
    path = site / NAME
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return content if content["lessons"] is not None else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            f"{path}: not the list of a built site ({error}); build the whole course, without "
            "--only"
        ) from None


def files_of(entry: Mapping[str, Any]) -> list[str]:
    """Every file that belongs to a lesson's entry, as paths from the site's root."""
    keys = ("path", "captions", "poster", "preview")
    films = [film[key] for film in entry["films"] for key in keys if key in film]
    pages = [page["path"] for page in entry["pages"].values()]
    others = [*entry["trajectories"], *entry.get("files", [])]
    return [*pages, *films, *(item["path"] for item in others)]
