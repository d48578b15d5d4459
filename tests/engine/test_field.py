"""The drawn field: views, samples, shades and isolines."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine import OBJECTIVES, objective, run
from engine.field import Shade, isolines, sample, shade_of, widened

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


@given(value=st.floats(0, 1))
def test_loss_undoes_shade(value):
    shade = Shade(low=-3.0, span=20.0, power=3.0)
    assert float(shade(shade.loss(value))) == pytest.approx(value, abs=1e-5)


def test_shades_are_clipped_and_keep_what_is_undefined():
    shades = Shade(0.0, 1.0, 2.0)([-1, 0, 0.25, 1, 9, np.nan])
    np.testing.assert_array_equal(shades, [0, 0, 0.5, 1, 1, np.nan])


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
    assert np.isfinite([shade.low, shade.span, shade.power]).all()
    assert shade.span > 0
    assert shade.power >= 1
    for _, polylines in isolines(subject, VIEW, shade):
        assert all(np.isfinite(line).all() for line in polylines)
