"""The headings of two panes: rows that line up, of one kind and of one size."""

import numpy as np
import pytest

from scenes import DescentShot, FilmSpec, RunSpec
from scenes.brush import Brush
from scenes.kit import Kit
from scenes.parts.panes import EQUATION, LABEL, WORDS, Way, alike, heading, paint_headings
from scenes.stage import TEXT_LEAST, Box


def pane(lr, objective="valley", label=""):
    return RunSpec("sgd", objective, (1.0, 2.0), 3, (("lr", lr),), label)


def test_what_sets_runs_apart_comes_first():
    [[own], [formula, name]] = heading([pane(0.3), pane(0.5)])
    assert own == Way(("η = 0.3", "η = 0.5"), EQUATION)
    assert formula.kind == EQUATION
    assert name == Way(("Valley", "Valley"), WORDS)


def test_objectives_come_first_where_they_differ():
    [[formula, name], [own]] = heading([pane(0.3), pane(0.5, "beale")])
    assert formula.texts[0] != formula.texts[1]
    assert name.texts == ("Valley", "Beale")
    assert own.texts == ("η = 0.3", "η = 0.5")
    assert len(heading([pane(0.3), pane(0.3, "beale")])) == 1


def test_where_one_pane_has_a_label_both_have():
    [[label], [both, own]] = heading([pane(0.3, label="small steps"), pane(0.5)])
    assert label == Way(("small steps", "SGD"), LABEL)
    assert own.texts == ("η = 0.3", "η = 0.5")
    assert all(text.startswith(part) for text, part in zip(both.texts, own.texts, strict=True))
    [[label], [formula, name]] = heading([pane(0.3, label="a"), pane(0.3, label="b")])
    assert (formula.kind, name.kind) == (EQUATION, WORDS)


def written(specs, width=480):
    """The texts of the headings of two panes by rows, with their sizes."""
    shot = DescentShot(panes=specs)
    kit = Kit.of(FilmSpec("x", "en", (shot,)), shot)
    places = [Box(0, 0, width, 94), Box(500, 0, 500 + width, 94)]
    brush = Brush(np.zeros((100, 1000, 4), np.uint8), 1.0)
    paint_headings([kit.with_run(spec.trajectory) for spec in specs], specs, places, brush)
    return [brush.words[number : number + 2] for number in range(0, len(brush.words), 2)]


@pytest.mark.parametrize(
    "specs",
    [
        (pane(0.3), pane(0.01, "himmelblau")),
        (pane(0.3, label="a long name for so narrow a pane"), pane(0.5)),
    ],
)
def test_a_row_has_one_size_in_both_panes(specs):
    rows = written(specs)
    assert len(rows) == 2
    for left, right in rows:
        assert left.size == pytest.approx(right.size)
        assert left.size >= TEXT_LEAST
        assert left.box.right <= 480.5
        assert right.box.right <= 980.5


def test_where_one_objective_is_called_by_its_name_both_are():
    (left, right), _ = written((pane(0.3), pane(0.5, "beale")))
    assert (left.text, right.text) == ("Valley", "Beale")
    assert left.box.bottom == pytest.approx(right.box.bottom, abs=8)


def test_the_longest_row_sets_the_size():
    shot = DescentShot(panes=(pane(0.3), pane(0.5)))
    kit = Kit.of(FilmSpec("x", "en", (shot,)), shot)
    way = Way(("x", "x + x + x + x + x + x"), EQUATION)
    short, long = alike([kit, kit], way, [150.0, 150.0], kit.theme.text)
    assert short.size == pytest.approx(long.size)
    assert long.width == pytest.approx(150, abs=1)
