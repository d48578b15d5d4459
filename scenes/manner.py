"""How the settings of a racer were chosen: one rule for the film and for its page."""

from __future__ import annotations

from enum import Enum

from scenes.shots import Choice, RunSpec


class Manner(Enum):
    """How settings were chosen.

    BEST     the one that is named is the best of a grid, by the loss at the end
    GIVEN    at least one is given, be it the default's own value
    DEFAULT  none is given
    """

    BEST = "best"
    GIVEN = "given"
    DEFAULT = "default"


def manner(run: RunSpec, choice: Choice | None) -> tuple[Manner, str]:
    """How the settings of ``run`` were chosen, and the name of the one to tell of.

    That is the chosen one, else ``lr``, else the first; "" for a rule without any.
    """
    if choice is not None and choice.grid:
        return Manner.BEST, choice.name
    given = [name for name, _ in run.hyper]
    names = given or list(run.trajectory.hyper)
    name = "lr" if "lr" in names else next(iter(names), "")
    if choice is not None:
        return Manner.GIVEN, choice.name
    return (Manner.GIVEN if given else Manner.DEFAULT), name
