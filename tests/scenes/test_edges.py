"""Runs, races and captions at the edge of what a film can show."""

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from engine import UserError, tune
from scenes import (
    AnatomyShot,
    Choice,
    Cue,
    DescentShot,
    FilmSpec,
    RaceShot,
    RunSpec,
    SweepShot,
    timeline,
)
from scenes.film import moment_at
from scenes.parts.beside import GhostPath
from scenes.parts.charts import LossCurve
from scenes.parts.names import Labels
from scenes.parts.outside import Outside
from scenes.parts.quantities import Spread
from scenes.parts.slider import Slider
from scenes.parts.story import Counter
from scenes.parts.tags import RacerName
from scenes.picture import reel_of
from scenes.race_state import ORDER
from scenes.spec import QUALITIES

DRAFT = replace(QUALITIES["draft"], height=180)
START = (-5.0, -2.0)


def film(shot, **options):
    return FilmSpec("edge", "en", (shot,), quality=DRAFT, **options)


def elements(reel, kind):
    """The elements of a kind in the picture, also those that are shown through others."""
    found = (getattr(each, "element", each) for each in reel.canvas.elements)
    return [each for each in found if isinstance(each, kind)]


def painted(spec, kind=object, every=7):
    """The elements of a kind, after every seventh frame has been painted."""
    clock = timeline(spec)
    with reel_of(spec) as reel:
        for frame in [*range(0, clock.frames, every), clock.frames - 1]:
            reel.show(clock.state(frame))
        return elements(reel, kind)


def test_a_run_may_end_at_the_very_border():
    run = RunSpec("sgd", "valley", (-13.99, 0.0), 1, (("lr", 1e-4),))
    [outside] = painted(film(DescentShot(panes=(run,))), Outside)
    track = outside.track
    assert not track.field.grown(-4).holds(track.field)
    x, y = track.pixels[-1]
    assert track.inside((x, y))
    assert x < track.field.left + 4
    assert outside.last is None


def test_a_racer_that_is_never_in_the_picture_has_not_left_it():
    racers = (RunSpec("sgd", "valley", START, 20), RunSpec("adam", "valley", (-40.0, 0.0), 20))
    tags = painted(film(RaceShot(racers=racers, choices=(Choice(("lr",)),) * 2)), RacerName)
    assert not any("left" in tag.tag.name.word.text for tag in tags)


def crowded(count, form, label="Racer number {}"):
    """A race of six tuned racers, ``count`` of whom have a grid of their own."""
    names = ("sgd", "momentum", "adagrad", "rmsprop", "adam", "adam")
    racers, choices = [], []
    for index, name in enumerate(names):
        grid = tuple(round(0.001 * 1.7**k * (1 + 0.1 * min(index, count)), 6) for k in range(8))
        made = tune(name, "valley", START, 6, {"lr": grid}, trials=8)
        hyper = tuple(made.settings.items())
        racers.append(RunSpec(name, "valley", START, 6, hyper, label.replace("{}", str(index + 1))))
        choices.append(Choice(made.names, made))
    return film(RaceShot(racers=tuple(racers), choices=tuple(choices)), form=form)


@pytest.mark.parametrize("form", ["wide", "tall"])
def test_many_grids_leave_room_for_field_and_losses(form):
    painted(crowded(3, form), every=40)


@pytest.mark.parametrize("form", ["wide", "square"])
def test_a_protocol_without_room_is_refused_in_one_line(form):
    with pytest.raises(UserError, match="give several racers the same rules") as fault:
        painted(crowded(6, form, "Racer number {} with a name that is far too long" * 4), every=40)
    assert "\n" not in str(fault.value)


def test_the_still_of_a_quick_step_counts_that_step():
    spec = film(DescentShot(panes=(RunSpec("adagrad", "valley", START, 50),)))
    clock = timeline(spec)
    with reel_of(spec) as reel:
        for step in (20, 25, 49):
            moment = moment_at(spec, clock, step)
            reel.show(moment)
            [count] = [each for each in elements(reel, Counter) if each.which == "step"]
            assert count.text(moment.state) == f"{step}/50"
            assert (moment.state.step + moment.state.moving, moment.light) == (step, 1.0)


@pytest.mark.parametrize(
    ("stops", "shown"),
    [((0.9, 0.99, 0.9999), ["0.9", "0.9999"]), ((0.0, 0.4995), ["0", "0.4995"])],
)
def test_a_stop_is_written_as_it_was_set(stops, shown):
    shot = SweepShot(run=RunSpec("adam", "valley", START, 10), hyper="beta1", stops=stops)
    spec = film(shot)
    with reel_of(spec) as reel:
        reel.show(timeline(spec).state(0))
        sliders = [each.slider for each in reel.canvas.elements if hasattr(each, "slider")]
    marks = next(each for each in sliders if isinstance(each, Slider)).stops
    assert set(shown) <= {mark.sprite.text for mark in marks}
    assert timeline(spec).chapters[-1].title.endswith(shown[-1])


def test_large_losses_have_powers_of_ten_on_their_axis():
    run = RunSpec("sgd", "x1**2 - x2**2", (1.0, 0.5), 50, (("lr", 0.1),))
    [curve] = painted(film(DescentShot(panes=(run,))), LossCurve, every=40)
    labels = [label for _, label in curve.axes._heights()]
    assert not any("e+" in label for label in labels)
    assert all(len(label) <= 7 for label in labels)
    assert re.search("10[⁰¹²³⁴-⁹]", curve.axes.heading)


def test_what_runs_far_beyond_the_field_is_cut_near_it():
    run = RunSpec("adam", "valley", START, 12, (("lr", 1.0),))
    other = RunSpec("sgd", "valley", START, 12, (("lr", 1.0),))
    shot = AnatomyShot(run=run, steps=(1, 12), without=other)
    [path] = painted(film(shot), GhostPath, every=20)
    assert path.gone < 12
    wide = RunSpec("adagrad", "bowl", START, 300, (("lr", 0.8),))
    spec = film(AnatomyShot(run=wide, steps=(1, 300)))
    clock = timeline(spec)
    with reel_of(spec) as reel:
        reel.show(clock.state(0))
        [area] = elements(reel, Spread)
        boxes = [area.area(clock.state(frame).state) for frame in range(clock.frames)]
        room = area.track.field.grown(20)
    assert any(boxes)
    assert all(room.holds(box) for box in boxes if box)


def test_a_late_slow_step_does_not_begin_the_first_steps():
    run = RunSpec("sgd", "valley", START, 9)
    late = timeline(film(DescentShot(panes=(run,), explained=0, dwell=(5,))))
    titles = [chapter.title for chapter in late.chapters]
    assert "A step, line by line" in titles
    assert not any("first steps" in title for title in titles)


def test_captions_of_one_frame_share_its_time():
    racers = (RunSpec("sgd", "valley", START, 5000), RunSpec("adam", "valley", START, 5000))
    cues = tuple(Cue(at, "Here is something to be read.") for at in range(2000, 2040))
    shot = RaceShot(racers=racers, choices=(Choice(("lr",)),) * 2, cues=cues)
    timed = timeline(film(shot)).cues
    assert len(timed) == len(cues)
    assert all(cue.end - cue.start > 1.0 for cue in timed)


def test_names_of_racers_come_gently():
    racers = tuple(RunSpec(name, "valley", START, 5) for name in ("sgd", "adagrad", "adam"))
    spec = film(RaceShot(racers=racers, choices=(Choice(("lr",)),) * 3))
    clock = timeline(spec)
    with reel_of(spec) as reel:
        reel.show(clock.state(0))
        names = elements(reel, RacerName)
        states = [clock.state(frame).state for frame in range(clock.frames)]
    assert names
    assert any(state.kind == ORDER for state in states)
    for name in names:
        lights = [name._alpha(state) for state in states]
        assert lights[-1] == 1.0
        assert max(np.abs(now - before) for before, now in pairwise(lights)) < 0.4


def test_signs_need_not_dodge_an_end_that_is_not_named():
    run = RunSpec("adam", "valley", START, 6)
    [labels] = painted(film(AnatomyShot(run=run, steps=(1, 2))), Labels, every=60)
    assert labels.names.end_name is None
