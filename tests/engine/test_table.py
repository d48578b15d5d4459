"""Trajectories as tables and as CSV."""

import csv
import io

import numpy as np

from engine import run
from engine.table import table, to_csv
from tests.engine.rules import MULTIPLES, NONE


def test_a_row_holds_the_point_and_what_led_there():
    path = run("adam", "valley", steps=3)
    header, first, *rest = table(path)
    assert header == (
        *("step", "x1", "x2", "loss", "g1", "g2", "m1", "m2", "v1", "v2"),
        *("m_hat1", "m_hat2", "v_hat1", "v_hat2", "effective1", "effective2"),
    )
    assert first == (0, -5.0, -2.0, 10.5, *[None] * 12)
    for step, row in enumerate(rest, start=1):
        found = dict(zip(header, row, strict=True))
        assert found["step"] == step
        assert [found["x1"], found["x2"]] == path.points[step].tolist()
        assert found["loss"] == path.losses[step]
        assert [found["g1"], found["g2"]] == path.gradients[step - 1].tolist()
        assert found["v_hat2"] == path.terms["v_hat"][step - 1, 1]
        assert found["effective1"] == path.effective[step - 1, 0]


def test_csv_keeps_every_digit():
    path = run("adadelta", "rosenbrock", steps=25)
    rows = list(csv.DictReader(io.StringIO(to_csv(path))))
    assert len(rows) == 26
    points = np.array([[float(row["x1"]), float(row["x2"])] for row in rows])
    np.testing.assert_array_equal(points, path.points)
    memory = [float(row["u2"]) for row in rows[1:]]
    np.testing.assert_array_equal(memory, path.terms["u"][:, 1])
    assert rows[0]["g1"] == rows[0]["effective2"] == ""


def test_a_run_cut_short_ends_where_it_stopped():
    path = run("sgd", "bowl", (1, 1), 900, lr=2.0)
    rows = table(path)
    assert len(rows) == path.steps + 2 < 900
    assert rows[-1][0] == path.steps


def test_the_last_columns_are_named_for_what_they_hold():
    for optimizer, _ in MULTIPLES.values():
        assert table(run(optimizer, "valley", steps=2))[0][-2:] == ("effective1", "effective2")
    for optimizer in NONE.values():
        assert table(run(optimizer, "valley", steps=2))[0][-2:] == ("step_over_g1", "step_over_g2")


def test_what_is_not_defined_is_left_empty():
    path = run(NONE["the sign"], "valley", (-5, 0), 2)
    rows = list(csv.DictReader(io.StringIO(to_csv(path))))
    assert [row["step_over_g2"] for row in rows] == ["", "", ""]
    assert [float(row["step_over_g1"]) for row in rows[1:]] == path.effective[:, 0].tolist()
