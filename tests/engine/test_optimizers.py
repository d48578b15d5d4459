"""The catalog of optimizers against paths that were computed elsewhere."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from engine import OPTIMIZERS, UserError, optimizer, run
from tests.engine.kernels import KERNELS

DATA = Path(__file__).parents[1] / "data"
NOTEBOOK = json.loads((DATA / "trajectories.json").read_text(encoding="utf-8"))
LIBRARIES = json.loads((DATA / "libraries.json").read_text(encoding="utf-8"))


def label(case):
    return f"{case.get('library', '')} {case['optimizer']} {case['hyper']}".strip()


@pytest.mark.parametrize("case", NOTEBOOK["cases"], ids=label)
def test_the_notebooks_paths_are_met(case):
    path = run(
        case["optimizer"], NOTEBOOK["objective"], NOTEBOOK["start"], case["steps"], **case["hyper"]
    )
    np.testing.assert_allclose(path.points, case["points"], rtol=1e-12, atol=0)


@pytest.mark.parametrize("case", LIBRARIES["cases"], ids=label)
def test_the_libraries_paths_are_met(case):
    path = run(case["optimizer"], case["objective"], case["start"], 40, **case["hyper"])
    for step, point in case["points"].items():
        np.testing.assert_allclose(path.points[int(step)], point, rtol=1e-12, atol=1e-300)


def valley_gradient(x):
    return 0.2 * x[0], 4 * x[1]


def himmelblau_gradient(x):
    a, b = x[0] ** 2 + x[1] - 11, x[0] + x[1] ** 2 - 7
    return 4 * x[0] * a + 2 * b, 2 * a + 4 * x[1] * b


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize(
    ("objective", "gradient", "start", "lr"),
    [
        ("valley", valley_gradient, (-5.0, -2.0), 0.3),
        ("himmelblau", himmelblau_gradient, (-0.15, 0.67), 0.003),
    ],
)
def test_the_rules_agree_with_kernels_written_by_hand(name, objective, gradient, start, lr):
    path = run(name, objective, start, 60, lr=lr)
    expected = list(KERNELS[name](gradient, start, 60, **path.hyper))
    np.testing.assert_allclose(path.points[1:], expected, rtol=1e-10, atol=1e-14)


def test_every_optimizer_has_a_kernel_to_be_checked_against():
    assert set(KERNELS) == set(OPTIMIZERS)


def test_sgd_on_a_quadratic_is_its_closed_form():
    path = run("sgd", "valley", (-5, -2), 40, lr=0.15)
    t = np.arange(41)
    closed = np.stack([-5 * (1 - 0.15 * 0.2) ** t, -2 * (1 - 0.15 * 4) ** t], axis=1)
    np.testing.assert_allclose(path.points, closed, rtol=1e-13)


ROOT = math.sqrt


@pytest.mark.parametrize(
    ("name", "hyper", "terms", "first"),
    [
        # The gradient of the valley at (-5, -2) is (-1, -8).
        ("sgd", {"lr": 0.1}, {}, (-4.9, -1.2)),
        ("momentum", {"lr": 0.1, "momentum": 0.9}, {"b": (-1, -8)}, (-4.9, -1.2)),
        ("adagrad", {"lr": 0.4, "eps": 0}, {"s": (1, 64)}, (-4.6, -1.6)),
        ("rmsprop", {"lr": 0.1, "gamma": 0.75, "eps": 0}, {"s": (0.25, 16)}, (-4.8, -1.8)),
        (
            "adadelta",
            {"lr": 1, "rho": 0.75, "eps": 1e-6},
            {"s": (0.25, 16), "d": (-1e-3 / ROOT(0.250001), -8e-3 / ROOT(16.000001))},
            (-5 + 1e-3 / ROOT(0.250001), -2 + 8e-3 / ROOT(16.000001)),
        ),
        (
            "adam",
            {"lr": 0.1, "beta1": 0.5, "beta2": 0.75, "eps": 0},
            {"m": (-0.5, -4), "v": (0.25, 16), "m_hat": (-1, -8), "v_hat": (1, 64)},
            (-4.9, -1.9),
        ),
    ],
)
def test_the_first_step_is_the_one_computed_by_hand(name, hyper, terms, first):
    path = run(name, "valley", (-5, -2), 1, **hyper)
    np.testing.assert_array_equal(path.gradients[0], (-1, -8))
    for term, value in terms.items():
        np.testing.assert_allclose(path.terms[term][0], value, rtol=1e-14)
    np.testing.assert_allclose(path.points[1], first, rtol=1e-14)


def test_adam_without_memory_of_its_start_would_begin_smaller():
    path = run("adam", "valley", steps=1)
    np.testing.assert_allclose(path.terms["m"][0], 0.1 * path.gradients[0])
    np.testing.assert_allclose(path.terms["m_hat"][0], path.gradients[0])


@pytest.mark.parametrize("entry", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_a_declaration_is_complete(entry):
    assert entry.summary.endswith(".")
    assert entry.reference is not None
    assert entry.reference.url.startswith("https://")
    assert all(hyper.low <= hyper.default <= hyper.high for hyper in entry.hyper)
    assert all(hyper.doc for hyper in entry.hyper)
    assert all(entry.role(term) for term in entry.terms)
    assert [e.target for e in entry.equations] == list(entry.terms)
    assert hash(entry) == hash(optimizer(entry.name))


def test_an_unknown_name_is_answered_with_the_nearest():
    with pytest.raises(UserError, match=r"unknown optimizer 'adagard' \(did you mean 'adagrad'"):
        optimizer("adagard")
    with pytest.raises(UserError, match=r"no hyper-parameter 'beta' \(did you mean 'beta"):
        run("adam", "valley", beta=0.5)


@pytest.mark.parametrize("value", ["fast", None, True, math.nan, math.inf, 1j])
def test_a_hyper_parameter_must_be_a_finite_number(value):
    with pytest.raises(UserError, match="lr: expected a finite number, found"):
        optimizer("sgd").hyper_values(lr=value)
