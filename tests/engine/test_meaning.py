"""What a line is, told by its formula and not by the name or the role that was declared."""

import pytest

from engine import OPTIMIZERS, Hyper, Optimizer, State
from engine.meaning import Meaning, meaning

BUILT_IN = {
    ("momentum", "b"): Meaning("first"),
    ("adagrad", "s"): Meaning("second"),
    ("rmsprop", "s"): Meaning("second"),
    ("adadelta", "s"): Meaning("second"),
    ("adadelta", "d"): Meaning("step"),
    ("adadelta", "u"): Meaning("memory"),
    ("adam", "m"): Meaning("first"),
    ("adam", "v"): Meaning("second"),
    ("adam", "m_hat"): Meaning("first", corrected=True),
    ("adam", "v_hat"): Meaning("second", corrected=True),
}


def test_every_term_of_the_built_in_rules_has_a_meaning():
    found = {
        (name, term): meaning(item, term)
        for name, item in OPTIMIZERS.items()
        for term in item.terms
        if term != "x"
    }
    assert found == BUILT_IN


def rule(*lines, roles=()):
    return Optimizer(
        name="own",
        title="Own",
        formula="\n".join(lines),
        hyper=(Hyper("lr", 0.1, 0, 1, 0.1), Hyper("beta", 0.5, 0, 1, 0.1)),
        state=(State("a"),),
        roles=roles,
        direction="d" if lines[0].startswith("d =") else "g",
    )


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("a = a + g", "first"),
        ("a = (1 - beta) * g + beta * a", "first"),
        ("a = a / 2 + g / t", "first"),
        ("a = a + g * g", "second"),
        ("a = beta * a + (lr * g)**2", "second"),
        ("a = beta * a - g", None),
        ("a = beta * a + g + x", None),
        ("a = beta * a + g**3", None),
        ("a = beta * a + g / a", None),
        ("a = beta * a + abs(g)", None),
        ("a = beta * a**2 + g", None),
        ("a = beta * a", None),
        ("a = beta * a + beta", None),
        ("a = beta * a + grad(x)", None),
        ("a = maximum(a, g)", None),
    ],
)
def test_what_an_own_line_gathers(line, what):
    own = rule(line, "x = x - lr * g - lr * a", roles=(("a", "memory"),))
    assert meaning(own, "a") == (Meaning(what) if what else None)


@pytest.mark.parametrize(
    ("lines", "means"),
    [
        (("d = sqrt(a) * g", "a = beta * a + d**2", "x = x - lr * d"), ("step", "memory")),
        (("d = lr * g", "a = beta * a + (2 * d)**2", "x = x - d"), ("step", "memory")),
        (("d = beta * g", "a = beta * a + d**2", "x = x - lr * d * g"), (None, None)),
        (("d = beta * g", "a = beta * a + d**2", "x = x - lr * d - lr * g"), (None, None)),
        (("d = beta * g", "a = beta * a + d**2", "x = lr * x - d"), (None, None)),
    ],
)
def test_squared_steps_are_squares_of_the_steps_own_term(lines, means):
    own = rule(*lines, roles=(("d", "step"), ("a", "memory")))
    found = (meaning(own, "d"), meaning(own, "a"))
    assert tuple(each and each.what for each in found) == means


@pytest.mark.parametrize(
    ("line", "corrected"),
    [
        ("c = a / (1 - beta**t)", True),
        ("a_hat = a / (1 - beta**t)", True),
        ("a_hat = a / (1 - beta)", False),
        ("a_hat = a / (1 + g**t)", False),
        ("a_hat = beta * a + (1 - beta) * g", False),
        ("a_hat = sqrt(a)", False),
    ],
)
def test_corrected_is_what_settings_and_the_steps_number_divide(line, corrected):
    own = rule("a = beta * a + g", line, "x = x - lr * g")
    name = line.split()[0]
    assert meaning(own, name) == (Meaning("first", corrected=True) if corrected else None)
    assert meaning(own, "a") == Meaning("first")
