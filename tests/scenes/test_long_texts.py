"""Films with extreme texts are laid out as well as all others."""

import pytest

import scenes
from engine import Optimizer, UserError
from scenes import QUALITIES, AnatomyShot, DescentShot, FilmSpec, RaceShot, RunSpec
from scenes.checks import LongTextError
from scenes.layout import faults, layers_of
from scenes.parts.readings import outcome
from scenes.picture import reel_of
from scenes.stage import STAGES
from scenes.typefaces import faces

LONG = {
    "en": "How the adaptive moment estimation takes its steps along a narrow valley, and why it"
    " keeps on swinging there",
    "zh": "自适应矩估计怎样沿着狭窄的山谷一步一步地走，为什么它总是来回摆动，"
    "以及学习率应当怎样选取才好",
}


def found(form, language, shot, title=None):
    """What is wrong with the last picture of a film, usually with a long title."""
    title = LONG[language] if title is None else title
    draft = QUALITIES["draft"]
    spec = FilmSpec("long", language, (shot,), title=title, quality=draft, form=form)
    clock = scenes.timeline(spec)
    with reel_of(spec) as reel:
        moment = clock.state(clock.frames - 1)
        reel.show(moment)
        return faults(reel.canvas, layers_of(reel.canvas, moment.state), STAGES[form])


def run(optimizer, label=""):
    return RunSpec(optimizer, "valley", (-5.0, -2.0), 3, label=label)


@pytest.mark.parametrize(
    ("form", "language"), [("wide", "en"), ("tall", "zh"), ("wide", "zh"), ("tall", "en")]
)
def test_a_long_title_stays_in_the_picture(form, language):
    assert found(form, language, DescentShot(panes=(run("sgd"),))) == []


@pytest.mark.parametrize("language", LONG)
def test_a_title_too_long_for_its_form_is_refused(language):
    with pytest.raises(LongTextError, match="too long for its place in a square film: about") as no:
        found("square", language, DescentShot(panes=(run("sgd"),)))
    assert no.value.words == LONG[language]


NAMES = {
    "en": "Gradient descent along a valley",
    "zh": "沿着狭窄的山谷走，用固定学习率",
    "ar": "خوارزمية الانحدار التدريجي في الوادي",
    "long": "W" * 18,
}


@pytest.mark.parametrize("name", NAMES)
def test_long_names_stay_in_the_picture(name):
    """Of panes, in two lines of racers, and of a second run."""
    if not all(any(face.has(letter) for face in faces()) for letter in NAMES[name]):
        pytest.skip("no font here has it")
    panes = (run("sgd", NAMES[name]), RunSpec("sgd", "valley", (-4.0, 2.0), 3, label="b"))
    racers = (run("sgd", NAMES[name]), run("adam", "b"), run("momentum", NAMES[name][::-1]))
    anatomy = AnatomyShot(run=run("sgd"), without=run("momentum", NAMES[name]), steps=(2,))
    race = RaceShot(racers=racers, choices=(None, None, None))
    for form, shot in (("square", DescentShot(panes=panes)), ("tall", race), ("wide", anatomy)):
        assert found(form, "en", shot, title="") == []


@pytest.mark.parametrize("language", LONG)
def test_names_that_cannot_be_read_are_refused(language):
    long = LONG[language] * 2
    panes = (run("sgd", long), RunSpec("sgd", "valley", (-4.0, 2.0), 3, label="b"))
    shots = (
        DescentShot(panes=panes),
        RaceShot(racers=(run("sgd", long), run("adam", "b")), choices=(None, None)),
        AnatomyShot(run=run("sgd"), without=run("momentum", long), steps=(2,)),
    )
    for shot in shots:
        with pytest.raises(LongTextError) as told:
            found("wide", language, shot, title="")
        assert told.value.words == long


def long_rule(lines):
    """A rule of that many lines."""
    names = [f"s{index}" for index in range(1, lines)]
    formula = [*(f"{name} = beta * {name} + (1 - beta) * g" for name in names), "x = x - lr * s1"]
    hyper = {"default": 0.5, "low": 0.0, "high": 1.0, "step": 0.1}
    return Optimizer.from_table(
        {
            "name": "long",
            "title": "Long",
            "formula": "\n".join(formula),
            "direction": "s1",
            "state": dict.fromkeys(names, 0.0),
            "hyper": {"lr": hyper, "beta": hyper},
        }
    )


def test_a_rule_of_nine_lines_fits_where_there_is_least_room():
    assert found("square", "en", DescentShot(panes=(run(long_rule(9)),)), "") == []
    assert found("square", "en", AnatomyShot(run=run(long_rule(9)), steps=(1,)), "") == []


@pytest.mark.parametrize("kind", ["descent", "anatomy"])
def test_a_rule_that_cannot_be_read_is_refused(kind):
    one = run(long_rule(24))
    shot = DescentShot(panes=(one,)) if kind == "descent" else AnatomyShot(run=one, steps=(1,))
    with pytest.raises(UserError, match="Long: its 24 lines do not fit into a square film"):
        found("square", "en", shot)


@pytest.mark.parametrize("form", STAGES)
@pytest.mark.parametrize("language", LONG)
def test_how_a_run_ended_is_told_in_whole(form, language):
    """Also with a number that takes much room; what did not fit would end in three dots."""
    for field, steps, lr in (
        ("valley", 2000, 0.4),
        ("valley", 2000, 0.0001234),
        ("-cos(x1)*cos(x2)*exp(-(x1 - pi)**2 - (x2 - pi)**2)", 1000, 0.1),
    ):
        one = RunSpec("sgd", field, (-5.0, -2.0), steps, (("lr", lr),))
        shot = DescentShot(panes=(one,), explained=0)
        spec = FilmSpec("end", language, (shot,), quality=QUALITIES["draft"], form=form)
        clock = scenes.timeline(spec)
        with reel_of(spec) as reel:
            moment = clock.state(clock.frames - 1)
            reel.show(moment)
            shown = [text.word.text for text in layers_of(reel.canvas, moment.state).texts]
        assert outcome(one.trajectory, language) in shown
