"""The drawn field: views, samples, shades and isolines."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine import OBJECTIVES, objective, run
from engine.field import Shade, isolines, sample, shade_of, widened
from tests.fields import FLAT, HARD, fields

VIEW = ((-5.5, 3.0), (-3.0, 3.0))


@given(points=arrays(np.float64, (5, 2), elements=st.floats(-50, 50)))
def test_a_widened_view_holds_the_view_and_no_more_than_its_limit(points):
    wide = widened(VIEW, points, limit=2.0)
    for axis, ((low, high), (old_low, old_high)) in enumerate(zip(wide, VIEW, strict=True)):
        assert low <= old_low
        assert high >= old_high
        assert high - low <= 2.0 * (old_high - old_low) + 1e-9
        reach = 0.5 * (old_high - old_low)
        inside = points[:, axis][
            (points[:, axis] >= old_low - reach) & (points[:, axis] <= old_high + reach)
        ]
        assert np.all((low <= inside) & (inside <= high))


def test_a_path_within_the_view_leaves_it_as_it_is():
    assert widened(VIEW, run("adagrad", "valley", lr=0.4).points) == VIEW


def test_a_path_that_overshoots_gets_room():
    path = run("adam", "valley", lr=1.0, beta2=0.0)
    (_, right), (bottom, top) = widened(VIEW, path.points)
    assert path.points[:, 0].max() < right
    assert bottom < path.points[:, 1].min()
    assert path.points[:, 1].max() < top


def test_a_sample_is_taken_at_pixel_centers_from_the_top():
    losses = sample(objective("x1 + 10*x2"), ((0, 4), (0, 2)), 4, 2)
    np.testing.assert_allclose(losses, [[15.5, 16.5, 17.5, 18.5], [5.5, 6.5, 7.5, 8.5]])


@pytest.mark.parametrize("subject", OBJECTIVES.values(), ids=OBJECTIVES)
def test_shades_cover_the_view_with_room_for_the_low(subject):
    shade = shade_of(subject)
    shades = shade(sample(subject, subject.view, 200, 150))
    assert shade(subject.value(np.array(subject.minima))) == pytest.approx(0, abs=1e-3)
    assert shades.max() == pytest.approx(1, abs=0.02)
    assert 0.4 < np.median(shades) < 0.8
    assert shades.std() > 0.1


@pytest.mark.parametrize("subject", OBJECTIVES.values(), ids=OBJECTIVES)
def test_isolines_part_the_lower_from_the_higher(subject):
    lines = isolines(subject, subject.view, shade_of(subject), count=12)
    assert 10 <= len(lines) <= 13
    extent = np.diff(np.array(subject.view), axis=1).T
    around = np.stack(np.meshgrid(*[np.linspace(-1, 1, 9)] * 2), axis=-1).reshape(-1, 2)
    around = around * extent / 300
    for level, polylines in lines:
        points = np.concatenate(polylines)
        losses = subject.value(points[:, np.newaxis] + around)
        assert np.all(losses.min(axis=1) <= level)
        assert np.all(losses.max(axis=1) >= level)


FIELDS = {**OBJECTIVES, **fields(HARD)}
EVERY = {**FIELDS, **fields(FLAT)}
TONES = 14


def thrice(view):
    """The view three times as wide and high, as far as a path can widen it."""
    return tuple((2 * low - high, 2 * high - low) for low, high in view)


def quarters(view):
    """The four quarters of a view, from the middle, as views."""
    halves = [((low, (low + high) / 2), ((low + high) / 2, high)) for low, high in view]
    return [(across, up) for across in halves[0] for up in halves[1]]


@pytest.mark.parametrize("widen", [lambda view: view, thrice], ids=["own", "thrice"])
@pytest.mark.parametrize("subject", FIELDS.values(), ids=FIELDS)
def test_no_tone_covers_much_of_a_view(subject, widen):
    view = widen(subject.view)
    losses = sample(subject, view, 300, 200)
    shades = shade_of(subject, view)(losses[np.isfinite(losses)])
    shares, _ = np.histogram(np.clip(shades, 0, 1), TONES, (0, 1))
    assert shares.max() <= 0.25 * len(shades)
    assert (shares > 0).sum() >= 10
    assert np.mean((shades < -1e-9) | (shades > 1 + 1e-9)) < 0.02


@pytest.mark.parametrize("widen", [lambda view: view, thrice], ids=["own", "thrice"])
@pytest.mark.parametrize("own", [False, True], ids=["of the view", "of the own view"])
@pytest.mark.parametrize("subject", FIELDS.values(), ids=FIELDS)
def test_isolines_run_everywhere(subject, own, widen):
    """Over the shade of the view that is drawn, and over that of the objective's own view."""
    view = widen(subject.view)
    lines = isolines(subject, view, shade_of(subject) if own else shade_of(subject, view))
    levels = [level for level, _ in lines]
    assert all(np.diff(levels) > 0)
    assert len(levels) <= (113 if own else 60)
    points = np.concatenate([line for _, polylines in lines for line in polylines])
    assert np.isfinite(points).all()
    for (left, right), (bottom, top) in quarters(view):
        losses = sample(subject, ((left, right), (bottom, top)), 50, 50)
        inside = (points >= [left, bottom]) & (points <= [right, top])
        assert inside.all(axis=1).any() or not np.isfinite(losses).any()


@pytest.mark.parametrize("name", ["saddle", "plane", "cubic", "hill", "pole"])
def test_levels_go_on_below_the_lowest_of_the_own_view(name):
    subject = FIELDS[name]
    lines = isolines(subject, thrice(subject.view), shade_of(subject))
    lowest = sample(subject, subject.view, 200, 200).min()
    if name != "pole":
        assert sum(level < lowest for level, _ in lines) >= 3
    assert [level for level, _ in lines] == sorted(level for level, _ in lines)


SCALABLE = [
    *(name for name in FIELDS if name not in ("tower", "pit", "both ways", "steep", "pole")),
    *("floor", "roof", "signs", "step"),
]


@pytest.mark.parametrize("name", SCALABLE)
@given(power=st.integers(-40, 40), part=st.floats(-100, 100))
@settings(max_examples=10)
def test_a_factor_and_a_summand_change_no_shade_and_no_isoline(name, power, part):
    """A power of two rounds nothing; a summand of so many spans leaves twelve digits or so."""
    subject = EVERY[name]
    losses = sample(subject, subject.view, 60, 40)
    shade, factor = shade_of(subject), 2.0**power
    scaled = objective(f"{factor:.17g}*({subject.formula})")
    scaled = replace(scaled, view=subject.view, minima=subject.minima)
    np.testing.assert_allclose(
        shade_of(scaled)(sample(scaled, scaled.view, 60, 40)), shade(losses), atol=1e-12
    )
    for (_, ours), (_, theirs) in zip(
        isolines(subject, subject.view, shade, 6),
        isolines(scaled, scaled.view, shade_of(scaled), 6),
        strict=True,
    ):
        np.testing.assert_allclose(np.concatenate(theirs), np.concatenate(ours), atol=1e-6)
    if name in ("easom", "michalewicz"):
        return  # Most of their plane is far below the rounding of a summand.
    summand = part * shade.span
    raised = objective(
        f"{subject.formula} + {summand!r}" if part >= 0 else f"{subject.formula} - {-summand!r}"
    )
    raised = replace(raised, view=subject.view, minima=subject.minima)
    np.testing.assert_allclose(
        shade_of(raised)(sample(raised, raised.view, 60, 40)), shade(losses), atol=2e-3
    )


@pytest.mark.parametrize("subject", EVERY.values(), ids=EVERY)
def test_shades_rise_with_losses(subject):
    shade = shade_of(subject)
    assert shade.shades[0] == 0
    assert shade.shades[-1] == (1 if len(shade.shades) > 1 else 0)
    assert all(np.diff(shade.losses) > 0)
    assert all(np.diff(shade.shades) > 0)
    losses = np.sort(sample(subject, thrice(subject.view), 50, 50).ravel())
    assert np.all(np.diff(shade(losses[np.isfinite(losses)])) >= 0)


TOLD: dict[str, set[float]] = {
    "constant": {0},
    "noise": {0},
    "signs": {0, 0.5, 1},
    "step": {0, 1},
    "nowhere": set(),
}


@pytest.mark.parametrize("name", FLAT)
def test_an_objective_of_few_values_has_a_tone_for_each(name):
    subject = EVERY[name]
    losses = sample(subject, subject.view, 60, 60)
    shades = shade_of(subject)(losses)
    assert np.array_equal(np.isnan(shades), np.isnan(losses))
    found = {round(value, 2) for value in shades[np.isfinite(shades)].tolist()}
    assert found == TOLD.get(name, found)
    if name in ("constant", "noise", "nowhere"):
        assert isolines(subject, subject.view, shade_of(subject)) == []


def test_a_plateau_takes_nothing_of_the_scale():
    for name, ground in (("floor", 0), ("roof", 1)):
        subject = EVERY[name]
        losses = sample(subject, subject.view, 400, 400)
        flat = losses == (0 if name == "floor" else 4)
        shades = shade_of(subject)(losses)
        assert shades[flat] == pytest.approx(ground, abs=0.01)
        shares, _ = np.histogram(shades[~flat], TONES, (0, 1))
        assert shares.max() <= 0.25 * (~flat).sum()


@given(value=st.floats(-0.5, 1.5))
def test_loss_undoes_shade(value):
    for name in ("bowl", "beale", "saddle", "hill"):
        shade = shade_of(FIELDS[name])
        assert float(shade(shade.loss(value))) == pytest.approx(value, abs=1e-5)


def test_shades_go_on_at_both_ends_and_keep_what_is_undefined():
    """Beyond the ends as logarithms: ln(1 + 1) / 2 for one span."""
    shade = Shade((0.0, 2.0, 4.0), (0.0, 0.75, 1.0), (0.0, 0.0), 2.0)
    beyond = math.log(2) / 2
    shades = shade([-4, 0, 1, 3, 4, 8, np.nan])
    np.testing.assert_allclose(shades, [-beyond, 0, 0.375, 0.875, 1, 1 + beyond, np.nan])
    told = [shade.loss(value) for value in (-beyond, 0, 0.375, 1, 1 + beyond)]
    assert told == pytest.approx([-4, 0, 1, 4, 8])


def test_isolines_go_on_in_a_wider_view():
    valley = objective("valley")
    shade = shade_of(valley)
    near = isolines(valley, VIEW, shade)
    far = isolines(valley, ((-5.5, 3.0), (-9.0, 9.0)), shade)
    assert len(far) > len(near)
    assert [level for level, _ in far[: len(near)]] == [level for level, _ in near]


@pytest.mark.parametrize("formula", ["7", "log(x1 - 100)", "1 / x1", "exp(exp(x1 * 9))", "x1"])
def test_an_awkward_objective_still_has_a_field(formula):
    subject = objective(formula)
    shade = shade_of(subject)
    assert np.isfinite([*shade.losses, *shade.shades, shade.power]).all()
    assert shade.span > 0
    assert shade.power >= 1
    for _, polylines in isolines(subject, VIEW, shade):
        assert all(np.isfinite(line).all() for line in polylines)
