"""One film by itself, in any form: as a film, a still, a storyboard, a preview or an overlay."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import scenes
from engine.errors import UserError, nearest
from publish.captions import to_vtt
from publish.course import Course
from publish.farm import Progress, quiet
from publish.plan import PlannedFilm, planned
from publish.seal import read_seal
from publish.sources import font_digests
from publish.store import Store
from scenes import QUALITIES, Film, FilmSpec

OVERLAYS = (".mov", ".webm")


@dataclass(frozen=True)
class Look:
    """How a film is made; what is None stays as the lesson has it, or as the quality does."""

    quality: str = "standard"
    fps: int | None = None
    form: str | None = None
    theme: str | None = None

    def of(self, spec: FilmSpec) -> FilmSpec:
        """The film of ``spec`` with this look."""
        quality = QUALITIES[self.quality]
        return replace(
            spec,
            quality=replace(quality, fps=self.fps or quality.fps),
            form=self.form or spec.form,
            theme=self.theme or spec.theme,
        )


@dataclass(frozen=True)
class FoundFilm:
    """A film of a lesson, and the names of its shots."""

    planned: PlannedFilm
    shots: tuple[str, ...]

    @property
    def spec(self) -> FilmSpec:
        """What it shows, and how."""
        return self.planned.spec

    def shot(self, name: str | None) -> int:
        """The number, from 0, of the shot of this name or number, the number counted from 1.

        Raises:
            UserError: there is no such shot, or which is meant is not said.
        """
        names = ", ".join(f"{number} {shot}" for number, shot in enumerate(self.shots, start=1))
        if name is None:
            if len(self.shots) > 1:
                raise UserError(f"the film has several shots: say which, with --shot; {names}")
            return 0
        if name in self.shots:
            return self.shots.index(name)
        if name.isdecimal() and 1 <= int(name) <= len(self.shots):
            return int(name) - 1
        raise UserError(f"no shot '{name}'{nearest(name, self.shots)}; the shots are {names}")


def find_film(
    course: Course, lesson: str, film: str, language: str, look: Look | None = None
) -> FoundFilm:
    """The film of these names.

    Raises:
        UserError: a name is not known; with the nearest one.
    """
    look = look or Look()
    names = [item.name for item in course.lesson(lesson).films]
    if film not in names:
        raise UserError(
            f"{course.lesson(lesson).settings}: no film '{film}'{nearest(film, names)}; "
            f"the films are {', '.join(names) or 'none'}"
        )
    if language not in course.languages:
        raise UserError(
            f"{course.folder}: no language '{language}'{nearest(language, course.languages)}; "
            f"the languages are {', '.join(course.languages)}"
        )
    entry = course.lesson(lesson).film(film)
    found = planned(course, course.lesson(lesson), entry, language, look.quality)
    shots = course.direction(course.lesson(lesson), entry, language).shots
    return FoundFilm(replace(found, spec=look.of(found.spec)), tuple(shot.name for shot in shots))


def write_film(
    found: FoundFilm, file: Path, progress: Progress = quiet, output: Path | None = None
) -> None:
    """Render a film to ``file``, its captions (.vtt) and poster (.png) beside it.

    With ``output`` it is taken from the store of that build where it is there. The files appear
    when all are finished.

    Raises:
        UserError: the place cannot be written.
    """
    with placed(file, "a film", (".mp4",)) as scratch:
        made = kept_film(found.spec, output) or scenes.render(
            found.spec,
            scratch / "made",
            lambda done, total: progress(found.planned.stem, done, total),
        )
        shutil.copyfile(made.video, scratch / file.name)
        captions, poster = file.with_suffix(".vtt"), file.with_suffix(made.poster.suffix)
        (scratch / captions.name).write_text(to_vtt(made.cues), encoding="utf-8")
        shutil.copyfile(made.poster, scratch / poster.name)
        for path in (captions, poster):
            (scratch / path.name).replace(path)


def kept_film(spec: FilmSpec, output: Path | None) -> Film | None:
    """The film as a build of ``output`` has kept it, None where it has not."""
    if output is None:
        return None
    return Store(output, font_digests(read_seal(output).get("fonts", {}))).find(spec)


def write_still(found: FoundFilm, file: Path, step: int, shot: str | None = None) -> None:
    """Paint the film where a shot comes to ``step``, as a PNG.

    Raises:
        UserError: there is no such shot or step, or the place cannot be written.
    """
    with placed(file, "a still", (".png",)) as scratch:
        picture = scenes.still(found.spec, step=step, shot=found.shot(shot))
        scenes.save_picture(picture, scratch / file.name)


def write_storyboard(found: FoundFilm, file: Path) -> None:
    """Paint samples of a film with times and captions on one sheet, as a PNG.

    Raises:
        UserError: the place cannot be written.
    """
    with placed(file, "a storyboard", (".png",)) as scratch:
        scenes.save_picture(scenes.render_storyboard(found.spec), scratch / file.name)


def write_preview(found: FoundFilm, file: Path) -> None:
    """Write a few small seconds of a film that can be played again and again.

    Raises:
        UserError: the place cannot be written.
    """
    with placed(file, "a preview", (".mp4",)) as scratch:
        scenes.render_preview(found.spec, scratch / file.name)


def write_overlay(found: FoundFilm, file: Path, progress: Progress = quiet) -> None:
    """Render a film without a ground: ProRes 4444 for .mov, VP9 for .webm.

    Raises:
        UserError: the place cannot be written.
    """
    with placed(file, "an overlay", OVERLAYS) as scratch:
        scenes.render_overlay(
            found.spec,
            scratch / file.name,
            lambda done, total: progress(found.planned.stem, done, total),
        )


@contextmanager
def placed(file: Path, what: str, endings: Collection[str]) -> Iterator[Path]:
    """A scratch folder beside ``file``; what has its name there takes its place at the end.

    Raises:
        UserError: the file has another ending, or the place cannot be written.
    """
    if file.suffix not in endings:
        ending = " or ".join(endings)
        raise UserError(f"{file}: {what} is a file that ends in {ending}; give it that ending")
    try:
        with tempfile.TemporaryDirectory(prefix=".film-", dir=file.parent) as name:
            yield Path(name)
            (Path(name) / file.name).replace(file)
    except OSError as error:
        # The error's own file is in the scratch folder, which the user has not named.
        raise UserError(f"{file}: cannot be written: {error.strerror or error}") from error
