"""The races that the tests look at: tuned, diverging, broken off, from several starts."""

from dataclasses import replace

from engine import tune
from scenes import QUALITIES, Choice, FilmSpec, RaceShot, RunSpec, timeline

GRID = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
TINY = replace(QUALITIES["draft"], name="tiny", height=180, fps=10)


def given_lr(*values, optimizer="sgd", objective="x1**2", steps=1, start=(4.0, 0.0)):
    """A race of one optimizer with several lr."""
    racers = tuple(
        RunSpec(optimizer, objective, start, steps, (("lr", value),)) for value in values
    )
    return RaceShot(racers=racers, choices=(None,) * len(racers))


def tuned(objective="valley", steps=50, names=("sgd", "momentum", "adagrad", "rmsprop", "adam")):
    """A race in which each optimizer has the best lr of as many trials."""
    best = [tune(name, objective, None, steps, {"lr": GRID}, trials=10) for name in names]
    return RaceShot(
        racers=tuple(
            RunSpec(name, objective, None, steps, tuple(found.settings.items()))
            for name, found in zip(names, best, strict=True)
        ),
        choices=tuple(Choice(found.names, found) for found in best),
    )


BROKEN = RaceShot(
    racers=(
        RunSpec("sgd", "log(x1) + x2**2", (1.0, 1.0), 30, (("lr", 0.4),), "Hasty one"),
        RunSpec("adam", "log(x1) + x2**2", (1.0, 1.0), 30, (("lr", 0.02), ("beta1", 0.8))),
        RunSpec("sgd", "log(x1) + x2**2", (1.0, 1.0), 30, (("lr", 0.01),)),
    ),
    choices=(None, None, Choice(("lr",))),
)
STARTS = RaceShot(
    racers=tuple(
        RunSpec("adam", "himmelblau", start, 60, (("lr", 0.3),))
        for start in ((0.0, 0.0), (-1.0, -1.0), (4.5, -5.0), (-5.0, 5.0), (5.0, 5.0), (0.5, -5.0))
    ),
    choices=(None,) * 6,
)
SHOTS = {
    "tuned": tuned(),
    "diverging": given_lr(0.05, 0.3, 0.8, 9e9, objective="valley", steps=40, start=(-5.0, -2.0)),
    "broken": BROKEN,
    "starts": STARTS,
}


def film(shot, language="en", quality=TINY, **changes):
    return FilmSpec("race", language, (shot,), quality=quality, **changes)


def states_of(spec):
    clock = timeline(spec).clocks[0]
    return [clock.state(frame) for frame in range(clock.frames)]
