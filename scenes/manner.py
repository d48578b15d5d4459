"""How the settings of a racer were chosen: one rule for the film and for its page."""

from __future__ import annotations

from enum import Enum

from scenes.shots import Choice, RunSpec


class Manner(Enum):
    """How settings were chosen.

    BEST     those that are named are the best of a search
    GIVEN    at least one is given, be it the default's own value
    DEFAULT  none is given
    """

    BEST = "best"
    GIVEN = "given"
    DEFAULT = "default"


def manner(run: RunSpec, choice: Choice | None) -> tuple[Manner, tuple[str, ...]]:
    """How the settings of ``run`` were chosen, and the names of those to tell of.

    These are the chosen ones, else ``lr``, else the first; none for a rule without any.
    """
    if choice is not None:
        return (Manner.BEST if choice.search else Manner.GIVEN), choice.names
    given = [name for name, _ in run.hyper]
    names = given or list(run.trajectory.hyper)
    told = ("lr",) if "lr" in names else tuple(names[:1])
    return (Manner.GIVEN if given else Manner.DEFAULT), told
