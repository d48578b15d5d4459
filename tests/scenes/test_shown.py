"""Which words of a film its author has given, and which films are laid out before they are made."""

from dataclasses import replace

import pytest

from engine import Objective, Optimizer
from scenes import AnatomyShot, Choice, DescentShot, FilmSpec, RaceShot, RunSpec, SweepShot
from scenes.shown import is_doubtful, shown_texts

RUN = RunSpec("sgd", "valley", (-5.0, -2.0), 3)
HYPER = {"default": 0.1, "low": 0.0, "high": 1.0, "step": 0.1}
OWN = Optimizer.from_table(
    {"name": "own", "title": "Mine", "formula": "x = x - lr * g", "hyper": {"lr": HYPER}}
)


def film(*shots, **more):
    return FilmSpec("a", "en", shots, **more)


def race(*names):
    racers = tuple(replace(RUN, label=name) for name in names)
    return RaceShot(racers=racers, choices=(None,) * len(racers))


@pytest.mark.parametrize(
    ("spec", "texts"),
    [
        (film(DescentShot(panes=(RUN,))), ("SGD",)),
        (film(DescentShot(panes=(RUN,)), title="One"), ("One",)),
        (film(DescentShot(panes=(replace(RUN, label="not shown"),)), title="One"), ("One",)),
        (film(race("a", "b"), title="Two"), ("Two", "a", "b")),
        (film(race("a", ""), title=""), ("a", "SGD")),
        (
            film(AnatomyShot(run=RUN, without=replace(RUN, optimizer="momentum", label="M"))),
            ("SGD", "M"),
        ),
        (
            film(
                DescentShot(
                    panes=(RUN, replace(RUN, objective=Objective("o", "x1**2 + x2**2", title="O")))
                )
            ),
            ("SGD", "Valley", "O"),
        ),
        (film(SweepShot(run=RUN, stops=(0.1, 0.2)), DescentShot(panes=(RUN,))), ("SGD",)),
    ],
)
def test_the_words_in_the_picture(spec, texts):
    assert shown_texts(spec) == texts


def test_films_that_may_lack_room_are_known():
    usual = film(race("a", "b", "c"), title="A title of usual")
    assert not is_doubtful(usual)
    assert not is_doubtful(film(DescentShot(panes=(RUN,))))
    assert not is_doubtful(film(race("a", "b", "c", "d")))
    assert is_doubtful(film(race("a", "b", "c", "d"), form="square"))
    alone, choices = race("a", "b", "c", "d"), (None, Choice(("lr",)), Choice(("lr", "lr")))
    assert is_doubtful(film(replace(alone, choices=(*choices, Choice(())))))
    assert is_doubtful(film(race("a", "w" * 30)))
    assert is_doubtful(film(DescentShot(panes=(RUN,)), title="w" * 30))
    assert is_doubtful(film(DescentShot(panes=(replace(RUN, optimizer=OWN),))))
