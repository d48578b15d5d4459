"""The playgrounds as they stand on the lesson pages."""

import json
from pathlib import Path

import pytest

from tests.site.pages import LESSON_PAGES

PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
SEED = json.loads(
    (Path(__file__).parents[1] / "data" / "trajectories.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("path", LESSON_PAGES)
def test_a_slider_moves_the_path(opened, path):
    page = opened(path)
    assert page.locator(".playground").count() >= 1
    for playground in page.locator(".playground").all():
        playground.scroll_into_view_if_needed()
        picture = "host => [...host.querySelectorAll('canvas')].map(c => c.toDataURL()).join()"
        before = playground.evaluate(picture)
        slider = playground.locator("input[type=range]").first
        slider.focus()
        for _ in range(5):
            slider.press("ArrowRight")
        page.evaluate(
            "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
        )
        assert playground.evaluate(picture) != before


@pytest.mark.parametrize("path", ["en/adagrad.html", "zh/adadelta.html", "en/adam.html"])
def test_the_script_computes_what_the_engine_does(opened, path):
    page = opened(path)
    known = page.evaluate("JSON.parse(document.getElementById('thalweg-data').textContent)")
    cases = [case for case in SEED["cases"] if case["optimizer"] in known["optimizers"]]
    assert cases
    for case in cases:
        result = page.evaluate(
            "case_ => thalweg.run(case_)",
            {
                "optimizer": case["optimizer"],
                "objective": "valley",
                "start": SEED["start"],
                "steps": case["steps"],
                "hyper": case["hyper"],
            },
        )
        got = [value for point in result["points"] for value in point]
        expected = [value for point in case["points"] for value in point]
        assert got == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_setting_can_be_linked_to(opened):
    page = opened("en/adagrad.html")
    slider = page.locator("#playground-adagrad input[type=range]").first
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_url("**#adagrad:*")
    value, address = slider.input_value(), page.url
    again = opened("en/adagrad.html" + address.partition(".html")[2])
    assert again.locator("#playground-adagrad input[type=range]").first.input_value() == value
