"""Reading the folder of one lesson: its settings and its texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import Mistakes, Place, UserError, nearest
from publish.lesson import Lesson, LessonFile
from publish.lines import line_of
from publish.notes import note_ids
from publish.settings import read_part
from publish.text import Text, set_anchors, sound_text
from publish.toml import read_text, read_toml


@dataclass(frozen=True)
class Sound:
    """What of a lesson is sound; ``left_out`` are names of films and playgrounds with mistakes.

    ``whole`` is whether these names are known.
    """

    lesson: Lesson
    left_out: frozenset[str]
    whole: bool

    def missing(self, name: str) -> bool:
        """Whether a name may be one that was left out because of a mistake that is told."""
        return name in self.left_out or not self.whole


def load_lesson(
    folder: Path, languages: tuple[str, ...], course: Path, notation: str, mistakes: Mistakes
) -> Sound | None:
    """Read one lesson's folder; runs and links are checked later, by the whole course.

    ``notation`` is that of the math in its texts, as in `publish.math.to_mathml`.
    """
    if not folder.is_dir():
        raise no_folder(folder, course)
    settings = folder / "lesson.toml"
    part = read_part(settings, LessonFile, mistakes)
    file = part.model if part else LessonFile()
    twice: set[str] = set()
    for kind, entries in (("film", file.films), ("playground", file.playgrounds)):
        numbers = part.kept.get(f"{kind}s", ()) if part else ()
        twice |= repeated([entry.name for entry in entries], numbers, settings, kind, mistakes)
    texts: dict[str, Text] = {}
    for language in languages:
        text = mistakes.of(lesson_text, folder, language, languages, notation, mistakes)
        if text is not None:
            texts[language] = text
    taken = ["main", "contents", *(f"film-{film.name}" for film in file.films)]
    for name in {tag.target for text in texts.values() for tag in text.tags}:
        taken += [f"{kind}-{name}" for kind in ("playground", "listing", "table", "equations")]
    taken += [name for text in texts.values() for name in note_ids(text.body)]
    if texts:
        set_anchors(texts, taken)
    lesson = Lesson(
        folder.name,
        folder,
        tuple(file.films),
        tuple(file.playgrounds),
        texts,
        part.kept if part else {},
    )
    left_out = twice | part.left_out if part else twice
    return Sound(lesson, frozenset(left_out), part is not None and part.whole)


def no_folder(folder: Path, course: Path) -> UserError:
    """The mistake of a lesson whose folder is not there."""
    found = sorted(item.parent.name for item in course.parent.glob("*/lesson.toml"))
    at = list(read_toml(course)["lessons"]).index(folder.name)
    line = line_of(read_text(course), ("lessons", at)) or 0
    return UserError(
        f"{course}, line {line}: lessons[{at + 1}] names '{folder.name}', but there is no folder "
        f"{folder}{nearest(folder.name, found)}",
        Place(str(course), line),
    )


def lesson_text(
    folder: Path, language: str, languages: tuple[str, ...], notation: str, mistakes: Mistakes
) -> Text | None:
    """A lesson's text in a language, of which mistakes are gathered.

    Raises:
        UserError: the text cannot be read.
    """
    path = folder / f"{language}.md"
    if not path.exists():
        others = [other for other in languages if other != language]
        missing = "the translation is missing" if others else "the lesson's text is missing"
        raise UserError(
            f"{path}: {missing}; the course's languages, those of its title in course.toml, are "
            f"{', '.join(languages)}"
            if others
            else f"{path}: {missing}; write it, in the language '{language}' of the course's title",
            Place(str(path)),
        )
    return sound_text(path, language, notation, mistakes)


def repeated(
    names: Sequence[str], numbers: Sequence[int], path: Path, kind: str, mistakes: Mistakes
) -> set[str]:
    """The names that stand twice, also where only capitals differ; the mistakes are gathered."""
    seen: dict[str, str] = {}
    twice: set[str] = set()
    for index, name in enumerate(names):
        other = seen.get(name.lower())
        seen.setdefault(name.lower(), name)
        if other is None:
            continue
        twice.add(name)
        at = numbers[index] if index < len(numbers) else index
        line = line_of(read_text(path), (f"{kind}s", at, "name")) or 0
        told = (
            f"two {kind}s are called '{name}'"
            if other == name
            else f"the {kind}s '{other}' and '{name}' differ in capitals alone"
        )
        mistakes.found.append(
            UserError(f"{path}, line {line}: {told}; give one another name", Place(str(path), line))
        )
    return twice
