"""The browser's arithmetic against the engine's and against the notebook's numbers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

import engine
from publish.scripts import modules, rules
from tests.endings import ENDINGS
from tests.engine.rules import MULTIPLES

SEED = json.loads((Path(__file__).parents[1] / "data" / "trajectories.json").read_text("utf-8"))

RUN = "(request) => window.thalweg.run(request)"
OUTCOME = "(request) => window.thalweg.run(request).outcome"


def request(
    optimizer: str, objective: str, start: Any, steps: int, **hyper: float
) -> dict[str, Any]:
    """The argument of the browser's ``run``."""
    return {
        "optimizer": optimizer,
        "objective": objective,
        "start": list(start),
        "steps": steps,
        "hyper": hyper,
    }


@pytest.mark.parametrize(
    "case", SEED["cases"], ids=lambda case: f"{case['optimizer']}-{case['hyper']}"
)
def test_every_case_of_the_notebook_is_met(inner: Page, case: dict[str, Any]) -> None:
    answer = inner.evaluate(
        RUN,
        request(case["optimizer"], "valley", SEED["start"], case["steps"], **case["hyper"]),
    )
    np.testing.assert_allclose(answer["points"], case["points"], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("objective", list(engine.OBJECTIVES))
@pytest.mark.parametrize("optimizer", list(engine.OPTIMIZERS))
def test_every_number_is_the_engines(inner: Page, optimizer: str, objective: str) -> None:
    hyper = {"lr": 1e-4} if optimizer in ("sgd", "momentum") else {}
    start = engine.OBJECTIVES[objective].start
    answer = inner.evaluate(RUN, request(optimizer, objective, start, 30, **hyper))
    ours = engine.run(optimizer, objective, start, 30, **hyper)
    for name in ("points", "losses", "gradients"):
        np.testing.assert_allclose(answer[name], getattr(ours, name), rtol=1e-9, atol=1e-12)
    assert answer["terms"].keys() == ours.terms.keys()
    for name, values in ours.terms.items():
        np.testing.assert_allclose(answer["terms"][name], values, rtol=1e-9, atol=1e-12)
    assert answer["outcome"] == ours.outcome.name.lower()


@pytest.mark.parametrize(
    ("optimizer", "objective", "start", "steps", "hyper", "outcome"),
    [
        ("sgd", "bowl", (-5, -2), 50, {"lr": 0.5}, "converged"),
        ("sgd", "bowl", (-5, -2), 5, {"lr": 0.1}, "finished"),
        ("sgd", "valley", (-5, -2), 50, {"lr": 0.6}, "diverging"),
        ("sgd", "valley", (-5, -2), 50, {"lr": 0.501}, "diverging"),
        ("sgd", "bowl", (1, 1), 300, {"lr": 2.0}, "diverging"),
        ("sgd", "bowl", (3, 4), 1, {"lr": 1.5}, "climbed"),
        ("rmsprop", "valley", (-5, -2), 50, {"lr": 10.0, "gamma": 0.0}, "climbed"),
        ("sgd", "valley", (-5, -2), 2000, {"lr": 0.6}, "diverged"),
        ("sgd", "rosenbrock", (-2, 2), 50, {"lr": 0.1}, "diverged"),
        ("adagrad", "valley", (-5, 0), 50, {"eps": 0.0}, "undefined"),
        ("momentum", "beale", (-4, -4), 50, {"lr": 0.5}, "diverged"),
    ],
)
def test_runs_end_as_the_engine_says(
    inner: Page,
    optimizer: str,
    objective: str,
    start: tuple[float, float],
    steps: int,
    hyper: dict[str, float],
    outcome: str,
) -> None:
    answer = inner.evaluate(RUN, request(optimizer, objective, start, steps, **hyper))
    ours = engine.run(optimizer, objective, start, steps, **hyper)
    assert ours.outcome.name.lower() == outcome
    assert answer["outcome"] == outcome
    assert len(answer["points"]) == len(ours.points)
    assert answer["stopped"] == (None if ours.steps == steps else ours.steps + 1)


@pytest.fixture(scope="module")
def with_formulas(browser: Browser) -> Iterator[Page]:
    """A page with the playground's modules that knows the formulas of `ENDINGS`."""
    known = {case.objective: engine.objective(case.objective) for case in ENDINGS.values()}
    page = browser.new_page()
    page.goto("about:blank")
    page.add_script_tag(content=rules(engine.OPTIMIZERS, known) + "\n".join(modules()))
    yield page
    page.close()


@pytest.mark.parametrize("name", ENDINGS)
def test_runs_are_judged_as_the_engine_judges(with_formulas: Page, name: str) -> None:
    case = ENDINGS[name]
    asked = request(case.optimizer, case.objective, case.start, case.steps, **case.hyper)
    assert with_formulas.evaluate(OUTCOME, asked) == case.outcome


@pytest.mark.parametrize("optimizer", list(engine.OPTIMIZERS))
@pytest.mark.parametrize("objective", list(engine.OBJECTIVES))
def test_long_runs_are_judged_as_the_engine_judges(
    inner: Page, optimizer: str, objective: str
) -> None:
    start = engine.OBJECTIVES[objective].start
    for steps in (60, 150, 900):
        for lr in (0.002, 0.05, 0.3):
            answer = inner.evaluate(OUTCOME, request(optimizer, objective, start, steps, lr=lr))
            ours = engine.run(optimizer, objective, start, steps, lr=lr)
            assert answer == ours.outcome.name.lower()


def test_what_is_left_out_takes_its_usual_value(inner: Page) -> None:
    answer = inner.evaluate(RUN, {"optimizer": "adam", "objective": "beale"})
    ours = engine.run("adam", "beale")
    assert answer["points"][0] == [1, 2]
    np.testing.assert_allclose(answer["points"], ours.points, rtol=1e-9)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"optimizer": "adm"}, "unknown optimizer 'adm'"),
        ({"objective": "toString"}, "unknown objective 'toString'"),
        ({"start": [1]}, "start: expected two finite numbers"),
        ({"steps": 2.5}, "steps: expected a whole number"),
        ({"hyper": {"rate": 1}}, "unknown hyper-parameter 'rate'"),
        ({"hyper": {"lr": None}}, "lr: expected a finite number"),
    ],
)
def test_a_wrong_request_says_what_is_wrong(
    inner: Page, change: dict[str, Any], message: str
) -> None:
    asked = {**request("adam", "valley", (-5, -2), 10), **change}
    told = inner.evaluate(
        """(request) => {
          try { return thalweg.run(request).outcome; } catch (error) { return error.message; }
        }""",
        asked,
    )
    assert message in told


HEAVY = dict(
    zip(
        ("heavy", "heavy-too"),
        (MULTIPLES["heavy ball"][0], MULTIPLES["heavy ball by its step"][0]),
        strict=True,
    )
)


@pytest.mark.parametrize("name", HEAVY)
@pytest.mark.parametrize(
    ("objective", "start", "lr"), [("valley", (-5, -2), 0.05), ("rosenbrock", (-1.2, 1), 2e-4)]
)
def test_a_state_starts_at_the_point_in_the_browser_too(
    browser: Browser, name: str, objective: str, start: tuple[float, float], lr: float
) -> None:
    page = browser.new_page()
    page.goto("about:blank")
    text = rules(HEAVY, engine.OBJECTIVES) + "\n".join(modules())
    page.add_script_tag(content=text)
    answers = [
        page.evaluate(RUN, request(name, objective, at, 100, lr=lr)) for at in (start, (1, 1))
    ]
    page.close()
    for at, answer in zip((start, (1, 1)), answers, strict=True):
        momentum = engine.run("momentum", objective, at, 100, lr=lr, momentum=0.9)
        np.testing.assert_allclose(answer["points"], momentum.points, rtol=1e-12, atol=1e-12)
        assert answer["terms"]["p"] == answer["points"][:-1]
