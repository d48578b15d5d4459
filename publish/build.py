"""Building the site: everything is made in a scratch folder, then put in place at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.errors import UserError, nearest
from publish.check import check, checked_course
from publish.course import Course
from publish.cuts import FOLDER
from publish.farm import Farm, Progress, quiet, render_films
from publish.manifest import read_manifest
from publish.place import (
    Say,
    only_build,
    put_in_place,
    require_place,
    scratch_folder,
    silent,
    write_whole,
)
from publish.plan import PlannedFilm, films
from publish.progress import ALL
from publish.seal import NAME, STORE, Inputs, is_current, read_seal, seal_text, take_inputs
from publish.site import Kept, kept_lessons, write_site
from publish.sources import font_digests
from publish.store import Store
from scenes import Film
from scenes.proof import proven
from scenes.spec import QUALITIES


@dataclass
class Keeping:
    """The films of one build; as a progress callback it stores each as soon as it is finished."""

    store: Store
    scratch: Path
    progress: Progress
    kept: dict[str, Film] = field(default_factory=dict)

    def __call__(self, name: str, done: int, total: int) -> None:
        """Pass on how far a film has come."""
        self.progress(name, done, total)

    def keep(self, planned: PlannedFilm, film: Film) -> None:
        """Store a film that is proven to decode."""
        key = self.store.key(planned.spec)
        self.kept[key] = self.store.keep(planned.spec, film, self.scratch)

    def find(self, planned: PlannedFilm) -> Film | None:
        """The film, if it is in the store; each is read and verified once."""
        key = self.store.key(planned.spec)
        if key not in self.kept and (film := self.store.find(planned.spec)):
            self.kept[key] = film
        return self.kept.get(key)

    def make(self, planned: Sequence[PlannedFilm], farm: Farm) -> list[Film]:
        """All films: from the store, and from the farm what is missing there."""
        missing = {self.store.key(film.spec): film for film in planned if self.find(film) is None}
        self.progress(ALL, len(planned) - len(missing), len(planned))
        if missing:
            asked = list(missing.values())
            for film, made in zip(asked, farm(asked, self.scratch / "films", self), strict=True):
                if self.store.key(film.spec) not in self.kept:
                    self.keep(film, proven(made))
        return [self.kept[self.store.key(film.spec)] for film in planned]


def build(
    course: Course,
    output: Path,
    quality: str = "standard",
    only: Collection[str] = (),
    progress: Progress = quiet,
    farm: Farm = render_films,
    *,
    say: Say = silent,
    inputs: Inputs | None = None,
    checked: bool = False,
) -> Path:
    """Render the films of a course that are not in the store and write its site.

    The site is ``output/site``, the store ``output/.store``. With ``only``, these lessons are
    built and the others are taken from the site that is there. Until everything is made nothing is
    replaced: after a mistake, a fault or an interruption the old site is as it was. ``farm``
    renders the films; see `publish.farm.render_films`. ``say`` is told of a wait for another
    build; ``inputs`` were taken before the course was read and seal a whole build; the course may
    be ``checked`` already.

    Returns:
        The folder of the site.

    Raises:
        UserError: something that the author wrote, named or installed is not right.
    """
    if quality not in QUALITIES:
        raise UserError(
            f"unknown quality '{quality}'{nearest(quality, QUALITIES)}; "
            f"the qualities are {', '.join(QUALITIES)}"
        )
    for name in only:
        course.lesson(name)
    if not checked:
        check(course)
    site = output / "site"
    require_place(site)
    with only_build(output, say), scratch_folder(output) as scratch:
        if inputs and is_current(inputs, output, quality, only):
            return site
        old = Kept(site, kept_lessons(course, site, read_manifest(site), only) if only else {})
        planned = films(course, quality, only)
        fonts = inputs.fonts if inputs else font_digests(read_seal(output).get("fonts", {}))
        rendered = Keeping(Store(output, fonts), scratch, progress).make(planned, farm)
        made = scratch / "site"
        pairs = list(zip(planned, rendered, strict=True))
        write_site(course, made, pairs, only, old, output / STORE / FOLDER)
        put_in_place(made, site, scratch / "old")
        if inputs and not only:
            write_whole(output / STORE / NAME, seal_text(inputs, quality, site).encode())
    return site


def build_folder(
    folder: Path,
    output: Path,
    quality: str = "standard",
    only: Collection[str] = (),
    progress: Progress = quiet,
    farm: Farm = render_films,
    say: Say = silent,
    inputs: Inputs | None = None,
) -> Path:
    """Read the course in ``folder`` and `build` it, sealed by what was read."""
    inputs = inputs or take_inputs(folder, output)
    store = Store(output, inputs.fonts)

    def missing(film: PlannedFilm) -> bool:
        """Whether the film is to be rendered: one that has been had room for its words."""
        spec = replace(film.spec, quality=QUALITIES.get(quality, film.spec.quality))
        return (not only or film.lesson in only) and not store.has(spec)

    course = checked_course(folder, missing)
    return build(
        course, output, quality, only, progress, farm, say=say, inputs=inputs, checked=True
    )
