"""The sweep: every picture is a true run, the knob rests at the stops, every word has room."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engine import UserError, run
from engine.sweep import Behavior, behavior, zones
from scenes import QUALITIES, Cue, FilmSpec, RunSpec, SweepShot, timeline
from scenes.layout import faults, layers_of
from scenes.parts.family import KEPT, Common, Family
from scenes.picture import reel_of
from scenes.samples import samples
from scenes.stage import STAGES
from scenes.sweep_state import GLIDE, HOLD, INTRO, REST, digits_of, place_of, value_at
from scenes.truth import wrong_numbers
from tests.scenes.test_stills import MOVED, STORED, blocks

TINY = replace(QUALITIES["draft"], name="tiny", height=180, fps=10)
START = (-5.0, -2.0)
SHOTS = {
    "adagrad": SweepShot(run=RunSpec("adagrad", "valley", START), stops=(0.1, 0.4, 2.0, 4.0)),
    "sgd": SweepShot(
        run=RunSpec("sgd", "valley", START, 60), stops=(0.52, 0.05, 0.2), title="Three rates"
    ),
    "broken": SweepShot(run=RunSpec("sgd", "valley", START, 700), stops=(0.2, 0.7)),
    "beta1": SweepShot(
        run=RunSpec("adam", "valley", START, 30, (("lr", 0.5),)),
        hyper="beta1",
        stops=(0.0, 0.5, 0.9, 0.99),
    ),
    "rmsprop": SweepShot(
        run=RunSpec("rmsprop", "rosenbrock", None, 80), stops=(0.001, 0.03, 1.0), log=True
    ),
}


def film(name, language="en", form="wide", theme="dark", quality=TINY, **changes):
    shot = replace(SHOTS[name], **changes)
    return FilmSpec(f"sweep-{name}", language, (shot,), quality=quality, form=form, theme=theme)


def clock_of(spec):
    return timeline(spec).clocks[0]


@pytest.mark.parametrize("name", SHOTS)
def test_every_picture_is_the_run_of_the_value_that_is_shown(name):
    spec = film(name)
    [shot], clock = spec.shots, clock_of(spec)
    family = Family.of(shot, clock)
    for frame in np.linspace(0, clock.frames - 1, 25).astype(int):
        value = clock.state(int(frame)).value
        fixed = {key: number for key, number in shot.run.hyper if key != shot.hyper}
        spec_run = shot.run
        single = run(
            spec_run.optimizer,
            spec_run.objective,
            spec_run.start,
            spec_run.steps,
            **fixed,
            **{shot.hyper: value},
        )
        assert np.array_equal(family.run(value).points, single.points)
        assert family.behavior(value) is behavior(single)


@pytest.mark.parametrize("name", SHOTS)
def test_the_knob_rests_at_every_stop_and_never_leaps(name):
    spec = film(name)
    [shot], clock = spec.shots, clock_of(spec)
    states = [clock.state(frame) for frame in range(clock.frames)]
    places = np.array([place_of(shot, state.value) for state in states])
    assert (places >= -1e-12).all()
    assert (places <= 1 + 1e-12).all()
    assert np.abs(np.diff(places)).max() < 0.2
    rests = [
        {state.value for state in states if state.kind == REST and state.stop == stop}
        for stop in range(1, len(shot.stops) + 1)
    ]
    assert rests == [{stop} for stop in shot.stops]
    assert states[0].kind == INTRO
    assert states[-1].kind == HOLD
    for before, after in itertools.pairwise(states):
        assert after.low <= before.low
        assert after.high >= before.high
        assert after.low <= after.value <= after.high


def test_words_about_a_stop_begin_when_the_knob_has_come():
    cues = (Cue(0, "The setting."), Cue(2, "At the second stop."), Cue(3, "At the third."))
    spec = film("adagrad", cues=cues)
    clock = clock_of(spec)
    for cue, stop in zip(clock.cues[1:], (2, 3), strict=True):
        frame = round(cue.start * clock.fps)
        assert clock.state(frame).value == SHOTS["adagrad"].stops[stop - 1]
        assert clock.state(frame - 1).kind == GLIDE


@pytest.mark.parametrize("name", SHOTS)
def test_a_gliding_picture_shows_the_run_of_exactly_the_value_that_is_read(name):
    spec = film(name)
    [shot], clock = spec.shots, clock_of(spec)
    for state in map(clock.state, range(clock.frames)):
        text = digits_of(shot, state.value)
        assert len(text) <= 10
        if state.value not in shot.stops:
            assert float(text.replace("\u2212", "-")) == state.value
    assert [digits_of(shot, stop) for stop in shot.stops] == {
        "adagrad": ["0.100", "0.400", "2.000", "4.000"],
        "sgd": ["0.5200", "0.0500", "0.2000"],
        "broken": ["0.2000", "0.7000"],
        "beta1": ["0.0000", "0.5000", "0.9000", "0.9900"],
        "rmsprop": ["0.001000", "0.03000", "1.000"],
    }[name]


@given(st.floats(0, 1), st.sampled_from(sorted(SHOTS)))
@settings(max_examples=40)
def test_places_and_values_belong_together(place, name):
    shot = SHOTS[name]
    assert place_of(shot, value_at(shot, place)) == pytest.approx(place, abs=1e-9)


def test_chapters_are_the_stops():
    titles = [chapter.title for chapter in clock_of(film("adagrad")).chapters]
    assert titles == ["The setting that moves", "η = 0.1", "η = 0.4", "η = 2", "η = 4"]


@pytest.mark.parametrize(
    ("name", "language", "form", "theme"),
    [
        ("adagrad", "en", "wide", "dark"),
        ("adagrad", "zh", "tall", "light"),
        ("sgd", "zh", "wide", "light"),
        ("broken", "en", "wide", "dark"),
        ("beta1", "zh", "square", "dark"),
        ("beta1", "en", "tall", "dark"),
        ("rmsprop", "en", "square", "light"),
    ],
)
def test_words_have_room_and_numbers_are_true(name, language, form, theme):
    spec = film(name, language, form, theme)
    clock, lines = timeline(spec), []
    with reel_of(spec) as reel:
        for sample in samples(spec, clock, 2):
            moment = clock.state(sample.frame)
            reel.show(moment)
            layers = layers_of(reel.canvas, moment.state)
            lines += faults(reel.canvas, layers, STAGES[form])
            lines += wrong_numbers(layers, moment.state)
    assert not lines, "\n".join(lines)


def test_nothing_is_left_behind_while_the_first_run_is_drawn():
    spec = film("adagrad", form="tall", quality=QUALITIES["draft"])
    clock = timeline(spec)
    with reel_of(spec) as kept, reel_of(spec) as fresh:
        kept.show(clock.state(0))
        kept.show(clock.state(10))
        fresh.show(clock.state(10))
        assert np.abs(kept.pixels.astype(int) - fresh.pixels).max() <= 2


def test_zones_appear_as_the_knob_passes(refresh):
    spec = film("sgd", quality=QUALITIES["draft"], stops=(0.05, 0.2, 0.4, 0.52))
    clock = timeline(spec)
    with reel_of(spec) as reel:
        shown = {}
        for stop in (1, 2, 4):
            state = clock.state(clock.frame_of(stop))
            reel.show(state)
            shown[stop] = {word.text for _, word in reel.canvas.words(state.state)}
        picture = reel.pixels[..., 2::-1]
        path = STORED / "sweep-sgd-en.png"
        if refresh:
            Image.fromarray(np.ascontiguousarray(picture)).save(path, optimize=True)
        stored = np.asarray(Image.open(path).convert("RGB"))
        assert np.abs(blocks(picture) - blocks(stored)).max() < MOVED
    assert "settles" not in shown[1]
    found = zones("sgd", "valley", START, 60, "lr", (0.05, 0.52))
    limits = [f"{zone.low:.3g}" for zone in found[1:]]
    assert {"falls short", limits[0]} <= shown[2]
    assert limits[1] not in shown[2]
    named = {"falls short", "settles", "overshoots, yet settles", "keeps swinging", "diverges"}
    assert named <= shown[4], "a narrow zone has no name"
    assert {*limits[:2], limits[-1]} <= shown[4]


def test_a_start_outside_the_field_is_marked():
    run = RunSpec("sgd", "valley", (-90.0, -30.0), 20)
    spec = film("sgd", run=run, stops=(0.01, 0.6), title="")
    clock = timeline(spec)
    with reel_of(spec) as reel:
        moment = clock.state(clock.frames - 1)
        reel.show(moment)
        texts = {word.text for _, word in reel.canvas.words(moment.state)}
    assert "outside the picture" in texts


def test_the_sentence_says_how_a_run_breaks_off():
    spec = film("broken")
    clock = timeline(spec)
    with reel_of(spec) as reel:
        moment = clock.state(clock.frames - 1)
        reel.show(moment)
        texts = {word.text for _, word in reel.canvas.words(moment.state)}
    stopped = run("sgd", "valley", START, 2000, lr=0.7).stopped
    assert f"At 0.7 the run diverges and breaks off at step {stopped}." in texts
    assert behavior(run("sgd", "valley", START, 2000, lr=0.7)) is Behavior.DIVERGES


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"stops": (0.1,)}, "at least two stops"),
        ({"stops": (0.1, float("inf"))}, "finite"),
        ({"stops": (0.0, 1.0), "log": True}, "above 0"),
        ({"hyper": "rate"}, "no hyper-parameter 'rate'"),
        ({"cues": (Cue(9, "beyond"),)}, "9"),
    ],
)
def test_what_is_no_sweep_is_refused_in_one_line(changes, says):
    with pytest.raises(UserError, match=says) as told:
        film("adagrad", **changes)
    assert "\n" not in str(told.value)


def test_a_family_of_long_runs_keeps_few_of_them(monkeypatch):
    monkeypatch.setattr("scenes.parts.family.ROWS", 20 * 61)
    shot = SHOTS["sgd"]
    values = np.linspace(0.05, 0.52, 101).tolist()
    family = Family(shot, values)
    asked = []
    whole = Common.sweep

    def counted(common, row):
        asked.append(len(row))
        return whole(common, row)

    monkeypatch.setattr(Common, "sweep", counted)
    for value in values:
        assert family.run(value).hyper["lr"] == value
        assert family.behavior(value) is behavior(run("sgd", "valley", START, 60, lr=value))
    assert asked == [20] * 5  # the last value is a stop
    assert family._block.cache_info().currsize == KEPT
