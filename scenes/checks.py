"""What shots ask of the steps, terms and choices that they are given."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from engine import Goal, Optimizer, Ranking, Trajectory, Tuned
from engine.errors import UserError, nearest, shown


class LongTextError(UserError):
    """A text that has no room in its place; ``words`` are those that were to be set there."""

    def __init__(self, words: str, most: int, form: str) -> None:
        super().__init__(
            f"the text '{shown(words, 60)}' is too long for its place in a {form} film: about "
            f"{most} of its {len(words)} letters have room where they can be read; shorten it"
        )
        self.words, self.most, self.form = words, most, form

    def __reduce__(self) -> tuple[type[LongTextError], tuple[str, int, str]]:
        return LongTextError, (self.words, self.most, self.form)


def check_steps(name: str, steps: Iterable[int], last: int) -> None:
    """Steps rise and lie from 1 to ``last``. Raises UserError."""
    before = 0
    for step in steps:
        if not before < step <= last:
            raise UserError(f"{name}: step {step} must lie between {before + 1} and {last}")
        before = step


def check_terms(name: str, terms: Iterable[str], rule: Optimizer) -> None:
    """Terms are the gradients' or of the rule's lines. Raises UserError."""
    known = tuple(row.name for row in rule.rows)
    for term in terms:
        if term not in known:
            raise UserError(
                f"{name}: the rule of {rule.title} has no term '{shown(term)}'"
                f"{nearest(term, known)}; it has {', '.join(known)}"
            )


def check_choice(run: Trajectory, search: Tuned, aim: Goal) -> None:
    """The run's settings are the best that the search tried. Raises UserError."""
    for name in search.names:
        run.optimizer.require_hyper(name)
    values = tuple(float(run.hyper[name]) for name in search.names)
    keys = Ranking(tuple(trial.finish for trial in search.trials), aim).keys
    best = [
        trial.values for trial, key in zip(search.trials, keys, strict=True) if key == min(keys)
    ]
    if values not in best:
        found = ", ".join(
            f"{name} {value:g}" for name, value in zip(search.names, values, strict=True)
        )
        raise UserError(f"racer '{run.optimizer.name}': {found} is not the best of its trials")


def check_stops(stops: Sequence[float], *, log: bool) -> None:
    """Stops are two numbers or more, not all the same; above 0 in decades. Raises UserError."""
    if len(set(stops)) < 2:
        found = ", ".join(f"{stop:g}" for stop in stops) or "none"
        raise UserError(f"a sweep needs at least two stops that differ, found {found}")
    if not all(math.isfinite(stop) for stop in stops):
        raise UserError(f"stops must be finite numbers, found {stops}")
    if log and min(stops) <= 0:
        raise UserError(
            f"a sweep in decades needs stops above 0, found {min(stops):g}: name other stops, or "
            "set log = false"
        )


def rule_fits(optimizer: Optimizer, form: str, share: float) -> None:
    """The lines of a rule need at most all of their room: a ``share`` of it. Raises UserError."""
    if share > 1:
        lines = len(optimizer.program.lines)
        raise UserError(
            f"{optimizer.title}: its {lines} lines do not fit into a {form} film in letters that "
            "can be read; write it in fewer or shorter lines or choose another form"
        )
