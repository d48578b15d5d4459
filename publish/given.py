"""The settings of a run as films, shots, panes and racers give them, each adding to the one above.

A start belongs to its objective and hyper-parameters to their optimizer: whoever names another
objective or optimizer begins anew with these.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from engine import Objective, Optimizer, objective, optimizer
from engine.errors import FollowingError, UserError, nearest
from publish.catalog import Catalogs, varying
from publish.lesson import PaneEntry, PlaygroundEntry, RacerEntry, RunKeys
from publish.lines import Location
from publish.words_page import LANGUAGES
from scenes import RunSpec

STEPS = 50
OBJECTIVE = "valley"


class PlacedError(UserError):
    """A mistake with its ``location`` in the lesson file, as a row of keys and numbers."""

    def __init__(self, message: str, location: Location) -> None:
        super().__init__(message)
        self.location = location


@dataclass(frozen=True)
class Given:
    """What is settled so far; ``where`` are the places of the keys that were given."""

    place: Location
    optimizer: str | None = None
    objective: str = OBJECTIVE
    start: tuple[float, float] | None = None
    steps: int = STEPS
    hyper: Mapping[str, float] = field(default_factory=dict)
    where: Mapping[str, Location] = field(default_factory=dict)

    def under(
        self, entry: RunKeys | PlaygroundEntry | PaneEntry | RacerEntry, place: Location
    ) -> Given:
        """The settings with those of an entry at ``place`` put over them."""
        given = {
            key: getattr(entry, key)
            for key in ("optimizer", "objective", "start", "steps")
            if getattr(entry, key, None) is not None
        }
        where = {**self.where, **{key: (*place, key) for key in given}}
        hyper, start = dict(self.hyper), self.start
        if given.get("optimizer", self.optimizer) != self.optimizer:
            hyper = {}
        if given.get("objective", self.objective) != self.objective:
            start = None
        if "start" in given:
            start = (float(given["start"][0]), float(given["start"][1]))
        for name, value in entry.hyper.items():
            where[f"hyper.{name}"] = (*place, "hyper", name)
            if isinstance(value, float):
                hyper[name] = value
        return replace(
            self,
            place=place,
            optimizer=given.get("optimizer", self.optimizer),
            objective=given.get("objective", self.objective),
            start=start,
            steps=given.get("steps", self.steps),
            hyper=hyper,
            where=where,
        )

    def at(self, key: str) -> Location:
        """The place of a key, or of the table where it would stand."""
        return self.where.get(key, (*self.place, key))

    def rule(self, catalogs: Catalogs) -> Optimizer:
        """The optimizer; a PlacedError where it is not known or not named."""
        if self.optimizer is None:
            raise PlacedError("the key 'optimizer' is missing: which method runs?", self.place)
        try:
            return optimizer(self.optimizer, catalog=catalogs.optimizers)
        except UserError as error:
            if catalogs.missing(self.optimizer):
                raise FollowingError(str(error)) from None
            raise PlacedError(str(error), self.at("optimizer")) from None

    def target(self, catalogs: Catalogs) -> Objective:
        """The objective; a PlacedError where it is not known."""
        try:
            return varying(objective(self.objective, catalog=catalogs.objectives))
        except UserError as error:
            if re.fullmatch(r"\w[\w-]*", self.objective) and catalogs.missing(self.objective):
                raise FollowingError(str(error)) from None
            # The caret of a formula's mistake would take lines of its own.
            raise PlacedError(str(error).split("\n")[0], self.at("objective")) from None

    def run(self, catalogs: Catalogs, label: str = "") -> RunSpec:
        """The run, which has been tried; a PlacedError where it cannot be."""
        rule, target = self.rule(catalogs), self.target(catalogs)
        for name in self.hyper:
            try:
                rule.require_hyper(name)
            except UserError as error:
                raise PlacedError(str(error), self.at(f"hyper.{name}")) from None
            check_value(rule, name, self.hyper[name], self.at(f"hyper.{name}"))
        start = target.start if self.start is None else self.start
        hyper = tuple(sorted(self.hyper.items()))
        made = RunSpec(rule, target, start, self.steps, hyper, label)
        try:
            _ = made.trajectory
        except UserError as error:
            key = "hyper" if np.isfinite(target.value(np.array(start))) else "start"
            raise PlacedError(str(error), self.at(key)) from None
        return made


def check_value(rule: Optimizer, name: str, value: float, place: Location) -> None:
    """It is not negative where the setting's slider does not go there. Raises PlacedError."""
    hyper = next(hyper for hyper in rule.hyper if hyper.name == name)
    if value < 0 <= hyper.low:
        raise PlacedError(
            f"{name} of {rule.title} cannot be negative, found {value:g}; its slider goes from "
            f"{hyper.low:g} to {hyper.high:g}",
            place,
        )


def known(names: Sequence[str], allowed: Sequence[str], what: str, place: Location) -> None:
    """Every name is allowed; a PlacedError tells the first that is not, and the nearest."""
    for index, name in enumerate(names):
        if name not in allowed:
            raise PlacedError(
                f"there is no {what} '{name}'{nearest(name, allowed)}; there is "
                f"{', '.join(allowed)}",
                (*place, index),
            )


def translated(words: str | Mapping[str, str] | None, language: str, place: Location) -> str:
    """Words in a language; the same for all where they are one text, "" where there are none."""
    if not words:
        return ""
    if isinstance(words, str):
        return words
    for key in words:
        if key not in LANGUAGES:
            raise PlacedError(
                f"unknown language '{key}'; the languages are {', '.join(LANGUAGES)}",
                (*place, key),
            )
    if language not in words:
        raise PlacedError(
            f"the words in '{language}' are missing; write one text for all, or one for each", place
        )
    return words[language]
