"""The files of the site: films, captions, data, pages and what they share."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import UserError
from engine.table import to_csv
from publish.assets import write_assets
from publish.captions import to_vtt
from publish.course import Course
from publish.lesson import Lesson
from publish.manifest import files_of, lesson_entry, write_manifest
from publish.pagedata import page_data
from publish.pages import Card, framed_again, kept_page, lesson_page, start_page
from publish.place import link
from publish.plan import PlannedFilm
from publish.references import data_path, data_runs
from scenes import Film

Rendered = Sequence[tuple[PlannedFilm, Film]]


@dataclass(frozen=True)
class Kept:
    """Lessons of the site that is there, by name, as ``site.json`` lists them."""

    site: Path
    lessons: Mapping[str, dict[str, Any]]


def kept_lessons(
    course: Course, site: Path, manifest: Mapping[str, Any] | None, only: Collection[str]
) -> dict[str, dict[str, Any]]:
    """The built lessons that stay when only some are built anew.

    Raises:
        UserError: the site has lessons or languages that the course no longer has, so that its
            other pages would lead nowhere.
    """
    if manifest is None:
        return {}
    entries = {entry["name"]: entry for entry in manifest["lessons"]}
    names = [lesson.name for lesson in course.lessons]
    if list(manifest["languages"]) != list(course.languages) or not set(entries) <= set(names):
        raise UserError(
            f"{course.folder}: lessons or languages have gone since the site was built; "
            "build the whole course, without --only"
        )
    kept = {name: entries[name] for name in names if name in entries and name not in only}
    for name, entry in kept.items():
        for path in files_of(entry):
            if not (site / path).is_file():
                raise UserError(f"{site / path}: missing from the built site; build '{name}' too")
    return kept


def write_site(
    course: Course,
    site: Path,
    rendered: Rendered,
    only: Collection[str],
    old: Kept,
    cuts: Path,
) -> None:
    """Write a whole site into the empty folder ``site``; ``cuts`` keeps fonts for next time."""
    present = [
        lesson
        for lesson in course.lessons
        if not only or lesson.name in only or lesson.name in old.lessons
    ]
    entries = []
    for lesson in present:
        if lesson.name in old.lessons:
            entries.append(keep_lesson(old, lesson.name, site))
        else:
            films = take_films(lesson, rendered, site)
            data = write_data(course, lesson, site)
            copy_files(lesson, site)
            entries.append(lesson_entry(lesson, course.languages, films, data))
    for lesson in present:
        if lesson.name in old.lessons:
            write_kept_pages(course, lesson, old, entries, site)
        else:
            write_lesson_pages(course, lesson, rendered, entries, site)
    for language in course.languages:
        page = start_page(course, language, cards(entries, language))
        write(site / language / "index.html", page)
    main = course.languages[0]
    write(site / "index.html", start_page(course, main, cards(entries, main), root=""))
    pages = [path.read_text(encoding="utf-8") for path in sorted(site.glob("**/*.html"))]
    write_assets(course, site, pages, cuts)
    write_manifest(course, entries, site)


def write(path: Path, text: str) -> None:
    """Write a text file in a folder that may not be there yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def keep_lesson(old: Kept, name: str, site: Path) -> dict[str, Any]:
    """Take a lesson's files over from the old site; its entry stays the same."""
    entry = old.lessons[name]
    for path in files_of(entry):
        link(old.site / path, site / path)
    return entry


def take_films(lesson: Lesson, rendered: Rendered, site: Path) -> dict[tuple[str, str], Film]:
    """Put a lesson's films, posters and previews into the site and write their captions."""
    films = {}
    folder = site / "films"
    folder.mkdir(parents=True, exist_ok=True)
    for planned, film in rendered:
        if planned.lesson == lesson.name:
            link(film.video, folder / f"{planned.stem}.mp4")
            link(film.poster, folder / f"{planned.stem}{film.poster.suffix}")
            link(film.preview, folder / f"{planned.stem}-preview.mp4")
            write(folder / f"{planned.stem}.vtt", to_vtt(film.cues))
            films[planned.film, planned.language] = film
    return films


def write_data(course: Course, lesson: Lesson, site: Path) -> list[dict[str, Any]]:
    """Write the runs of each film as CSV; their entries for ``site.json``."""
    entries = []
    for film in lesson.films:
        direction = course.direction(lesson, film, course.languages[0])
        for item in data_runs(direction.shots):
            path = data_path(lesson.name, film.name, item.name)
            write(site / path, to_csv(item.run.trajectory))
            entries.append({"film": film.name, "run": item.name or None, "path": path})
    return entries


def copy_files(lesson: Lesson, site: Path) -> None:
    """Copy the files beside a lesson's texts; a link would make the author's file the site's.

    Raises:
        UserError: one can no longer be read.
    """
    for file in lesson.files:
        target = site / file.site_path(lesson.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            content = file.path.read_bytes()
        except OSError as error:
            raise UserError(f"{file.path}: cannot be read: {error.strerror}") from None
        target.write_bytes(content)


def write_lesson_pages(
    course: Course,
    lesson: Lesson,
    rendered: Rendered,
    entries: Sequence[Mapping[str, Any]],
    site: Path,
) -> None:
    """Write a lesson's page in every language."""
    for language in course.languages:
        films = {
            planned.film: film
            for planned, film in rendered
            if planned.lesson == lesson.name and planned.language == language
        }
        page = lesson_page(course, lesson, language, films, cards(entries, language))
        write(site / language / f"{lesson.name}.html", page)


def write_kept_pages(
    course: Course, lesson: Lesson, old: Kept, entries: Sequence[Mapping[str, Any]], site: Path
) -> None:
    """Write the pages of a lesson that is not built anew, among its neighbors of now.

    Raises:
        UserError: what a playground on them shows has changed, so that it would not fit the rest.
    """
    for language in course.languages:
        path = old.site / language / f"{lesson.name}.html"
        content = kept_page(lesson.name, path.read_text(encoding="utf-8"))
        if content.data and not same_rules(content.data, page_data(course, language)):
            raise UserError(
                f"{lesson.folder}: an optimizer or objective that its playgrounds show has changed "
                f"since the site was built; build '{lesson.name}' too"
            )
        page = framed_again(course, language, content, cards(entries, language))
        (site / language / f"{lesson.name}.html").unlink(missing_ok=True)
        write(site / language / f"{lesson.name}.html", page)


def same_rules(before: str, now: str) -> bool:
    """Whether all rules and objectives of a page's data are in today's data as they were."""
    old, new = json.loads(before), json.loads(now)
    return all(
        new[key].get(name) == item
        for key in ("optimizers", "objectives")
        for name, item in old[key].items()
    )


def cards(entries: Sequence[Mapping[str, Any]], language: str) -> list[Card]:
    """The lessons as cards; poster and preview are those of the lesson's first film."""
    result = []
    for entry in entries:
        page = entry["pages"][language]
        film = next((item for item in entry["films"] if item["language"] == language), None)
        result.append(
            Card(
                entry["name"],
                page["title"],
                page["summary"],
                film["poster"].removeprefix("films/") if film else "",
                film["width"] if film else 0,
                film["height"] if film else 0,
                film.get("preview", "").removeprefix("films/") if film else "",
            )
        )
    return result
