"""Loss charts: what lies off their scale leaves them visibly, and nothing overflows."""

import warnings
from dataclasses import replace

import numpy as np
import pytest

from scenes import DescentShot, FilmSpec, RunSpec
from scenes.brush import Brush
from scenes.kit import Kit
from scenes.parts.charts import LossAxes, LossCurve, Scale
from scenes.parts.curves import on_scale
from scenes.parts.figures import ticks
from scenes.parts.places import leaving, within
from scenes.stage import Box
from scenes.state import State

BOX = Box(0, 0, 422, 194)


def spec_of(lr, steps=60):
    return RunSpec("sgd", "valley", (-5.0, -2.0), steps, (("lr", lr),))


@pytest.fixture(scope="module")
def kit():
    shot = DescentShot(panes=(spec_of(0.3), spec_of(1.0)))
    return Kit.of(FilmSpec("x", "en", (shot,)), shot)


@pytest.fixture(scope="module")
def curves(kit):
    """The curves of a run that descends and of one that diverges, on one scale."""
    runs = [spec_of(lr).trajectory for lr in (0.3, 1.0)]
    scale = Scale(on_scale(runs))
    return [LossCurve(kit.with_run(run), BOX, scale, 60) for run in runs]


def test_a_run_that_diverges_leaves_the_other_its_room(curves):
    good, bad = curves
    assert good.scale is bad.scale
    assert good.scale.high == 3
    spread = np.ptp(good.points[:, 1])
    assert spread > 0.6 * good.plot.height


def test_a_curve_that_leaves_its_axes_says_where_and_which_way(curves):
    good, bad = curves
    assert all(good.gone(State("hold", step)) is None for step in range(61))
    assert bad.gone(State("hold", 2)) is None
    for step in range(3, 61):
        (x, y), way = bad.gone(State("hold", step))
        assert way == (0, -1)
        assert y == pytest.approx(bad.plot.top, abs=1.01)
        assert bad.points[2, 0] < x < bad.points[3, 0]


def painted(curve, state):
    pixels = np.zeros((240, 480, 4), np.uint8)
    curve.paint(Brush(pixels, 1.0), state)
    return pixels[..., :3]


def outside(difference, box):
    """How many pixels differ outside of a box."""
    kept = difference.any(axis=2)
    kept[int(box.top) : int(box.bottom) + 1, int(box.left) : int(box.right) + 1] = False
    return kept.sum()


@pytest.mark.parametrize("pair", [(1, 0.6, 2, 0.2), (2, 0.1, 2, 0.6), (2, 0.1, 9, 0.0)])
def test_what_a_curve_changes_lies_in_its_damage(curves, pair):
    bad = curves[1]
    before, after = State("quick", pair[0], pair[1]), State("quick", pair[2], pair[3])
    pictures = [painted(bad, state) for state in (before, after)]
    assert (pictures[0] != pictures[1]).any()
    assert bad.key(before) != bad.key(after)
    assert outside(pictures[1] > 0, bad.reach(after)) == 0
    [damage] = bad.damage(before, after)
    assert outside(pictures[0] != pictures[1], damage) == 0


def test_points_that_leave_come_back_and_leave_again():
    points = np.array([[0.0, 5], [2, 15], [4, 5], [6, -15], [8, -15]])
    box = Box(0, 0, 10, 10)
    inside = within(points, box)
    assert inside == [0, 2]
    assert leaving(points, inside, box, 0.4) is None
    first, second = (leaving(points, inside, box, place) for place in (1.0, 3.7))
    assert first
    assert first[0] == (1, 10)
    assert leaving(points, inside, box, 1.9) is None
    assert second
    assert second[0] == pytest.approx((4.5, 0))
    start = leaving(points + np.array([0, 20]), [], box, 0.0)
    assert start == ((0, 10), (0, 1))


@pytest.mark.parametrize("losses", [[5.0, 1e308, 1.7e308], [0.5, -1.7e308, 1.7e308]])
def test_losses_at_the_end_of_what_numbers_can_hold(losses, kit):
    run = replace(spec_of(0.3, 3).trajectory, losses=np.array(losses))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        scale = Scale(on_scale([run]))
        points = LossAxes(kit, BOX, scale, 2).points(run.losses)
        assert np.isfinite(points).all()
        assert scale(losses[-1]) == pytest.approx(1, abs=0.05)
        assert ticks(-1.7e308, 1.7e308, 4) == pytest.approx([-1e308, 0, 1e308])


def test_a_loss_of_zero_goes_off_a_logarithmic_scale(kit):
    scale = Scale(np.array([1.0, 1e-3, 0.0]))
    axes = LossAxes(kit, BOX, scale, 2)
    assert scale.log
    above, bottom, below = axes.points(np.array([1.0, 1e-3, 0.0]))[:, 1]
    assert above == pytest.approx(axes.plot.top)
    assert bottom == pytest.approx(axes.plot.bottom)
    assert below > axes.plot.bottom + 5 * axes.plot.height
