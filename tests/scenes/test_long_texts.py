"""Films with extreme texts are laid out as well as all others."""

import pytest

import scenes
from scenes import QUALITIES, DescentShot, FilmSpec, RaceShot, RunSpec
from scenes.layout import faults, layers_of
from scenes.picture import reel_of
from scenes.stage import STAGES

LONG = {
    "en": "How the adaptive moment estimation takes its steps along a narrow valley, and why it"
    " keeps on swinging there",
    "zh": "自适应矩估计怎样沿着狭窄的山谷一步一步地走，为什么它总是来回摆动，"
    "以及学习率应当怎样选取才好",
}


def found(form, language, shot):
    """What is wrong with the last picture of a film with a long title."""
    draft = QUALITIES["draft"]
    spec = FilmSpec("long", language, (shot,), title=LONG[language], quality=draft, form=form)
    clock = scenes.timeline(spec)
    with reel_of(spec) as reel:
        moment = clock.state(clock.frames - 1)
        reel.show(moment)
        return faults(reel.canvas, layers_of(reel.canvas, moment.state), STAGES[form])


def run(optimizer, label=""):
    return RunSpec(optimizer, "valley", (-5.0, -2.0), 3, label=label)


@pytest.mark.parametrize("form", STAGES)
@pytest.mark.parametrize("language", LONG)
def test_a_long_title_stays_in_the_picture(form, language):
    assert found(form, language, DescentShot(panes=(run("sgd"),))) == []


@pytest.mark.parametrize("language", LONG)
def test_long_labels_of_panes_stay_in_the_picture(language):
    panes = (run("sgd", LONG[language]), RunSpec("sgd", "valley", (-4.0, 2.0), 3, label="b"))
    assert found("square", language, DescentShot(panes=panes)) == []


@pytest.mark.parametrize("language", LONG)
def test_long_labels_of_racers_stay_in_the_picture(language):
    racers = (run("sgd", LONG[language]), run("adam", "b"))
    assert found("tall", language, RaceShot(racers=racers, choices=(None, None))) == []
