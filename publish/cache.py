"""The store of films from outside: how large it is, and what in it no lesson uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from publish.course import Course
from publish.cuts import FOLDER
from publish.place import only_build
from publish.plan import films
from publish.seal import STORE, read_seal, site_digests
from publish.sources import font_digests
from publish.store import Entry, Store
from scenes.spec import QUALITIES

UNITS = ("bytes", "kB", "MB", "GB")


def survey(course: Course, output: Path) -> tuple[list[Entry], list[Entry]]:
    """The kept films that a lesson uses in any quality, and those that none uses."""
    store = Store(output, font_digests(read_seal(output).get("fonts", {})))
    wanted = {store.key(film.spec) for quality in QUALITIES for film in films(course, quality)}
    entries = list(store.entries())
    used = [entry for entry in entries if entry.key in wanted]
    return used, [entry for entry in entries if entry.key not in wanted]


def describe(course: Course, output: Path) -> Iterator[str]:
    """The store in two lines."""
    used, unused = survey(course, output)
    yield f"{output / STORE}: {count(used)} in use, {size(used)}"
    yield f"{count(unused)} that no lesson uses, {size(unused)}"


def prune(course: Course, output: Path) -> Iterator[str]:
    """Remove films that no lesson uses and fonts that the site does not have; says what went.

    Raises:
        UserError: the output folder cannot be written.
    """
    with only_build(output):
        _, unused = survey(course, output)
        store = Store(output, {})
        for entry in unused:
            store.drop(entry.key)
        shown = {value for value in site_digests(output / "site").values() if value}
        for path in (output / STORE / FOLDER).glob("*-*"):
            if path.name.partition("-")[2] not in shown:
                path.unlink()
    yield f"removed {count(unused)} that no lesson uses, {size(unused)}"


def count(entries: list[Entry]) -> str:
    """How many films, in words."""
    return f"{len(entries)} film{'s' * (len(entries) != 1)}"


def size(entries: list[Entry]) -> str:
    """The size of films in the unit that suits it."""
    value, power = float(sum(entry.size for entry in entries)), 0
    while value >= 1000 and power < len(UNITS) - 1:
        value, power = value / 1000, power + 1
    return f"{value:.{min(power, 1)}f} {UNITS[power]}"
