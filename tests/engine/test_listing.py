"""Listings run as printed and print what the engine computes."""

import subprocess
import sys

import numpy as np
import pytest

from engine import OBJECTIVES, OPTIMIZERS, Hyper, Optimizer, State, UserError, objective, run
from engine.listing import listing
from tests.engine.rules import MULTIPLES


def printed_numbers(script, folder):
    path = folder / "listing.py"
    path.write_text(script, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-W", "error", str(path)], capture_output=True, text=True, check=True
    )
    point, loss = result.stdout.splitlines()
    numbers = point.removeprefix("end point: [").removesuffix("]").split(", ")
    return [float(number) for number in numbers], float(loss.removeprefix("loss: "))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_listing_prints_the_same_end_point(name, tmp_path):
    rule, start, hyper = OPTIMIZERS[name], (-4.5, 1.25), {"lr": 0.07}
    path = run(rule, "valley", start, 40, **hyper)
    point, loss = printed_numbers(listing(rule, OBJECTIVES["valley"], start, 40, hyper), tmp_path)
    # A power such as beta1**t may differ in its last bit between Python and NumPy.
    exact = 1e-13 if name == "adam" else 0
    assert point == pytest.approx(path.points[-1].tolist(), rel=exact, abs=0)
    assert loss == pytest.approx(float(path.losses[-1]), rel=exact, abs=0)


def test_a_listing_writes_any_objective_and_state(tmp_path):
    rule = Optimizer(
        name="own",
        title="Own",
        formula="b = mu * b - lr * grad(x + mu * b) / t\nx = x + b",
        hyper=(Hyper("lr", 0.01, 0, 1, 0.01), Hyper("mu", 0.5, 0, 1, 0.01)),
        state=(State("b", initial=0.25),),
        direction="b",
    )
    field = objective("exp(x1 / 4) + maximum(x2, 1)**3 + pi * abs(x1 - x2)")
    path = run(rule, field, (1, 2), 30)
    point, loss = printed_numbers(listing(rule, field, (1, 2), 30, {}), tmp_path)
    np.testing.assert_allclose(point, path.points[-1], rtol=1e-12)
    assert loss == pytest.approx(path.losses[-1], rel=1e-12)


SCHWEFEL = "418.9829*2 - x1*sin(sqrt(abs(x1))) - x2*sin(sqrt(abs(x2)))"
ACKLEY = "20 + exp(1) - 20*exp(-0.2*sqrt(0.5*(x1**2+x2**2))) - exp(0.5*(cos(2*pi*x1)+cos(2*pi*x2)))"


@pytest.mark.parametrize(
    ("formula", "start", "lr"),
    [
        ("sqrt(x1**2+x2**2)", (1, 0), 0.5),
        (ACKLEY, (0, 0), 0.5),
        (SCHWEFEL, (100, 0), 0.1),
        ("(1/(1+exp(-300*x1))-1)**2 + x2**2", (-3, 1), 0.1),
        ("log(1+exp(-50*x1)) + x2**2", (-20, 1), 0.1),
        ("abs(x1)+2*maximum(x1,0)+x2**2", (0, 1), 0.1),
        ("sqrt(abs(x2))+x1**2", (-5, 0), 0.1),
        ("(exp(x1)-1)/x1+x2**2", (0, 2), 0.1),
        ("sin(x1)/x1+x2**2", (0, 2), 0.1),
        ("x1**2*log(x1**2)+x2**2", (0, 2), 0.1),
        ("x1**2/(1+x1**2)+x2**2", (1e200, 1), 0.1),
        ("sqrt(1+exp(2*x1))+x2**2", (400, 1), 1e-180),
        ("log(exp(50*x1)+exp(50*x2)+exp(-50*x1)+1)", (20, 3), 0.01),
        ("tanh(x1)+x2**2", (400, 1), 0.1),
    ],
)
def test_a_listing_goes_on_where_numpy_alone_would_not(formula, start, lr, tmp_path):
    """It runs without a warning and ends where the run does."""
    rule, field = OPTIMIZERS["sgd"], objective(formula)
    path = run(rule, field, start, 6, lr=lr)
    assert path.steps == 6
    point, loss = printed_numbers(listing(rule, field, start, 6, {"lr": lr}), tmp_path)
    np.testing.assert_allclose(point, path.points[-1], rtol=1e-13)
    assert loss == pytest.approx(path.losses[-1], rel=1e-13, abs=1e-15)


def test_a_listing_says_what_it_takes_at_a_kink():
    rule, field = OPTIMIZERS["sgd"], objective("sqrt(x1**2 + x2**2)")
    script = listing(rule, field, (1, 0), 6, {"lr": 0.5})
    assert (
        "    # At this kink the gradient has no value; a subgradient is taken.\n"
        "    if x1 == 0.0 and x2 == 0.0:\n"
        "        g[0] = 0.0\n"
        "        g[1] = 0.0\n"
        "    return g\n"
    ) in script
    assert "kink" not in listing(rule, field, (1, 0), 6, {"lr": 0.3})
    on_the_axis = listing(rule, objective("sqrt(abs(x2))+x1**2"), (-5, 0), 6, {})
    assert "is taken.\n    if x2 == 0.0:\n        g[1] = 0.0\n" in on_the_axis


def test_a_listing_says_where_numpy_cannot_follow():
    field = objective("sqrt(1+exp(2*x1)+exp(2*x2)+exp(x1)+x2)")
    script = listing(OPTIMIZERS["sgd"], field, (400, 1), 12, {"lr": 1e-175})
    assert "NumPy leaves the range of its numbers" in script
    compile(script, "listing", "exec")


def test_a_listing_prints_the_functions_that_numpy_lacks():
    script = listing(OPTIMIZERS["sgd"], objective("softplus(x1) + x2**2"), (1, 1), 5, {})
    assert "def softplus(a):" in script
    assert "def sigmoid(a):" in script
    assert "def sigmoid" not in listing(OPTIMIZERS["sgd"], OBJECTIVES["bowl"], (1, 1), 5, {})


def test_a_listing_reads_like_code_for_a_student():
    script = listing(OPTIMIZERS["adagrad"], OBJECTIVES["valley"], (-5, -2), 50, {"lr": 0.4})
    assert (
        script
        == '''\
"""AdaGrad on 0.1*x1**2 + 2*x2**2."""

import numpy as np

lr = 0.4
eps = 1e-06


def loss(x):
    x1, x2 = x
    return 0.1 * x1**2 + 2 * x2**2


def grad(x):
    x1, x2 = x
    return np.array([0.2 * x1, 4 * x2])


x = np.array([-5.0, -2.0])
s = np.zeros(2)
for t in range(1, 51):
    g = grad(x)
    s = s + g**2
    x = x - lr / np.sqrt(s + eps) * g

print("end point:", x.tolist())
print("loss:", loss(x))
'''
    )


def test_a_mistake_is_told():
    rule, field = OPTIMIZERS["sgd"], OBJECTIVES["bowl"]
    with pytest.raises(UserError, match="steps"):
        listing(rule, field, (0, 0), 0, {})
    with pytest.raises(UserError, match="no hyper-parameter 'rate'"):
        listing(rule, field, (0, 0), 5, {"rate": 1})


@pytest.mark.parametrize(
    ("field", "start", "lr"), [("valley", (-5, -2), 0.05), ("rosenbrock", (-1.2, 1), 2e-4)]
)
def test_a_listing_starts_a_state_at_the_point(field, start, lr, tmp_path):
    heavy = MULTIPLES["heavy ball by its step"][0]
    script = listing(heavy, OBJECTIVES[field], start, 60, {"lr": lr})
    assert "\np = x.copy()\nfor t in" in script
    point, loss = printed_numbers(script, tmp_path)
    momentum = run("momentum", field, start, 60, lr=lr, momentum=0.9)
    np.testing.assert_allclose(point, momentum.points[-1], rtol=1e-12)
    assert loss == pytest.approx(momentum.losses[-1], rel=1e-12)
