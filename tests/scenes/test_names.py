"""Names on the field and the numbers on its axes."""

import numpy as np
import pytest

from scenes import DescentShot, FilmSpec, RaceShot, RunSpec
from scenes.kit import Kit
from scenes.parts.lanes import Lane
from scenes.parts.looks import looks_of
from scenes.parts.names import Names
from scenes.parts.places import loneliest
from scenes.parts.relief import Plot
from scenes.parts.scenery import name_place
from scenes.parts.tags import Spots
from scenes.parts.track import Track
from scenes.stage import Box

FIELD = Box(100, 100, 700, 700)
RUN = RunSpec("momentum", "himmelblau", (0.0, 0.0), 60, (("lr", 0.01),))


def kit_of(shot):
    return Kit.of(FilmSpec("x", "en", (shot,)), shot)


@pytest.fixture
def plot():
    return Plot(((-6.0, 6.0), (-6.0, 6.0)), FIELD)


def test_the_point_farthest_from_a_path():
    path = np.array([[0.0, 0], [10, 0]])
    assert loneliest([(1, 1), (9, -3), (5, 2)], path) == [(5, 2)]
    assert loneliest([], path) == []
    assert loneliest([(1, 1), (2, 2)], np.zeros((0, 2))) == [(1, 1)]


def test_of_several_minima_one_is_named(plot):
    kit = kit_of(DescentShot(panes=(RUN,)))
    names = Names(kit, Track(kit, plot))
    assert len(names.minima) == 4
    [name] = names.minimum_names
    assert name
    assert name.word.text == "minimum"
    left, bottom = plot.at(np.array([-3.779, -3.283]))
    assert name.box.grown(40).holds(Box(left, bottom, left, bottom))


def test_of_several_minima_of_a_race_one_is_named(plot):
    shot = RaceShot(racers=(RUN, RUN), choices=(None, None))
    kit = kit_of(shot)
    lanes = [Lane(kit, plot, RUN.trajectory, look, 0) for look in looks_of(kit, 2)]
    spots = Spots(kit, plot, lanes, ("a", "b"))
    assert len(spots.minima) == 4
    assert [name.word.text for name in spots.names] == ["start", "minimum"]


def test_an_axis_is_named_in_its_corner_where_that_is_free():
    assert name_place([(0, 20), (100, 120)], (170, 200)) == (0, 2)


def test_else_an_axis_is_named_between_its_last_two_numbers():
    shift, kept = name_place([(0, 20), (100, 120), (180, 200)], (170, 200))
    assert kept == 3
    assert (170 + shift, 200 + shift) == (135, 165)


@pytest.mark.parametrize("numbers", [[(100, 130), (160, 190)], [(180, 210)], [(0, 20), (30, 165)]])
def test_where_neither_has_room_ticks_are_left_out(numbers):
    kept = [number for number in numbers if number[1] + 12 <= 170]
    assert name_place(numbers, (170, 200)) == (0, len(kept))
    assert len(kept) < len(numbers)
