"""The protocol of a race for its page: the terms that all share, and a row for each method."""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup, escape

from engine import Trajectory
from publish.formulas import field_mathml, setting_mathml, symbol_mathml
from publish.numbers import in_sentence
from publish.runtable import ending
from publish.words_page import WORDS
from scenes import Choice, RaceShot, RunSpec
from scenes.manner import manner
from scenes.parts.standings import labels, ranks, same_start
from scenes.words import steps_made


@dataclass(frozen=True)
class Trial:
    """A value of a grid, its final loss ("" of a run that did not finish), and if it was taken."""

    setting: Markup
    loss: Markup
    taken: bool


@dataclass(frozen=True)
class Entrant:
    """A method's row; ``trials`` are the grid of which its setting is the best.

    Who broke off has no rank. ``start`` is "" where all have the same.
    """

    rank: int | None
    label: str
    settings: tuple[Markup, ...]
    start: Markup
    chosen: Markup
    trials: tuple[Trial, ...]
    loss: Markup
    distance: Markup
    outcome: str


@dataclass(frozen=True)
class Protocol:
    """A race as its page declares it: what all share in a sentence, and who came in which place.

    ``title`` is the shot's, "" without one; the race is ``measured`` where the distance from a
    minimum is known.
    """

    title: str
    terms: Markup
    measured: bool
    entrants: tuple[Entrant, ...]


def protocol(shot: RaceShot, language: str) -> Protocol:
    """The protocol of a race, all numbers from its runs; the winner comes first."""
    first = shot.racers[0].trajectory
    shown, (order, _) = labels(shot), ranks(shot)
    return Protocol(
        title=shot.title,
        terms=terms(shot, language),
        measured=bool(first.objective.minima),
        entrants=tuple(entrant(shot, index, shown[index], language) for index in order),
    )


def terms(shot: RaceShot, language: str) -> Markup:
    """What all methods share, in words."""
    words = WORDS[language]
    first = shot.racers[0].trajectory
    key = "protocol_terms" if same_start(shot) else "protocol_starts"
    sentence = escape(words[key] + words["gap"] + words["protocol_order"])
    return sentence.format(
        objective=trusted(field_mathml(first.objective)),
        start=point(first),
        steps=steps_made(shot.steps, language),
    )


def entrant(shot: RaceShot, index: int, label: str, language: str) -> Entrant:
    """The row of one method."""
    run, choice = shot.racers[index], shot.choices[index]
    known = run.trajectory
    distance = known.objective.distance(known.points[-1])
    return Entrant(
        rank=ranks(shot)[1][index],
        label=label,
        settings=settings_of(known),
        start=Markup() if same_start(shot) else point(known),
        chosen=chosen(run, choice, language),
        trials=trials(known, choice),
        loss=in_sentence(float(known.losses[-1])),
        distance=Markup() if distance is None else in_sentence(float(distance)),
        outcome=ending(known, language),
    )


def settings_of(trajectory: Trajectory) -> tuple[Markup, ...]:
    """All hyper-parameters with their values as MathML."""
    return tuple(
        trusted(setting_mathml(name, float(value))) for name, value in trajectory.hyper.items()
    )


def chosen(run: RunSpec, choice: Choice | None, language: str) -> Markup:
    """How the settings were chosen, in words."""
    how, name = manner(run, choice)
    symbol = trusted(symbol_mathml(name)) if name else Markup()
    return escape(WORDS[language][f"chosen_{how.value}"]).format(
        name=symbol,
        count=len(choice.grid) if choice else 0,
        steps=steps_made(run.steps, language),
    )


def trials(trajectory: Trajectory, choice: Choice | None) -> tuple[Trial, ...]:
    """The grid of which a setting is the best, with the losses at the end."""
    if choice is None:
        return ()
    taken = float(trajectory.hyper[choice.name])
    return tuple(
        Trial(
            trusted(setting_mathml(choice.name, value)),
            in_sentence(loss) if math.isfinite(loss) else Markup(),
            value == taken,
        )
        for value, loss in zip(choice.grid, choice.losses, strict=True)
    )


def point(trajectory: Trajectory) -> Markup:
    """The start as a pair of numbers."""
    first, second = trajectory.points[0].tolist()
    return Markup("({}, {})").format(in_sentence(first), in_sentence(second))


def trusted(html: str) -> Markup:
    """HTML that this program printed itself and escaped where it came from outside."""
    return Markup(html)  # noqa: S704  see the docstring
