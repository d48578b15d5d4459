"""The words that a film's author has given, and whether they may lack room."""

from __future__ import annotations

from engine import OPTIMIZERS
from engine.plaintext import plain_text
from scenes.manner import manner
from scenes.shaping import width
from scenes.shots import AnatomyShot, DescentShot, RaceShot, Shot
from scenes.spec import FilmSpec
from scenes.stage import TEXT_LEAST

SHORT, FEW, ALIKE = 200.0, 3, 2
"""Stage pixels for which every place of a title or name has room, and racers for whose rules; on
the wide stage for the rules of any number whose settings were chosen in so many ways.
"""


def shown_texts(spec: FilmSpec) -> tuple[str, ...]:
    """The titles and names in the picture of a film, each once."""
    found: list[str] = []
    for shot in spec.shots:
        found += [_title(spec, shot), *_names(shot)]
    return tuple(dict.fromkeys(plain_text(text) for text in found if text))


def _title(spec: FilmSpec, shot: Shot) -> str:
    usual = "" if isinstance(shot, RaceShot) else shot.runs[0].trajectory.optimizer.title
    return spec.title or usual


def _names(shot: Shot) -> list[str]:
    """The names of runs, of which a shot of one has none on screen."""
    if len(shot.runs) == 1:
        return []
    names = [run.label or run.trajectory.optimizer.title for run in shot.runs]
    if isinstance(shot, AnatomyShot):
        names[0] = shot.run.trajectory.optimizer.title
    if isinstance(shot, DescentShot):
        names += [run.trajectory.objective.title for run in shot.runs]
    return names


def is_doubtful(spec: FilmSpec) -> bool:
    """Whether a film may not have room for its words: for a long text, the rules of many racers,
    or a rule of the course's own.
    """
    races = [shot for shot in spec.shots if isinstance(shot, RaceShot)]
    rules = [shot.runs[0].trajectory.optimizer for shot in spec.shots if shot not in races]
    own = any(rule not in OPTIMIZERS.values() for rule in rules)
    many = any(_many(shot, spec.form) for shot in races)
    long = (width(text, bold=True) * TEXT_LEAST > SHORT for text in shown_texts(spec))
    return own or many or any(long)


def _many(shot: RaceShot, form: str) -> bool:
    """Whether a race may not have room for its rules and rows."""
    ways = {manner(run, choice) for run, choice in zip(shot.racers, shot.choices, strict=True)}
    return len(shot.racers) > FEW and (form != "wide" or len(ways) > ALIKE)
