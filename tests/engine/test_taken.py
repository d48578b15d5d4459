"""Gradients are kept where a rule takes them, under the names by which its rows go."""

from math import sqrt

import numpy as np
import pytest

from engine import Hyper, Optimizer, Outcome, State, UserError, objective, run
from engine.listing import listing
from engine.table import table
from engine.worked import worked

LR, MU = 0.1, 0.5


def rule(*lines, direction="g", state=()):
    """An optimizer of these lines with settings lr and mu, as far as they occur."""
    hyper = [
        Hyper(name, value, 0, 1, 0.01)
        for name, value in (("lr", LR), ("mu", MU))
        if any(name in line for line in lines)
    ]
    return Optimizer(
        name="own",
        title="Own",
        formula="\n".join(lines),
        hyper=tuple(hyper),
        state=tuple(State(name) for name in state),
        direction=direction,
    )


TEXTBOOK = rule(
    *("y = x + mu*b", "h = grad(y)", "b = mu*b - lr*h", "x = x + b"), direction="b", state=("b",)
)
INSIDE = rule("b = mu*b - lr*grad(x + mu*b)", "x = x + b", direction="b", state=("b",))
ASIDE = rule("x = x - lr*grad(x - mu*b)", "b = mu*b + lr*grad(x)", state=("b",))
EXTRA = rule("y = x - lr*g", "x = x - lr*grad(y)", direction="g_tilde")
SHARP = rule("e = mu*g/sqrt(g**2 + 1)", "x = x - lr*grad(x + e)", direction="g_tilde")
PAST = rule(
    *("d = 2*grad(x) - grad(p)", "p = x", "x = x - lr*d"),
    direction="d",
    state=("p",),
)
SCALED = rule(
    *("s = mu*s + g**2", "x = x - lr*grad(x + mu)/sqrt(s)"),
    direction="g_tilde",
    state=("s",),
)
NESTED = rule("x = x - lr*grad(x - mu*grad(x))", direction="g_tilde")


def valley(x):
    """The gradient of 0.1 x1^2 + 2 x2^2 by hand."""
    return 0.2 * x[0], 4 * x[1]


def loop(step, count=6):
    """Points, and the gradients' points and values by name, of a rule written out by hand.

    ``step(x, kept)`` answers the new point and what was taken, as {name: point}.
    """
    x: tuple[float, ...] = (-5.0, -2.0)
    kept: dict[str, tuple[float, ...]] = {}
    points, taken = [x], []
    for _ in range(count):
        x, places = step(x, kept)
        points.append(x)
        taken.append({name: (place, valley(place)) for name, place in places.items()})
    return points, taken


def by_axis(function, *pairs):
    return tuple(function(*values) for values in zip(*pairs, strict=True))


def textbook(name):
    def step(x, kept):
        b = kept.get("b", (0.0, 0.0))
        y = by_axis(lambda x, b: x + MU * b, x, b)
        kept["b"] = b = by_axis(lambda b, h: MU * b - LR * h, b, valley(y))
        return by_axis(lambda x, b: x + b, x, b), {name: y}

    return step


def aside(x, kept):
    b = kept.get("b", (0.0, 0.0))
    y = by_axis(lambda x, b: x - MU * b, x, b)
    x = by_axis(lambda x, g: x - LR * g, x, valley(y))
    kept["b"] = by_axis(lambda b, g: MU * b + LR * g, b, valley(x))
    return x, {"g": y, "g_tilde": x}


def extra(x, _):
    y = by_axis(lambda x, g: x - LR * g, x, valley(x))
    return by_axis(lambda x, g: x - LR * g, x, valley(y)), {"g": x, "g_tilde": y}


def sharp(x, _):
    y = by_axis(lambda x, g: x + MU * g / sqrt(g**2 + 1), x, valley(x))
    return by_axis(lambda x, g: x - LR * g, x, valley(y)), {"g": x, "g_tilde": y}


def past(x, kept):
    p = kept.get("p", (0.0, 0.0))
    kept["p"] = x
    new = by_axis(lambda x, g, h: x - LR * (2 * g - h), x, valley(x), valley(p))
    return new, {"g": x, "g_tilde": p}


def scaled(x, kept):
    s = kept.get("s", (0.0, 0.0))
    kept["s"] = s = by_axis(lambda s, g: MU * s + g**2, s, valley(x))
    y = by_axis(lambda x: x + MU, x)
    return by_axis(lambda x, g, s: x - LR * g / sqrt(s), x, valley(y), s), {"g": x, "g_tilde": y}


def nested(x, _):
    y = by_axis(lambda x, g: x - MU * g, x, valley(x))
    return by_axis(lambda x, g: x - LR * g, x, valley(y)), {"g": x, "g_tilde": y}


BY_HAND = {
    "textbook": (TEXTBOOK, textbook("h")),
    "inside a line": (INSIDE, textbook("g")),
    "aside and at the new point": (ASIDE, aside),
    "two of them": (EXTRA, extra),
    "sharpness": (SHARP, sharp),
    "at the past point": (PAST, past),
    "g for the state alone": (SCALED, scaled),
    "one inside the other": (NESTED, nested),
}


@pytest.mark.parametrize(("own", "step"), BY_HAND.values(), ids=BY_HAND)
def test_gradients_are_those_of_the_rule_written_out_by_hand(own, step):
    points, taken = loop(step)
    path = run(own, "valley", (-5, -2), 6)
    np.testing.assert_allclose(path.points, points, rtol=1e-12, atol=1e-15)
    assert [each.name for each in own.taken] == list(path.taken) == list(taken[0])
    for name, found in path.taken.items():
        places, values = zip(*(each[name] for each in taken), strict=True)
        np.testing.assert_allclose(found.points, places, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(found.values, values, rtol=1e-12, atol=1e-15)
        assert not found.points.flags.writeable
        np.testing.assert_array_equal(path.values_of(name), found.values)


@pytest.mark.parametrize(("own", "step"), BY_HAND.values(), ids=BY_HAND)
def test_a_batch_keeps_the_gradients_of_each_of_its_runs(own, step):
    batch = run(own, "rosenbrock", [(-1, 1), (0.5, 2)], 4, lr=[0.001, 0.01])
    for index, (start, lr) in enumerate((((-1, 1), 0.001), ((0.5, 2), 0.01))):
        single = run(own, "rosenbrock", start, 4, lr=lr)
        for name, found in single.taken.items():
            member = batch.member(index).taken[name]
            np.testing.assert_allclose(member.points, found.points, rtol=1e-12)
            np.testing.assert_allclose(member.values, found.values, rtol=1e-9, atol=1e-12)


def test_the_textbook_form_looks_ahead_to_the_points_of_the_form_of_the_libraries():
    """Sutskever and others (2013): with c = -b / lr, y moves by -lr (h + mu c)."""
    own = rule("c = mu*c + g", "d = g + mu*c", "x = x - lr*d", direction="d", state=("c",))
    ours = run(TEXTBOOK, "rosenbrock", (-1, 1), 40, lr=0.001)
    theirs = run(own, "rosenbrock", (-1, 1), 40, lr=0.001)
    np.testing.assert_allclose(ours.taken["h"].points, theirs.points[:-1], rtol=1e-10)


def test_a_gradient_at_the_point_is_the_usual_one_however_it_is_written():
    written = [
        rule("x = x - lr*g"),
        rule("x = x - lr*grad(x)"),
        rule("h = grad(x)", "x = x - lr*h", direction="h"),
        rule("h = grad(x)", "x = x - lr*(h + g)/2", direction="h"),
    ]
    assert [[each.name for each in own.taken] for own in written] == [["g"], ["g"], ["h"], ["g"]]
    paths = [run(own, "beale", (1, 2), 20, lr=0.01) for own in written]
    for path in paths:
        np.testing.assert_allclose(path.points, paths[0].points, rtol=1e-12)
        np.testing.assert_array_equal(path.gradients, path.objective.gradient(path.points[:-1]))


def test_the_same_gradient_is_taken_once():
    own = rule(
        *("s = mu*s + grad(x + mu*b)**2", "b = mu*b - lr*grad(x + mu*b)/sqrt(s)", "x = x + b"),
        direction="b",
        state=("s", "b"),
    )
    assert [row.name for row in own.rows] == ["g", "s", "b", "x"]
    assert [row.typst.replace("{{ ", "").split(" ")[0] for row in own.row_equations] == [
        *("g_t", "s_t", "b_t", "x_t"),
    ]


def test_names_of_the_rule_are_left_to_it():
    own = rule(
        *("g_tilde = lr*g", "y = x - g_tilde", "x = x - lr*(grad(y) + grad(2*y) + grad(3*y))"),
        direction="g_bar",
    )
    assert [each.name for each in own.taken] == ["g", "g_bar", "g_hat", "g_a"]


@pytest.mark.parametrize(
    ("own", "columns"),
    [
        (TEXTBOOK, ["h1", "h2", "y1", "y2", "b1", "b2"]),
        (INSIDE, ["g1", "g2", "b1", "b2"]),
        (EXTRA, ["g1", "g2", "g_tilde1", "g_tilde2", "y1", "y2"]),
    ],
)
def test_the_table_has_the_gradients_which_the_steps_used_and_no_other(own, columns):
    path = run(own, "valley", (-5, -2), 3)
    header, _, *rows = table(path)
    assert list(header[4:-2]) == columns
    name, axis = columns[0][:-1], 1
    for row, point in zip(rows, path.taken[name].points, strict=True):
        assert row[header.index(columns[axis])] == 4 * point[1]


def texts(pair):
    return [each.typst.replace("{{ ", "").split(" }}")[0] for each in pair]


def test_a_worked_gradient_is_that_of_the_point_that_is_used():
    path = run(TEXTBOOK, "valley", (-5, -2), 2)
    first = worked(path, 2)
    assert [pair[0].result_text for pair in first] == ["-4.85", "-0.97", "0.147", "-4.753"]
    assert "4.85 : y1" in first[1][0].typst
    inside = worked(run(INSIDE, "valley", (-5, -2), 2), 2)
    assert [pair[0].result_text for pair in inside] == ["-0.97", "0.147", "-4.753"]
    assert "x1" not in inside[0][0].typst, "the number is not that of the point"
    assert texts(inside[0]) == ["g_(2 comma 1) : g", "g_(2 comma 2) : g"]


def test_a_listing_takes_no_gradient_that_is_not_read():
    code = listing(TEXTBOOK, objective("valley"), (-5, -2), 3, {})
    assert "    g = grad(x)\n" not in code
    assert "    y = x + mu * b\n    h = grad(y)\n" in code
    assert "    g = grad(x)\n    y" in listing(EXTRA, objective("valley"), (-5, -2), 3, {})


def test_a_gradient_that_no_step_takes_ends_no_run():
    """Of sqrt(x1) there is no slope at 0, from where the look-ahead goes away at once."""
    away = run(rule("x = x + lr*grad(x + 1)"), "sqrt(x1) + x2**2", (0, 1), 1)
    assert away.stopped is None
    np.testing.assert_allclose(away.points[1], (0.05, 1.4))
    usual = run(rule("x = x + lr*g"), "sqrt(x1) + x2**2", (0, 1), 1)
    assert usual.outcome is Outcome.DIVERGED


def test_the_effective_step_multiplies_a_gradient_inside_a_line():
    path = run(ASIDE, "valley", (-5, -2), 5)
    np.testing.assert_array_equal(path.effective, np.full((5, 2), LR))
    moved = -path.effective * path.direction
    np.testing.assert_allclose(np.diff(path.points, axis=0), moved, rtol=1e-12, atol=1e-15)


def test_a_direction_that_is_none_is_told_with_the_nearest():
    with pytest.raises(UserError, match="did you mean 'g_tilde'"):
        rule("y = x - lr*g", "x = x - lr*grad(y)", direction="g_tild")


def test_a_rule_without_any_gradient_has_none():
    own = rule("d = x", "x = x - lr*d", direction="d")
    path = run(own, "bowl", (1, 2), 2)
    assert path.taken == {}
    assert len(worked(path, 1)) == 2
    assert path.gradients[0].tolist() == [2, 4]
