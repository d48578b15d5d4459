"""The protocol of a race for its page: the terms that all share, and a row for each method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from engine import Trajectory, Tuned
from engine.scale import scale_of
from publish.formulas import field_mathml, setting_mathml, symbol_mathml
from publish.numbers import against, in_sentence
from publish.runtable import ending
from publish.trialchart import TrialChart, trial_charts
from publish.words_page import WORDS
from scenes import Choice, RaceShot, RunSpec
from scenes.manner import manner
from scenes.parts.standings import labels, ranks, reached, same_start
from scenes.words import steps_made


@dataclass(frozen=True)
class TrialRow:
    """A trial of a search: its settings, the step at which it came to the goal, its last loss.

    ``reached`` is None where it did not, ``loss`` is "" where it broke off.
    """

    settings: tuple[Markup, ...]
    reached: int | None
    loss: Markup
    taken: bool


@dataclass(frozen=True)
class Entrant:
    """A method's row; ``trials`` are those of which its settings are the best.

    One that broke off has no rank, one that never came to the goal has no step ``reached``.
    ``start`` is "" where all have the same.
    """

    rank: int | None
    label: str
    settings: tuple[Markup, ...]
    start: Markup
    chosen: Markup
    trials: tuple[TrialRow, ...]
    charts: tuple[TrialChart, ...]
    reached: int | None
    loss: Markup
    distance: Markup
    outcome: str


@dataclass(frozen=True)
class Protocol:
    """A race as its page declares it: what all share in a sentence, and who came in which place.

    ``title`` is the shot's, "" without one; the race is ``measured`` where the distance from a
    minimum is known, and then it has a goal. ``searches`` are the racers whose settings were tuned,
    in the order of the film.
    """

    title: str
    terms: Markup
    measured: bool
    entrants: tuple[Entrant, ...]
    searches: tuple[Entrant, ...]


def protocol(shot: RaceShot, language: str) -> Protocol:
    """The protocol of a race, all numbers from its runs; the winner comes first."""
    first = shot.racers[0].trajectory
    shown, (order, _) = labels(shot), ranks(shot)
    rows = [entrant(shot, index, label, language) for index, label in enumerate(shown)]
    return Protocol(
        title=shot.title,
        terms=terms(shot, language),
        measured=bool(first.objective.minima),
        entrants=tuple(rows[index] for index in order),
        searches=tuple(row for row in rows if row.trials),
    )


def terms(shot: RaceShot, language: str) -> Markup:
    """What all methods share, and what decides, in words."""
    words, aim = WORDS[language], shot.ranking.aim
    first = shot.racers[0].trajectory
    keys = ["protocol_terms" if same_start(shot) else "protocol_starts"]
    keys.append("protocol_order" if aim.loss is None else "protocol_goal")
    if any(choice and choice.search for choice in shot.choices):
        keys.append("protocol_search")
    if any("lr" in racer.trajectory.hyper for racer in shot.racers):
        keys.append("protocol_rate")
    sentence = escape(words["gap"].join(words[key] for key in keys))
    return sentence.format(
        objective=trusted(field_mathml(first.objective)),
        start=point(first),
        steps=steps_made(shot.steps, language),
        loss=against(aim.loss or 0.0, scale_of(first.objective).lowest)[0],
        share=in_sentence(100 * shot.tolerance),
        rate=trusted(symbol_mathml("lr")),
    )


def entrant(shot: RaceShot, index: int, label: str, language: str) -> Entrant:
    """The row of one method."""
    run, choice = shot.racers[index], shot.choices[index]
    known, search = run.trajectory, choice.search if choice else None
    distance = known.objective.distance(known.points[-1])
    return Entrant(
        rank=ranks(shot)[1][index],
        label=label,
        settings=settings_of(known),
        start=Markup() if same_start(shot) else point(known),
        chosen=chosen(run, choice, language),
        trials=trials(search) if search else (),
        charts=trial_charts(search, shot.ranking.aim) if search else (),
        reached=reached(shot)[index],
        loss=against(float(known.losses[-1]), float(known.losses[0]))[0],
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
    (how, names), words = manner(run, choice), WORDS[language]
    search = choice.search if choice else None
    told = escape(words[f"chosen_{how.value}"]).format(
        name=symbols(names, language), count=len(search.trials) if search else 0
    )
    if search is None or not search.at_end:
        return told
    end = escape(words["chosen_at_end"]).format(name=symbols(search.at_end, language))
    return told + end


def symbols(names: Sequence[str], language: str) -> Markup:
    """Settings as MathML, with commas between them."""
    return escape(WORDS[language]["comma"]).join(trusted(symbol_mathml(name)) for name in names)


def trials(search: Tuned) -> tuple[TrialRow, ...]:
    """All that a search tried, in the order of its settings."""
    return tuple(
        TrialRow(
            tuple(
                trusted(setting_mathml(name, value))
                for name, value in zip(search.names, trial.values, strict=True)
            ),
            trial.finish.reached,
            in_sentence(trial.finish.loss) if trial.finish.whole else Markup(),
            trial.values == search.values,
        )
        for trial in sorted(search.trials, key=lambda trial: trial.values)
    )


def point(trajectory: Trajectory) -> Markup:
    """The start as a pair of numbers."""
    first, second = trajectory.points[0].tolist()
    return Markup("({}, {})").format(in_sentence(first), in_sentence(second))


def trusted(html: str) -> Markup:
    """HTML that this program printed itself and escaped where it came from outside."""
    return Markup(html)  # noqa: S704  see the docstring
