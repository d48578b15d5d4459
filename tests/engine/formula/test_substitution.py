"""Lines worked out in numbers: as they are worked by hand, and worked out again in other ways."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import run
from engine.formula import parse_program, substitution, typst
from engine.formula.nodes import Binary, Call, Name, Number, Quantity, Unary
from engine.formula.substitution import shown
from engine.worked import worked


def valley(optimizer, **hyper):
    return run(optimizer, "valley", (-5.0, -2.0), 6, **hyper)


def bare(text):
    """Typst without labels and spare blanks."""
    while "{{" in text:
        before, _, rest = text.rpartition("{{ ")
        inside, _, after = rest.partition(" }}")
        text = before + inside.rpartition(" : ")[0] + after
    return " ".join(text.replace("dot.op", "·").split())


def written(trajectory, step):
    return [tuple(bare(line.typst) for line in pair) for pair in worked(trajectory, step)]


def line_of(formula, values, coordinate=0, step=3, state=("s",), hyper=("a",)):
    """The first line of a rule in numbers."""
    program = parse_program(formula, state=state, hyper=hyper)
    return substitution(program.lines[0], step, values, coordinate)


def test_a_line_as_it_would_stand_on_the_board():
    rule = "s = a * s + (1 - a) * g**2\nx = x - g"
    values = {("a", None): 0.9, ("s", -1): 1.44, ("g", 0): -0.9, ("s", 0): 0.9 * 1.44 + 0.1 * 0.81}
    line = line_of(rule, values)
    assert bare(line.typst) == "s_(3 comma 1) = 0.9 · 1.44 + (1 - 0.9) · (- 0.9)^2 = 1.377"
    assert line.result_text == "1.377"
    assert line.summands == pytest.approx((1.296, 0.081))


def test_adagrads_first_steps_on_the_valley():
    trajectory = valley("adagrad", lr=0.4)
    assert written(trajectory, 1) == [
        ("g_(1 comma 1) = 0.2 · (- 5) = - 1", "g_(1 comma 2) = 4 · (- 2) = - 8"),
        ("s_(1 comma 1) = 0 + (- 1)^2 = 1", "s_(1 comma 2) = 0 + (- 8)^2 = 64"),
        (
            "x_(1 comma 1) = - 5 - frac(0.4, sqrt(1 + 10^(- 6))) · (- 1) = - 4.6",
            "x_(1 comma 2) = - 2 - frac(0.4, sqrt(64 + 10^(- 6))) · (- 8) = - 1.6",
        ),
    ]
    assert written(trajectory, 2)[1] == (
        "s_(2 comma 1) = 1 + (- 0.92)^2 = 1.846",
        "s_(2 comma 2) = 64 + (- 6.4)^2 = 105",
    )


def test_adams_correction_keeps_its_powers():
    trajectory = valley("adam", lr=0.5)
    assert (
        written(trajectory, 3)[3][0]
        == "hat(m)_(3 comma 1) = frac(- 0.24204, 1 - 0.9^3) = - 0.89314"
    )
    assert written(trajectory, 2)[4][1] == "hat(v)_(2 comma 2) = frac(0.09994, 1 - 0.999^2) = 49.99"


def test_tiny_numbers_have_powers_of_ten_in_parentheses_where_they_are_multiplied():
    trajectory = valley("adadelta")
    assert written(trajectory, 3)[3][0].startswith(
        "u_(3 comma 1) = 0.9 · (1.95 · 10^(- 6)) + (1 - 0.9) · ("
    )


def test_where_the_rounded_numbers_give_another_result_no_equals_sign_stands():
    values = {("a", None): 1000.0, ("s", -1): 1.00123456, ("s", 0): 1.23456, ("g", 0): 0.0}
    line = line_of("s = a * s - a\nx = x - g", values)
    assert not line.reproduced
    assert bare(line.typst) == "s_(3 comma 1) = 1000 · 1.001 - 1000 approx 1.235"


def test_one_more_digit_is_shown_where_it_makes_the_line_work_out():
    values = {("a", None): 3.0, ("s", -1): 0.33348, ("g", 0): 0.0, ("s", 0): 1.00044}
    line = line_of("s = a * s\nx = x - g", values)
    assert line.reproduced
    assert bare(line.typst) == "s_(3 comma 1) = 3 · 0.33348 = 1.0004"


def test_functions_and_the_gradient_elsewhere_are_worked_out():
    program = parse_program(
        "b = mu * b + grad(x - mu * b)\nx = x - mu * maximum(abs(b), pi) * exp(-t)",
        state=("b",),
        hyper=("mu",),
    )
    values = {
        ("mu", None): 0.5,
        ("t", None): 2.0,
        ("b", -1): np.array([1.0, -4.0]),
        ("x", -1): np.array([2.0, 3.0]),
        ("b", 0): np.array([3.5, 8.0]),
        ("x", 0): np.array([2.0 - 0.5 * 3.5 * math.exp(-2), 3.0 - 0.5 * 8.0 * math.exp(-2)]),
        "grad": lambda point: 2 * point,
    }
    first, second = program.lines
    assert bare(substitution(first, 2, values, 0).typst) == "b_(2 comma 1) = 0.5 · 1 + 3 = 3.5"
    assert bare(substitution(first, 2, values, 1).typst) == "b_(2 comma 2) = 0.5 · (- 4) + 10 = 8"
    assert bare(substitution(second, 2, values, 0).typst) == (
        'x_(2 comma 1) = 2 - 0.5 · op("max") (abs(3.5) comma π) · op("exp") (- 2) = 1.763'
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-5.0, "-5"),
        (1.4400001, "1.44"),
        (0.00099999, "0.001"),
        (0.00012345, "1.23e-4"),
        (-1e-6, "-1e-6"),
        (64213.4, "64213"),
        (123456.0, "1.23e5"),
        (99999.9, "1e5"),
    ],
)
def test_four_digits(value, text):
    assert shown(value, 4) == text


# What follows works the lines out again by Python's own arithmetic.


FUNCTIONS: dict[str, Callable[..., float]]
FUNCTIONS = {"sqrt": math.sqrt, "abs": abs, "exp": math.exp, "maximum": max}


def again(node):
    """The value of a formula in numbers, worked out in plain Python."""
    match node:
        case Number(_, text):
            return float(text)
        case Name("pi"):
            return math.pi
        case Unary(operand):
            return -again(operand)
        case Binary(operator, left, right):
            a, b = again(left), again(right)
            return {
                "+": lambda: a + b,
                "-": lambda: a - b,
                "*": lambda: a * b,
                "/": lambda: a / b,
                "**": lambda: a**b,
            }[operator]()
        case Call(name, arguments):
            return FUNCTIONS[name](*map(again, arguments))
    raise AssertionError(node)


def unit(text):
    """The worth of the last digit of a number."""
    mantissa, _, exponent = text.partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))


def quantities(node):
    if isinstance(node, Quantity):
        return [node]
    parts = getattr(node, "arguments", None) or [
        getattr(node, name) for name in ("operand", "left", "right") if hasattr(node, name)
    ]
    return [found for part in parts for found in quantities(part)]


RULES = st.sampled_from(["sgd", "momentum", "adagrad", "rmsprop", "adadelta", "adam"])
COORDINATES = st.floats(-4, 4).map(lambda value: round(value, 4))


@given(RULES, COORDINATES, COORDINATES, st.integers(1, 6), st.sampled_from(["valley", "beale"]))
def test_an_equals_sign_stands_only_where_the_numbers_shown_give_the_result_shown(
    rule, x1, x2, step, objective
):
    trajectory = run(rule, objective, (x1, x2), 6)
    assume(trajectory.steps >= step)
    names = ["g", *(line.target.id for line in trajectory.optimizer.program.lines)]
    for name, pair in zip(names, worked(trajectory, step), strict=True):
        values = trajectory.gradients if name == "g" else trajectory.terms[name]
        for coordinate, line in enumerate(pair):
            true = float(values[step - 1, coordinate])
            places = unit(line.result_text)
            assert abs(float(line.result_text) - true) <= max(places, 1e-4 * abs(true)) * 0.5001
            assert sum(line.summands) == pytest.approx(true, rel=1e-9, abs=1e-12)
            if line.reproduced:
                value = again(line.expression)
                grain = max(unit(shown(value, 4)), abs(value) * 1e-3)
                assert abs(value - float(line.result_text)) <= grain
                assert shown(value, 4) == line.result_text or shown(value, 5) == line.result_text


@given(RULES, COORDINATES, COORDINATES)
def test_terms_are_the_runs_own_numbers_rounded(rule, x1, x2):
    trajectory = run(rule, "valley", (x1, x2), 2)
    assume(trajectory.steps == 2)
    for line, pair in zip(
        trajectory.optimizer.program.lines, worked(trajectory, 2)[1:], strict=True
    ):
        for coordinate, worked_line in enumerate(pair):
            for found in quantities(worked_line.expression):
                true = {
                    "x": trajectory.points[1, coordinate],
                    "g": trajectory.gradients[1, coordinate],
                }
                known = {
                    float(trajectory.terms[n][at, coordinate])
                    for n in trajectory.terms
                    for at in (0, 1)
                    if n == found.name
                }
                known |= {float(true[found.name])} if found.name in true else set()
                assert any(abs(found.value - v) <= 6e-3 * abs(v) + 1e-300 for v in known), line
                assert found.text == shown(found.value, 5)


def test_a_step_the_run_has_not_made_is_refused():
    trajectory = valley("sgd", lr=0.1)
    for step in (0, 7):
        with pytest.raises(IndexError, match="6 steps"):
            worked(trajectory, step)


def test_labels_of_numbers_are_those_of_their_terms():
    line = worked(valley("momentum"), 2)[1][0]
    assert "{{ - 1 : b }}" in typst(line.value)
    assert "{{ - 0.99 : g }}" in typst(line.value)


def test_where_a_derivative_has_no_value_only_what_was_taken_stands():
    cone = run("sgd", "sqrt(x1**2+x2**2)", (1, 0), 4, lr=0.5)
    assert written(cone, 1)[0][0] == "g_(1 comma 1) = frac(1, sqrt(1^2 + 0^2)) = 1"
    assert written(cone, 3)[0] == ("g_(3 comma 1) = 0", "g_(3 comma 2) = 0")
    steeper = run("sgd", "abs(x1)+2*maximum(x1,0)+x2**2", (0, 1), 1, lr=0.5)
    assert written(steeper, 1)[0] == ("g_(1 comma 1) = 0", "g_(1 comma 2) = 2 · 1 = 2")
    for line in worked(cone, 3)[0]:
        assert line.summands == (0.0,)
        assert line.reproduced
        assert line.typst_short == line.typst


def test_lines_with_the_functions_of_the_vocabulary_are_worked_out():
    values = {("s", -1): 1.5, ("g", 0): -0.5, ("a", None): 2.0}
    rule = "s = tanh(s) * sigmoid(a * g) + floor(s) - log1p(abs(g)) + expm1(g) * softplus(s)"
    result = math.tanh(1.5) / (1 + math.e) + 1 - math.log(1.5)
    result += math.expm1(-0.5) * math.log(1 + math.exp(1.5))
    line = line_of(f"{rule}\nx = x - g", values | {("s", 0): result})
    assert line.reproduced
    assert bare(line.typst) == (
        's_(3 comma 1) = op("tanh") (1.5) · op("sigmoid") (2 · (- 0.5)) + floor(1.5) '
        '- op("log") (1 + abs(- 0.5)) + (op("exp") (- 0.5) - 1) · op("softplus") (1.5) '
        f"= {line.result_text.replace('-', '- ')}"
    )
