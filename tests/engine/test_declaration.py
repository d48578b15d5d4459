"""Optimizers that a course declares itself, and the mistakes in such a declaration."""

import math
import re
from typing import Any

import numpy as np
import pytest

from engine import Hyper, Optimizer, State, UserError, optimizer, run
from engine.reading import spelled

SIGNUM: dict[str, Any] = {
    "name": "signum",
    "title": "Signum",
    "formula": "b = beta * b + (1 - beta) * g\nd = sign(b)\nx = x - lr * d",
    "state": {"b": 0.0},
    "roles": {"b": "first", "d": "step"},
    "direction": "d",
    "hyper": {
        "lr": {"default": 0.1, "low": 0, "high": 1, "step": 0.01, "doc": "learning rate"},
        "beta": {"default": 0.5, "low": 0, "high": 0.99, "step": 0.01},
    },
    "reference": {
        "authors": "Bernstein, Wang, Azizzadenesheli, Anandkumar",
        "year": 2018,
        "title": "signSGD",
        "url": "https://arxiv.org/abs/1802.04434",
    },
}


def test_a_declared_optimizer_runs():
    signum = Optimizer.from_table(SIGNUM)
    assert signum.defaults == {"lr": 0.1, "beta": 0.5}
    assert signum.reference is not None
    assert signum.reference.year == 2018
    path = run(signum, "valley", (-5, -2), 2)
    np.testing.assert_allclose(path.points, [(-5, -2), (-4.9, -1.9), (-4.8, -1.8)])
    np.testing.assert_array_equal(path.effective, np.full((2, 2), 0.1))
    assert optimizer("signum", catalog={"signum": signum}) is signum


def test_only_formula_and_name_are_required():
    plain = Optimizer.from_table({"name": "plain", "formula": "x = x - g / 8"})
    assert (plain.title, plain.hyper, plain.state, plain.reference) == ("plain", (), (), None)
    np.testing.assert_array_equal(run(plain, "bowl", (4, 8), 1).points[1], (3, 6))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"formual": "x"}, r"here: unknown key 'formual' \(did you mean 'formula'\?\)"),
        ({"formula": "x = x - rl * g"}, "unknown name 'rl'"),
        ({"formula": 5}, "here: formula: expected a text, found 5"),
        *(
            (
                {"state": {"b": value}},
                "here, state: b: expected a finite number or 'x', the start point, found "
                + re.escape(spelled(value)),
            )
            for value in ("zero", "X", "x1", "", [0.0, 0.0], True, math.inf, math.nan)
        ),
        ({"state": 3}, "here, state: expected a table, found 3"),
        ({"state": {"b": 0, "v": 0}}, "no line assigns 'v'"),
        ({"roles": {"b": "frist"}}, r"roles: 'frist' is not one of .* \(did you mean 'first'\?\)"),
        ({"roles": {"w": "first"}}, "roles: no line assigns 'w'"),
        ({"direction": "e"}, "direction: expected g or a term of the formula, found 'e'"),
        ({"direction": "g"}, "direction: the step of 'x' does not depend on 'g'"),
        ({"direction": "b"}, "direction: the step of 'x' is no multiple of 'b'"),
        (
            {"formula": "b = beta * b + g\nx = x - lr * sign(b)", "direction": "b", "roles": {}},
            "direction: the step of 'x' is no multiple of 'b'; .* 'd = sign\\(b\\)'",
        ),
        (
            {"formula": "b = beta * b + g\nx = x - lr * g ** 2", "direction": "g", "roles": {}},
            "direction: the step of 'x' is no multiple of 'g'",
        ),
        ({"hyper": {"lr": {"default": 1}}}, "here, hyper.lr: the key 'low' is missing"),
        ({"hyper": {"lr": 0.1}}, "here, hyper.lr: expected a table, found 0.1"),
        ({"hyper": [1]}, r"here: hyper: expected a table of tables, found \[1\]"),
        ({"reference": {"authors": "A"}}, "here, reference: the key 'year' is missing"),
        ({"name": "sign um"}, "here: name: expected a name of letters, digits, - and _"),
    ],
)
def test_a_mistake_in_a_declaration_is_told(change, expected):
    with pytest.raises(UserError, match=expected):
        Optimizer.from_table({**SIGNUM, **change}, where="here")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"low": 2}, r"low \(2\) must be below high \(1\)"),
        ({"step": 0}, r"step: expected a number above 0, found 0.0"),
        ({"scale": "cubic"}, "scale: expected 'linear' or 'log', found 'cubic'"),
        ({"scale": "log"}, r"low: expected a number above 0, found 0.0"),
        ({"defualt": 1}, r"unknown key 'defualt' \(did you mean 'default'\?\)"),
        ({"default": True}, "default: expected a finite number, found true"),
    ],
)
def test_a_mistake_in_a_hyper_parameter_is_told(change, expected):
    lr = {**SIGNUM["hyper"]["lr"], **change}
    with pytest.raises(UserError, match=f"here, hyper.lr: {expected}"):
        Optimizer.from_table({**SIGNUM, "hyper": {**SIGNUM["hyper"], "lr": lr}}, where="here")


@pytest.mark.parametrize("initial", ["y", "", math.inf, math.nan, None, True])
def test_a_state_starts_at_a_number_or_at_the_start(initial):
    with pytest.raises(UserError, match="'own': state: b: expected a finite number or 'x', the st"):
        Optimizer("own", "Own", "b = b + g\nx = x - b", (), (State("b", initial),))


def test_a_name_with_a_meaning_of_its_own_is_refused():
    for name in ("steps", "np", "loss", "step_over_g"):
        with pytest.raises(UserError, match=f"'{name}' has a meaning of its own"):
            Optimizer("own", "Own", f"x = x - {name} * g", hyper=(Hyper(name, 1, 0, 2, 1),))
    with pytest.raises(UserError, match="'lr' already has a meaning"):
        Optimizer(
            "own",
            "Own",
            "lr = lr + 1\nx = x - lr * g",
            hyper=(Hyper("lr", 1, 0, 2, 1),),
            state=(State("lr"),),
        )
