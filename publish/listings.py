"""What ``thalweg list`` prints: the names a lesson or a command may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from publish.catalog import load_catalogs
from publish.course import load_course


def lines(what: str | None, course: Path) -> Iterator[str]:
    """The lines of one list, or of all three under headings.

    Raises:
        UserError: the course, or one of its catalogs, is not valid.
    """
    lists = {"optimizers": optimizers, "objectives": objectives, "lessons": lessons}
    if what is not None:
        yield from lists[what](course)
        return
    for number, (name, content) in enumerate(lists.items()):
        if number:
            yield ""
        yield f"{name}:"
        yield from (f"  {line}" for line in content(course))


def optimizers(course: Path) -> Iterator[str]:
    """A line an optimizer: its name, hyper-parameters with defaults, and what it does."""
    catalog = load_catalogs(course).optimizers
    settings = {
        name: " ".join(f"{hyper.name}={hyper.default:g}" for hyper in rule.hyper)
        for name, rule in catalog.items()
    }
    names, widths = max(map(len, settings)), max(map(len, settings.values()))
    for name, rule in catalog.items():
        yield f"{name:{names}}  {settings[name]:{widths}}  {rule.summary}".rstrip()


def objectives(course: Path) -> Iterator[str]:
    """A line an objective: its name and its formula."""
    catalog = load_catalogs(course).objectives
    width = max(map(len, catalog))
    for name, target in catalog.items():
        yield f"{name:{width}}  {target.formula}"
        yield from (f"{'':{width}}  {note}" for note in target.notes)


def lessons(course: Path) -> Iterator[str]:
    """A line a lesson, with its films; the title is in the course's first language."""
    loaded = load_course(course)
    width = max(len(lesson.name) for lesson in loaded.lessons)
    for lesson in loaded.lessons:
        text = lesson.texts[loaded.languages[0]]
        films = ", ".join(film.name for film in lesson.films) or "none"
        yield f"{lesson.name:{width}}  {text.plain(text.title)}  (films: {films})"
