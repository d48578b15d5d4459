"""Rules that take a gradient elsewhere than at the point: in the browser as in the engine."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from engine import OBJECTIVES, Hyper, Optimizer, State, run
from publish.formulas import gradient_text
from publish.pagedata import optimizer_data
from publish.scripts import modules, rules
from tests.playground import harness
from tests.playground.harness import settle

PLAYED = {"objective": "valley", "start": [-5, -2], "steps": 12, "hyper": {"lr": 0.05}}


def rule(name: str, *lines: str, direction: str, state: tuple[str, ...] = ()) -> Optimizer:
    """An optimizer of these lines, with lr and mu."""
    return Optimizer(
        name=name,
        title=name.title(),
        formula="\n".join(lines),
        hyper=tuple(
            Hyper(each, 0.1, 0, 1, 0.01)
            for each in ("lr", "mu")
            if any(each in line for line in lines)
        ),
        state=tuple(State(each) for each in state),
        direction=direction,
    )


RULES = {
    own.name: own
    for own in (
        rule(
            "textbook",
            *("y = x + mu*b", "h = grad(y)", "b = mu*b - lr*h", "x = x + b"),
            direction="b",
            state=("b",),
        ),
        rule("inside", "b = mu*b - lr*grad(x + mu*b)", "x = x + b", direction="b", state=("b",)),
        rule("extra", "y = x - lr*g", "x = x - lr*grad(y)", direction="g_tilde"),
        rule("past", "d = grad(p)", "p = x", "x = x - lr*d", direction="d", state=("p",)),
        rule("nested", "x = x - lr*grad(x - mu*grad(x))", direction="g_tilde"),
        rule("after", "x = x - lr*b", "b = mu*b + grad(x)", direction="b", state=("b",)),
    )
}


@pytest.fixture(scope="module")
def page(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """A page on which these rules are played, its script's inner names reachable."""
    folder = tmp_path_factory.mktemp("gradients")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(harness, "OPTIMIZERS", RULES)
        harness.site_script.cache_clear()
        harness.page_data.cache_clear()
        played = {name: {**PLAYED, "optimizer": name} for name in RULES}
        path = harness.write_page(folder, "en", played)
        harness.site_script.cache_clear()
        harness.page_data.cache_clear()
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.goto(path.as_uri())
    settle(page)
    return page


@pytest.mark.parametrize("name", RULES)
@pytest.mark.parametrize("objective", ["valley", "rosenbrock"])
def test_the_browser_takes_the_gradients_of_the_engine(
    page: Page, name: str, objective: str
) -> None:
    start = (-1.2, 1) if objective == "rosenbrock" else (-5, -2)
    request: dict[str, Any] = {"optimizer": name, "objective": objective, "steps": 9}
    request["start"] = list(start)
    request["hyper"] = {"lr": 1e-3}
    answer: Any = page.evaluate("(request) => thalweg.run(request)", request)
    ours = run(RULES[name], objective, start, 9, lr=1e-3)
    np.testing.assert_allclose(answer["points"], ours.points, rtol=1e-9)
    assert list(answer["taken"]) == list(ours.taken)
    for key, taken in ours.taken.items():
        np.testing.assert_allclose(answer["taken"][key]["points"], taken.points, rtol=1e-9)
        np.testing.assert_allclose(
            answer["taken"][key]["values"], taken.values, rtol=1e-9, atol=1e-12
        )


@pytest.mark.parametrize("name", RULES)
def test_the_rows_are_those_of_the_step_with_its_gradients(page: Page, name: str) -> None:
    table = page.locator(f"#playground-{name} .playground-equations")
    rows = table.locator("tr[data-term]")
    assert [row.get_attribute("data-term") for row in rows.all()] == [
        row.name for row in RULES[name].rows
    ]
    ours = run(RULES[name], "valley", (-5, -2), 12, lr=0.05)
    for key, taken in ours.taken.items():
        cells = table.locator(f"tr[data-term={key}] td").all_inner_texts()
        shown = [float(cell.replace("\u2212", "-")) for cell in cells]
        assert shown == pytest.approx(taken.values[-1].tolist(), abs=5e-5)


def test_a_gradient_is_called_by_its_letter_or_by_where_it_is_taken() -> None:
    named = {name: [gradient_text(taken) for taken in own.taken] for name, own in RULES.items()}
    assert named == {
        "textbook": ["−∇f(yₜ)"],
        "inside": ["−∇f(xₜ₋₁ + μ·bₜ₋₁)"],
        "extra": ["−g", "−∇f(yₜ)"],
        "past": ["−∇f(pₜ₋₁)"],
        "nested": ["−g", "−∇f(xₜ₋₁ − μ·gₜ)"],
        "after": ["−∇f(xₜ)"],
    }
    data = optimizer_data(RULES["textbook"])
    assert data["gradients"] == {"h": "−∇f(yₜ)"}
    assert data["roles"] == {"h": "gradient", "x": "point"}


DRAWN = """(name) => {
  const request = { objective: "valley", start: [-5, -2], steps: 5, hyper: { lr: 0.05 } };
  const trajectory = run({ optimizer: name, ...request });
  const arrows = [], labels = [];
  window.drawArrow = (context, tail, tip, color) => arrows.push([tail, tip, color]);
  window.drawAside = (context, from, tail) => arrows.push([from, tail, "aside"]);
  const place = { toScreen: ([x, y]) => [200 + 40 * x, 150 - 40 * y] };
  const names = Object.keys(trajectory.taken);
  const gradientTexts = Object.fromEntries(names.map((key) => [key, `<${key}>`]));
  const words = { direction: "{gradient} only" };
  const scene = { ...trajectory, cursor: 3, words, gradientTexts };
  const dots = trajectory.points.map(place.toScreen);
  drawArrows(null, place, scene, dots, labels, { gradient: "g", step: "s" });
  return { arrows, labels: labels.map(({ text }) => text) };
}"""


@pytest.fixture(scope="module")
def alone(browser: Browser) -> Iterator[Page]:
    """The playground's functions with these rules in the global scope."""
    page = browser.new_page()
    page.goto("about:blank")
    page.add_script_tag(content=rules(RULES, OBJECTIVES) + "\n".join(modules()))
    yield page
    page.close()


@pytest.mark.parametrize("name", RULES)
def test_arrows_begin_where_the_gradients_are_taken_and_say_that_they_only_point(
    alone: Page, name: str
) -> None:
    drawn: Any = alone.evaluate(DRAWN, name)
    ours = run(RULES[name], "valley", (-5, -2), 5, lr=0.05)

    def screen(point: Any) -> Any:
        return pytest.approx([200 + 40 * point[0], 150 - 40 * point[1]])

    arrows = [arrow for arrow in drawn["arrows"] if arrow[2] == "g"]
    assert len(arrows) == len(ours.taken)
    assert drawn["labels"] == [f"<{key}> only" for key in ours.taken]
    for (tail, tip, _), taken in zip(arrows, ours.taken.values(), strict=True):
        assert tail == screen(taken.points[2])
        way = np.array(tip) - tail
        assert np.hypot(*way) == pytest.approx(44)
        down = taken.values[2] * [-1, 1]
        assert way / 44 == pytest.approx(down / np.hypot(*down))
    aside = [arrow for arrow in drawn["arrows"] if arrow[2] == "aside"]
    assert len(aside) == sum(not each.here for each in RULES[name].taken)
    [step] = [arrow for arrow in drawn["arrows"] if arrow[2] == "s"] or [None]
    if step is not None:
        assert step[:2] == [screen(ours.points[2]), screen(ours.points[3])]
