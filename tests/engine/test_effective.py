"""The effective step: what multiplies the direction alone, or the step over the gradient."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import OPTIMIZERS, Optimizer, UserError, run
from engine.formula import numpy_source
from tests.engine.rules import MULTIPLES, NONE, rule

FIELDS = ("valley", "rosenbrock", "himmelblau")
START = (-1.3, 0.9)
MEMBERS = {**OPTIMIZERS, **{name: entry for name, (entry, _) in MULTIPLES.items()}}


def slopes(path, step):
    """How fast x falls with the direction in step ``step`` at three values of it, by differences.

    The lines are worked out again from their text; the state, other than what the direction is
    reached through, keeps what the run says it was.
    """
    optimizer, index = path.optimizer, step - 1
    state = {entry.name for entry in optimizer.state}
    env = {name: getattr(np, name) for name in ("sqrt", "abs", "sign", "maximum", "minimum")}
    env |= {"__builtins__": {}, "grad": path.objective.gradient, "t": step, **path.hyper}
    env |= {"x": path.points[index], "g": path.gradients[index]}
    for name in state:
        first = next(entry.initial for entry in optimizer.state if entry.name == name)
        begun = path.points[0] if first == "x" else np.full(2, first)
        env[name] = path.terms[name][index - 1] if index else begun
    free = state if optimizer.title == "lookahead" else set()

    names = [line.split("=")[0].strip() for line in optimizer.formula.splitlines()]
    assigned = optimizer.direction in names[: names.index("x")]

    def point(value):
        known = dict(env) if assigned else {**env, optimizer.direction: value}
        for line in optimizer.formula.splitlines():
            name, text = (part.strip() for part in line.split("=", 1))
            if name == "x":
                return eval(text, dict(known))
            held = path.terms[name][index] if name in state - free else eval(text, dict(known))
            known[name] = value if name == optimizer.direction else held
        raise AssertionError("no line for x")

    places = [np.full(2, value) for value in (-3.0, -0.5, 1.0, 4.0)]
    moved = [point(place) for place in places]
    pairs = pairwise(zip(places, moved, strict=True))
    return [(first - second) / (high - low) for (low, first), (high, second) in pairs]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("name", MEMBERS)
def test_the_effective_step_is_the_slope_in_the_direction_alone(name, field):
    path = run(replace(MEMBERS[name], title=name), field, START, 6, lr=0.002)
    for step in range(1, path.steps + 1):
        for slope in slopes(path, step):
            np.testing.assert_allclose(path.effective[step - 1], slope, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", MULTIPLES)
def test_the_effective_step_is_the_one_worked_out_by_hand(name):
    optimizer, expected = MULTIPLES[name]
    path = run(optimizer, "valley", START, 8)
    t = np.arange(1.0, 9)[:, np.newaxis]
    env = {**path.hyper, **path.terms, "t": t, "old": path.points[:-1], "sqrt": np.sqrt}
    value = np.broadcast_to(eval(expected, {"abs": np.abs}, env), (8, 2))
    np.testing.assert_allclose(path.effective, value, rtol=1e-14)


def test_nesterovs_two_coordinates_have_one_effective_step():
    # What stood there before were -0.8 and -0.26: with the other summand, whatever that was.
    text = "b = mu * b + g\nx = x - lr * g - lr * mu * b"
    path = run(rule(text, state={"b": 0}, lr=0.1, mu=0.9), "bowl", (-5, -2), 4)
    np.testing.assert_array_equal(path.effective, np.full((4, 2), 0.1))


@pytest.mark.parametrize("name", MULTIPLES)
def test_what_is_not_the_directions_share_is_the_rest(name):
    optimizer, _ = MULTIPLES[name]
    path = run(optimizer, "valley", START, 8)
    rest = np.diff(path.points, axis=0) + path.effective * path.direction
    assert optimizer.multiple is not None
    assert optimizer.multiple.alone == bool(np.abs(rest).max() < 1e-12)


def test_the_direction_is_read_where_the_update_reads_it():
    late = rule("x = x - lr*b\nb = mu*b + g", "b", state={"b": 0.5}, lr=0.1, mu=0.9)
    path = run(late, "valley", (-5, -2), 3)
    np.testing.assert_array_equal(path.direction[0], (0.5, 0.5))
    np.testing.assert_array_equal(path.direction[1:], path.terms["b"][:-1])
    np.testing.assert_allclose(-np.diff(path.points, axis=0), path.effective * path.direction)


@pytest.mark.parametrize("name", NONE)
def test_without_a_factor_the_step_is_divided_by_the_gradient(name):
    path = run(NONE[name], "valley", START, 8)
    assert NONE[name].multiple is None
    quotient = -np.diff(path.points, axis=0) / path.gradients
    np.testing.assert_allclose(path.effective, quotient, rtol=1e-15)
    np.testing.assert_array_equal(path.direction, path.gradients)


def test_extragradient_shortens_steep_steps():
    # On c x^2 the step is lr g (1 - 2 lr c).
    path = run(NONE["extragradient"], "valley", (-5, -2), 5, lr=0.1)
    np.testing.assert_allclose(path.effective, np.full((5, 2), (0.098, 0.06)), rtol=1e-12)


def test_where_the_gradient_is_0_nothing_is_divided():
    path = run(NONE["the sign"], "valley", (-5, 0), 3)
    np.testing.assert_allclose(path.effective[0, 0], 0.02, rtol=1e-12)
    assert np.isnan(path.effective[:, 1]).all()
    # A step without a gradient is no number either.
    batch = run(NONE["no gradient at all"], "x1**2", [(1, 3), (0, 2)], 2)
    assert np.isnan(batch.effective[:, :, 1]).all()
    np.testing.assert_allclose(batch.effective[:, 0, 0], 0.01)


def test_a_batch_has_the_effective_steps_of_its_runs():
    for optimizer in (MULTIPLES["heavy ball"][0], NONE["extragradient"], NONE["the sign"]):
        rates, starts = [0.01, 0.02, 0.05], [(-5, -2), (1, 0), (2, 3)]
        batch = run(optimizer, "valley", starts, 6, lr=rates)
        for index, (lr, start) in enumerate(zip(rates, starts, strict=True)):
            single = run(optimizer, "valley", start, 6, lr=lr)
            np.testing.assert_array_equal(batch.member(index).effective, single.effective)


@pytest.mark.parametrize("name", NONE)
def test_a_direction_that_was_asked_for_must_be_one(name):
    optimizer = NONE[name]
    table = {
        "name": "own",
        "formula": optimizer.formula,
        "state": {entry.name: entry.initial for entry in optimizer.state},
        "hyper": {
            entry.name: {"default": entry.default, "low": 0, "high": 1, "step": 0.1}
            for entry in optimizer.hyper
        },
    }
    assert Optimizer.from_table(table).multiple is None
    with pytest.raises(
        UserError, match=r"direction: the step of 'x' .* 'g'.* leave 'direction' out"
    ) as told:
        Optimizer.from_table({**table, "direction": "g"})
    assert "\n" not in str(told.value)


def test_a_gradient_that_comes_in_through_the_state_is_said_to():
    table = {"name": "own", "formula": "b = b + g\nx = x - 0.1 * b", "state": {"b": 0}}
    with pytest.raises(UserError, match="does not depend on 'g' but through the state; name a"):
        Optimizer.from_table({**table, "direction": "g"})
    np.testing.assert_allclose(
        run(Optimizer.from_table({**table, "direction": "b"}), "bowl", (1, 2), 3).effective, 0.1
    )


@pytest.mark.parametrize(
    ("text", "direction", "expected"),
    [
        ("d = sign(g)\nx = x - lr*maximum(d, 0)", "d", "no multiple of 'd'; .*'u = sign\\(d\\)'"),
        ("h = grad(x)\nx = x - lr*grad(x - h)", "h", "no multiple of 'h'"),
        ("h = grad(x)\nx = x - lr*h/(1 + h)", "h", "no multiple of 'h'"),
        ("h = grad(x)\nx = x - lr*h*h", "h", "no multiple of 'h'"),
        ("h = grad(x)\nx = x - lr**h", "h", "no multiple of 'h'"),
        ("h = grad(x)\nx = x - lr*g", "h", "does not depend on 'h'"),
        ("x = x - lr*g\nh = grad(x)", "h", "does not depend on 'h'"),
        ("h = grad(x)\nx = x - lr*g + 0*h", "h", "0 times 'h'"),
    ],
)
def test_a_direction_of_which_the_step_is_no_multiple_is_refused(text, direction, expected):
    with pytest.raises(UserError, match=f"optimizer 'own': direction: .*{expected}"):
        rule(text, direction, lr=0.1)


NUMBERS = st.floats(-4, 4).map(lambda value: round(value, 3))
OTHERS = ("x", "b", "lr", "t", "sign(x)", "sqrt(abs(b) + 1)", "maximum(x, b)", "grad(x + b)")


@st.composite
def lines(draw):
    """A line for x that is a multiple of g and something else, and Python for the factor."""
    text, factor = "g", "1.0"
    for _ in range(draw(st.integers(0, 5))):
        other = draw(st.sampled_from(OTHERS))
        text, factor = draw(
            st.sampled_from(
                [
                    (f"({text}) * {other}", f"({factor}) * {other}"),
                    (f"{other} * ({text})", f"{other} * ({factor})"),
                    (f"({text}) / (2 + abs({other}))", f"({factor}) / (2 + abs({other}))"),
                    (f"{other} - ({text})", f"-({factor})"),
                    (f"({text}) + {other}", f"({factor})"),
                    (f"-({text})", f"-({factor})"),
                ]
            )
        )
    rest = draw(st.sampled_from(OTHERS))
    return f"x - ({text}) * 0.01 + {rest} * 0.01", f"({factor}) * 0.01"


@given(lines(), NUMBERS, NUMBERS)
def test_any_sum_is_taken_apart(line, x1, b):
    text, factor = line
    optimizer = rule(f"b = b + 0*lr\nx = {text}", state={"b": b}, lr=0.3)
    path = run(optimizer, "bowl", (x1, 1.5), 1)
    x = path.points[0]
    env = {"x": x, "b": np.full(2, b), "lr": 0.3, "t": 1.0}
    calls = {name: getattr(np, name) for name in ("abs", "sign", "sqrt", "maximum")}
    expected = np.broadcast_to(eval(factor, {**calls, "grad": lambda y: 2 * y}, env), 2)
    if optimizer.multiple is None:  # the gradient, multiplied by 0 in writing
        pytest.fail(text)
    np.testing.assert_allclose(path.effective[0], expected, rtol=1e-12, atol=1e-14)


def test_a_rule_too_large_to_write_out_has_no_factor():
    doubling = "\n".join(f"a{n + 1} = a{n} + a{n}" for n in range(25))
    path = run(rule(f"a0 = g\n{doubling}\nx = x - a25 * 1e-9"), "bowl", (1, 2), 2)
    np.testing.assert_allclose(path.effective[0], 2**25 * 1e-9, rtol=1e-9)


def test_factors_are_written_as_they_stand_in_the_rule():
    written = {name: numpy_source(entry.effective) for name, (entry, _) in MULTIPLES.items()}
    assert written["quasi-hyperbolic"] == "lr * (1 - nu)"
    assert written["AdamW"] == "lr / (np.sqrt(v / (1 - beta2**t)) + eps)"
    assert written["heavy ball by its step"] == written["lookahead"] == "lr"
    assert math.isclose(float(written["lookahead, of its state"]), -1)
