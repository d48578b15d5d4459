"""The race: a common clock, the numbers and the order of the runs, room for every word."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engine import Outcome, UserError, best_of
from scenes import QUALITIES, Choice, Cue, FilmSpec, RaceShot, RunSpec, timeline
from scenes.layout import faults, layers_of
from scenes.palette import DASHES, MARKERS, THEMES
from scenes.parts.standings import labels, over, protocol, ranks, status, verdict, wrapped
from scenes.picture import reel_of
from scenes.race_state import HOLD, INTRO, ORDER, RUN
from scenes.stage import STAGES, TEXT_LEAST
from tests.scenes.test_readings import half_unit, number
from tests.scenes.test_stills import MOVED, STORED, blocks

ROUNDING = 3
GRID = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
TINY = replace(QUALITIES["draft"], name="tiny", height=180, fps=10)


def given_lr(*values, optimizer="sgd", objective="x1**2", steps=1, start=(4.0, 0.0)):
    """A race of one optimizer with several lr."""
    racers = tuple(
        RunSpec(optimizer, objective, start, steps, (("lr", value),)) for value in values
    )
    return RaceShot(racers=racers, choices=(None,) * len(racers))


def tuned(objective="valley", steps=50, names=("sgd", "momentum", "adagrad", "rmsprop", "adam")):
    """A race in which each optimizer has the best lr of the grid."""
    best = [best_of(name, objective, None, steps, "lr", GRID) for name in names]
    return RaceShot(
        racers=tuple(
            RunSpec(name, objective, None, steps, (("lr", found.value),))
            for name, found in zip(names, best, strict=True)
        ),
        choices=tuple(Choice("lr", found.grid, found.losses) for found in best),
    )


BROKEN = RaceShot(
    racers=(
        RunSpec("sgd", "log(x1) + x2**2", (1.0, 1.0), 30, (("lr", 0.4),), "Hasty one"),
        RunSpec("adam", "log(x1) + x2**2", (1.0, 1.0), 30, (("lr", 0.02), ("beta1", 0.8))),
        RunSpec("sgd", "log(x1) + x2**2", (1.0, 1.0), 30, (("lr", 0.01),)),
    ),
    choices=(None, None, Choice("lr")),
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


@settings(max_examples=20)
@given(
    steps=st.integers(1, 5000),
    count=st.integers(2, 6),
    quality=st.sampled_from([QUALITIES["draft"], QUALITIES["standard"], QUALITIES["4k"]]),
)
def test_the_clock_makes_every_step_in_time(steps, count, quality):
    shot = given_lr(*np.linspace(0.01, 0.1, count).tolist(), steps=steps)
    clock = timeline(film(shot, quality=quality)).clocks[0]
    kinds = [beat.kind for beat in clock.beats]
    assert [kind for kind, _ in itertools.groupby(kinds)] == [INTRO, RUN, ORDER, HOLD]
    first, last = clock.starts[kinds.index(RUN)], clock.starts[kinds.index(ORDER)]
    assert (last - first) / clock.fps <= 20
    assert (clock.frames - clock.starts[kinds.index(HOLD)]) / clock.fps >= 5 - 1 / clock.fps
    assert [beat.step for beat in clock.beats] == sorted(beat.step for beat in clock.beats)
    places = [clock.state(frame).place for frame in range(first, last, 7)]
    assert places == sorted(places)
    assert clock.state(first).place == 0
    assert steps - 1e-9 <= clock.state(last).place == steps
    assert clock.state(clock.frames - 1).order == 1


def test_later_steps_follow_evenly_though_none_is_a_whole_number_of_frames():
    shot = given_lr(0.1, 0.2, steps=1200)
    clock = timeline(film(shot, quality=QUALITIES["standard"])).clocks[0]
    states = [clock.state(frame) for frame in range(clock.frames)]
    late = np.array([state.place for state in states if state.kind == RUN and state.place > 60])
    rates = np.diff(late)
    assert rates.min() > 1
    assert rates.max() < 1.15 * rates.min()


@settings(max_examples=20)
@given(st.integers(1, 3000), st.floats(0, 1))
def test_a_caption_comes_with_its_step(steps, share):
    at = round(share * steps)
    shot = replace(given_lr(0.1, 0.2, steps=steps), cues=(Cue(at, "Here."),))
    clock = timeline(film(shot, quality=QUALITIES["draft"])).clocks[0]
    frame = round(clock.cues[0].start * clock.fps)
    assert clock.state(frame).place >= at
    assert frame == 0 or clock.state(frame - 1).place < at + 1e-9


def test_the_order_is_that_of_the_final_losses():
    """One step on x1**2 from 4 leads to 4 (1 - 2 lr): losses 0, 4, 4, 16 and 64."""
    shot = given_lr(1.0, 0.25, 0.5, 1.5, 0.75)
    finals = [racer.trajectory.losses[-1] for racer in shot.racers]
    assert finals == [16, 4, 0, 64, 4]
    order, placed = ranks(shot)
    assert placed == [4, 2, 1, 5, 2]
    assert order == [2, 1, 4, 0, 3]
    assert verdict(shot, "en") == "Least loss after step 1: 0, by SGD, lr 0.5."
    tied = given_lr(0.25, 0.75)
    assert "a tie of SGD, lr 0.25 / SGD, lr 0.75." in verdict(tied, "en")


def test_runs_that_break_off_come_last_and_say_so():
    order, placed = ranks(SHOTS["diverging"])
    runs = [racer.trajectory for racer in SHOTS["diverging"].racers]
    assert runs[3].outcome is Outcome.DIVERGED
    assert order[-1] == 3
    assert placed == [2, 1, 3, None]
    broke = runs[3].stopped
    assert status(runs[3], broke - 0.01, "en") == ""
    assert status(runs[3], broke, "en") == f"diverged at step {broke}"
    assert status(runs[3], 40, "zh") == f"第 {broke} 步发散"
    hasty = BROKEN.racers[0].trajectory
    assert ranks(BROKEN)[1][0] is None
    assert status(hasty, 30, "en") == f"broke off at step {hasty.steps + 1}"
    lost = given_lr(0.7, 0.8, objective="valley", steps=3000, start=(-5.0, -2.0))
    assert verdict(lost, "en") == "Every run diverges or breaks off."


def test_the_protocol_is_declared():
    rules = protocol(SHOTS["tuned"], "en")
    assert rules == (
        "same start (−5, −2)",
        "50 steps each",
        "lr best of {0.003, 0.01, 0.03, 0.1, 0.3, 1} by the final loss",
    )
    mixed = RaceShot(
        racers=(SHOTS["tuned"].racers[4], RunSpec("sgd", "valley", None, 50, (("lr", 0.2),))),
        choices=(SHOTS["tuned"].choices[4], None),
    )
    assert protocol(mixed, "en")[2:] == (f"Adam: {rules[2]}", "SGD: lr given")
    usual = replace(mixed, racers=(mixed.racers[0], RunSpec("sgd", "valley", None, 50)))
    assert protocol(usual, "en")[3] == "SGD: lr at its default"
    assert protocol(STARTS, "zh")[0] == "起点各不相同"
    assert labels(STARTS)[2] == "Adam, (4.5, −5)"
    many = Choice("lr", tuple((np.arange(20) + 1) / 10), (1.0,) * 20)
    long = replace(mixed, choices=(many, None))
    assert "20 values from 0.1 to 2" in protocol(long, "en")[2]


@given(st.lists(st.text("ab, {}(5)·梯度，。；", min_size=1, max_size=60), min_size=1, max_size=4))
def test_rules_are_wrapped_without_loss(rules):
    lines = wrapped(rules, "zh", 12.0)
    assert "".join("".join(lines).split()).replace("；", "") == "".join(
        "".join(rules).split()
    ).replace("；", "")


def changed(shot, **of_first):
    first = replace(shot.racers[0], **of_first)
    return replace(shot, racers=(first, *shot.racers[1:]))


@pytest.mark.parametrize(
    ("shot", "named"),
    [
        (RaceShot(), "two to six runs, found 0"),
        (given_lr(*np.linspace(0.1, 0.7, 7).tolist()), "found 7"),
        (replace(SHOTS["tuned"], choices=()), "how its settings were chosen"),
        (changed(SHOTS["tuned"], objective="bowl"), "same objective"),
        (changed(SHOTS["tuned"], steps=49), "same number of steps"),
        (changed(SHOTS["tuned"], hyper=(("lr", 0.1),)), "not the best of its grid"),
        (changed(SHOTS["tuned"], hyper=(("lr", 0.2),)), "not the best of its grid"),
    ],
)
def test_a_wrong_or_dishonest_race_is_refused(shot, named):
    with pytest.raises(UserError, match=named) as fault:
        film(shot)
    assert "\n" not in str(fault.value)


def moments(spec):
    """Frames of the introduction, of the run, of the ordering and of the end."""
    states = states_of(spec)
    kinds = {kind: [f for f, s in enumerate(states) if s.kind == kind] for kind in (INTRO, RUN)}
    order = [f for f, s in enumerate(states) if 0.3 < s.order < 0.8]
    return [0, kinds[INTRO][-1], *kinds[RUN][2::60], kinds[RUN][-1], *order, len(states) - 1]


FORMS = [
    ("tuned", "en", "wide", "dark"),
    ("tuned", "zh", "square", "light"),
    ("diverging", "zh", "wide", "light"),
    ("diverging", "en", "tall", "dark"),
    ("broken", "en", "square", "dark"),
    ("starts", "zh", "tall", "light"),
    ("starts", "en", "wide", "dark"),
]


@pytest.mark.parametrize(("name", "language", "form", "theme"), FORMS)
def test_words_have_room_and_numbers_are_the_runs_own(name, language, form, theme):
    spec = film(SHOTS[name], language, form=form, theme=theme)
    clock, safe = timeline(spec), STAGES[form].safe.grown(2)
    with reel_of(spec) as reel:
        for frame in moments(spec):
            moment = clock.state(frame)
            reel.show(moment)
            check_words(reel.canvas.words(moment.state), safe)
            for element in reel.canvas.elements:
                for shown in element.numbers(moment.state):
                    check_number(shown, moment.state)
        assert faults(reel.canvas, layers_of(reel.canvas, moment.state), STAGES[form]) == []
        words = [word.text for _, word in reel.canvas.words(moment.state)]
    check_end(words, SHOTS[name], language)


def check_words(words, safe):
    """Every word is inside, large enough and on no other."""
    for index, (name, word) in enumerate(words):
        assert safe.holds(word.box), f"{name} {word.text!r} leaves the safe area: {word.box}"
        assert word.size >= TEXT_LEAST
        for other, second in words[index + 1 :]:
            assert not word.box.meets(second.box), f"{name} {word.text!r}, {other} {second.text!r}"


def check_number(shown, state):
    """A live number is that of its run after the steps the clock has counted."""
    if shown.name == "lr":
        assert float(shown.text.replace("\u2212", "-")) == shown.run.hyper["lr"]
        return
    step = min(int(state.place), shown.run.steps)
    assert shown.step in (step, int(state.place))
    if shown.name == "step":
        assert shown.text == f"{int(state.place)}/{shown.run.requested}"
        return
    point = shown.run.points[step]
    minima = shown.run.objective.minima
    value = {
        "loss": lambda: shown.run.losses[step],
        "distance": lambda: min(math.dist(point, minimum) for minimum in minima),
    }[shown.name]()
    assert abs(number(shown.text) - value) <= half_unit(shown.text) * (1 + 1e-9)


def check_end(words, shot, language):
    """At the end the rows stand in order, with ranks, losses and what became of broken runs."""
    order, placed = ranks(shot)
    assert verdict(shot, language) in words
    ended = [rank for rank in placed if rank]
    assert all(str(rank) in words for rank in ended)
    for index in order[len(ended) :]:
        run = shot.racers[index].trajectory
        assert status(run, run.requested, language) in words


def test_rows_stand_at_their_ranks():
    spec = film(SHOTS["tuned"])
    clock = timeline(spec)
    with reel_of(spec) as reel:
        heights = []
        for frame in (clock.frames // 2, clock.frames - 1):
            moment = clock.state(frame)
            reel.show(moment)
            words = {word.text: word.box.center[1] for _, word in reel.canvas.words(moment.state)}
            heights.append([words[label] for label in labels(SHOTS["tuned"])])
    losses = [racer.trajectory.losses[-1] for racer in SHOTS["tuned"].racers]
    assert np.argsort(heights[0]).tolist() == [0, 1, 2, 3, 4]
    assert np.argsort(heights[1]).tolist() == np.argsort(losses).tolist()


@pytest.mark.parametrize("name", ["tuned", "diverging"])
def test_a_frame_looks_the_same_however_one_comes_to_it(name):
    """In order, from the end back, and alone: what is kept while lines grow does not show."""
    spec = film(SHOTS[name])
    clock = timeline(spec)
    chosen = [clock.frames * tenth // 10 for tenth in range(1, 10)]
    with reel_of(spec) as reel:
        pictures = {}
        for frame in range(clock.frames):
            reel.show(clock.state(frame))
            if frame in chosen:
                pictures[frame] = reel.pixels.copy()
        for frame in reversed(chosen):
            reel.show(clock.state(frame))
            assert apart(reel.pixels, pictures[frame]) <= ROUNDING
    with reel_of(spec) as reel:
        reel.show(clock.state(chosen[5]))
        assert apart(reel.pixels, pictures[chosen[5]]) <= ROUNDING


def apart(one, other):
    """The largest difference of two pictures in a channel."""
    return int(np.abs(one.astype(int) - other).max())


def test_stills(refresh):
    spec = film(SHOTS["tuned"], quality=QUALITIES["draft"])
    clock = timeline(spec)
    with reel_of(spec) as reel:
        for moment, frame in (("run", clock.frame_of(12)), ("end", clock.frames - 1)):
            reel.show(clock.state(frame))
            picture = np.ascontiguousarray(reel.pixels[..., 2::-1])
            path = STORED / f"race-en-{moment}.png"
            if refresh:
                Image.fromarray(picture).save(path, optimize=True)
            stored = np.asarray(Image.open(path).convert("RGB"))
            assert stored.shape == picture.shape
            difference = np.abs(blocks(picture) - blocks(stored))
            assert difference.max() < MOVED, f"{path.name}: refresh it if the change is meant"


DEFECTS = {
    "none": np.eye(3),
    "protanopia": [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992], [-0.0039, -0.0481, 1.052]],
    "deuteranopia": [[0.3673, 0.8606, -0.2280], [0.2801, 0.6725, 0.0474], [-0.0118, 0.0429, 0.969]],
    "tritanopia": [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476], [0.0047, 0.6914, 0.3039]],
}
"""How eyes without one kind of cone see linear RGB (Machado, Oliveira and Fernandes 2009)."""

TO_XYZ = [[0.4125, 0.3576, 0.1804], [0.2127, 0.7152, 0.0722], [0.0193, 0.1192, 0.9503]]


def lab(color, defect):
    """CIELAB of ``#rrggbb`` as it is seen with ``defect``."""
    channels = np.array([int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(DEFECTS[defect]) @ linear, 0, 1)
    ratios = np.array(TO_XYZ) @ seen / [0.9505, 1.0, 1.0888]
    x, y, z = np.where(ratios > 0.008856, np.cbrt(ratios), 7.787 * ratios + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("defect", DEFECTS)
@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_racers_are_told_apart_by_every_eye(theme, defect):
    seen = [lab(color, defect) for color in theme.racers]
    field = [lab(color, defect) for color in theme.field]
    assert min(math.dist(*pair) for pair in itertools.combinations(seen, 2)) > 20
    assert min(math.dist(*pair) for pair in itertools.product(seen, field)) > 20
    assert len(theme.racers) == len(set(MARKERS)) == len(set(DASHES)) == 6


def test_what_is_left_passes_in_a_moment_once_all_have_diverged():
    """Each step multiplies x2 by 1 - 4 lr: a million times the loss within some 20 steps."""
    lost = given_lr(0.7, 0.8, objective="valley", steps=3000, start=(-5.0, -2.0))
    first = lost.racers[0].trajectory
    assert over(first) == math.ceil(math.log(1e6 * 10.5 / 8) / (2 * math.log(1.8)))
    assert first.stopped > over(first)
    clock = timeline(film(lost)).clocks[0]
    states = [clock.state(frame) for frame in range(clock.frames)]
    after = [s for s in states if s.kind == RUN and s.place > over(first)]
    assert 0 < len(after) / clock.fps <= 1.6
    assert any(s.place >= first.stopped for s in after)
    kept = replace(lost, racers=(lost.racers[0], replace(lost.racers[1], hyper=(("lr", 0.1),))))
    long = timeline(film(kept)).clocks[0]
    assert long.frames > clock.frames + 5 * clock.fps


def test_rows_stay_in_sight_while_they_order_themselves():
    """At most one row, the one that is passed, is without its name in any frame."""
    shot = SHOTS["tuned"]
    spec = film(shot)
    clock = timeline(spec)
    with reel_of(spec) as reel:
        reel.show(clock.state(0))
        rows = [e for e in reel.canvas.elements if type(e).__name__ == "Row"]
        states = [clock.state(frame).state for frame in range(clock.frames)]
        seen = [sum(bool(row.words(s)) for row in rows) for s in states if s.kind == ORDER]
        assert min(seen) >= len(rows) - 1
