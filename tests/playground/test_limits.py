"""The page's values and gradients where plain numbers fail, against the engine's."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from engine import OPTIMIZERS, Objective, objective, run
from engine.formula import FUNCTIONS, javascript, nested
from engine.formula.limits import completed, has_log, has_root
from engine.formula.nodes import Expression
from publish.pagedata import objective_data
from publish.scripts import modules, rules, script
from publish.words import PLAYGROUND_WORDS
from tests.engine.formula.awkward import KINKS, LIMITS, NO_SLOPE, NO_VALUE, OUT_OF_RANGE
from tests.engine.formula.strategies import EXPRESSIONS
from tests.playground.harness import page_data, settle

PLACES = [(formula, point) for formula, point, *_ in (*OUT_OF_RANGE, *LIMITS, *KINKS)]
PLACES += [*NO_VALUE, *NO_SLOPE]
FORMULAS = list(dict.fromkeys(formula for formula, _ in PLACES))


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page with the playground's modules, and the awkward objectives among its rules."""
    opened = browser.new_page()
    opened.goto("about:blank")
    fields = {formula: objective(formula) for formula in FORMULAS}
    opened.add_script_tag(content=rules(OPTIMIZERS, fields) + "\n".join(modules()))
    yield opened
    opened.close()


AT = """(places) => places.map(([name, [x1, x2]]) => {
  const field = RULES.objectives[name];
  const { gradient, kink } = field.subgradient(x1, x2);
  return [String(field.value(x1, x2)), ...gradient.map(String), kink];
})"""


def test_value_gradient_and_kink_are_the_engines(page: Page) -> None:
    answers = page.evaluate(AT, [[formula, list(point)] for formula, point in PLACES])
    for (formula, point), (value, first, second, kink) in zip(PLACES, answers, strict=True):
        subject, at = objective(formula), np.array(point, dtype=float)
        gradient, kinks = subject.subgradient(at)
        found = [float(each) for each in (value, first, second)]
        np.testing.assert_allclose(
            found, [subject.value(at), *gradient], rtol=1e-11, atol=1e-15, err_msg=formula
        )
        assert kink == bool(kinks), formula


TREES: list[tuple[Expression, tuple[float, float]]] = []
WHOLE = st.sampled_from([0.0, 1.0, -1.0, 2.0, 0.5, 30.0, -30.0, 900.0])


@given(EXPRESSIONS, st.tuples(WHOLE, WHOLE))
@settings(max_examples=150)
def collect(tree: Expression, point: tuple[float, float]) -> None:
    TREES.append((tree, point))


def test_limits_of_random_formulas_are_the_engines(page: Page) -> None:
    """At whole numbers, where quotients, roots and logarithms of random formulas often fail."""
    collect()
    asked = [
        [{"tree": nested(tree), "roots": has_root(tree), "logs": has_log(tree)}, list(point)]
        for tree, point in TREES
    ]
    script = "(asked) => asked.map(([formula, point]) => String(completed(formula, point)))"
    answers = [float(text) for text in page.evaluate(script, asked)]
    expected = [float(completed(tree, np.array([point]))[0]) for tree, point in TREES]
    for (tree, point), found, value in zip(TREES, answers, expected, strict=True):
        # What the wide range loses by cancellation is lost in both, but not to the same digit.
        assert found == pytest.approx(value, rel=1e-6, abs=1e-6, nan_ok=True), (
            javascript(tree),
            point,
        )


def test_the_page_knows_every_function(page: Page) -> None:
    known = page.evaluate("() => Object.keys(RULES.functions)")
    script = """(name) => {
      const arithmetic = new Germs(4, 1, -4096);
      const [a, b] = [arithmetic.path(0.7, 1, 0), arithmetic.path(0.3, 0, 0)];
      return arithmetic.of([name, "a", "b"], { a, b }).limit();
    }"""
    for name, row in FUNCTIONS.items():
        arguments = (0.7, 0.3)[: row.arity]
        assert page.evaluate(script, name) == pytest.approx(row.python(*arguments), rel=1e-14)
    assert set(known) <= set(FUNCTIONS)


RUNS = [
    ("sqrt(x1**2+x2**2)", (1, 0), 6, {"lr": 0.5}),
    ("abs(x1)+2*maximum(x1,0)+x2**2", (0, 1), 12, {"lr": 0.25}),
    ("log(1+exp(-50*x1))", (-20, 0), 30, {"lr": 0.1}),
    (LIMITS[0][0], (100, 0), 20, {"lr": 0.1}),
    ("sin(x1)/x1+x2**2", (0, 2), 10, {"lr": 0.1}),
    ("sqrt(x1)", (0, 0), 5, {"lr": 0.1}),
    ("1/x1**2", (1, 0), 10, {"lr": 0.5}),
]


@pytest.mark.parametrize(("formula", "start", "steps", "hyper"), RUNS)
def test_runs_are_the_engines(
    page: Page, formula: str, start: Any, steps: int, hyper: dict[str, float]
) -> None:
    request = {"optimizer": "sgd", "objective": formula, "start": list(start), "steps": steps}
    answer = page.evaluate("(request) => thalweg.run(request)", {**request, "hyper": hyper})
    ours = run("sgd", formula, start, steps, **hyper)
    np.testing.assert_allclose(answer["points"], ours.points, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(answer["losses"], ours.losses, rtol=1e-9, atol=1e-12)
    assert answer["kinks"] == (np.flatnonzero(ours.kinks) + 1).tolist()
    assert answer["outcome"] == ours.outcome.name.lower()


def test_a_field_is_painted_where_plain_numbers_overflow(page: Page) -> None:
    shades = page.evaluate(
        """(name) => {
          const shade = { losses: [0, 2000], shades: [0, 1], bends: [0], power: 1 };
          return [...sampleShades(RULES.objectives[name], shade, [[-40, 40], [-1, 1]], 9, 3)];
        }""",
        "log(1+exp(-50*x1))",
    )
    column = [max(0.0, -50 * x1) / 2000 for x1 in np.linspace(-40, 40, 9)]
    assert shades == pytest.approx(column * 3, abs=1e-3)


@pytest.mark.parametrize(("lr", "times"), [(0.5, 1), (0.3, 0)])
def test_a_playground_tells_of_a_kink_once(
    browser: Browser, tmp_path: Path, lr: float, times: int
) -> None:
    """On the distance from 0, whose minimum is a kink; steps of 0.3 miss it."""
    cone = Objective("cone", "sqrt(x1**2 + x2**2)", minima=((0, 0),))
    data = {**page_data("en"), "objectives": {"cone": objective_data(cone)}}
    config = {"objective": "cone", "start": [1, 0], "steps": 6, "hyper": {"lr": lr}}
    config["optimizer"] = "sgd"
    page = browser.new_page()
    (tmp_path / "index.html").write_text(
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>Cone</title>"
        f"<div class='playground' id='playground-sgd' data-config='{json.dumps(config)}'></div>"
        f"<script type='application/json' id='thalweg-data'>{json.dumps(data)}</script>"
        f"<script>{script(OPTIMIZERS, {'cone': cone})}</script></html>",
        "utf-8",
    )
    page.goto((tmp_path / "index.html").as_uri())
    settle(page)
    outcome = page.locator(".playground-outcome").inner_text()
    page.close()
    assert outcome.count(PLAYGROUND_WORDS["en"]["outcome.kinked"].strip()) == times
    assert "6 steps" in outcome
